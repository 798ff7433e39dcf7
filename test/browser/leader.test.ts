import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderLeader } from "../../src/reporting/leader/page.ts";
import { reportAssets } from "../../src/store/report-assets.ts";
import { states } from "../reporting/leader/fixture.ts";
import { browserPath, faultsOf, launch, pagesOf, sidewaysScroll } from "./browser.ts";

const widths = [320, 390, 768, 1280];

describe.skipIf(!browserPath)("a leader's page in a browser (skipped where there is no Chromium)", () => {
  const folder = mkdtempSync(join(tmpdir(), "leader-"));
  let browser: Browser;
  let page: Page;
  const cases = Object.keys(states).flatMap((name) =>
    (["da", "en"] as const).map((language) => [name, language] as const),
  );

  beforeAll(async () => {
    browser = await launch();
    page = await browser.newPage({ bypassCSP: true });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  describe.each(cases)("in the state %s (%s)", (name, language) => {
    beforeAll(async () => {
      const file = join(folder, `${name}.${language}.html`);
      writeFileSync(file, await renderLeader(states[name]!, "file", language, reportAssets));
      await page.goto(`file://${file}`);
    });

    it("prints on one A4 page", async () => {
      expect(pagesOf(await page.pdf({ preferCSSPageSize: true, printBackground: true }))).toBe(1);
    });

    it.each(widths)("needs no sideways scroll at %i px", async (width) => {
      await page.setViewportSize({ width, height: 800 });
      expect(await sidewaysScroll(page)).toBe(0);
    });

    it("passes axe", async () => {
      await page.setViewportSize({ width: 842, height: 1200 });
      expect(await faultsOf(page)).toEqual([]);
    });
  });
});
