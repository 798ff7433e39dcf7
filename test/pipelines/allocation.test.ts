import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Analysis } from "../../src/estimation/analysis.ts";
import type { Departures } from "../../src/estimation/trial/allocation.ts";
import { smallStudy } from "./small-study.ts";
import { spejl, spejlJson } from "./spejl.ts";

interface Refused {
  readonly problems: readonly { readonly code: string; readonly message: string }[];
}

const leaders = Array.from({ length: 16 }, (_, k) => `L${k + 1}`);
const undrawn = `leader,department,team\n${leaders.map((id, k) => `${id},D,T${Math.floor(k / 2)}`).join("\n")}\n`;

const edit = (folder: string, file: string, change: (text: string) => string): void => {
  const path = join(folder, file);
  const text = readFileSync(path, "utf8");
  if (change(text) === text) throw new Error("nothing changed");
  writeFileSync(path, change(text));
};

/** Answers that differ between leaders, which those of the small study hardly do. */
const scattered = (text: string): string => {
  let row = 0;
  return text.replace(/,[123],[123]$/gm, () => {
    row += 1;
    return `,${1 + ((row * row) % 7 < 3 ? 0 : row % 3)},${1 + ((row >> 2) % 3)}`;
  });
};

/** A study whose teams of two leaders were drawn to arms, with its roster as it was drawn. */
const drawn = (studyFile: (text: string) => string = (text) => text): string => {
  const folder = smallStudy({ "roster.csv": undrawn, "study.yaml": studyFile, "after.csv": scattered });
  expect(spejl("randomise", folder, "--by", "team", "--seed", "5", "--quiet").status).toBe(0);
  copyFileSync(join(folder, "assignment.csv"), join(folder, "roster.csv"));
  return folder;
};

const estimates = (folder: string): Analysis => {
  const { status, document } = spejlJson<Analysis>("estimate", folder);
  expect(status).toBe(0);
  return document;
};

/** What \`check\` says before anything is estimated. */
const departures = (folder: string): Departures | null =>
  spejlJson<{ readonly allocation: Departures | null }>("check", folder).document.allocation;

const swapped = (text: string): string =>
  text.replace(/^(L\d+,.*),(control|training)$/gm, (line, rest: string, arm: string) =>
    /^L[12],/.test(line) ? `${rest},${arm === "control" ? "training" : "control"}` : line,
  );

