import { createHash } from "node:crypto";
import { dashboardScript } from "../reporting/management/dashboard-script.ts";
import type { Assets } from "../reporting/page/assets.ts";
import { fontFaces, styleOf } from "../reporting/page/style.ts";
import { reportAssets } from "../store/report-assets.ts";
import { immutable } from "./headers.ts";
import { barStyle } from "./pages/bar.ts";
import type { Handlers } from "./policy.ts";
import type { Refusals } from "./refusals.ts";

interface Served {
  readonly body: string | Uint8Array;
  readonly type: string;
}

/** Fonts and styles lie at addresses that change with their content, so that a browser fetches each once. */
export const serveAssets = () => {
  const served = new Map<string, Served>();
  const addressOf = (body: Served["body"], ending: string, type: string): string => {
    const name = `${createHash("sha256").update(body).digest("hex").slice(0, 32)}.${ending}`;
    served.set(name, { body, type });
    return `/assets/${name}`;
  };
  const addresses = new Map<string, string>();
  const assets: Assets = {
    ...reportAssets,
    fontUrl: (path) => {
      const address = addresses.get(path) ?? addressOf(reportAssets.font(path), "woff2", "font/woff2");
      addresses.set(path, address);
      return address;
    },
  };
  const style = addressOf(
    [
      fontFaces(assets),
      ...["reports/theme/screen.css", "reports/server/server.css", "reports/theme/print.css"].map(assets.text),
    ].join("\n"),
    "css",
    "text/css; charset=utf-8",
  );
  /** The dashboard's own style sheet and script. */
  const dashboard = {
    style: addressOf(
      [styleOf(assets, "reports/management/management.css"), barStyle].join("\n"),
      "css",
      "text/css; charset=utf-8",
    ),
    script: addressOf(assets.text(dashboardScript), "js", "text/javascript; charset=utf-8"),
  };
  const handlers = (refusals: Refusals): Pick<Handlers, "GET /assets/:name"> => ({
    "GET /assets/:name": async ({ parameter, language }) => {
      const found = served.get(parameter);
      if (found === undefined) return refusals.notFound(language);
      return { status: 200, ...found, headers: { "cache-control": immutable } };
    },
  });
  return { assets, style, dashboard, handlers };
};
