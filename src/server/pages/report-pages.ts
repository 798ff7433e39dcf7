import type { Language } from "../../errors.ts";
import type { Place } from "../../reporting/leader/sheet.ts";

export type ServedReport =
  | { readonly kind: "leader"; readonly leader: string; readonly place: Place }
  | { readonly kind: "research" }
  /** The dashboard, or its rows as a file, with what its filters are asked to be set to. */
  | { readonly kind: "management" | "cells"; readonly asked: string };

/** A page of a release. */
export interface Wanted {
  readonly release: string;
  readonly report: ServedReport;
  readonly language: Language;
}

/** A page ready to be sent. */
export interface ServedPage {
  readonly body: Uint8Array;
  readonly type?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Draws a page; null where a leader is not in the release. */
export type Draw = (wanted: Wanted) => Promise<ServedPage | null>;

export interface ReportPages {
  readonly page: Draw;
  /** Whether there is room for pages that nobody has asked for. */
  readonly hasRoom: () => boolean;
  /** Lets go of all pages, and so of those that will not be asked for again. */
  readonly clear: () => void;
}

/** Pages of reports, each drawn once and kept while there is room: a release is frozen, so its pages never change. */
export const openReportPages = (draw: Draw, mostBytes: number): ReportPages => {
  const kept = new Map<string, ServedPage>();
  const making = new Map<string, Promise<ServedPage | null>>();
  let bytes = 0;
  const keep = (key: string, page: ServedPage): void => {
    kept.set(key, page);
    bytes += page.body.length;
    for (const [oldest, { body }] of kept) {
      if (bytes <= mostBytes) break;
      kept.delete(oldest);
      bytes -= body.length;
    }
  };
  const make = async (key: string, wanted: Wanted): Promise<ServedPage | null> => {
    const page = await draw(wanted);
    if (page !== null) keep(key, page);
    return page;
  };
  return {
    page: async (wanted) => {
      const key = JSON.stringify(wanted);
      const page = kept.get(key);
      if (page !== undefined) {
        kept.delete(key);
        kept.set(key, page);
        return page;
      }
      const begun = making.get(key) ?? make(key, wanted).finally(() => making.delete(key));
      making.set(key, begun);
      return begun;
    },
    hasRoom: () => bytes < mostBytes * 0.75,
    clear: () => {
      kept.clear();
      bytes = 0;
    },
  };
};
