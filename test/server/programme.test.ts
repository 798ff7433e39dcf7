import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sweepTexts } from "../../src/server/programme/retention.ts";
import { readAccess } from "../../src/server/state/access-log.ts";
import { readMarks } from "../../src/server/state/attendance.ts";
import { writeSchedule } from "../../src/server/state/schedule.ts";
import { eraseTexts, groupOwner, openTexts, ownerOf } from "../../src/server/state/texts.ts";
import { sessionCookie } from "../../src/server/visit.ts";
import { type MadeSite, madeSite, otherGroup, remembered, schedule } from "./made-site.ts";

let made: MadeSite;
beforeEach(async () => {
  made = await madeSite();
});
afterEach(() => made.remove());

const canary = "Jeg vil øve mig i at lade pausen stå";
const wordsOf = (page: string): string => page.replaceAll(/<[^>]*>/g, "").replaceAll("&#39;", "'");
const inBox = (page: string, name = "text"): string => {
  const [, text = ""] = new RegExp(`<textarea id="${name}"[^>]*>\n([^<]*)`).exec(page) ?? [];
  return text;
};

/** Somebody at the site: reads pages, and sends the forms that stand in them. */
const as = async (id: string) => {
  const cookies = await made.signedIn(id);
  const page = async (path: string): Promise<string> => (await made.ask(path, { cookies })).text();
  const send = async (from: string, to: string, fields: Readonly<Record<string, string | readonly string[]>>) => {
    const { form, body } = await remembered(await made.ask(from, { cookies }));
    const count = /name="count" value="(\d+)"/.exec(body)?.[1];
    const filled = { form, ...(count === undefined ? {} : { count }), ...fields };
    const response = await made.ask(to, { method: "POST", cookies, form: filled });
    return { status: response.status, to: response.headers.get("location"), page: await response.text() };
  };
  const write = (part: string, text: string, shared = "private") =>
    send(`/programme/${part}`, `/programme/${part}?lang=da`, { text, shared });
  return { cookies, page, send, write };
};

