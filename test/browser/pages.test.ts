import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { spejlJson } from "../pipelines/spejl.ts";
import { browserPath, faultsOf, launch, pagesOf } from "./browser.ts";

const folder = mkdtempSync(join(tmpdir(), "spejl-browser-"));
let browser: Browser;
let pages: readonly string[] = [];

/** Opens a page as its reader would, at a width, and counts what it asks of the network. */
const open = async (file: string, width: number): Promise<{ page: Page; requests: readonly string[] }> => {
  const page = await browser.newPage({ viewport: { width, height: 900 }, bypassCSP: true });
  const requests: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith("data:")) requests.push(request.url());
  });
  await page.goto(pathToFileURL(file).href);
  return { page, requests };
};

describe.skipIf(browserPath === undefined)("the pages in a browser (skipped where there is no Chromium)", () => {
  beforeAll(async () => {
    const { status, document } = spejlJson<{ publish: { files: readonly string[] } }>("demo", join(folder, "study"));
    expect(status).toBe(0);
    pages = document.publish.files;
    browser = await launch();
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("are the research report, the dashboard and two leader reports", () => {
    expect(pages.map((file) => file.replace(/^.*reports\//, "").replace(/L\d+/, "ID"))).toEqual([
      "research.html",
      "management.html",
      "leaders/ID.html",
      "leaders/ID.html",
    ]);
  });

  it.each([320, 390, 1280])("need no sideways scrolling at %i px", async (width) => {
    for (const file of pages) {
      const { page } = await open(file, width);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect({ file, overflow: Math.max(0, overflow) }).toEqual({ file, overflow: 0 });
      await page.close();
    }
  });

  it("ask nothing of the network and hold no script", async () => {
    for (const file of pages) {
      const { page, requests } = await open(file, 1280);
      expect(requests).toEqual([pathToFileURL(file).href]);
      expect(await page.locator("script").count()).toBe(0);
      await page.close();
    }
  });

  it("have no accessibility fault that axe can find", async () => {
    for (const file of pages) {
      const { page } = await open(file, 1280);
      expect({ file, found: await faultsOf(page) }).toEqual({ file, found: [] });
      await page.close();
    }
  }, 120_000);

  it("print a leader report on one page of A4", async () => {
    for (const file of pages.filter((path) => path.includes("leaders/"))) {
      const { page } = await open(file, 842);
      const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
      expect(pagesOf(pdf)).toBe(1);
      await page.close();
    }
  });

  it("have a picture with words and a table for every figure", async () => {
    for (const file of pages) {
      const { page } = await open(file, 1280);
      const figures = await page.locator("figure").all();
      for (const figure of figures) {
        const drawings = await figure.locator("svg[role=img]").all();
        for (const drawing of drawings)
          expect((await drawing.getAttribute("aria-label"))?.length ?? 0).toBeGreaterThan(40);
        if (drawings.length > 0) expect(await figure.locator("table").count()).toBeGreaterThan(0);
      }
      await page.close();
    }
  });
});
