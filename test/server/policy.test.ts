import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { policyApp } from "../../src/server/policy.ts";
import { routes } from "../../src/server/routes.ts";
import { readAccess } from "../../src/server/state/access-log.ts";
import { sessionCookie } from "../../src/server/visit.ts";
import { fullDisk } from "./full-disk.ts";
import { everybody, type MadeSite, madeSite, otherGroup, publish } from "./made-site.ts";

/*
 * Who may see what, written from the requirements and apart from the server's table: by path, the persons whom it
 * answers, with what. Everything else is the one page that says no.
 */
const anyone = [...everybody.map(({ id }) => id), "nobody", "expired"];
const leaders = ["anna", "bo", "gro", "ida", "jon"];
/** Leaders in a group who have not left their post. */
const members = ["anna", "bo", "gro"];
const signedIn = everybody.map(({ id }) => id);
const answers: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "GET /healthz": all(anyone, 200),
  "GET /sign-in": all(anyone, 200),
  "GET /": { ...all(signedIn, 200), nobody: 303, expired: 303 },
  "GET /report": { anna: 200, bo: 200, gro: 200 },
  "GET /management": { cai: 200, dea: 200, gro: 200 },
  "GET /management/cells.csv": { cai: 200, dea: 200, gro: 200 },
  "GET /research": { dea: 200 },
  "GET /reports": all(leaders, 200),
  // Until a leader shows the own report to the coach, there is none to be seen.
  "GET /shared/L1": {},
  "GET /status": { fie: 200 },
  "GET /people": { fie: 200 },
  "GET /access": { fie: 200 },
  "GET /programme": all(members, 200),
  "GET /programme/calendar.ics": all(members, 200),
  "GET /programme/focus": all(members, 200),
  "GET /groups": { eli: 200, hal: 200 },
  "GET /groups/A": { eli: 200 },
  "GET /groups/A/calendar.ics": { eli: 200 },
  [`GET ${otherGroup}`]: { hal: 200 },
  [`GET ${otherGroup}/calendar.ics`]: { hal: 200 },
  // Without a form of the site's own.
  "POST /sign-in": all(anyone, 403),
  "POST /sign-out": all(signedIn, 403),
  // Whether there is such a part or group, and whose, is said only to whom it is for.
  "POST /programme/focus": all(leaders, 403),
  "POST /programme/nothing": all(leaders, 403),
  "POST /programme/calendar.ics": all(leaders, 403),
  "POST /programme/erase": all(leaders, 403),
  "POST /report/coach": all(leaders, 403),
  "POST /groups/A/attendance": all(["eli", "hal"], 403),
  "POST /groups/A/cases": all(["eli", "hal"], 403),
  "POST /groups/A/close": all(["eli", "hal"], 403),
  [`POST ${otherGroup}/close`]: all(["eli", "hal"], 403),
  "POST /groups/none/cases": all(["eli", "hal"], 403),
};
const paths = [
  ...new Set(Object.keys(answers).map((name) => name.split(" ")[1]!)),
  ...[
    "/oidc",
    "/oidc/callback",
    "/oidc/signed-out",
    "/report/L2",
    "/reports/after-0123456789ab",
    "/reports/L2",
    "/report?leader=L2",
    "/leaders/L1",
    "/leader/L2",
    "/REPORT",
    "/report/",
    "/report/../access",
  ],
  ...[
    "/%72eport/L2",
    "/.spejl/vault.duckdb",
    "/access/1",
    "/people/anna",
    "/reports/leaders/L1.html",
    "/assets/none.css",
  ],
];
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

function all(persons: readonly string[], status: number): Readonly<Record<string, number>> {
  return Object.fromEntries(persons.map((each) => [each, status]));
}

/** What a path means once a browser has tidied it: what stands after the question mark, and dots. */
const meant = (path: string): string => new URL(path, "http://x").pathname;
const expected = (method: string, path: string, who: string): number =>
  answers[`${method} ${meant(path)}`]?.[who] ?? (method === "GET" && meant(path).startsWith("/link/") ? 410 : 404);

let made: MadeSite;
const cookies = new Map<string, Readonly<Record<string, string>>>();

beforeAll(async () => {
  made = await madeSite();
  await publish(made.folder, ["L1", "L2"]);
  for (const { id } of everybody) cookies.set(id, await made.signedIn(id));
  cookies.set("nobody", {});
  cookies.set("expired", { [sessionCookie]: "A".repeat(43) });
});
afterAll(() => made.remove());

/** A page without its tags: numbers and ids are marked up within sentences. */
const wordsOf = (page: string): string => page.replaceAll(/<[^>]*>/g, "");

