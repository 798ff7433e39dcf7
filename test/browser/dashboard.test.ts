import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditServed, namedNumbers } from "../../src/audit/served.ts";
import { managementDashboard } from "../../src/reporting/management/dashboard.ts";
import { styleOf } from "../../src/reporting/page/style.ts";
import { openDrawing } from "../../src/server/pages/drawing.ts";
import { type Running, serve } from "../../src/server/serve.ts";
import { reportAssets } from "../../src/store/report-assets.ts";
import { inUnits, modelOf, model as published } from "../reporting/management/fixture.ts";
import { madeFolder, publish, setupOf } from "../server/made-site.ts";
import { browserPath, faultsOf, launch, pagesOf, sidewaysScroll } from "./browser.ts";

/** What a page says of a choice, without its drawing: words are as wide as the machine that measures them has it. */
const saidIn = (page: Page): Promise<string> =>
  page
    .locator("#view")
    .evaluate((view) =>
      view.innerHTML.replace(/<svg.*?<\/svg>/gs, "").replaceAll(' xmlns="http://www.w3.org/1999/xhtml"', ""),
    );

const strays: string[] = [];
const watched = (page: Page): Page => {
  page.on("console", (message) => {
    if (!message.location().url.endsWith("/favicon.ico")) strays.push(message.text());
  });
  page.on("pageerror", (fault) => strays.push(fault.message));
  return page;
};