describe("arms that were drawn for teams", () => {
  it("are analysed by team, as the record says without a word in the study file", () => {
    const { allocation, estimates: rows } = estimates(drawn());
    expect(allocation).toMatchObject({
      by: "team",
      randomised: true,
      record: { seed: 5 },
      changed: [],
      joined: [],
      departed: [],
    });
    expect(allocation!.arms.map(({ units, leaders: count }) => [units, count])).toEqual([
      [4, 8],
      [4, 8],
    ]);
    const [ancova] = rows;
    expect(ancova!.df).toBeLessThan(7);
    expect(ancova!.warnings.map(({ code }) => code)).toContain("arm-below-12-units");
  });

  it("stay what was drawn when the roster has others, and who differs is named", () => {
    const folder = drawn();
    const before = estimates(folder);
    edit(folder, "roster.csv", swapped);
    const after = estimates(folder);
    const changed = after.allocation!.changed;
    expect(changed.map(({ leader }) => leader)).toEqual(["L1", "L2"]);
    expect(changed.every(({ assigned, roster }) => assigned !== roster)).toBe(true);
    expect(departures(folder)).toEqual({ changed, joined: [], departed: [] });
    expect(after.estimates).toEqual(before.estimates);
    const said = spejl("estimate", folder)
      .stdout.split("\n")
      .filter((line) => line.includes("L1, L2"));
    expect(said).toEqual([expect.stringMatching(/^2 leaders are in another arm/)]);
    expect(spejl("check", folder).stdout.split("\n")).toEqual(expect.arrayContaining(said));
  });

  it("take in a leader who came to a drawn team later, and no other", () => {
    const folder = drawn();
    edit(folder, "roster.csv", (text) => `${text}L17,D,T0,control\nL18,D,T99,training\n`);
    const { allocation } = estimates(folder);
    expect(allocation!.joined).toEqual(["L18"]);
    expect(departures(folder)).toEqual({ changed: allocation!.changed, joined: ["L18"], departed: [] });
    expect(allocation!.arms.reduce((sum, arm) => sum + arm.leaders, 0)).toBe(17);
  });

  it("name who was drawn and is gone from the roster, before and after anything is estimated", () => {
    const folder = drawn();
    const armOf = (leader: string) =>
      new RegExp(`^${leader},.*,(\\w+)$`, "m").exec(readFileSync(join(folder, "assignment.csv"), "utf8"))![1]!;
    const departed = ["L3", "L8"].map((leader) => ({ leader, assigned: armOf(leader) }));
    edit(folder, "roster.csv", (text) => text.replace(/^L[38],.*\n/gm, ""));
    for (const name of ["before.csv", "after.csv"])
      edit(folder, name, (text) => text.replace(/^.*\bL[38]\b,.*\n/gm, ""));
    expect(departures(folder)).toEqual({ changed: [], joined: [], departed });
    expect(estimates(folder).allocation!.departed).toEqual(departed);
    for (const command of ["check", "estimate"])
      expect(spejl(command, folder).stdout).toMatch(/2 leaders who were drawn to an arm are no longer.*: L3, L8/);
  });

  it("are refused where the record, its list or the study file say otherwise, and nothing is changed", () => {
    const folder = drawn();
    const before = estimates(folder);
    const refused = (): readonly string[] => {
      const { status, document } = spejlJson<Refused>("estimate", folder);
      expect(status).toBe(3);
      return document.problems.map(({ code }) => code);
    };
    const record = readFileSync(join(folder, "assignment.json"), "utf8");
    edit(folder, "assignment.json", (text) => text.replace('"seed": 5', '"seed": 6'));
    expect(refused()).toEqual(["assignment-differs"]);
    writeFileSync(join(folder, "assignment.json"), record);
    const list = readFileSync(join(folder, "assignment.csv"), "utf8");
    edit(folder, "assignment.csv", (text) => text.replace("L3,D,T1", "L3,D,T2"));
    expect(refused()).toEqual(["assignment-differs"]);
    writeFileSync(join(folder, "assignment.csv"), list);
    edit(folder, "study.yaml", (text) => `${text}allocation: { by: leader }\n`);
    expect(refused()).toEqual(["assignment-differs"]);
    edit(folder, "study.yaml", (text) => text.replace("{ by: leader }", "{ by: team }"));
    expect(estimates(folder).estimates).toEqual(before.estimates);
  });
});

describe("arms without a record", () => {
  it("are clustered by the column that the study file names", () => {
    const roster = (text: string): string =>
      text.replace(/^(L(\d+)),(\w+),/gm, (_, id: string, number: string) => {
        const unit = Math.floor((Number(number) - 1) / 2);
        return `${id},${unit % 2 ? "training" : "control"},`;
      });
    const folder = smallStudy({
      "roster.csv": (text) =>
        roster(text)
          .split("\n")
          .map((line, k) => (line === "" ? line : `${line},${k === 0 ? "pair" : `P${Math.floor((k - 1) / 2)}`}`))
          .join("\n"),
      "study.yaml": (text) => `${text}allocation: { by: pair }\n`,
    });
    const { allocation } = estimates(folder);
    expect(allocation).toMatchObject({ by: "pair", record: null });
    expect(departures(folder)).toEqual({ changed: [], joined: [], departed: [] });
    expect(allocation!.arms.map(({ units }) => units)).toEqual([4, 4]);
  });

  it("that nobody drew make no effects", () => {
    const folder = smallStudy({ "study.yaml": (text) => `${text}allocation: { randomised: false }\n` });
    const { allocation, estimates: rows } = estimates(folder);
    expect(allocation!.randomised).toBe(false);
    for (const { note, status, warnings } of rows.filter(({ status: found }) => found === "estimated")) {
      expect(status).toBe("estimated");
      expect(warnings.map(({ code }) => code)).toContain("not-randomised");
      expect(note).toContain("not drawn by chance");
    }
  });

  it("by a column that the roster lacks are refused", () => {
    const folder = smallStudy({ "study.yaml": (text) => `${text}allocation: { by: flor }\n` });
    const { status, document } = spejlJson<Refused>("estimate", folder);
    expect([status, document.problems[0]!.code]).toEqual([3, "column-absent"]);
    expect(spejlJson<Refused>("check", folder).status).toBe(3);
  });

  it("need arms to be given out", () => {
    const folder = smallStudy({
      "study.yaml": (text) => `${text.replace(/arms:\n.*\n.*\n/, "")}allocation: { by: department }\n`,
    });
    expect(spejlJson<Refused>("check", folder).document.problems.map(({ code }) => code)).toContain("value-invalid");
  });
});
