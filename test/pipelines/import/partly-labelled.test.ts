import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeSystemFile } from "../../../pipelines/fuzz/system-file.ts";
import { smallStudy } from "../small-study.ts";
import { spejl, spejlJson } from "../spejl.ts";

type Labels = readonly (readonly [number, string])[];

interface Imported {
  readonly deliveries: readonly {
    readonly codes: Readonly<Record<string, number | string>> | null;
    readonly found: readonly { readonly column: string; readonly reads: number | null }[];
    readonly notes: readonly {
      readonly note: string;
      readonly columns?: readonly string[];
      readonly codes?: readonly string[];
      readonly message: string;
    }[];
  }[];
}

const turned: Labels = [
  [1, "Agree"],
  [3, "Disagree"],
];
const alike: Labels = [
  [1, "Disagree"],
  [3, "Agree"],
];

/** A study beside a system file of its questions, of which the ends alone have labels. */
const delivered = (first: Labels, second: Labels): string => {
  const folder = smallStudy({
    "study.yaml": (text) => text.replace(/^.*after\.csv.*\n/m, ""),
    "instrument.yaml": (text) => text.replace(/^missing:.*$/m, "missing: { 9: not-asked }"),
  });
  const file = writeSystemFile({
    variables: [
      { name: "RESPONDE", longName: "respondent", width: 8 },
      { name: "LEADER", longName: "leader", width: 8 },
      { name: "S1", longName: "s1" },
      { name: "S2", longName: "s2" },
    ],
    labels: [
      { values: first, slots: [3] },
      { values: second, slots: [4] },
    ],
    cases: Array.from({ length: 24 }, (_, k) => [`p${k}`, `L${1 + (k % 4)}`, 1 + (k % 3), 1 + (k % 3)]),
  });
  writeFileSync(join(folder, "after.sav"), file);
  return folder;
};

const imported = (folder: string, ...words: readonly string[]) => {
  const named = [join(folder, "after.sav"), folder, "--wave", "after", "--rater", "employee"];
  const { status, document } = spejlJson<Imported>("import", ...named, ...words);
  expect(status).toBe(0);
  return document.deliveries[0]!;
};

const noteOf = ({ notes }: Imported["deliveries"][number]) => {
  const found = notes.find(({ note }) => note === "codes-unexplained");
  return found && { columns: found.columns, codes: found.codes };
};

/** Reasons for which rows of the system file are in quarantine after an ingest. */
const quarantined = (folder: string): readonly string[] => {
  const { document } = spejlJson<{ readonly quarantine: readonly { readonly file: string; readonly code: string }[] }>(
    "ingest",
    folder,
  );
  return document.quarantine.filter(({ file }) => file === "after.sav").map(({ code }) => code);
};

describe("a file that labels the ends of a scale alone", () => {
  it("turned: says with the proposed codes which others nothing explains", () => {
    const folder = delivered(turned, turned);
    const proposal = imported(folder, "--yes");
    expect(proposal.codes).toEqual({ 1: 3, 3: 1 });
    expect(noteOf(proposal)).toEqual({ columns: ["s1", "s2"], codes: ["2"] });
    expect(quarantined(folder)).toEqual(Array(8).fill("answer-not-declared"));
  });

  it("turned in one column of two: says so of that column, though no codes are written", () => {
    const folder = delivered(turned, alike);
    const proposal = imported(folder, "--yes");
    expect(proposal.codes).toBeNull();
    expect(proposal.notes.map(({ note }) => note)).toContain("cells-unread");
    expect(noteOf(proposal)).toEqual({ columns: ["s1"], codes: ["2"] });
    expect(proposal.found.filter(({ column }) => /^s\d$/.test(column)).map(({ reads }) => reads)).toEqual([16 / 24, 1]);
    expect(quarantined(folder)).toEqual(Array(8).fill("answer-unlabelled"));
    expect(spejl("import", join(folder, "after.sav"), folder, "--wave", "before", "--dry-run").stdout).toMatch(
      /^The file labels some codes of s1, .*; 2 have none,/m,
    );
  });

  it("as the instrument: reads those between as they are, also where a code of missing has to be written", () => {
    const folder = delivered([...alike, [8, "Don't know"]], alike);
    const proposal = imported(folder, "--yes");
    expect(proposal.codes).toEqual({ 1: 1, 2: 2, 3: 3, 8: "dont-know" });
    expect(noteOf(proposal)).toBeUndefined();
    expect(quarantined(folder)).toEqual([]);
  });
});
