import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderLeader } from "../../src/reporting/leader/page.ts";
import { reportAssets } from "../../src/store/report-assets.ts";
import { states } from "../reporting/leader/fixture.ts";
import { browserPath, faultsOf, launch, pagesOf } from "./browser.ts";

describe.skipIf(!browserPath)("a leader's page in a browser (skipped where there is no Chromium)", () => {
  const folder = mkdtempSync(join(tmpdir(), "leader-"));
  let browser: Browser;
  const cases = Object.keys(states).flatMap((name) =>
    (["da", "en"] as const).map((language) => [name, language] as const),
  );
  const fileOf = (name: string, language: string) => join(folder, `${name}.${language}.html`);

  beforeAll(async () => {
    browser = await launch();
    for (const [name, language] of cases)
      writeFileSync(fileOf(name, language), await renderLeader(states[name]!, language, reportAssets));
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  it.each(cases)("prints %s (%s) on one A4 page", async (name, language) => {
    const page = await browser.newPage();
    await page.goto(`file://${fileOf(name, language)}`);
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    await page.close();
    expect(pagesOf(pdf)).toBe(1);
  });

  it.each([320, 390, 768, 1280])("needs no sideways scroll at %i px", async (width) => {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    for (const [name, language] of cases) {
      await page.goto(`file://${fileOf(name, language)}`);
      const over = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
      expect(over, `${name} ${language}`).toBe(0);
    }
    await page.close();
  });

  it("passes axe in every state", async () => {
    const page = await browser.newPage({ viewport: { width: 842, height: 1200 }, bypassCSP: true });
    for (const [name, language] of cases) {
      await page.goto(`file://${fileOf(name, language)}`);
      expect(await faultsOf(page), `${name} ${language}`).toEqual([]);
    }
    await page.close();
  });
});