describe("viewer × route × method", () => {
  it("answers as the policy says that was written apart from the table of routes", async () => {
    const differences: string[] = [];
    let cells = 0;
    for (const who of anyone)
      for (const path of paths)
        for (const method of methods) {
          const { status } = await made.ask(path, { method, cookies: cookies.get(who)! });
          cells += 1;
          const wanted = expected(method, path, who);
          if (status !== wanted) differences.push(`${who} ${method} ${path}: ${status}, not ${wanted}`);
        }
    expect(differences).toEqual([]);
    expect(cells).toBe(anyone.length * paths.length * methods.length);
    expect(made.faults).toEqual([]);
  });
  it("says no in the same bytes whether there is such a page or not", async () => {
    const bodies = new Set<string>();
    for (const who of ["anna", "cai", "eli", "ida", "nobody"])
      for (const path of [
        "/access",
        "/research",
        "/nothing",
        "/programme/nothing",
        "/groups/none",
        otherGroup,
        "/report/L2",
        "/assets/none.css",
      ]) {
        const response = await made.ask(path, { cookies: cookies.get(who)! });
        expect(response.status, `${who} ${path}`).toBe(404);
        bodies.add(JSON.stringify([[...response.headers], await response.text()]));
      }
    expect(bodies.size).toBe(1);
  });
  it("shows each leader the own report and nobody else's", async () => {
    for (const [who, own, other] of [
      ["anna", "L1", "L2"],
      ["bo", "L2", "L1"],
    ] as const)
      for (const path of ["/report", `/report?leader=${other}`, `/report?id=${own}&id=${other}`]) {
        const page = wordsOf(await (await made.ask(path, { cookies: cookies.get(who)! })).text());
        expect(page).toContain(`Leder ${own}.`);
        expect(page).not.toContain(`Leder ${other}.`);
      }
  });
  it("names no leader to anybody but that leader and the administrator", async () => {
    for (const who of ["cai", "dea", "eli", "nobody"])
      for (const path of ["/", "/management", "/research", "/sign-in"])
        expect(await (await made.ask(path, { cookies: cookies.get(who)! })).text()).not.toMatch(/\bL[12]\b/);
  });
  it("writes one entry for each read and each refusal before it is answered, and none for what tells nothing", async () => {
    const before = (await readAccess(made.state))!.entries.length;
    await made.ask("/report", { cookies: cookies.get("anna")! });
    await made.ask("/research", { cookies: cookies.get("anna")! });
    await made.ask("/", { cookies: cookies.get("anna")! });
    await made.ask("/sign-in");
    const reading = (await readAccess(made.state))!;
    expect(reading.broken).toEqual([]);
    expect(reading.entries.slice(before)).toMatchObject([
      { person: "anna", action: "read", object: "/report", result: "200", release: expect.stringMatching(/^w3-/) },
      { person: "anna", action: "refused", object: "/research", result: "404", release: null },
    ]);
  });
  it("serves no page that could not be written into the log", async () => {
    const other = await madeSite();
    await publish(other.folder, ["L1"]);
    const anna = await other.signedIn("anna");
    expect((await other.ask("/report", { cookies: anna })).status).toBe(200);
    await other.log.close();
    const response = await other.ask("/report", { cookies: anna });
    expect(response.status).toBe(500);
    expect(wordsOf(await response.text())).not.toContain("Leder L1");
    expect(other.faults).toHaveLength(1);
    await other.remove();
  });
  it("goes on serving on a full disk for as long as its log has room kept, and then says why not", async () => {
    const other = await madeSite();
    await publish(other.folder, ["L1"]);
    const anna = await other.signedIn("anna");
    const read = () => other.ask("/report", { cookies: anna });
    const reads = async () =>
      (await readAccess(other.state))!.entries.filter(
        ({ action, object }) => action === "read" && object === "/report",
      );
    const letGo = await fullDisk();
    try {
      expect((await read()).status).toBe(200);
      expect((await read()).status).toBe(200);
      expect(await reads()).toHaveLength(2);
      const long = {
        person: null,
        action: "read",
        object: "x".repeat(1_040_000),
        release: null,
        result: "200",
      } as const;
      await other.log.append(long);
      for (let k = 0; (await read()).status === 200; k += 1) expect(k).toBeLessThan(100);
      const refused = await read();
      expect(refused.status).toBe(503);
      const words = wordsOf(await refused.text());
      expect(words).toContain("Serverens disk er fuld");
      expect(words).not.toContain("Leder L1");
      expect((await other.ask("/sign-in")).status).toBe(200);
    } finally {
      letGo();
    }
    const before = (await reads()).length;
    expect((await read()).status).toBe(200);
    expect(await reads()).toHaveLength(before + 1);
    expect((await readAccess(other.state))!.broken).toEqual([]);
    await other.remove();
  });
});

describe("the table of routes", () => {
  const gate = {} as Parameters<typeof policyApp>[0];
  const app = () => policyApp({ ...gate, origin: "https://spejl.example.dk" });
  const handler = async () => ({ status: 200, body: "" }) as const;
  it("holds everything that is registered, and everything in it is", () => {
    const names = routes.map(({ method, path }) => `${method} ${path}`);
    expect([...made.site.registered].sort()).toEqual([...names].sort());
  });
  it("lets nothing else be registered", () => {
    expect(() => app().add("GET", "/vault", handler)).toThrow("not in the table");
    expect(() => app().add("PUT", "/report", handler)).toThrow("not in the table");
    const twice = app();
    twice.add("GET", "/report", handler);
    expect(() => twice.add("GET", "/report", handler)).toThrow("twice");
    expect(() => twice.site()).toThrow("No handler for");
  });
});