describe.skipIf(!browserPath)("the dashboard in a browser (skipped where there is no Chromium)", () => {
  let browser: Browser;
  let made: Awaited<ReturnType<typeof madeFolder>>;
  let running: Running;
  let origin = "";
  const disk = mkdtempSync(join(tmpdir(), "dashboard-"));

  const signedIn = async (context: BrowserContext): Promise<Page> => {
    const page = watched(await context.newPage());
    await page.goto(await running.invite("cai", 60_000));
    await page.getByRole("button", { name: "Log ind" }).click();
    await page.getByText("Logget ind som cai").waitFor();
    return page;
  };

  beforeAll(async () => {
    made = await madeFolder();
    await publish(made.folder, ["L1"]);
    running = await serve(
      { ...setupOf(made.folder, made.state), origin: "http://localhost:0" },
      openDrawing(made.folder),
      {
        request: () => undefined,
        failed: (fault) => {
          throw fault;
        },
        anchor: () => undefined,
        mail: () => undefined,
      },
    );
    origin = `http://localhost:${running.port}`;
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await running?.stop();
    made?.remove();
    rmSync(disk, { recursive: true, force: true });
  });

  it("says the same of a choice with a script and without, byte for byte", async () => {
    const [withScript, without] = await Promise.all([
      signedIn(await browser.newContext({ locale: "da-DK" })),
      signedIn(await browser.newContext({ locale: "da-DK", javaScriptEnabled: false })),
    ]);
    await without.goto(`${origin}/management`);
    await without.getByLabel("Forvaltning", { exact: true }).selectOption("Sundhed og Omsorg");
    await without.getByLabel("Opdelt på", { exact: true }).selectOption("all");
    await without.getByRole("button", { name: "Vis", exact: true }).click();
    expect(new URL(without.url()).searchParams.get("department")).toBe("Sundhed og Omsorg");
    const answer = await withScript.goto(`${origin}/management`);
    expect(answer?.headers()["content-security-policy"]).toContain(
      "script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
    await withScript.getByRole("button", { name: "Hent figuren (PNG)" }).waitFor();
    expect(await withScript.getByRole("button", { name: "Vis", exact: true }).count()).toBe(0);
    await withScript.getByLabel("Forvaltning", { exact: true }).selectOption("Sundhed og Omsorg");
    await withScript.getByLabel("Opdelt på", { exact: true }).selectOption("all");
    await withScript.locator("#shown", { hasText: "Sundhed og Omsorg, uden opdeling" }).waitFor();
    expect(await saidIn(withScript)).toBe(await saidIn(without));
    expect(new URL(withScript.url()).searchParams.get("department")).toBe("Sundhed og Omsorg");
    const known = namedNumbers(JSON.parse(JSON.stringify(published)));
    expect(auditServed(await withScript.content(), known)).toMatchObject({
      unknownFacts: [],
      differing: [],
      withoutFact: [],
    });

    for (const choice of [
      "?scale=transactional&by=arm",
      "?department=Stab og Ledelse",
      "?by=all&show=gap&wave=endline",
      "?department=Sundhed og Omsorg&show=gap",
      "?by=arm&show=change&lang=en",
    ]) {
      await Promise.all([withScript, without].map((page) => page.goto(`${origin}/management${choice}`)));
      await withScript.locator("#png").waitFor({ state: choice.includes("Stab") ? "hidden" : "visible" });
      expect(await saidIn(withScript), choice).toBe(await saidIn(without));
      const { unknownFacts, differing, withoutFact } = auditServed(await withScript.content(), known);
      expect([unknownFacts, differing, withoutFact], choice).toEqual([[], [], []]);
    }

    const [csv] = await Promise.all([without.waitForEvent("download"), without.locator("#csv").click()]);
    const [again] = await Promise.all([withScript.waitForEvent("download"), withScript.locator("#csv").click()]);
    expect(readFileSync(await again.path(), "utf8")).toBe(readFileSync(await csv.path(), "utf8"));
    await Promise.all([withScript, without].map((page) => page.context().close()));
  });

  it("is worked by keyboard, goes back, and keeps the choice in the other language", async () => {
    const page = await signedIn(await browser.newContext({ locale: "da-DK" }));
    await page.goto(`${origin}/management`);
    const scale = page.getByLabel("Effektmål", { exact: true });
    await scale.focus();
    await page.keyboard.press("ArrowDown");
    await page.locator("#shown", { hasText: "Viser transaktionsledelse" }).waitFor();
    expect(await scale.evaluate((select) => select === document.activeElement)).toBe(true);
    await page.goBack();
    await page.locator("#shown", { hasText: "Viser transformationsledelse" }).waitFor();
    await page.goForward();
    await page.locator("#shown", { hasText: "Viser transaktionsledelse" }).waitFor();
    await page.getByRole("link", { name: "English" }).click();
    await page.locator("#shown", { hasText: "Showing transactional leadership" }).waitFor();
    for (const width of [320, 390, 768, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await sidewaysScroll(page), `${width}`).toBeLessThanOrEqual(0);
    }
    expect(await faultsOf(await withoutPolicy(page))).toEqual([]);
    await page.context().close();
  });

  /** The page as it stands, where axe may be put into it. */
  const withoutPolicy = async (page: Page): Promise<Page> => {
    const other = await page.context().newPage();
    const content = (await page.content()).replace(/<script defer[^>]*><\/script>/, "");
    await other.setContent(content.replaceAll('"/assets/', `"${origin}/assets/`));
    return other;
  };

  it("opens from a disk with nothing beside it, down to a unit, and prints what was chosen", async () => {
    const linked = {
      style: "dashboard.css",
      script: "dashboard.js",
      policy:
        "script-src 'self'; style-src 'self'; font-src data:; require-trusted-types-for 'script'; trusted-types 'none'",
    };
    const dashboard = managementDashboard(modelOf({}, inUnits(12)), "da", reportAssets, {
      page: null,
      csv: null,
      linked,
    });
    writeFileSync(join(disk, "index.html"), await dashboard.page(dashboard.choose(new URLSearchParams())));
    writeFileSync(join(disk, linked.script), reportAssets.text("dist/browser/dashboard.js"));
    writeFileSync(join(disk, linked.style), styleOf(reportAssets, "reports/management/management.css"));
    const page = watched(await browser.newPage());
    const address = pathToFileURL(join(disk, "index.html")).href;
    await page.goto(`${address}#department=Sundhed+og+Omsorg`);
    await page.getByLabel("Enhed", { exact: true }).selectOption("unit 1");
    await page.locator("#shown", { hasText: "unit 1 (Sundhed og Omsorg)" }).waitFor();
    await page.reload();
    await page.locator("#shown", { hasText: "unit 1 (Sundhed og Omsorg)" }).waitFor();
    const saved = async (button: string): Promise<Buffer> => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.locator(button).click()]);
      return readFileSync(await download.path());
    };
    const files = [await saved("#csv"), await saved("#png")];
    expect(files[0]!.toString("utf8").split("\r\n")[1]).toContain(";Sundhed og Omsorg;unit 1;;");
    expect(files[1]!.subarray(1, 4).toString()).toBe("PNG");
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("h1").innerText()).toContain("unit 1 (Sundhed og Omsorg)");
    expect(await page.locator(".filters").isVisible()).toBe(false);
    expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toBeLessThan(6);
    await page.close();
  });

  it("reports nothing, and is kept from nothing by its policy", () => {
    expect(strays).toEqual([]);
  });
});
