import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { smallStudy } from "./small-study.ts";
import { spejl, spejlJson, spejlProcess } from "./spejl.ts";

interface Refused {
  readonly problems: readonly {
    code: string;
    file: string | null;
    line: number | null;
    column: unknown;
    message: string;
    hint: string;
  }[];
}
interface Ingested {
  readonly deliveries: readonly { rows: number; accepted: number; rejected: number; unchanged: number }[];
  readonly quarantine: readonly { file: string; line: number; column: string | null; code: string; message: string }[];
}

const replaced = (from: string | RegExp, to: string) => (text: string) => {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`nothing to replace: ${from}`);
  return changed;
};

const line = (number: number, to: string) => (text: string) => {
  const lines = text.split("\n");
  lines[number - 1] = to;
  return lines.join("\n");
};

describe("refusals: exit 3, a place, nothing changed, no stack", () => {
  const cases: readonly [string, Parameters<typeof smallStudy>[0], { code: string; file: string; line?: number }][] = [
    ["missing delivery", { "after.csv": null }, { code: "file-missing", file: "after.csv" }],
    ["empty delivery", { "after.csv": "" }, { code: "file-empty", file: "after.csv" }],
    [
      "binary delivery",
      { "after.csv": Buffer.from("respondent,leader\nr1,L\0\n") },
      { code: "file-binary", file: "after.csv", line: 2 },
    ],
    [
      "mapped column absent",
      { "after.csv": replaced("leader", "boss") },
      { code: "column-absent", file: "after.csv", line: 1 },
    ],
    [
      "no item in the file",
      { "after.csv": replaced("s1,s2", "x1,x2") },
      { code: "column-absent", file: "after.csv", line: 1 },
    ],
    [
      "header names a column twice",
      { "after.csv": replaced("s1,s2", "s1,s1") },
      { code: "header-duplicate", file: "after.csv", line: 1 },
    ],
    [
      "more quotations that never close than a file can be read with",
      { "after.csv": (text) => `${text}${'"x\n'.repeat(101)}` },
      { code: "quote-unclosed", file: "after.csv" },
    ],
    [
      "every row bad",
      { "after.csv": (text) => text.replaceAll(/,\d,\d\n/g, ",7,7\n") },
      { code: "no-row-accepted", file: "after.csv", line: 2 },
    ],
    [
      "unknown arm in the roster",
      { "roster.csv": line(3, "L2,traning,D1") },
      { code: "arm-unknown", file: "roster.csv", line: 3 },
    ],
    [
      "one leader in two arms",
      { "roster.csv": (text) => `${text}L2,control,D1\n` },
      { code: "id-duplicate", file: "roster.csv", line: 18 },
    ],
    [
      "two baselines",
      { "study.yaml": replaced("2021-01-31,", "2021-01-31, baseline: true,") },
      { code: "baselines-several", file: "study.yaml", line: 10 },
    ],
    [
      "waves overlap",
      { "study.yaml": replaced("from: 2021-01-01", "from: 2020-01-15") },
      { code: "waves-overlap", file: "study.yaml", line: 10 },
    ],
    ["study file is not YAML", { "study.yaml": "study: [a\nb: {" }, { code: "study-syntax", file: "study.yaml" }],
    [
      "unknown key",
      { "study.yaml": replaced("analysis:", "analyses:") },
      { code: "unknown-key", file: "study.yaml", line: 18 },
    ],
    ["no study file", { "study.yaml": null }, { code: "file-missing", file: "study.yaml" }],
  ];
  it.each(cases)("%s", (_, changes, expected) => {
    const folder = smallStudy(changes);
    const { status, document } = spejlJson<Refused>("ingest", folder);
    const first = document.problems[0];
    expect({ status, code: first?.code, line: first?.line }).toEqual({
      status: 3,
      code: expected.code,
      line: expected.line ?? first?.line,
    });
    expect(first?.file?.endsWith(expected.file)).toBe(true);
    expect(first?.message.length).toBeGreaterThan(10);
    const said = spejl("ingest", folder);
    expect(said.status).toBe(3);
    expect(said.stdout).toBe("");
    expect(said.stderr).toContain(expected.file);
    expect(said.stderr).not.toMatch(/\n\s+at /);
  });

  it("leaves the earlier state when a delivery is refused", () => {
    const folder = smallStudy();
    const delivery = join(folder, "after.csv");
    const good = readFileSync(delivery, "utf8");
    expect(spejl("ingest", folder).status).toBe(0);
    writeFileSync(delivery, good.replaceAll(/,\d,\d\n/g, ",7,7\n"));
    expect(spejlProcess("ingest", folder).status).toBe(3);
    writeFileSync(delivery, good.replace("L1-0", "L1-7"));
    const { deliveries } = spejlJson<Ingested>("ingest", folder).document;
    expect(deliveries.map(({ unchanged }) => unchanged)).toEqual([96, 95]);
  });
});

