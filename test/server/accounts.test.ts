import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { flowCookie } from "../../src/server/accounts.ts";
import { readPeople, signInHash, writePeople } from "../../src/server/state/people.ts";
import { client, startIssuer } from "./issuer.ts";
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
afterEach(() => made.remove());

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
  const refused = async (address: string, cookies: Readonly<Record<string, string>>): Promise<void> => {
    const response = await back(address, cookies);
    expect(response.status).toBe(403);
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
  it("is not taken with a refusal of the issuer", async () => {
    const { address, cookies } = await depart();
    const state = new URL(address).searchParams.get("state")!;
    await refused(`${callback}?error=access_denied&state=${state}`, cookies);
  });
});

describe("a site without an issuer", () => {
  it("has no such pages", async () => {
    const other = await madeSite();
    for (const path of ["/oidc", "/oidc/callback?code=1&state=2"]) expect((await other.ask(path)).status).toBe(404);
    expect(await (await other.ask("/sign-in")).text()).not.toContain("/oidc");
    await other.remove();
  });
});
