import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderLeader } from "../../src/reporting/leader.ts";
import { reportAssets } from "../../src/store/report-assets.ts";
import { states } from "../reporting/fixture.ts";

const browserPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const pagesOf = (pdf: Buffer): number =>
  Number(/\/Type\s*\/Pages[^>]*\/Count (\d+)/s.exec(pdf.toString("latin1"))?.[1]);

describe.skipIf(!browserPath)("a leader's page in a browser (skipped where there is no Chromium)", () => {
  const folder = mkdtempSync(join(tmpdir(), "leader-"));
  let browser: Awaited<ReturnType<typeof chromium.launch>>;
  const cases = Object.keys(states).flatMap((name) =>
    (["da", "en"] as const).map((language) => [name, language] as const),
  );
  const fileOf = (name: string, language: string) => join(folder, `${name}.${language}.html`);

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: browserPath!, args: flags });
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
    const axe = readFileSync("node_modules/axe-core/axe.min.js", "utf8");
    const page = await browser.newPage({ viewport: { width: 842, height: 1200 }, bypassCSP: true });
    for (const [name, language] of cases) {
      await page.goto(`file://${fileOf(name, language)}`);
      await page.evaluate(axe);
      const found = await page.evaluate(async () => {
        const run = (
          globalThis as unknown as {
            axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
          }
        ).axe;
        return (await run.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
      });
      expect(found, `${name} ${language}`).toEqual([]);
    }
    await page.close();
  });
});