describe("quarantine: exit 0, with the physical line", () => {
  const cases: readonly [
    string,
    (text: string) => string,
    readonly { line: number; column: string | null; code: string }[],
  ][] = [
    ["answer out of range", line(4, "L1-2,L1,4,1"), [{ line: 4, column: "s1", code: "answer-out-of-range" }]],
    ["answer that is no number", line(4, "L1-2,L1,x,1"), [{ line: 4, column: "s1", code: "answer-not-a-number" }]],
    [
      "leader not in the roster",
      line(4, "L1-2,L99,1,1"),
      [{ line: 4, column: "leader", code: "leader-not-in-roster" }],
    ],
    ["no leader", line(4, "L1-2,,1,1"), [{ line: 4, column: "leader", code: "leader-missing" }]],
    ["too few cells", line(4, "L1-2,L1,1"), [{ line: 4, column: null, code: "too-few-cells" }]],
    ["too many cells", line(4, "L1-2,L1,1,1,1"), [{ line: 4, column: null, code: "too-many-cells" }]],
    [
      "identical copy",
      (text) => `${text}L1-2,L1,${/L1-2,L1,(.*)/.exec(text)?.[1]}\n`,
      [{ line: 98, column: null, code: "duplicate" }],
    ],
    [
      "differing copies",
      (text) => `${line(4, "L1-2,L1,1,1")(text)}L1-2,L1,3,3\n`,
      [
        { line: 4, column: null, code: "duplicate-conflict" },
        { line: 98, column: null, code: "duplicate-conflict" },
      ],
    ],
    [
      "after a quoted line end",
      line(3, '"L1\n-1",L1,1,1\nL1-9,L1,5,1'),
      [{ line: 5, column: "s1", code: "answer-out-of-range" }],
    ],
  ];
  it.each(cases)("%s", (_, change, expected) => {
    const { status, document } = spejlJson<Ingested>("ingest", smallStudy({ "after.csv": change }));
    expect(status).toBe(0);
    expect(document.quarantine.map(({ line, column, code }) => ({ line, column, code }))).toEqual(expected);
    for (const { rows, accepted, rejected } of document.deliveries) expect(rows).toBe(accepted + rejected);
    expect(document.deliveries[1]?.rejected).toBe(expected.length);
  });
});

