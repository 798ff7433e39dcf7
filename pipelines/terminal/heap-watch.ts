import { constants, PerformanceObserver } from "node:perf_hooks";
import { getHeapStatistics } from "node:v8";

// V8 ends the process without a word when its heap is full; what it cannot free shows before, after each full collection.
const youngGeneration = 48 * 2 ** 20;
const fullShare = 0.8;
const fullCollections = 3;

interface Collection {
  readonly detail?: { readonly kind?: number };
}

let watching = false;

/** Calls `onFull` where the last of three full collections in a row left the heap over 80 % full. Watches once per process. */
export const watchHeap = (onFull: () => void): void => {
  if (watching) return;
  watching = true;
  let full = 0;
  new PerformanceObserver((list) => {
    const collections = (list.getEntries() as unknown as readonly Collection[]).filter(
      ({ detail }) => detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR,
    ).length;
    if (collections === 0) return;
    const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
    full = used > fullShare * (limit - youngGeneration) ? full + collections : 0;
    if (full >= fullCollections) onFull();
  }).observe({ entryTypes: ["gc"] });
};
