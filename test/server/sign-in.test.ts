import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readAccess } from "../../src/server/state/access-log.ts";
import { readPeople, writePeople } from "../../src/server/state/people.ts";
import { browserCookie, sessionCookie } from "../../src/server/visit.ts";
import { askForLink, type MadeSite, madeSite, mailOf, origin, publish, remembered } from "./made-site.ts";

let made: MadeSite;

beforeEach(async () => {
  made = await madeSite();
  await publish(made.folder, ["L1", "L2"]);
});
afterEach(() => made.remove());

/** Opens a link in a browser and presses its button. */
const follow = async (path: string, browser: Readonly<Record<string, string>>) => {
  const opened = await made.ask(path, { cookies: browser });
  if (opened.status !== 200) return opened;
  const { cookies, form } = await remembered(opened);
  return made.ask(path, { method: "POST", cookies: { ...browser, ...cookies }, form: { form } });
};

describe("signing in by mail", () => {
  it("leads from an address to the person's own pages", async () => {
    const { browser, response, paths } = await askForLink(made, "  Anna@Example.ORG ");
    expect(response.status).toBe(200);
    expect(paths).toHaveLength(1);
    const signed = await follow(paths[0]!, browser);
    expect(signed.status).toBe(303);
    const { cookies } = await remembered(signed);
    const home = await (await made.ask("/", { cookies })).text();
    expect(home).toContain("Logget ind som anna");
    expect(home).toContain('href="/report?lang=da"');
    expect(home).not.toMatch(/href="\/(management|research|people|access)/);
    const acts = (await readAccess(made.state))!.entries.filter(({ person }) => person === "anna");
    expect(acts.map(({ action, result }) => `${action} ${result}`)).toEqual(["link sent", "sign-in 303"]);
  });
  it("answers a known and an unknown address with the same bytes, and mails only the known", async () => {
    const { cookies, form } = await remembered(await made.ask("/sign-in"));
    const answers = [];
    for (const mail of [mailOf("anna"), "nobody@example.org", "not an address"]) {
      const response = await made.ask("/sign-in", { method: "POST", cookies, form: { form, mail } });
      answers.push(JSON.stringify([response.status, [...response.headers], await response.text()]));
    }
    expect(new Set(answers).size).toBe(1);
    expect(made.sent).toEqual([]);
    await made.workOff();
    expect(made.sent).toHaveLength(1);
  });
  it("works once", async () => {
    const { browser, paths } = await askForLink(made, mailOf("anna"));
    expect((await follow(paths[0]!, browser)).status).toBe(303);
    expect((await follow(paths[0]!, browser)).status).toBe(410);
  });
  it("is not used up by who only looks: a scanner of mails, a preview, another browser", async () => {
    const { browser, paths } = await askForLink(made, mailOf("anna"));
    const [path = ""] = paths;
    for (const cookies of [{}, { [browserCookie]: "B".repeat(43) }])
      for (const method of ["GET", "HEAD", "GET"])
        expect([410, 404]).toContain((await made.ask(path, { method, cookies })).status);
    const other = await remembered(await made.ask("/sign-in"));
    const stolen = await made.ask(path, { method: "POST", cookies: other.cookies, form: { form: other.form } });
    expect(stolen.status).toBe(410);
    expect((await made.ask(path, { cookies: browser })).status).toBe(200);
    expect((await follow(path, browser)).status).toBe(303);
  });
  it("signs in one of a thousand who press its button at once", async () => {
    const { browser, paths } = await askForLink(made, mailOf("anna"));
    const { cookies, form } = await remembered(await made.ask(paths[0]!, { cookies: browser }));
    const press = () => made.ask(paths[0]!, { method: "POST", cookies: { ...browser, ...cookies }, form: { form } });
    const statuses = (await Promise.all(Array.from({ length: 1000 }, press))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 303)).toHaveLength(1);
    expect(statuses.filter((status) => status === 410)).toHaveLength(999);
    expect(readdirSync(join(made.state, "sessions"))).toHaveLength(1);
  });
  it("cannot be had for somebody who is no longer there", async () => {
    const { browser, paths } = await askForLink(made, mailOf("anna"));
    await writePeople(
      made.state,
      (await readPeople(made.state)).filter(({ id }) => id !== "anna"),
    );
    expect((await follow(paths[0]!, browser)).status).toBe(410);
  });
  it("works in any browser for a link that was handed over in person, once", async () => {
    const path = `/link/${await made.links.make("bo", null, 60_000)}`;
    expect((await follow(path, {})).status).toBe(303);
    expect((await follow(path, {})).status).toBe(410);
  });
  it("gives another session each time, and ends the one before", async () => {
    const first = await made.signedIn("anna");
    const { cookies } = await remembered(await follow(`/link/${await made.links.make("cai", null, 60_000)}`, first));
    expect(cookies[sessionCookie]).not.toBe(first[sessionCookie]);
    expect((await made.ask("/report", { cookies: first })).status).toBe(404);
    expect((await made.ask("/management", { cookies })).status).toBe(200);
  });
  it("ends when somebody signs out", async () => {
    const cookies = await made.signedIn("anna");
    const { form } = await remembered(await made.ask("/", { cookies }));
    const out = await made.ask("/sign-out", { method: "POST", cookies, form: { form } });
    expect(out.status).toBe(303);
    expect(out.headers.getSetCookie().join()).toMatch(/^__Host-spejl=;.*Max-Age=0$/);
    expect((await made.ask("/report", { cookies })).status).toBe(404);
  });
});

