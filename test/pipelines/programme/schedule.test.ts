import { describe, expect, it } from "vitest";
import { checkStudy } from "../../../pipelines/check.ts";
import { scheduleOf } from "../../../pipelines/programme/schedule.ts";
import { openAttendance } from "../../../src/server/state/attendance.ts";
import { serverSecret, stateFolder } from "../../../src/server/state/secret.ts";
import { readStudy } from "../../../src/store/study-files.ts";
import { smallStudy } from "../small-study.ts";
import { spejlJson } from "../spejl.ts";

const phases = `phases:
  - { id: start, from: 2020-02-01, to: 2020-06-30, name: { da: Start, en: Start }, goals: [support] }
  - { id: act, from: 2020-07-01, to: 2020-12-31 }
programme: { sessions: sessions.csv, attendance: attendance.csv }
`;
const withGroups = (text: string): string =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line, k) => (k === 0 ? `${line},sparring` : `${line},${line.includes("training") ? `G${k % 4}` : ""}`))
    .join("\n");
const header = "session;phase;kind;group;from;to;coach;place";
const sessions = [
  "s1;start;seminar;;2020-02-10;2020-02-10;;Salen",
  "c1;start;coaching;G0;2020-03-02 09:00;2020-03-02 11:00;eva;Kontoret",
  "c2;start;coaching;G2;2020-03-02 11:00;2020-03-02 13:00;eva;Kontoret",
  "v1;act;job-visit;G0;2020-09-01 09:00;2020-09-01 10:00;;",
];
const attendance = ["session;leader;attended", "s1;L2;1", "c1;L4;1", "s1;L4;1", "s1;L6;0"];
const changed = (file: "sessions.csv" | "attendance.csv" | "study.yaml", change: (text: string) => string) => {
  const files: Record<string, string> = {
    "sessions.csv": [header, ...sessions].join("\n"),
    "attendance.csv": attendance.join("\n"),
  };
  const study = (text: string): string =>
    text
      .replace("department: department }", "department: department, group: sparring }")
      .replace("instrument:", `${phases}instrument:`);
  return smallStudy({
    "roster.csv": withGroups,
    ...files,
    "study.yaml": study,
    [file]: file === "study.yaml" ? (text: string) => change(study(text)) : change(files[file]!),
  });
};
const asItIs = () => changed("sessions.csv", (text) => text);
const wrongWith = async (folder: string) =>
  (await checkStudy(folder)).problems.map((one) => [
    one.code,
    ...("place" in one ? [one.place.file, one.place.line, one.place.column] : []),
  ]);
const withSession = (...lines: readonly string[]) => changed("sessions.csv", (text) => [text, ...lines].join("\n"));

