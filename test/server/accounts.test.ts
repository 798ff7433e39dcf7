import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { flowCookie } from "../../src/server/accounts.ts";
import { readPeople, signInHash, writePeople } from "../../src/server/state/people.ts";
import { client, type Forgery, startIssuer } from "./issuer.ts";
import { type MadeSite, madeSite, origin, publish, remembered } from "./made-site.ts";

const callback = `${origin}/oidc/callback`;
let issuer: Awaited<ReturnType<typeof startIssuer>>;
let made: MadeSite;

beforeAll(async () => {
  issuer = await startIssuer(callback);
});
afterAll(() => issuer.stop());

const signInOf = async (id: string, claim: string | null): Promise<void> => {
  const people = await readPeople(made.state);
  const signIn = claim === null ? null : signInHash(made.secret, claim);
  await writePeople(
    made.state,
    people.map((each) => (each.id === id ? { ...each, signIn } : each)),
  );
};

beforeEach(async () => {
  issuer.claims.clear();
  made = await madeSite("unlimited", { accounts: { issuer: issuer.issuer, ...client, match: "oid" } });
  await publish(made.folder, ["L1", "L2"]);
  await signInOf("anna", "oid-anna");
  issuer.claims.set("sub-1", "oid-anna");
});
afterEach(() => {
  issuer.forge(null);
  vi.useRealTimers();
  return made.remove();
});

/** Leaves for the issuer: where to, and what the browser remembers. */
const depart = async () => {
  const response = await made.ask("/oidc");
  const { cookies } = await remembered(response);
  return { address: response.headers.get("location")!, cookies };
};
const back = (address: string, cookies: Readonly<Record<string, string>>) =>
  made.ask(address.replace(origin, ""), { cookies });
const signIn = async (sub: string) => {
  const { address, cookies } = await depart();
  return back(await issuer.signIn(address, sub), cookies);
};
const whoIs = async (response: Response): Promise<string | null> => {
  const { cookies } = await remembered(response);
  const home = await (await made.ask("/", { cookies })).text();
  return /Logget ind som (\w+)/.exec(home)?.[1] ?? null;
};

describe("signing in with a work account", () => {
  it("leads to the pages of the person whom people.csv names", async () => {
    const { address } = await depart();
    const query = new URL(address).searchParams;
    expect(query.get("code_challenge_method")).toBe("S256");
    expect([query.get("state"), query.get("nonce"), query.get("code_challenge")].map((each) => each!.length)).toEqual([
      43, 43, 43,
    ]);
    const response = await signIn("sub-1");
    expect(response.status).toBe(303);
    expect(await whoIs(response)).toBe("anna");
  });
  it("knows the account ever after by what cannot change hands", async () => {
    expect(await whoIs(await signIn("sub-1"))).toBe("anna");
    issuer.claims.set("sub-1", "oid-somebody");
    expect(await whoIs(await signIn("sub-1"))).toBe("anna");
    issuer.claims.set("sub-2", "oid-anna");
    expect((await signIn("sub-2")).status).toBe(403);
  });
  it("lets an account go whose person is given another one", async () => {
    expect(await whoIs(await signIn("sub-1"))).toBe("anna");
    await signInOf("anna", "oid-new");
    expect((await signIn("sub-1")).status).toBe(403);
    issuer.claims.set("sub-2", "oid-new");
    expect(await whoIs(await signIn("sub-2"))).toBe("anna");
    expect((await signIn("sub-1")).status).toBe(403);
  });
  it("lets in nobody whom people.csv does not name", async () => {
    for (const claim of ["oid-stranger", "", " "]) {
      issuer.claims.set("sub-3", claim);
      expect((await signIn("sub-3")).status).toBe(403);
    }
    issuer.claims.delete("sub-4");
    expect((await signIn("sub-4")).status).toBe(403);
  });
});