describe("a form", () => {
  const post = async (headers: Readonly<Record<string, string>>, change = (form: string) => form) => {
    const cookies = await made.signedIn("anna");
    const { form } = await remembered(await made.ask("/", { cookies }));
    const body = { form: change(form) };
    const { status } = await made.ask("/sign-out", { method: "POST", cookies, headers, form: body });
    const isSignedIn = (await made.ask("/", { cookies })).status === 200;
    return [status, isSignedIn];
  };
  it("is taken from this site", async () => {
    expect(await post({})).toEqual([303, false]);
  });
  it.each([
    ["another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
    ["a sister site", { "sec-fetch-site": "same-site", origin: "https://other.example.dk" }],
    ["the address bar", { "sec-fetch-site": "none", origin }],
    ["a sandboxed page", { "sec-fetch-site": "cross-site", origin: "null" }],
  ])("is not taken from %s", async (_, headers) => {
    expect(await post(headers)).toEqual([403, true]);
  });
  it("is not taken from a browser that says nothing of where it comes from", async () => {
    const cookies = await made.signedIn("anna");
    const { form } = await remembered(await made.ask("/", { cookies }));
    const body = new URLSearchParams({ form });
    const request = new Request(`${origin}/sign-out`, {
      method: "POST",
      headers: { host: "spejl.example.dk", cookie: `${sessionCookie}=${cookies[sessionCookie]}` },
      body,
    });
    expect((await made.site.fetch(request, {})).status).toBe(403);
  });
  it.each(["", "0".repeat(64), "another browser's"])("is not taken without its hidden field: %s", async (wrong) => {
    expect(await post({}, () => wrong)).toEqual([403, true]);
  });
  it("is not read beyond 64 kB", async () => {
    const { cookies, form } = await remembered(await made.ask("/sign-in"));
    const large = await made.ask("/sign-in", { method: "POST", cookies, form: { form, mail: "a".repeat(65 * 1024) } });
    expect(large.status).toBe(413);
  });
});

describe("every answer", () => {
  it("says what browsers must not do, whatever its status", async () => {
    const anna = await made.signedIn("anna");
    const fie = await made.signedIn("fie");
    const { cookies, form } = await remembered(await made.ask("/sign-in"));
    const broken = await madeSite();
    await publish(broken.folder, ["L1"]);
    const annaThere = await broken.signedIn("anna");
    await broken.log.close();
    const answered: readonly (readonly [number, Response])[] = [
      [200, await made.ask("/report", { cookies: anna })],
      [200, await made.ask("/access", { cookies: fie })],
      [200, await made.ask("/healthz")],
      [303, await made.ask("/")],
      [403, await made.ask("/sign-in", { method: "POST" })],
      [404, await made.ask("/nothing")],
      [404, await made.ask("/report", { method: "DELETE", cookies: anna })],
      [410, await made.ask(`/link/${"a".repeat(43)}`)],
      [413, await made.ask("/sign-in", { method: "POST", cookies, form: { form, mail: "a".repeat(70_000) } })],
      [421, await made.ask("/sign-in", { headers: { host: "evil.example" } })],
      [500, await broken.ask("/report", { cookies: annaThere })],
    ];
    await broken.remove();
    for (const [status, { status: found, headers }] of answered) {
      expect(found).toBe(status);
      expect(headers.get("content-security-policy"), String(status)).toMatch(
        /^default-src 'none'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; .*form-action/,
      );
      expect(headers.get("content-security-policy")).not.toMatch(/unsafe|\*|https?:/);
      expect(Object.fromEntries(headers)).toMatchObject({
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "strict-transport-security": "max-age=31536000",
      });
    }
  });
  it("lets a report run no script, send no form, and use no styles but its own", async () => {
    const response = await made.ask("/report", { cookies: await made.signedIn("anna") });
    const policy = response.headers.get("content-security-policy");
    expect(policy).toMatch(
      /style-src 'sha256-[\w+/=]{44}' 'sha256-[\w+/=]{44}'; font-src 'self'; img-src data:; form-action 'none'; sandbox allow-same-origin allow-modals$/,
    );
    expect(await response.text()).not.toMatch(/<script|http-equiv|base64| style=/);
  });
  it("sets cookies that no script, no sister site and no unlocked line sees", async () => {
    const { paths, browser } = await askForLink(made, mailOf("anna"));
    const lines = [
      ...(await made.ask("/sign-in")).headers.getSetCookie(),
      ...(await follow(paths[0]!, browser)).headers.getSetCookie(),
    ];
    expect(lines).toHaveLength(3);
    for (const line of lines)
      expect(line).toMatch(/^__Host-[\w-]+=[\w-]*; Path=\/; Secure; HttpOnly; SameSite=Lax(; Max-Age=0)?$/);
  });
  it("keeps fonts and styles for good, at addresses that change with them", async () => {
    const page = await (await made.ask("/sign-in")).text();
    const style = /href="(\/assets\/[0-9a-f]{32}\.css)"/.exec(page)![1]!;
    const css = await made.ask(style);
    expect(css.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    const fonts = [...(await css.text()).matchAll(/url\((\/assets\/[0-9a-f]{32}\.woff2)\)/g)].map(([, path]) => path!);
    expect(fonts).toHaveLength(2);
    for (const font of fonts) {
      const response = await made.ask(font);
      expect(response.headers.get("content-type")).toBe("font/woff2");
      expect(Buffer.from(await response.arrayBuffer()).toString("latin1", 0, 4)).toBe("wOF2");
    }
  });
  it("is told of in a line without a person, a parameter or a query", async () => {
    await made.ask(`/link/${"s".repeat(43)}?lang=en`);
    await made.ask("/report?leader=L2", { cookies: await made.signedIn("anna") });
    await made.ask("/no/such/page-of-L2");
    expect(made.said.map(({ time: _time, ms: _ms, ...line }) => line)).toEqual([
      { method: "GET", route: "/link/:token", status: 410, viewer: "nobody" },
      { method: "GET", route: "/report", status: 200, viewer: "leader" },
      { method: "GET", route: "none", status: 404, viewer: "nobody" },
    ]);
  });
});

describe("limits", () => {
  it("answer 120 looks a minute of one person, and nobody else waits for it", async () => {
    const limited = await madeSite("limited");
    const [anna, cai] = [await limited.signedIn("anna"), await limited.signedIn("cai")];
    const statuses: number[] = [];
    for (let k = 0; k < 121; k += 1) statuses.push((await limited.ask("/", { cookies: anna })).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(120);
    const last = await limited.ask("/", { cookies: anna });
    expect(last.status).toBe(429);
    expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await limited.ask("/", { cookies: cai })).status).toBe(200);
    await limited.remove();
  });
  it("take twenty forms a minute from one address before sign-in, by the address that the proxy saw", async () => {
    const limited = await madeSite("limited", { trustProxy: true });
    const post = async (forwarded: string) =>
      (await limited.ask("/sign-in", { method: "POST", headers: { "x-forwarded-for": forwarded } })).status;
    for (let k = 0; k < 20; k += 1) expect(await post(`10.0.0.${k}, 198.51.100.7`)).toBe(403);
    expect(await post("10.0.0.99, 198.51.100.7")).toBe(429);
    expect(await post("198.51.100.8")).toBe(403);
    await limited.remove();
  });
  it("send five mails to one address, however often they are asked for", async () => {
    const limited = await madeSite("limited");
    for (let k = 0; k < 7; k += 1)
      await askForLink(limited, k % 2 === 0 ? mailOf("anna") : mailOf("anna").toUpperCase());
    expect(limited.sent).toHaveLength(5);
    await limited.remove();
  });
});
