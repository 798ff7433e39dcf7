import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { letOut } from "../../src/disclosure/published.ts";
import { Refusal } from "../../src/errors.ts";
import type { LeaderFacts } from "../../src/reporting/leader/model.ts";
import { leaderParts, modelPart, pointTo, type ReleasePart, writeRelease } from "../../src/store/release-parts.ts";
import {
  earlierReleases,
  latestFault,
  latestRelease,
  leadersOf,
  readLeaderModel,
  readModel,
} from "../../src/store/releases.ts";
import { states } from "../reporting/leader/fixture.ts";

let folder: string;
let published: string[];
beforeEach(() => {
  published = [];
  folder = mkdtempSync(join(tmpdir(), "releases-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const { shown } = states;
if (!shown) throw new Error("No state to freeze");
const facts = (leader: string): LeaderFacts => ({ ...shown.facts, leader });

const partsOf = (leaders: readonly string[], title = "a") => [
  modelPart("research", { date: "2026-01-01", title } as { date: string }),
  ...leaderParts(shown.study, async function* () {
    for (const leader of leaders) yield [facts(leader)];
  }),
];
const made = async (date: string, parts: readonly ReleasePart[], wave = "w3"): Promise<string> => {
  const id = await writeRelease(folder, { date, versions: { spejl: "1" }, wave }, parts);
  await pointTo(folder, id, published);
  published.push(id);
  return id;
};
const problem = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof Refusal ? error.problems[0] : error;
};

describe("a release", () => {
  it("gives back one leader's model without the others", async () => {
    await made("2026-01-01", partsOf(["Å1", "B2", "101"]));
    const release = await latestRelease(folder);
    expect(await leadersOf(release)).toEqual(["Å1", "B2", "101"]);
    expect(await readLeaderModel(release, "B2")).toEqual({ study: shown.study, facts: facts("B2") });
    expect(await readLeaderModel(release, "101")).toEqual({ study: shown.study, facts: facts("101") });
  });
  it("that cannot be written whole leaves nothing behind, and the one before is still read", async () => {
    const id = await made("2026-01-01", partsOf(["A"]));
    const parts = leaderParts(shown.study, async function* () {
      yield [facts("B")];
      throw new Error("no more facts");
    });
    const listed = () => readdirSync(join(folder, ".spejl", "releases")).sort();
    const before = listed();
    await expect(made("2026-01-02", [...partsOf(["A"]).slice(0, 1), ...parts])).rejects.toThrow("no more facts");
    expect(listed()).toEqual(before);
    expect((await latestRelease(folder)).id).toBe(id);
  });
  it.skipIf(process.platform === "win32")("is read by its owner alone", async () => {
    const rights = (...path: readonly string[]) =>
      (statSync(join(folder, ".spejl", "releases", ...path)).mode & 0o777).toString(8);
    const id = await made("2026-01-01", partsOf(["A"]));
    expect([rights(id), rights(id, "leaders.jsonl"), rights(id, "manifest.json"), rights("latest")]).toEqual([
      ...["700", "600", "600", "600"],
    ]);
  });
  it("is written where one before it was stopped halfway, of which nothing stays", async () => {
    const left = join(folder, ".spejl", "releases", "next.partial");
    mkdirSync(left, { recursive: true });
    writeFileSync(join(left, "stray.json"), "{}");
    const id = await made("2026-01-01", partsOf(["A"]));
    expect(readdirSync(join(folder, ".spejl", "releases")).sort()).toEqual([id, "latest", "order.json"].sort());
    expect(readdirSync(join(folder, ".spejl", "releases", id))).not.toContain("stray.json");
  });
  it("is the same release by another version of the software, which may differ in the last digits", async () => {
    const model = (estimate: number, spejl: string) =>
      ({ date: "", estimate: letOut(estimate), versions: { spejl } }) as { date: string };
    const published = (estimate: number, spejl: string) =>
      made("2026-01-01", [modelPart("research", model(estimate, spejl))]);
    const first = await published(1 / 3, "1");
    expect(await published((1 + 1e-13) / 3, "2")).toBe(first);
    expect(await published((1 + 1e-6) / 3, "1")).not.toBe(first);
    expect(await readModel(await latestRelease(folder), "research")).toMatchObject({ versions: { spejl: "1" } });
  });
  it("is the same release when the same content is published on another day", async () => {
    const first = await made("2026-01-01", partsOf(["L1"]));
    const again = await made("2026-02-02", partsOf(["L1"]));
    expect(again).toBe(first);
    expect((await latestRelease(folder)).date).toBe("2026-01-01");
    expect(await readModel(await latestRelease(folder), "research")).toEqual({ date: "2026-01-01", title: "a" });
  });
  it("never changes: other content is another release beside it, and the latest", async () => {
    const first = await made("2026-01-01", partsOf(["L1"]));
    const second = await made("2026-01-02", partsOf(["L1"], "b"));
    expect(second).not.toBe(first);
    expect((await latestRelease(folder)).id).toBe(second);
    expect(readdirSync(join(folder, ".spejl", "releases")).sort()).toEqual(
      [first, second, "latest", "order.json"].sort(),
    );
  });
  it("is not there at all when its making fails", async () => {
    const failing = leaderParts(shown.study, async function* () {
      yield [facts("L1")];
      throw new Error("the database went away");
    });
    await expect(made("2026-01-01", failing)).rejects.toThrow("went away");
    expect(existsSync(join(folder, ".spejl", "releases", "latest"))).toBe(false);
    expect(await problem(latestRelease(folder))).toMatchObject({ code: "release-missing" });
    await made("2026-01-01", partsOf(["L1"]));
    expect(await leadersOf(await latestRelease(folder))).toEqual(["L1"]);
  });
  it("refuses a leader that it does not hold, with the nearest that it does", async () => {
    await made("2026-01-01", partsOf(["L1001", "K77"]));
    const release = await latestRelease(folder);
    expect(await problem(readLeaderModel(release, "L101"))).toEqual({
      code: "leader-unknown",
      leader: "L101",
      nearest: "L1001",
    });
    await made("2026-01-02", partsOf(["0007", "0010"]));
    const zeros = await latestRelease(folder);
    expect(await problem(readLeaderModel(zeros, "7"))).toMatchObject({ nearest: "0007" });
    expect(await problem(readLeaderModel(release, "__proto__"))).toMatchObject({ code: "leader-unknown" });
  });
});

describe("earlier releases", () => {
  const earlier = async () => {
    const faults: unknown[] = [];
    const releases = await earlierReleases(folder, await latestRelease(folder), (fault) => faults.push(fault));
    return { ids: releases.map(({ id }) => id), faults };
  };

  it("are the one of each wave that was published last, also where that is one from before whose successor was withdrawn", async () => {
    const right = await made("2026-01-01", partsOf(["L1"]), "w1");
    await made("2026-01-05", partsOf(["L1"], "a correction that was wrong"), "w1");
    expect(await made("2026-01-09", partsOf(["L1"]), "w1")).toBe(right);
    const second = await made("2026-03-01", partsOf(["L1"]), "w2");
    await made("2026-06-01", partsOf(["L1"]), "w3");
    expect(await earlier()).toEqual({ ids: [second, right], faults: [] });
  });

  it("are never one that was written and not published, nor one before a last one that is damaged", async () => {
    await made("2026-01-01", partsOf(["L1"]), "w1");
    const last = await made("2026-01-02", partsOf(["L1"], "b"), "w1");
    await writeRelease(folder, { date: "2026-01-03", versions: { spejl: "1" }, wave: "w1" }, partsOf(["L1"], "c"));
    await made("2026-06-01", partsOf(["L1"]), "w2");
    expect(await earlier()).toEqual({ ids: [last], faults: [] });
    writeFileSync(join(folder, ".spejl", "releases", last, "manifest.json"), "{}");
    const { ids, faults } = await earlier();
    expect(ids).toEqual([]);
    expect(faults).toHaveLength(1);
  });

  it("are none where the order of publication is not as it was written, which is told and made again", async () => {
    const first = await made("2026-01-01", partsOf(["L1"]), "w1");
    const publish = () => made("2026-06-01", partsOf(["L1"]), "w2");
    await publish();
    const path = join(folder, ".spejl", "releases", "order.json");
    const text = readFileSync(path);
    const damages = [
      ...[...text.keys()]
        .filter((at) => at % 5 === 0)
        .map((at) => () => {
          const flipped = Buffer.from(text);
          flipped[at] = flipped[at]! ^ 1;
          writeFileSync(path, flipped);
        }),
      () => writeFileSync(path, "null"),
      () => rmSync(path),
    ];
    for (const damage of damages) {
      damage();
      const { ids, faults } = await earlier();
      expect([ids, faults.length]).toEqual([[], 1]);
      expect(await latestFault(folder)).toEqual({ code: "release-damaged", place: { file: path } });
    }
    await publish();
    expect(await latestFault(folder)).toBeNull();
    expect(await earlier()).toEqual({ ids: [first], faults: [] });
  });
});

describe("a release that is not as it was published", () => {
  const releases = (): string => join(folder, ".spejl", "releases");
  const publish = () =>
    made("2026-01-01", [
      modelPart("research", { date: "", title: "research" } as { date: string }),
      modelPart("management", { date: "", title: "management" } as { date: string }),
      ...leaderParts(shown.study, async function* () {
        for (const leader of ["L1", "L2", "L3"]) yield [facts(leader)];
      }),
    ]);
  /** All that can be read of it. */
  const everything = async (): Promise<unknown> => {
    const release = await latestRelease(folder);
    const leaders = await leadersOf(release);
    return {
      date: release.date,
      research: await readModel(release, "research"),
      management: await readModel(release, "management"),
      leaders: await Promise.all(leaders.map((leader) => readLeaderModel(release, leader))),
    };
  };
  const files = (id: string): readonly string[] => [
    "latest",
    ...readdirSync(join(releases(), id)).map((name) => join(id, name)),
  ];
  const refused = { code: expect.stringMatching(/^release-(damaged|outdated)$/), place: { file: expect.any(String) } };

  it("is refused by the name of the file, whichever byte was flipped, and never read otherwise", async () => {
    const id = await publish();
    for (const name of files(id)) {
      const path = join(releases(), name);
      const bytes = readFileSync(path);
      for (let at = 0; at < 40; at += 1) {
        const flipped = Buffer.from(bytes);
        const place = Math.floor((bytes.length * at) / 40);
        flipped[place] = flipped[place]! ^ (1 << (at % 8));
        writeFileSync(path, flipped);
        expect(await problem(everything())).toMatchObject(refused);
        expect(await latestFault(folder)).toMatchObject(refused);
      }
      writeFileSync(path, bytes);
    }
    expect(await latestFault(folder)).toBeNull();
  });

  it.each([
    ["cut short", (path: string) => writeFileSync(path, readFileSync(path).subarray(0, statSync(path).size / 2))],
    ["empty", (path: string) => writeFileSync(path, "")],
    ["of zeros", (path: string) => writeFileSync(path, Buffer.alloc(statSync(path).size))],
    ["null", (path: string) => writeFileSync(path, "null")],
    ["gone", (path: string) => rmSync(path)],
  ])(
    "is refused where a file of it is %s, and made again from the same content, of the same day",
    async (_, damage) => {
      const id = await publish();
      const whole = await everything();
      for (const name of files(id)) {
        damage(join(releases(), name));
        expect(await problem(everything())).toMatchObject(refused);
        expect(await latestFault(folder)).toMatchObject(refused);
        expect(await publish()).toBe(id);
        if (!name.endsWith("manifest.json")) expect(await everything()).toEqual(whole);
        expect(await latestFault(folder)).toBeNull();
      }
    },
  );

  it("is read by who has it open once it was made whole again", async () => {
    const id = await publish();
    const release = await latestRelease(folder);
    const damage = () => {
      for (const name of ["research.json", "leaders.index.json"]) writeFileSync(join(releases(), id, name), "damaged");
    };
    damage();
    expect(await problem(release.index())).toMatchObject(refused);
    expect(await problem(release.text("research.json"))).toMatchObject(refused);
    expect(await publish()).toBe(id);
    expect([...(await release.index()).keys()]).toEqual(["L1", "L2", "L3"]);
    expect(await release.text("research.json")).toContain("research");
    // What was read whole is not read again.
    damage();
    expect((await release.index()).size).toBe(3);
  });

  it("is not mistaken for another that lies beside it", async () => {
    const first = await made("2026-01-01", partsOf(["L1"]));
    const second = await made("2026-01-01", partsOf(["L1"], "b"));
    rmSync(join(releases(), second), { recursive: true });
    renameSync(join(releases(), first), join(releases(), second));
    expect(await problem(latestRelease(folder))).toMatchObject(refused);
    writeFileSync(join(releases(), "latest"), "../../elsewhere");
    expect(await problem(latestRelease(folder))).toMatchObject(refused);
  });

  it("of an older form is refused as such", async () => {
    const id = await publish();
    const path = join(releases(), id, "manifest.json");
    const { form: _, seal: __, ...older } = JSON.parse(readFileSync(path, "utf8"));
    writeFileSync(path, JSON.stringify(older));
    expect(await problem(everything())).toEqual({ code: "release-outdated", place: { file: path } });
    await publish();
    expect(await latestFault(folder)).toBeNull();
  });
});
