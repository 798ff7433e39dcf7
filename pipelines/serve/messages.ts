import type { Problem } from "../../src/errors.ts";
import type { Setup } from "../../src/server/compose.ts";
import type { ServedPage, Wanted } from "../../src/server/pages/report-pages.ts";

/** What the command tells the process of the server, once. */
export interface ToServer {
  readonly setup: Setup;
  /** For whom a link is made at once, and how many milliseconds it lasts. */
  readonly invited: readonly { readonly person: string; readonly lasts: number }[];
  /** Where one JSON line a request goes; null for nowhere. */
  readonly log: "stdout" | "stderr" | null;
}

/** A page that the process of the server asks for, which the command hands on to the process that draws. */
export interface ToDrawing {
  readonly kind: "draw";
  readonly number: number;
  readonly wanted: Wanted;
}

/** The page of that number, or why there is none. */
export type FromDrawing = { readonly number: number } & (
  | { readonly page: ServedPage | null }
  | { readonly problems: readonly Problem[] }
  | { readonly fault: string }
);

export type FromServer =
  | {
      readonly kind: "listening";
      readonly port: number;
      readonly links: readonly { readonly person: string; readonly link: string }[];
    }
  | { readonly kind: "refused"; readonly problems: readonly Problem[] }
  | { readonly kind: "mail"; readonly what: string }
  | ToDrawing;