describe("a way back from the issuer", () => {
  const returned = async () => {
    const { address, cookies } = await depart();
    return { address: await issuer.signIn(address, "sub-1"), cookies };
  };
  /** No session, and the very page that comes to whoever brings nothing: it does not tell why. */
  const refused = async (address: string, cookies: Readonly<Record<string, string>>): Promise<void> => {
    const response = await back(address, cookies);
    const plain = await made.ask("/oidc/callback");
    expect([response.status, plain.status]).toEqual([403, 403]);
    expect(await response.text()).toBe(await plain.text());
    expect(JSON.stringify([...response.headers])).toBe(JSON.stringify([...plain.headers]));
    expect(response.headers.getSetCookie().join()).not.toMatch(/__Host-spejl=/);
  };
  const changed = (address: string, name: string, value: string): string => {
    const other = new URL(address);
    other.searchParams.set(name, value);
    return other.href;
  };
  it("is taken once", async () => {
    const { address, cookies } = await returned();
    expect((await back(address, cookies)).status).toBe(303);
    await refused(address, cookies);
  });
  it("is taken only in the browser that left", async () => {
    const { address } = await returned();
    await refused(address, {});
    await refused(address, { [flowCookie]: "A".repeat(43) });
    const other = await depart();
    await refused(address, other.cookies);
  });
  it.each([
    ["another state", "state", "A".repeat(43)],
    ["an unknown code", "code", "A".repeat(43)],
    ["another issuer", "iss", "https://evil.example"],
  ])("is not taken with %s", async (_, name, value) => {
    const { address, cookies } = await returned();
    await refused(changed(address, name, value), cookies);
  });
  it("is not taken with the code of another flow", async () => {
    const [one, other] = [await returned(), await returned()];
    const code = new URL(other.address).searchParams.get("code")!;
    await refused(changed(one.address, "code", code), one.cookies);
  });
  it.each<readonly [string, Forgery]>([
    ["for another site", { claims: (claims) => ({ ...claims, aud: "another" }) }],
    ["for another site too", { claims: (claims) => ({ ...claims, aud: ["spejl", "another"], azp: "another" }) }],
    ["of another issuer", { claims: (claims) => ({ ...claims, iss: "https://evil.example" }) }],
    ["that has expired", { claims: (claims) => ({ ...claims, exp: Math.floor(Date.now() / 1000) - 120 }) }],
    ["without an end", { claims: ({ exp: _, ...claims }) => claims }],
    ["without a subject", { claims: ({ sub: _, ...claims }) => claims }],
    ["of another sign-in", { claims: (claims) => ({ ...claims, nonce: "A".repeat(43) }) }],
    ["of no sign-in", { claims: ({ nonce: _, ...claims }) => claims }],
    ["that nobody signed", { signed: "none" }],
    ["that a stranger signed", { signed: "strange" }],
  ])("is not taken with a token %s", async (_, forgery) => {
    const { address, cookies } = await returned();
    issuer.forge(forgery);
    await refused(address, cookies);
    expect(made.faults).toHaveLength(1);
  });
  it("is taken with a token that the issuer has signed anew", async () => {
    const { address, cookies } = await returned();
    issuer.forge({});
    expect((await back(address, cookies)).status).toBe(303);
  });
  it("is taken for ten minutes", async () => {
    const [soon, late] = [await returned(), await returned()];
    const left = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now: left + 9 * 60_000 });
    expect((await back(soon.address, soon.cookies)).status).toBe(303);
    vi.setSystemTime(left + 10 * 60_000 + 1);
    await refused(late.address, late.cookies);
    expect(made.faults).toEqual([]);
  });
  it("is not taken with a refusal of the issuer", async () => {
    const { address, cookies } = await depart();
    const state = new URL(address).searchParams.get("state")!;
    await refused(`${callback}?error=access_denied&state=${state}`, cookies);
  });
});

describe("signing out", () => {
  const signOut = async () => {
    const { cookies } = await remembered(await signIn("sub-1"));
    const { form } = await remembered(await made.ask("/", { cookies }));
    const out = await made.ask("/sign-out", { method: "POST", cookies, form: { form } });
    expect((await made.ask("/report", { cookies })).status).toBe(404);
    return out.headers.get("location")!;
  };
  it("ends the session here first, and then shows the way out at the issuer, which knows the way back", async () => {
    const page = await made.ask(await signOut());
    expect(page.status).toBe(200);
    const [, href = ""] = /href="(http:[^"]*)"/.exec(await page.text()) ?? [];
    const address = new URL(href.replaceAll("&amp;", "&"));
    expect(address.origin).toBe(issuer.issuer);
    expect(Object.fromEntries(address.searchParams)).toEqual({
      client_id: "spejl",
      post_logout_redirect_uri: `${origin}/sign-in`,
    });
    const there = await fetch(address, { redirect: "manual" });
    expect(there.status).toBe(200);
    expect(await there.text()).toMatch(/<form[^>]*session\/end\/confirm/);
  });
  it("does not wait for an issuer that is down", async () => {
    const other = await madeSite("unlimited", {
      accounts: { issuer: "http://localhost:1", ...client, match: "oid" },
    });
    const cookies = await other.signedIn("anna");
    const { form } = await remembered(await other.ask("/", { cookies }));
    const out = await other.ask("/sign-out", { method: "POST", cookies, form: { form } });
    expect((await other.ask("/report", { cookies })).status).toBe(404);
    const after = await other.ask(out.headers.get("location")!);
    expect([after.status, after.headers.get("location")]).toEqual([303, "/sign-in?lang=da"]);
    await other.remove();
  });
});

describe("a site without an issuer", () => {
  it("has no such pages", async () => {
    const other = await madeSite();
    for (const path of ["/oidc", "/oidc/callback?code=1&state=2", "/oidc/signed-out"])
      expect((await other.ask(path)).status).toBe(404);
    expect(await (await other.ask("/sign-in")).text()).not.toContain("/oidc");
    await other.remove();
  });
});
