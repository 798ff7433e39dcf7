import type { Action } from "./state/access-log.ts";
import type { Viewer } from "./state/people.ts";

/** What a page is made of decides what its browser may do with it. */
export type PageKind = "report" | "dashboard" | "form" | "asset";

export interface Route {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly viewers: "anyone" | readonly Viewer[];
  readonly page: PageKind;
  /** The act that is written into the access log before it is answered; null for what tells nothing of anybody. */
  readonly action: Action | null;
}

const signedIn: readonly Viewer[] = ["leader", "management", "researcher", "coach", "administrator"];

/** Every route there is, and who may use it: this table is the policy. What is not in it cannot be registered. */
export const routes = [
  { method: "GET", path: "/healthz", viewers: "anyone", page: "asset", action: null },
  { method: "GET", path: "/assets/:name", viewers: "anyone", page: "asset", action: null },
  { method: "GET", path: "/sign-in", viewers: "anyone", page: "form", action: null },
  { method: "POST", path: "/sign-in", viewers: "anyone", page: "form", action: null },
  { method: "GET", path: "/link/:token", viewers: "anyone", page: "form", action: null },
  { method: "POST", path: "/link/:token", viewers: "anyone", page: "form", action: "sign-in" },
  { method: "GET", path: "/oidc", viewers: "anyone", page: "form", action: null },
  { method: "GET", path: "/oidc/callback", viewers: "anyone", page: "form", action: "sign-in" },
  { method: "GET", path: "/oidc/signed-out", viewers: "anyone", page: "form", action: null },
  { method: "POST", path: "/sign-out", viewers: signedIn, page: "form", action: "sign-out" },
  { method: "GET", path: "/", viewers: "anyone", page: "form", action: null },
  { method: "GET", path: "/report", viewers: ["leader"], page: "report", action: "read" },
  { method: "POST", path: "/report/coach", viewers: ["leader"], page: "form", action: "write" },
  { method: "GET", path: "/reports", viewers: ["leader"], page: "form", action: null },
  { method: "GET", path: "/reports/:release", viewers: ["leader"], page: "report", action: "read" },
  { method: "GET", path: "/shared/:leader", viewers: ["coach"], page: "report", action: "read" },
  { method: "GET", path: "/management", viewers: ["management", "researcher"], page: "dashboard", action: "read" },
  {
    method: "GET",
    path: "/management/cells.csv",
    viewers: ["management", "researcher"],
    page: "form",
    action: "read",
  },
  { method: "GET", path: "/research", viewers: ["researcher"], page: "report", action: "read" },
  { method: "GET", path: "/programme", viewers: ["leader"], page: "form", action: "read" },
  { method: "GET", path: "/programme/calendar.ics", viewers: ["leader"], page: "form", action: "read" },
  { method: "POST", path: "/programme/erase", viewers: ["leader"], page: "form", action: "erase" },
  { method: "GET", path: "/programme/:part", viewers: ["leader"], page: "form", action: "read" },
  { method: "POST", path: "/programme/:part", viewers: ["leader"], page: "form", action: "write" },
  { method: "GET", path: "/groups", viewers: ["coach"], page: "form", action: "read" },
  { method: "GET", path: "/groups/:group", viewers: ["coach"], page: "form", action: "read" },
  { method: "GET", path: "/groups/:group/calendar.ics", viewers: ["coach"], page: "form", action: "read" },
  { method: "POST", path: "/groups/:group/attendance", viewers: ["coach"], page: "form", action: "write" },
  { method: "POST", path: "/groups/:group/cases", viewers: ["coach"], page: "form", action: "write" },
  { method: "POST", path: "/groups/:group/close", viewers: ["coach"], page: "form", action: "erase" },
  { method: "GET", path: "/status", viewers: ["administrator"], page: "form", action: "read" },
  { method: "GET", path: "/people", viewers: ["administrator"], page: "form", action: "read" },
  { method: "GET", path: "/access", viewers: ["administrator"], page: "form", action: "read" },
] as const satisfies readonly Route[];

type Named<R> = R extends { readonly method: infer M extends string; readonly path: infer P extends string }
  ? `${M} ${P}`
  : never;
export type RouteName = Named<(typeof routes)[number]>;

export const nameOf = ({ method, path }: Pick<Route, "method" | "path">): string => `${method} ${path}`;
