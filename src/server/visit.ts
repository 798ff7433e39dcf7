import type { Language } from "../errors.ts";
import type { Person } from "./state/people.ts";

/** One request that the policy has let through. */
export interface Visit {
  /** The value of a `:name` of the route. */
  readonly parameter: string;
  readonly query: URLSearchParams;
  readonly language: Language;
  /** Who is signed in; null where nobody is. */
  readonly person: Person | null;
  /** The cookies by which a session and an asking browser are known; null where there is none. */
  readonly session: string | null;
  readonly browser: string | null;
  readonly cookie: (name: string) => string | null;
  /** Fields of a posted form. */
  readonly form: URLSearchParams;
}

/** What is answered. */
export interface Answer {
  readonly status: 200 | 303 | 400 | 403 | 404 | 409 | 410 | 413 | 421 | 429 | 500 | 503;
  readonly body: string | Uint8Array;
  /** Left out for HTML. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  /** For the access log, where the visit alone does not tell. */
  readonly person?: string;
  readonly release?: string;
  /** What was read or written, where the route alone does not tell; never whose. */
  readonly object?: string;
}

export const sessionCookie = "__Host-spejl";
export const browserCookie = "__Host-spejl-ask";

/** A cookie that only this origin sees, in the clear nowhere, and no script; without an end it goes with the browser. */
export const cookie = (name: string, value: string): string =>
  `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax`;

export const noCookie = (name: string): string => `${cookie(name, "")}; Max-Age=0`;

export const redirect = (path: string, cookies: readonly string[] = []): Answer => ({
  status: 303,
  body: "",
  headers: { location: path },
  cookies,
});
