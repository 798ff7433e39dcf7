import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { spejl, spejlJson } from "../spejl.ts";
import { allRound, folderWith, leaderIds, limesurvey, people, qualtrics, surveyxact } from "./vendor-files.ts";

interface Started {
  readonly scales: readonly { id: string; low: number; high: number; items: number; isRangeGuessed: boolean }[];
  readonly waves: readonly { id: string; from: string; to: string; isPlaceholder: boolean }[];
  readonly leaders: number;
  readonly deliveries: number;
  readonly waiting: readonly string[];
  readonly left: readonly string[];
  readonly problems: readonly { readonly code: string }[];
}

const start = (files: Readonly<Record<string, string | Buffer>>, ...words: readonly string[]) => {
  const folder = folderWith(files);
  const study = join(folder, "mine");
  const from = Object.keys(files).map((name) => join(folder, name));
  return { folder, study, ...spejlJson<Started>("new", study, "--from", ...from, ...words) };
};
const read = (study: string, file: string): string => readFileSync(join(study, file), "utf8");

describe("a study from a vendor's files", () => {
  it("Qualtrics, two waves: three reports without writing a line", () => {
    const { study, document } = start({ "foer.csv": qualtrics("2020-01-12"), "efter.csv": qualtrics("2021-01-12") });
    expect(document).toMatchObject({ leaders: leaderIds.length, deliveries: 2, waiting: [], problems: [] });
    expect(document.waves).toEqual([
      { id: "wave1", from: "2020-01-12", to: "2020-01-12", isPlaceholder: false },
      { id: "wave2", from: "2021-01-12", to: "2021-01-12", isPlaceholder: false },
    ]);
    expect(document.scales).toMatchObject([
      { id: "Q4", items: 2, low: 1, high: 5, isRangeGuessed: true },
      { id: "Q5", items: 2, low: 1, high: 5, isRangeGuessed: true },
    ]);
    expect(spejl("check", study).status).toBe(0);
    expect(spejl("run", study).status).toBe(0);
    expect(spejl("report", "leader", "L101", study).status).toBe(0);
    for (const file of ["research.html", "management.html", "leaders/L101.html"])
      expect(existsSync(join(study, "reports", file))).toBe(true);
  }, 120_000);

  it("SurveyXact: answers by their labels, don't know as missing, background questions left out, dates as placeholders", () => {
    const { study, document } = start(surveyxact({ leaderColumn: "leder", dontKnow: true }));
    expect(document).toMatchObject({ deliveries: 1, problems: [] });
    expect(document.scales).toMatchObject([{ id: "s", items: 4, low: 1, high: 5, isRangeGuessed: false }]);
    const instrument = read(study, "instrument.yaml");
    expect(instrument).toContain("5: Helt enig");
    expect(instrument).toContain("6: { kind: dont-know, label: Ved ikke }");
    expect(instrument).not.toContain("koen");
    expect(read(study, "study.yaml")).toMatch(/id: wave1, from: 2030.*PLACEHOLDER/);
    expect(read(study, "roster.csv").trim().split("\n")).toEqual(["leader", ...leaderIds]);
  });

  it("LimeSurvey: items get ids that a study file can hold", () => {
    const { document, study } = start(limesurvey());
    expect(document).toMatchObject({ deliveries: 1, problems: [] });
    expect(document.scales).toMatchObject([{ id: "Q4", items: 4, low: 1, high: 5 }]);
    expect(read(study, "study.yaml")).toContain('Q4-SQ001: "Q4[SQ001]"');
  });

  it("all-round feedback: a delivery for each rater", () => {
    const { document } = start({ "360.csv": allRound() });
    expect(document).toMatchObject({ deliveries: 3, problems: [] });
  });

  it("employees and leaders of the same days are one wave", () => {
    const own = [
      "submitdate,leder,tf1,tf2",
      ...leaderIds.map((id, k) => `2020-01-12,${id},${1 + (k % 5)},${1 + (k % 5)}`),
    ];
    const theirs = [
      "submitdate,leder,tf1,tf2",
      ...people.map(({ leader, k, r }) => `2020-01-12,${leader},${1 + ((k + r) % 5)},${1 + ((k + r) % 5)}`),
    ];
    const { document, study } = start({ "ledere.csv": own.join("\n"), "medarbejdere.csv": theirs.join("\n") });
    expect(document).toMatchObject({ deliveries: 2, problems: [] });
    expect(document.waves.map(({ id }) => id)).toEqual(["wave1"]);
    expect(document.scales).toMatchObject([{ id: "tf", items: 2 }]);
    expect([...read(study, "study.yaml").matchAll(/rater: (\w+)/g)].map(([, rater]) => rater)).toEqual([
      "self",
      "employee",
    ]);
  });
});

describe("without a leader's column", () => {
  const files = surveyxact({ leaderColumn: "hvem", dontKnow: false });

  it("leaves the answers out and says which command writes them in", () => {
    const { study, folder, document } = start(files);
    expect(document).toMatchObject({ deliveries: 0, leaders: 0, problems: [] });
    expect(document.waiting).toEqual([join(folder, "export/dataset.csv")]);
    const paths = Object.keys(files).map((name) => join(folder, name));
    const imported = spejlJson<{ written: boolean; problems: unknown[] }>(
      "import",
      ...paths,
      study,
      "--leader",
      "hvem",
      "--yes",
    );
    expect(imported.document).toMatchObject({ written: true, problems: [] });
  });

  it("takes the column that is named", () => {
    expect(start(files, "--leader", "hvem").document).toMatchObject({ deliveries: 1, leaders: 12, problems: [] });
  });
});

describe("refusals leave nothing behind", () => {
  it.each([
    ["no scale to be seen", { "a.csv": "leder,navn\nL1,x\nL2,y\n" }, [], "scales-unseen"],
    ["a column that is not there", { "a.csv": qualtrics("2020-01-12") }, ["--leader", "leader_id"], "column-absent"],
    [
      "code books alone",
      { "l.csv": surveyxact({ leaderColumn: "l", dontKnow: false })["export/labels.csv"]! },
      [],
      "import-files",
    ],
  ] as const)("%s", (_, files, words, code) => {
    const { status, document, study } = start(files, ...words);
    expect([status, document.problems.map((one) => one.code)]).toEqual([3, [code]]);
    expect(existsSync(study)).toBe(false);
  });

  it("touches no folder that holds anything", () => {
    const folder = folderWith({ "a.csv": qualtrics("2020-01-12"), "mine/own.txt": "" });
    const { document } = spejlJson<Started>("new", join(folder, "mine"), "--from", join(folder, "a.csv"));
    expect(document.problems).toMatchObject([{ code: "folder-occupied" }]);
    expect(readdirSync(join(folder, "mine"))).toEqual(["own.txt"]);
  });
});