describe("the command line", () => {
  it("prints one JSON document on stdout for every stage, and nothing else there", () => {
    const folder = smallStudy();
    for (const command of ["ingest", "score", "summarize", "estimate", "publish", "run", "check"]) {
      const runs = command === "publish" ? spejlProcess : spejl;
      const { status, stdout } = runs(command, folder, "--json");
      expect({ command, status }).toEqual({ command, status: 0 });
      expect(() => JSON.parse(stdout)).not.toThrow();
    }
  });

  it("redoes only what changed", () => {
    const folder = smallStudy();
    const skipped = () => spejlJson<{ skipped: readonly string[] }>("run", folder).document.skipped;
    expect(skipped()).toEqual([]);
    expect(skipped()).toEqual(["ingest", "score", "summarize", "estimate", "publish"]);
  });

  it("takes leaders' pages of an earlier release away", () => {
    const folder = smallStudy();
    const page = join(folder, "reports", "leaders", "L1.html");
    expect(spejl("run", folder).status).toBe(0);
    expect(spejl("report", "leader", "L1", folder).status).toBe(0);
    expect(existsSync(page)).toBe(true);
    const delivery = join(folder, "after.csv");
    writeFileSync(delivery, readFileSync(delivery, "utf8").replaceAll(/(L1-[2-5],L1),.*\n/g, "$1,3,3\n"));
    expect(spejl("run", folder).status).toBe(0);
    expect(existsSync(page)).toBe(false);
  });

  it("gives estimates exactly the documented keys", () => {
    const { document } = spejlJson<{ estimates: readonly object[] }>("estimate", smallStudy());
    const keys =
      "id estimator outcome rater wave arm reference estimate se df statistic p pAdjusted low high adjusted unit sd standardised minimumDetectable equivalence pRaw randomPart leaders respondents support seType status planned note warnings details";
    expect(document.estimates.length).toBeGreaterThan(0);
    for (const one of document.estimates) expect(Object.keys(one).sort()).toEqual(keys.split(" ").sort());
  });

  it("warns of the same in check, ingest and run, of the study file, the roster and the deliveries", () => {
    const folder = smallStudy({
      "instrument.yaml": (text) =>
        `${text}  - { id: hours, name: { da: Timer, en: Hours }, range: [0, 24], index: false, items: [{ id: h }] }\n`,
      "roster.csv": (text) => text.replace("department", "department,n").replaceAll(/(D\d)\n/g, "$1,?\n"),
      "study.yaml": replaced("department: department }", "department: department, employees: n }"),
    });
    interface Warned {
      readonly warnings: readonly { readonly code: string }[];
    }
    const { warnings } = spejlJson<Warned>("check", folder).document;
    const codes = ["missing-code-in-range", "missing-code-in-range", "cells-emptied"];
    expect(warnings.map(({ code }) => code)).toEqual(codes);
    for (const _ of ["first", "again"]) expect(spejlJson<Warned>("ingest", folder).document.warnings).toEqual(warnings);
    const { document } = spejlJson<{ ingest: Warned }>("run", folder);
    expect(document.ingest.warnings).toEqual(warnings);
    expect(spejl("ingest", folder).stdout).toContain("instrument.yaml:3");
  });

  it("reads a headcount of twelve hundred as Danes write it", () => {
    const folder = smallStudy({
      "roster.csv": (text) => text.replace("department", "department,n").replaceAll(/(D\d)\n/g, "$1,1.200\n"),
      "study.yaml": replaced("department: department }", "department: department, employees: n }"),
    });
    const { document } = spejlJson<{
      flow: { arms: readonly { randomised: { employees: number } }[] };
    }>("estimate", folder);
    expect(document.flow.arms.map(({ randomised }) => randomised.employees)).toEqual([9600, 9600]);
  });

  it("explains wrong usage with exit 2 and help with exit 0", () => {
    expect(spejlProcess("rum").status).toBe(2);
    expect(spejlProcess("rum").stderr).toContain("run");
    expect(spejlProcess("run", "--jsn").status).toBe(2);
    expect(spejl("run", "--help").stdout).toContain("folder that holds study.yaml (default: the current one)");
    const folder = smallStudy();
    expect(spejl("report", "leader", folder)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("Write spejl report leader ID"),
    });
    expect(spejl("check", "test").stderr).toContain("spejl new DIR");
    for (const command of ["ingest", "demo", "report", "simulate"]) {
      const { status, stdout } = spejlProcess(command, "--help");
      expect(status).toBe(0);
      expect(stdout).toContain("Example");
      expect(stdout).not.toMatch(/default: (false|\{)/);
    }
  });

  it("writes a study that checks, and refuses a folder in use", () => {
    const folder = join(smallStudy(), "new");
    expect(spejl("new", folder).status).toBe(0);
    const { status, stdout } = spejl("check", folder);
    expect([status, stdout.includes("deliveries fit")]).toEqual([0, false]);
    expect(stdout).toContain("`spejl run` can run once there are rows");
    expect(existsSync(join(folder, "study.yaml"))).toBe(true);
    expect(spejl("new", folder).status).toBe(3);
  });
});