describe("the schedule", () => {
  it("is read with its groups and their one coach, times as clocks show them, in time order", async () => {
    const schedule = (await scheduleOf(await readStudy(asItIs())))!;
    expect(schedule.sessions.map(({ id, from }) => [id, from])).toEqual([
      ["s1", "2020-02-10"],
      ["c1", "2020-03-02T09:00"],
      ["c2", "2020-03-02T11:00"],
      ["v1", "2020-09-01T09:00"],
    ]);
    expect(schedule.groups.map(({ id, coach, leaders }) => [id, coach, leaders.length])).toEqual([
      ["G2", "eva", 4],
      ["G0", "eva", 4],
    ]);
    expect(schedule).toMatchObject({ until: "2021-06-30", goals: [{ id: "support" }], coachesMark: true });
  });
  it("says whether leaders may show their report to their coach: only where the study file does", async () => {
    const said = (line: string) =>
      changed("study.yaml", (text) =>
        text.replace("attendance: attendance.csv }", `attendance: attendance.csv${line} }`),
      );
    for (const [line, may] of [
      ["", false],
      [", coachSeesReport: false", false],
      [", coachSeesReport: true", true],
    ] as const)
      expect((await scheduleOf(await readStudy(said(line))))!.coachSeesReport).toBe(may);
    await expect(readStudy(said(", coachSeesReport: perhaps"))).rejects.toThrow("value-invalid");
  });
  it.each([
    ["an unknown phase", "x;begin;workshop;;2020-05-01;2020-05-01;;", "reference-unknown", "phase"],
    ["a kind that there is not", "x;start;party;;2020-05-01;2020-05-01;;", "value-invalid", "kind"],
    ["a day that there is not", "x;start;workshop;;2020-02-30;2020-03-01;;", "value-invalid", "from"],
    ["a time that there is not", "x;start;workshop;;2020-05-01 25:00;2020-05-01;;", "value-invalid", "from"],
    ["a day outside its phase", "x;start;workshop;;2020-07-01;2020-07-01;;", "value-invalid", "from"],
    ["an end before its beginning", "x;start;workshop;;2020-05-02;2020-05-01;;", "value-invalid", "to"],
    ["coaching of nobody", "x;start;coaching;;2020-05-01;2020-05-01;eva;", "value-missing", "group"],
    ["coaching by nobody", "x;start;coaching;G0;2020-05-01;2020-05-01;;", "value-missing", "coach"],
    ["a name that is taken", "s1;start;workshop;;2020-05-01;2020-05-01;;", "id-duplicate", "session"],
    ["a second coach of a group", "x;start;coaching;G0;2020-05-01;2020-05-01;bo;", "coaches-several", "coach"],
    ["a coach in two places", "x;start;coaching;G2;2020-03-02 10:00;2020-03-02 10:30;eva;", "sessions-overlap", "from"],
    ["a group in two places", "x;start;job-visit;G0;2020-02-10 12:00;2020-02-10 13:00;;", "sessions-overlap", "from"],
  ])("is refused for %s, with the place", async (_, line, code, column) => {
    expect(await wrongWith(withSession(line))).toContainEqual([code, "sessions.csv", 6, column]);
  });
  it("takes a long session that others lie within for what it is", async () => {
    const folder = withSession(
      "x;act;workshop;;2020-10-01;2020-10-05;;",
      "y;act;job-visit;G0;2020-10-02 09:00;2020-10-02 10:00;;",
      "z;act;job-visit;G0;2020-10-05 09:00;2020-10-05 10:00;;",
    );
    expect(await wrongWith(folder)).toEqual([
      ["sessions-overlap", "sessions.csv", 7, "from"],
      ["sessions-overlap", "sessions.csv", 8, "from"],
    ]);
  });
  it("tells of groups that are not what a group is for, and of those that there are not", async () => {
    const folder = withSession("x;start;coaching;G9;2020-05-01;2020-05-01;bo;");
    const { problems, warnings } = await checkStudy(folder);
    expect(problems).toEqual([]);
    expect(warnings).toContainEqual(expect.objectContaining({ code: "reference-unknown", kind: "group", id: "G9" }));
    const alone = await checkStudy(
      changed("sessions.csv", () => [header, sessions[0], sessions[1]!.replace("G0", "G2")].join("\n")),
    );
    expect(alone.warnings).toContainEqual(
      expect.objectContaining({ code: "group-unusual", group: "G0", why: "no-coach" }),
    );
  });
  it("needs phases and sparring groups, and one source of attendance", async () => {
    await expect(
      readStudy(changed("study.yaml", (text) => text.replace(", group: sparring", ""))),
    ).rejects.toMatchObject({
      problems: [{ code: "value-missing", key: "group" }],
    });
    const twice = changed("study.yaml", (text) =>
      text.replace(", group: sparring", ", group: sparring, attended: meetings"),
    );
    await expect(readStudy(twice)).rejects.toMatchObject({ problems: [{ code: "value-invalid", key: "attended" }] });
  });
});

describe("attendance", () => {
  interface Flow {
    readonly flow: { readonly arms: readonly { readonly arm: string; readonly takeUp: unknown }[] };
  }
  const takeUp = (folder: string) => {
    const { document } = spejlJson<Flow>("estimate", folder);
    return Object.fromEntries(document.flow.arms.map((one) => [one.arm, one.takeUp]));
  };
  it("is how many sessions each leader attended, and coaches at the server correct it", async () => {
    const folder = asItIs();
    // L2 one, L4 two, L6 none; five leaders of groups were not marked, and control leaders are in no group.
    expect(takeUp(folder)).toEqual({
      training: { known: 3, trained: 2, sessions: 1 },
      control: { known: 8, trained: 0, sessions: 0 },
    });
    const state = stateFolder(folder);
    await serverSecret(state);
    const marks = openAttendance(state);
    await Promise.all([
      marks.mark("c1", new Map([["L4", false]])),
      marks.mark("c1", new Map([["L8", true]])),
      marks.mark("v1", new Map([["L6", true]])),
    ]);
    expect(takeUp(folder)).toEqual({
      training: { known: 4, trained: 4, sessions: 1 },
      control: { known: 8, trained: 0, sessions: 0 },
    });
  });
  it.each([
    ["a session that there is not", "c9;L2;1", "reference-unknown", "session"],
    ["another word than 0 or 1", "c1;L2;ja", "value-invalid", "attended"],
    ["a second mark", "s1;L2;0", "id-duplicate", "leader"],
    ["an empty cell", "c1;;1", "value-missing", "leader"],
  ])("is refused for %s, with the place", async (_, line, code, column) => {
    const folder = changed("attendance.csv", (text) => `${text}\n${line}`);
    expect(await wrongWith(folder)).toContainEqual([code, "attendance.csv", 6, column]);
  });
  it("of who is not in the roster does not count, and is said", async () => {
    const { problems, warnings } = await checkStudy(changed("attendance.csv", (text) => `${text}\nc1;L99;1`));
    expect(problems).toEqual([]);
    expect(warnings).toContainEqual({ code: "marks-unplaced", place: { file: "attendance.csv" }, marks: 1 });
  });
});
