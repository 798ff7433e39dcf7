import { createHash } from "node:crypto";
import type { PageKind } from "./routes.ts";

const closed = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

const form = `${closed}; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'`;

/** Its own origin stays, or the fonts beside it would be a stranger's. */
const report = (styles: readonly string[]): string =>
  `${closed}; style-src ${styles.join(" ")}; font-src 'self'; img-src data:; form-action 'none'; sandbox allow-same-origin allow-modals`;

/** A script and styles of this origin, and no text that becomes markup or code. */
const dashboard = `${closed}; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'`;

const sha256 = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** What a finished page may do in a browser: use the very styles that it holds, and no script. */
export const reportPolicy = (page: string): string =>
  report([...page.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, style]) => sha256(style!)));

export const policyOf = (kind: Exclude<PageKind, "report">): string =>
  ({ form, dashboard, asset: `${closed}; form-action 'none'` })[kind];

/** What every answer says whatever its status; a page's own policy and how long it may be kept come on top. */
export const standingHeaders = (origin: string): Readonly<Record<string, string>> => ({
  "cache-control": "no-store",
  "content-security-policy": policyOf("asset"),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-robots-tag": "noindex",
  ...(origin.startsWith("https:") ? { "strict-transport-security": "max-age=31536000" } : {}),
});

/** How long an asset may be kept whose name changes with its content. */
export const immutable = "public, max-age=31536000, immutable";