describe("a leader's own texts", () => {
  it("are the leader's alone until shared, and again once sharing is taken back", async () => {
    const [anna, bo, eli, gro] = [await as("anna"), await as("bo"), await as("eli"), await as("gro")];
    const unshared = wordsOf(await eli.page("/groups/A?lang=da"));
    expect(await anna.write("focus", canary)).toMatchObject({ status: 303, to: "/programme?lang=da#focus" });
    const readers = async () =>
      Object.fromEntries(
        await Promise.all(
          (
            [
              ["anna", anna, "/programme"],
              ["bo", bo, "/programme"],
              ["eli", eli, "/groups/A"],
              ["gro", gro, "/programme"],
            ] as const
          ).map(async ([id, reader, path]) => [id, (await reader.page(path)).includes(canary)]),
        ),
      );
    expect(await readers()).toEqual({ anna: true, bo: false, eli: false, gro: false });
    // Who has written and shares nothing reads like one who has written nothing.
    expect(wordsOf(await eli.page("/groups/A?lang=da"))).toBe(unshared);
    expect(wordsOf(await anna.page("/programme?lang=da"))).toContain("Kun du kan læse det.");
    await anna.write("focus", canary, "coach");
    expect(await readers()).toEqual({ anna: true, bo: false, eli: true, gro: false });
    await anna.write("focus", canary, "group");
    // Gro has Anna's post too, and is in the group with her.
    expect(await readers()).toMatchObject({ anna: true, bo: true, eli: true });
    expect(wordsOf(await anna.page("/programme?lang=en"))).toContain(
      "You, your coach and your sparring group can read it.",
    );
    await anna.write("focus", canary);
    expect(await readers()).toEqual({ anna: true, bo: false, eli: false, gro: false });
  });
  it("come back as they were written, whatever stands in them", async () => {
    const anna = await as("anna");
    for (const text of ["\n\nførst to tomme linjer", '</textarea><script>alert("x")</script>', "a\u202Eb & <b>"]) {
      await anna.write("arena", text);
      const shown = inBox(await anna.page("/programme/arena"));
      const plain = shown
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&quot;", '"')
        .replaceAll("&amp;", "&");
      expect(plain).toBe(text.replace("\u202E", ""));
    }
    const action = { action1: "Spørg før jeg svarer", actionWhen1: "mandag", actionLearnt2: "Det tager tid" };
    await anna.send("/programme/actions", "/programme/actions", { ...action, shared: "private" });
    const again = await anna.page("/programme/actions");
    expect(inBox(again, "action1")).toBe("Spørg før jeg svarer");
    expect(inBox(again, "actionLearnt2")).toBe("Det tager tid");
    expect(again).toContain('id="action3"');
    expect(again).not.toContain('id="action4"');
  });
  it("lie nowhere in the clear, neither on disk nor in a log", async () => {
    const [anna, eli] = [await as("anna"), await as("eli")];
    await anna.write("focus", canary, "coach");
    await anna.write("focus", "x".repeat(9000) + canary);
    await eli.page("/groups/A");
    const below = readdirSync(made.state, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    const holding = below.filter((one) => readFileSync(join(one.parentPath, one.name)).includes(canary.slice(0, 12)));
    expect(below.some(({ name }) => name === "focus")).toBe(true);
    expect(holding).toEqual([]);
    expect(JSON.stringify(made.said)).not.toContain("pausen");
    expect(new Set(made.said.map(({ route }) => route))).toEqual(new Set(["/programme/:part", "/groups/:group"]));
    const names = below.map(({ parentPath, name }) => join(parentPath, name)).join();
    expect(names).not.toMatch(/anna|L1\b/);
  });
  it("open for nobody else, from no other place, and under no other key", async () => {
    const [anna, bo] = [await as("anna"), await as("bo")];
    await anna.write("focus", canary);
    await bo.write("focus", "Bos egen");
    const [hers, his] = [ownerOf(made.secret, "L1", "anna"), ownerOf(made.secret, "L2", "bo")];
    const place = (owner: string, part = "focus"): string => join(made.state, "programme", owner, part);
    copyFileSync(place(hers), place(his));
    expect((await made.ask("/programme", { cookies: bo.cookies })).status).toBe(500);
    copyFileSync(join(made.state, "keys", hers), join(made.state, "keys", his));
    expect((await made.ask("/programme", { cookies: bo.cookies })).status).toBe(500);
    copyFileSync(place(hers), place(hers, "arena"));
    expect((await made.ask("/programme", { cookies: anna.cookies })).status).toBe(500);
    expect(String(made.faults)).not.toContain("pausen");
  });
  it("are gone once erased, from a copy too, and only where it was meant", async () => {
    const anna = await as("anna");
    await anna.write("focus", canary, "group");
    const owner = ownerOf(made.secret, "L1", "anna");
    const [file, kept] = [join(made.state, "programme", owner, "focus"), join(made.folder, "copy")];
    copyFileSync(file, kept);
    const unsure = await anna.send("/programme", "/programme/erase?lang=en", {});
    expect(unsure.status).toBe(400);
    expect(wordsOf(unsure.page)).toContain("Tick the box if you want to delete; nothing was deleted.");
    expect(await anna.page("/programme")).toContain(canary);
    expect((await anna.send("/programme", "/programme/erase", { sure: "yes" })).status).toBe(303);
    expect(existsSync(join(made.state, "keys", owner))).toBe(false);
    expect(existsSync(file)).toBe(false);
    mkdirSync(join(made.state, "programme", owner), { recursive: true });
    copyFileSync(kept, file);
    expect(await anna.page("/programme")).not.toContain(canary);
    // A new key does not open what was written under the old one.
    expect((await anna.write("arena", "nyt")).status).toBe(303);
    expect(await anna.page("/programme")).not.toContain(canary);
  });
  it("go with an empty text, with the leader's post, and with the programme", async () => {
    const [anna, bo] = [await as("anna"), await as("bo")];
    const texts = await openTexts(made.state);
    const [hers, his] = [ownerOf(made.secret, "L1", "anna"), ownerOf(made.secret, "L2", "bo")];
    await anna.write("focus", canary);
    await anna.write("focus", "  ");
    expect(await texts.read(hers, "focus")).toBeNull();
    await anna.write("focus", canary);
    await bo.write("focus", canary);
    expect(await eraseTexts(made.state, made.secret, ["L1"])).toBe(1);
    expect([await texts.read(hers, "focus"), (await texts.read(his, "focus"))?.fields]).toEqual([null, [canary]]);
    await sweepTexts(made.state, made.secret, "2019-12-30");
    expect(await texts.read(his, "focus")).not.toBeNull();
    await writeSchedule(made.state, {
      ...schedule,
      groups: [{ id: "A", coach: "eli", leaders: [{ leader: "L2", to: "2019-02-01" }] }],
    });
    await sweepTexts(made.state, made.secret, "2019-03-03");
    expect(await texts.read(his, "focus")).not.toBeNull();
    await sweepTexts(made.state, made.secret, "2019-03-04");
    expect(await texts.read(his, "focus")).toBeNull();
    await anna.write("focus", canary);
    await sweepTexts(made.state, made.secret, "2019-12-31");
    expect(await texts.read(hers, "focus")).toBeNull();
  });
  it("go in the programme's time also where it was taken out of the study", async () => {
    const anna = await as("anna");
    const texts = await openTexts(made.state);
    const hers = ownerOf(made.secret, "L1", "anna");
    await anna.write("focus", canary);
    for (let taken = 0; taken < 2; taken += 1) await writeSchedule(made.state, null);
    expect((await made.ask("/programme", { cookies: await made.signedIn("anna") })).status).toBe(404);
    for (const day of ["2019-11-01", "2019-12-30"]) await sweepTexts(made.state, made.secret, day);
    expect(await texts.read(hers, "focus")).not.toBeNull();
    await sweepTexts(made.state, made.secret, "2019-12-31");
    expect(await texts.read(hers, "focus")).toBeNull();
    expect(existsSync(join(made.state, "keys", hers))).toBe(false);
  });
  it("go thirty days after a leader or a group was first missing from the programme, unless they are in it again", async () => {
    const [anna, bo] = [await as("anna"), await as("bo")];
    const texts = await openTexts(made.state);
    const [hers, his] = [ownerOf(made.secret, "L1", "anna"), ownerOf(made.secret, "L2", "bo")];
    const shared = groupOwner(made.secret, "A");
    await anna.write("focus", canary);
    await bo.write("focus", canary);
    await texts.save(shared, "cases", { fields: [canary], shared: "group", changed: "2019-02-01", count: 0 });
    const left = async () =>
      (await Promise.all([texts.read(hers, "focus"), texts.read(his, "focus"), texts.read(shared, "cases")])).map(
        (text) => text !== null,
      );
    const without = (...leaders: readonly string[]) =>
      writeSchedule(made.state, {
        ...schedule,
        groups: [{ id: "Z", coach: "eli", leaders: leaders.map((leader) => ({ leader, to: null })) }],
      });
    await without("L2");
    await sweepTexts(made.state, made.secret, "2019-02-01");
    await sweepTexts(made.state, made.secret, "2019-03-03");
    expect(await left()).toEqual([true, true, true]);
    await writeSchedule(made.state, schedule);
    await sweepTexts(made.state, made.secret, "2019-03-04");
    await without("L2");
    await sweepTexts(made.state, made.secret, "2019-03-05");
    await sweepTexts(made.state, made.secret, "2019-04-04");
    expect(await left()).toEqual([true, true, true]);
    await sweepTexts(made.state, made.secret, "2019-04-05");
    expect(await left()).toEqual([false, true, false]);
  });
});

describe("a form", () => {
  it("that is too long comes back whole, with what is wrong in the reader's language", async () => {
    const anna = await as("anna");
    const long = `${canary}${"å".repeat(7999)}`;
    for (const [language, words] of [
      ["da", "der er plads til 8000"],
      ["en", "there is room for 8000"],
    ] as const) {
      const answer = await anna.send("/programme/focus", `/programme/focus?lang=${language}`, { text: long });
      expect(answer.status).toBe(400);
      expect(wordsOf(answer.page)).toContain(words);
      expect(inBox(answer.page)).toBe(long);
    }
  });
  it("from an older window replaces nothing before both texts were seen", async () => {
    const anna = await as("anna");
    await anna.write("focus", "først");
    const { form, body } = await remembered(await made.ask("/programme/focus", { cookies: anna.cookies }));
    const count = /name="count" value="(\d+)"/.exec(body)![1]!;
    await anna.write("focus", "imens");
    const fields = { form, count, text: "også", shared: "private" };
    const stale = await made.ask("/programme/focus?lang=da", { method: "POST", cookies: anna.cookies, form: fields });
    const answer = await stale.text();
    expect(stale.status).toBe(409);
    expect(wordsOf(answer)).toContain("imens");
    expect(inBox(answer)).toBe("også");
    expect(await anna.page("/programme")).toContain("imens");
    const newer = /name="count" value="(\d+)"/.exec(answer)![1]!;
    const again = { ...fields, count: newer };
    const saved = await made.ask("/programme/focus", { method: "POST", cookies: anna.cookies, form: again });
    expect(saved.status).toBe(303);
    expect(await anna.page("/programme")).toContain("også");
  });
  it("shares with nobody beyond those its text may be shared with", async () => {
    const anna = await as("anna");
    const answer = await anna.write("dilemma", canary, "group");
    expect(answer.status).toBe(400);
    expect(inBox(answer.page)).toBe(canary);
    expect(await (await as("bo")).page("/programme")).not.toContain(canary);
  });
  it("that comes too late, or from before another sign-in, gives the text back", async () => {
    const anna = await as("anna");
    const { form } = await remembered(await made.ask("/programme/focus", { cookies: anna.cookies }));
    const fields = { form, count: "0", text: canary, shared: "private" };
    for (const [cookies, words] of [
      [{ [sessionCookie]: "A".repeat(43) }, "Du er logget ud"],
      [await made.signedIn("anna"), "Siden tog ikke imod det"],
    ] as const) {
      const response = await made.ask("/programme/focus?lang=da", { method: "POST", cookies, form: fields });
      const body = await response.text();
      expect(response.status).toBe(403);
      expect(wordsOf(body)).toContain(words);
      expect(body).toContain(canary);
    }
    const foreign = await made.ask("/programme/focus", {
      method: "POST",
      form: fields,
      headers: { "sec-fetch-site": "cross-site" },
    });
    expect([foreign.status, (await foreign.text()).includes(canary)]).toEqual([404, false]);
  });
  it("that could not be written down gives the text back", async () => {
    const anna = await as("anna");
    const { form } = await remembered(await made.ask("/programme/focus", { cookies: anna.cookies }));
    await made.log.close();
    const fields = { form, count: "0", text: canary, shared: "private" };
    const response = await made.ask("/programme/focus", { method: "POST", cookies: anna.cookies, form: fields });
    expect(response.status).toBe(500);
    expect(await response.text()).toContain(canary);
    expect(made.faults).toHaveLength(1);
  });
});

describe("a coach", () => {
  it("marks who came, of the own group and of meetings that have begun", async () => {
    const [eli, hal] = [await as("eli"), await as("hal")];
    const mark = (who: typeof eli, group: string, session: string, came: readonly string[]) =>
      who.send(group, `${group}/attendance?lang=da`, { session, came });
    expect(await mark(eli, "/groups/A", "first", ["L2"])).toMatchObject({
      status: 303,
      to: "/groups/A?lang=da#attendance",
    });
    expect(Object.fromEntries((await readMarks(made.state)).get("first")!)).toEqual({ L1: false, L2: true, L4: false });
    for (const [who, group, session, came] of [
      [eli, "/groups/A", "second", ["L1"]],
      [eli, "/groups/A", "first", ["L3"]],
      [eli, "/groups/A", "other", []],
      [hal, otherGroup, "first", ["L3"]],
    ] as const) {
      const answer = await mark(who, group, session, came);
      expect(answer.status).toBe(400);
      expect(wordsOf(answer.page)).toContain("Fremmødet er ikke ført");
    }
    expect((await eli.send("/groups/A", `${otherGroup}/attendance`, { session: "other", came: ["L3"] })).status).toBe(
      404,
    );
    expect([...(await readMarks(made.state)).keys()]).toEqual(["first"]);
    const bo = wordsOf(await (await as("bo")).page("/programme?lang=da"));
    expect(bo).toMatch(/1\. februar 2019 kl\. 09:00–11:00Coaching med eli.*mødte/);
    // The study's own file says that Anna was at the seminar.
    expect(wordsOf(await (await as("anna")).page("/programme?lang=da"))).toMatch(/SeminarRådhuset; sal 2mødte/);
  });
  it("writes a case of two dilemmas at least, and ends the course once its last coaching has begun", async () => {
    const [anna, bo, eli] = [await as("anna"), await as("bo"), await as("eli")];
    const write = () => eli.send("/groups/A", "/groups/A/cases?lang=da", { text: "En leder på tværs …" });
    await anna.write("dilemma", "Annas dilemma", "coach");
    await bo.write("dilemma", "Bos dilemma");
    const alone = await write();
    expect(alone.status).toBe(400);
    expect(wordsOf(alone.page)).toContain("der skal være mindst to dilemmaer, så den ikke er én leders. Antal nu: 1.");
    expect(inBox(alone.page, "case")).toBe("En leder på tværs …");
    await bo.write("dilemma", "Bos dilemma", "coach");
    expect((await write()).status).toBe(303);
    const read = wordsOf(await bo.page("/programme?lang=da"));
    expect(read).toContain("En leder på tværs …");
    expect(read).not.toContain("Annas dilemma");
    expect(await eli.page("/groups/A")).not.toContain("/close");
    const close = (fields: Readonly<Record<string, string>>) =>
      eli.send("/groups/A", "/groups/A/close?lang=da", fields);
    expect(wordsOf((await close({ sure: "yes" })).page)).toContain("sidste coaching er ikke begyndt");
    const begun = schedule.sessions.map((each) => (each.id === "second" ? { ...each, from: "2019-02-28" } : each));
    await writeSchedule(made.state, { ...schedule, sessions: begun });
    expect((await close({})).status).toBe(400);
    expect(await eli.page("/groups/A")).toContain("Annas dilemma");
    expect((await close({ sure: "yes" })).status).toBe(303);
    expect(await eli.page("/groups/A")).not.toContain("Annas dilemma");
    expect(await anna.page("/programme")).not.toContain("Annas dilemma");
    expect(wordsOf(await bo.page("/programme?lang=da"))).toContain("En leder på tværs …");
  });
  it("loses a group at once when it gets another coach", async () => {
    const [anna, eli, hal] = [await as("anna"), await as("eli"), await as("hal")];
    await anna.write("focus", canary, "coach");
    expect(await eli.page("/groups/A")).toContain(canary);
    await writeSchedule(made.state, {
      ...schedule,
      groups: schedule.groups.map((group) => ({ ...group, coach: "hal" })),
    });
    expect((await made.ask("/groups/A", { cookies: eli.cookies })).status).toBe(404);
    expect(await hal.page("/groups/A")).toContain(canary);
  });
});

describe("what the programme leaves behind", () => {
  it("is promised no further than it is kept: reading past the server is in no log", async () => {
    const page = wordsOf(await (await as("anna")).page("/programme"));
    expect(page).toContain(
      "slettes senest den 31. december 2019. Den, der driver serveren, kan teknisk set læse dem; al adgang gennem siderne logges.",
    );
    expect(page).not.toContain("logges al adgang");
  });
  it("is one entry an act, before it is answered, and never a text or whose it is", async () => {
    const [anna, eli] = [await as("anna"), await as("eli")];
    await anna.write("focus", canary, "coach");
    await eli.page("/groups/A");
    const { entries, broken } = (await readAccess(made.state))!;
    expect(broken).toEqual([]);
    expect(entries.slice(-3)).toMatchObject([
      { person: "anna", action: "read", object: "/programme/focus", result: "200" },
      { person: "anna", action: "write", object: "/programme/focus", result: "303" },
      { person: "eli", action: "read", object: "/groups/:group", result: "200" },
    ]);
  });
  it("is a calendar of meetings as clocks on the spot show them", async () => {
    const anna = await as("anna");
    const response = await made.ask("/programme/calendar.ics?lang=da", { cookies: anna.cookies });
    const lines = (await response.text()).split("\r\n");
    expect(response.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    expect(lines).toContain("DTSTART:20190201T090000");
    expect(lines).toContain("DTEND;VALUE=DATE:20190112");
    expect(lines).toContain("LOCATION:Rådhuset\\; sal 2");
    expect(lines.filter((line) => line.startsWith("UID:"))).toHaveLength(3);
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
  });
  it("is nothing for a study without a programme", async () => {
    await writeSchedule(made.state, null);
    for (const [id, path] of [
      ["anna", "/programme"],
      ["eli", "/groups"],
    ] as const) {
      const { cookies, page } = await as(id);
      expect((await made.ask(path, { cookies })).status).toBe(404);
      expect(await page("/")).not.toContain(`"${path}?`);
    }
  });
});
