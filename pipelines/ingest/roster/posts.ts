import type { Wave } from "../../../src/study/study.ts";

/** From when to when a leader held a post, ISO days, both ends inclusive; null where it is open. */
export interface Post {
  readonly from: string | null;
  readonly to: string | null;
}

const first = "0000-00-00";
const last = "9999-99-99";

export const isHeld = ({ from, to }: Post, day: string): boolean => (from ?? first) <= day && day <= (to ?? last);

const inTime = (a: Post, b: Post): number => ((a.from ?? first) < (b.from ?? first) ? -1 : 1);

/** Whether no day lies in two of them. */
export const areApart = (posts: readonly Post[]): boolean =>
  posts
    .toSorted(inTime)
    .every((post, index, all) => index === 0 || (all[index - 1]!.to ?? last) < (post.from ?? first));

/**
 * The post that says where a leader belongs: the one held when the study opened, else the first after that, for a leader
 * is analysed where chance found it; the first of all where every one had ended.
 */
export const foremostPost = <P extends Post>(posts: readonly P[], opens: string): P => {
  const sorted = posts.toSorted(inTime);
  return sorted.find(({ to }) => (to ?? last) >= opens) ?? sorted[0]!;
};

/** From the beginning of the first to the end of the last. */
export const spanOf = (posts: readonly Post[]): Post => {
  const sorted = posts.toSorted(inTime);
  return { from: sorted[0]!.from, to: sorted.at(-1)!.to };
};

/** By wave, the leaders who held no post on the day on which it opened. */
export const awayAt = (
  posts: ReadonlyMap<string, readonly Post[]>,
  waves: readonly Wave[],
): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(
    waves.map((wave) => {
      const away = [...posts].filter(([, held]) => !held.some((post) => isHeld(post, wave.from)));
      return [wave.id, new Set(away.map(([leader]) => leader))];
    }),
  );
