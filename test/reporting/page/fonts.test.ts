import { describe, expect, it } from "vitest";
import { renderLeader } from "../../../src/reporting/leader/page.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import { states } from "../leader/fixture.ts";

const leader = states["shown"]!;

describe("fonts of a page", () => {
  it("lie inside a page that stands alone", async () => {
    const page = await renderLeader(leader, "file", "da", reportAssets);
    expect(page.match(/src:url\(data:font\/woff2;base64,[\w+/=]{10000,}\)/g)).toHaveLength(2);
  });
  it("lie beside a page at a server", async () => {
    const served = { ...reportAssets, fontUrl: (path: string) => `/assets/${path.split("/").at(-1)}` };
    const page = await renderLeader(leader, "file", "da", served);
    expect(page).not.toContain("base64");
    expect(page.match(/src:url\(([^)]*)\)/g)).toEqual([
      "src:url(/assets/source-sans-3-latin-wght-normal.woff2)",
      "src:url(/assets/source-serif-4-latin-wght-normal.woff2)",
    ]);
  });
});
