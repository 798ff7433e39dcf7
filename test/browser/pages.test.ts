import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { spejlJson } from "../pipelines/spejl.ts";
import { browserPath, faultsOf, launch, pagesOf, sidewaysScroll } from "./browser.ts";

interface Opened {
  readonly file: string;
  readonly page: Page;
  /** What it asks of the network. */
  readonly requests: readonly string[];
}

const folder = mkdtempSync(join(tmpdir(), "spejl-browser-"));
let browser: Browser;
const opened: Opened[] = [];

const open = async (file: string): Promise<Opened> => {
  const page = await browser.newPage({ bypassCSP: true });
  const requests: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith("data:")) requests.push(request.url());
  });
  await page.goto(pathToFileURL(file).href);
  return { file, page, requests };
};

const height = 900;

describe.skipIf(browserPath === undefined)("the pages in a browser (skipped where there is no Chromium)", () => {
  beforeAll(async () => {
    const { status, document } = spejlJson<{ publish: { files: readonly string[] } }>("demo", join(folder, "study"));
    expect(status).toBe(0);
    browser = await launch();
    for (const file of document.publish.files) opened.push(await open(file));
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("are the research report, the dashboard and two leader reports", () => {
    expect(opened.map(({ file }) => file.replace(/^.*reports\//, "").replace(/L\d+/, "ID"))).toEqual([
      "research.html",
      "management.html",
      "leaders/ID.html",
      "leaders/ID.html",
    ]);
  });

  it.each([320, 390, 1280])("need no sideways scrolling at %i px", async (width) => {
    for (const { file, page } of opened) {
      await page.setViewportSize({ width, height });
      expect({ file, over: Math.max(0, await sidewaysScroll(page)) }).toEqual({ file, over: 0 });
    }
  });

  it("have no accessibility fault that axe can find", async () => {
    for (const { file, page } of opened) {
      await page.setViewportSize({ width: 1280, height });
      expect({ file, found: await faultsOf(page) }).toEqual({ file, found: [] });
    }
  }, 120_000);

  it("print a leader report on one page of A4", async () => {
    for (const { page } of opened.filter(({ file }) => file.includes("leaders/"))) {
      await page.setViewportSize({ width: 842, height });
      expect(pagesOf(await page.pdf({ preferCSSPageSize: true, printBackground: true }))).toBe(1);
    }
  });

  it("have a picture with words and a table for every figure", async () => {
    for (const { page } of opened) {
      const figures = await page.locator("figure").all();
      for (const figure of figures) {
        const drawings = await figure.locator("svg[role=img]").all();
        for (const drawing of drawings)
          expect((await drawing.getAttribute("aria-label"))?.length ?? 0).toBeGreaterThan(40);
        if (drawings.length > 0) expect(await figure.locator("table").count()).toBeGreaterThan(0);
      }
    }
  });

  it("are joined by a dashboard with filters, in a folder of its own", async () => {
    const study = join(folder, "study");
    const into = join(folder, "overview");
    const { status, document } = spejlJson<{ files: readonly string[] }>(
      "report",
      "management",
      study,
      "--folder",
      into,
    );
    expect(status).toBe(0);
    expect(document.files).toEqual(["index.html", "dashboard.js", "dashboard.css"].map((name) => join(into, name)));
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on("console", (message) => faults.push(message.text()));
    page.on("pageerror", (fault) => faults.push(fault.message));
    await page.goto(pathToFileURL(document.files[0]!).href);
    await page.getByLabel("Tal", { exact: true }).selectOption("change");
    await page.locator("#shown", { hasText: "ændring siden første måling" }).waitFor();
    expect(faults).toEqual([]);
    await page.close();
  });

  it("ask nothing of the network, in all of this, and hold no script", async () => {
    for (const { file, page, requests } of opened) {
      expect(requests).toEqual([pathToFileURL(file).href]);
      expect(await page.locator("script").count()).toBe(0);
    }
  });
});
