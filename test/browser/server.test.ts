import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDrawing } from "../../src/server/pages/drawing.ts";
import { type Running, serve } from "../../src/server/serve.ts";
import { madeFolder, mailOf, otherGroup, publish, setupOf } from "../server/made-site.ts";
import { browserPath, faultsOf, launch, pagesOf, sidewaysScroll } from "./browser.ts";

describe.skipIf(!browserPath)("the server in a browser (skipped where there is no Chromium)", () => {
  let browser: Browser;
  let made: Awaited<ReturnType<typeof madeFolder>>;
  let running: Running;
  let origin = "";
  const links: string[] = [];
  /** What a page asked for elsewhere, or was kept from by its policy. */
  const strays: string[] = [];

  const newPage = async (context?: BrowserContext): Promise<Page> => {
    const page = await (context ?? (await browser.newContext({ locale: "da-DK" }))).newPage();
    page.on("request", (request) => {
      if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) strays.push(request.url());
    });
    page.on("console", (message) => {
      if (/Content Security Policy|sandbox/i.test(message.text())) strays.push(message.text());
    });
    return page;
  };
  /** Signs in as somebody who was handed a link. */
  const signedIn = async (id: string): Promise<Page> => {
    const page = await newPage();
    await page.goto(await running.invite(id, 60_000));
    await page.getByRole("button", { name: "Log ind" }).click();
    await page.getByText(`Logget ind som ${id}`).waitFor();
    return page;
  };

  beforeAll(async () => {
    made = await madeFolder();
    await publish(made.folder, ["L1", "L2"]);
    running = await serve(
      { ...setupOf(made.folder, made.state), origin: "http://localhost:0" },
      openDrawing(made.folder),
      {
        request: () => undefined,
        failed: (fault) => {
          throw fault;
        },
        anchor: () => undefined,
        mail: (link) => links.push(link),
      },
    );
    origin = `http://localhost:${running.port}`;
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await running?.stop();
    made?.remove();
  });

  it("leads from a work address to the own report and out again, by keyboard alone", async () => {
    const page = await newPage();
    await page.goto(origin);
    expect(page.url()).toBe(`${origin}/sign-in?lang=da`);
    await page.getByLabel("Arbejdsmail").focus();
    await page.keyboard.type(mailOf("anna"));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Se i din indbakke" }).waitFor();
    await expect.poll(() => links.length, { timeout: 10_000 }).toBe(1);
    await page.goto(links[0]!);
    await page.getByRole("button", { name: "Log ind" }).press("Enter");
    await page.getByRole("link", { name: "Din lederrapport" }).click();
    await page.getByText("Leder L1.").waitFor();
    await page.getByRole("link", { name: "English" }).click();
    await page.getByText("Leader L1.").waitFor();
    await page.getByRole("link", { name: "To the overview" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect((await page.goto(`${origin}/report`))?.status()).toBe(404);
    await page.context().close();
  });

  it("shows a report as it was made: its own fonts, its own styles, on one sheet of paper", async () => {
    const page = await signedIn("anna");
    await page.goto(`${origin}/report`);
    await page.evaluate(() => document.fonts.ready);
    expect(await page.evaluate(() => [...document.fonts].map(({ status }) => status))).toEqual(["loaded", "loaded"]);
    expect(await page.locator(".sheet").evaluate((sheet) => getComputedStyle(sheet).backgroundColor)).toBe(
      "rgb(255, 255, 255)",
    );
    expect(await page.locator(".way").evaluate((way) => getComputedStyle(way).display)).toBe("flex");
    expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toBe(1);
    await page.context().close();
  });

  /** A page in Danish and in English. */
  const both = (...paths: readonly string[]) => paths.flatMap((path) => [path, `${path}?lang=en`]);

  it("keeps what a leader writes, shows the coach what is shared, and takes it back, with scripts off", async () => {
    const context = await browser.newContext({ locale: "da-DK", javaScriptEnabled: false });
    const page = await newPage(context);
    await page.goto(await running.invite("bo", 60_000));
    await page.getByRole("button", { name: "Log ind" }).click();
    await page.getByRole("link", { name: "Dit lederprogram" }).click();
    await page.getByRole("link", { name: "Skriv Mit læringsfokus" }).click();
    await page.getByLabel("Din tekst").fill("Lade pausen stå\n\nog lytte");
    await page.getByLabel("Jeg og min coach", { exact: true }).check();
    await page.getByRole("button", { name: "Gem" }).click();
    await page.getByText("Du og din coach kan læse det.").waitFor();
    expect(page.url()).toContain("/programme?lang=da#focus");
    expect(await page.locator("#focus .own").innerText()).toBe("Lade pausen stå\n\nog lytte");
    const coach = await signedIn("eli");
    await coach.goto(`${origin}/groups/A`);
    await coach.getByText("og lytte").waitFor();
    await page.getByLabel("Ja, slet alt, hvad jeg har skrevet her").check();
    await page.getByRole("button", { name: "Slet alle mine tekster" }).click();
    await page.locator("#focus").getByText("Du har ikke skrevet noget endnu.").waitFor();
    await coach.reload();
    expect(await coach.getByText("og lytte").count()).toBe(0);
    await coach.context().close();
    await context.close();
  });

  it("shows a fault of a form without a fault of accessibility or sideways scroll", async () => {
    const page = await signedIn("bo");
    await page.setViewportSize({ width: 320, height: 700 });
    await page.goto(`${origin}/programme/focus`);
    await page.locator("textarea").evaluate((area) => area.removeAttribute("maxlength"));
    await page.getByLabel("Din tekst").fill("å".repeat(8001));
    await page.getByRole("button", { name: "Gem" }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.getByLabel("Din tekst").inputValue()).toHaveLength(8001);
    expect(await faultsOf(page)).toEqual([]);
    expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
    await page.context().close();
  });

  it.each([
    ["bo", both("/programme", "/programme/focus", "/programme/actions")],
    ["eli", both("/groups", "/groups/A")],
    ["hal", both(otherGroup)],
  ] as const)(
    "has pages of the programme for %s without faults of accessibility or sideways scroll at any width",
    async (id, paths) => {
      const faults: string[] = [];
      const page = await signedIn(id);
      for (const path of paths) {
        await page.goto(`${origin}${path}`);
        for (const width of [320, 390, 768, 1280]) {
          await page.setViewportSize({ width, height: 800 });
          if ((await sidewaysScroll(page)) > 0) faults.push(`${path} scrolls sideways at ${width}`);
          if (width === 320 || width === 1280)
            faults.push(...(await faultsOf(page)).map((fault) => `${path} at ${width}: ${fault}`));
        }
      }
      expect(faults).toEqual([]);
      await page.context().close();
    },
    120_000,
  );

  it.each([320, 390, 1280])("has pages without faults of accessibility or sideways scroll at %i px", async (width) => {
    const visits = [
      ["anna", ["/", "/nothing", "/reports"]],
      ["fie", ["/", "/status", "/people", "/access"]],
    ] as const;
    const faults: string[] = [];
    const look = async (page: Page, path: string): Promise<void> => {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`${origin}${path}`);
      faults.push(...(await faultsOf(page)).map((fault) => `${path}: ${fault}`));
      if ((await sidewaysScroll(page)) > 0) faults.push(`${path} scrolls sideways`);
    };
    const stranger = await newPage();
    for (const path of ["/sign-in", "/sign-in?lang=en", `/link/${"a".repeat(43)}`]) await look(stranger, path);
    for (const [id, paths] of visits) {
      const page = await signedIn(id);
      for (const path of paths) await look(page, path);
      await page.context().close();
    }
    expect(faults).toEqual([]);
    await stranger.context().close();
  });

  it("takes no form that another site sends", async () => {
    const evil = createServer((_, response) =>
      response
        .setHeader("content-type", "text/html")
        .end(
          `<form method="post" action="${origin}/sign-out"><input name="form" value="x"></form><script>document.forms[0].submit()</script>`,
        ),
    );
    await new Promise<void>((listening) => evil.listen(0, "127.0.0.1", listening));
    const page = await signedIn("anna");
    const other = await page.context().newPage();
    const answer = other.waitForResponse((response) => response.url() === `${origin}/sign-out`);
    await other.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`);
    expect([403, 404]).toContain((await answer).status());
    await page.goto(`${origin}/`);
    await page.getByText("Logget ind som anna").waitFor();
    await page.context().close();
    await new Promise((closed) => {
      evil.close(closed);
      evil.closeAllConnections();
    });
  });

  it("asks for nothing elsewhere, and is kept from nothing by its own policy", () => {
    expect(strays).toEqual([]);
  });
});
