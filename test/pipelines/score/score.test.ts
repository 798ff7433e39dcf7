import { describe, expect, it } from "vitest";
import { meanAgreement } from "../agreement-reference.ts";
import {
  absenceOf,
  csvOf,
  employees,
  items,
  type Line,
  leaders,
  numbersFrom,
  ownAnswers,
  surveyFiles,
} from "../made-survey.ts";
import { folderOf, madeStages, stagesOf } from "../staged-study.ts";

const waveOf = (line: Line): string => (line["year"] === "2020" ? "before" : "after");
const of = (lines: readonly Line[], leader: string, wave: string): readonly Line[] =>
  lines.filter((line) => line["leader"] === leader && waveOf(line) === wave);

const answersOf = (line: Line, names: readonly string[]): readonly (number | null)[] =>
  names.map((name) => {
    const cell = line[name] as string;
    const missing = cell === "" || cell === "99" || (cell === "6" && !name.startsWith("r"));
    return missing ? null : name === "c2" ? 6 - Number(cell) : Number(cell);
  });

/** The mean of what is answered, where that is half of what was asked. */
const meanOf = (line: Line, names: readonly string[]): number | null => {
  const answered = answersOf(line, names).filter((answer) => answer !== null);
  const asked = names.filter((name) => line[name] !== "99").length;
  if (answered.length === 0 || answered.length < asked / 2) return null;
  return answered.reduce((sum, answer) => sum + answer, 0) / answered.length;
};

const clarity = ["c1", "c2", "c3", "c4"];
const index = (mean: number | null): number | null => (mean === null ? null : 25 * (mean - 1));
const scored: Readonly<Record<string, (line: Line) => number | null>> = {
  clarity: (line) => index(meanOf(line, clarity)),
  thanks: (line) => index(meanOf(line, ["t1", "t2"])),
  trust: (line) => meanOf(line, ["r1", "r2", "r3"]),
  overall: (line) => {
    const parts = [index(meanOf(line, clarity)), index(meanOf(line, ["t1", "t2"]))].filter((part) => part !== null);
    return parts.length === 0 ? null : parts.reduce((sum, part) => sum + part, 0) / parts.length;
  },
};

const middle: Readonly<Record<string, number>> = {
  clarity: 50,
  thanks: 50,
  overall: 50,
  trust: 5,
  absence: 15,
  gap: 0,
};

interface Moments {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

const momentsOf = (scale: string, values: readonly (number | null)[]): Moments => {
  const shifted = values.filter((value) => value !== null).map((value) => value - (middle[scale] as number));
  return {
    n: shifted.length,
    sum: shifted.reduce((sum, value) => sum + value, 0),
    squares: shifted.reduce((sum, value) => sum + value * value, 0),
  };
};

const expected = (): ReadonlyMap<string, Moments> => {
  const moments = new Map<string, Moments>();
  for (const leader of leaders)
    for (const wave of ["before", "after"]) {
      const own = of(ownAnswers, leader, wave);
      const theirs = of(employees, leader, wave);
      for (const [rater, lines] of [
        ["self", own],
        ["employee", theirs],
      ] as const)
        for (const [scale, score] of Object.entries(scored))
          moments.set(`${leader} ${wave} ${rater} ${scale}`, momentsOf(scale, lines.map(score)));
      const [intended, perceived] = [own, theirs].map((lines) => momentsOf("clarity", lines.map(scored["clarity"]!)));
      if (intended!.n > 0 && perceived!.n > 0)
        moments.set(
          `${leader} ${wave}  gap`,
          momentsOf("gap", [intended!.sum / intended!.n - perceived!.sum / perceived!.n]),
        );
    }
  for (const leader of leaders)
    moments.set(`${leader} after indicator absence`, momentsOf("absence", [absenceOf(leader)]));
  return new Map([...moments].filter(([, { n }]) => n > 0));
};

describe("scores", () => {
  it("are what the answers say, leader by leader", async () => {
    const { tables } = await madeStages();
    const found = new Map(
      tables.score_moments.map((row) => [
        [row["leader"], row["wave"], row["rater"], row["scale"]].join(" "),
        { n: Number(row["n"]), sum: row["sum"] as number, squares: row["sum_of_squares"] as number },
      ]),
    );
    const reference = expected();
    expect([...found.keys()].sort()).toEqual([...reference.keys()].sort());
    for (const [key, { n, sum, squares }] of reference) {
      expect(found.get(key)?.n, key).toBe(n);
      // A stored score is a whole step of a range cut into 5.4 thousand millions.
      expect(found.get(key)?.sum, key).toBeCloseTo(sum, 6);
      expect(found.get(key)?.squares, key).toBeCloseTo(squares, 4);
    }
  });

  it("count every answer of the last wave's employees, raw", async () => {
    const { tables } = await madeStages();
    const reference = new Map<string, number>();
    for (const line of employees.filter((each) => waveOf(each) === "after"))
      for (const item of items) {
        const answer = answersOf(line, [item])[0] ?? null;
        const key = `${line["leader"]} ${item} ${answer !== null && item === "c2" ? 6 - answer : answer}`;
        if (answer !== null) reference.set(key, (reference.get(key) ?? 0) + 1);
      }
    const found = tables.answer_counts.filter((row) => row["wave"] === "after" && row["rater"] === "employee");
    expect(new Map(found.map((row) => [`${row["leader"]} ${row["item"]} ${row["answer"]}`, Number(row["n"])]))).toEqual(
      reference,
    );
  });

  it("count responses, with or without a score", async () => {
    const { tables } = await madeStages();
    for (const row of tables.response_counts.filter((each) => each["rater"] === "employee"))
      expect(Number(row["n"])).toBe(of(employees, row["leader"] as string, row["wave"] as string).length);
  });

  it("tell what is missing by kind, and how far a team agrees", async () => {
    const { scored: report } = await madeStages();
    const measured = report.scales.find(
      ({ scale, rater, wave }) => scale === "clarity" && rater === "employee" && wave === "after",
    );
    const cells = employees
      .filter((line) => waveOf(line) === "after")
      .flatMap((line) => clarity.map((name) => line[name]));
    const count = (cell: string) => cells.filter((each) => each === cell).length;
    expect(measured?.missing).toEqual({ blank: count(""), "dont-know": count("6"), "not-asked": count("99") });
    const teams = leaders.map((leader) =>
      of(employees, leader, "after").map((line) =>
        answersOf(line, clarity).map((answer, item) => (line[clarity[item]!] === "99" ? "not-asked" : answer)),
      ),
    );
    expect(measured?.rwg).toBeCloseTo(meanAgreement(teams, 2), 10);
    expect(measured?.rwgSlightlySkewed).toBeCloseTo(meanAgreement(teams, 1.34), 10);
  });

  it("do not depend on the order of rows or the number of threads", async () => {
    const draw = numbersFrom(5);
    const shuffled = employees
      .map((line) => ({ line, key: draw(1_000_000) }))
      .sort((a, b) => a.key - b.key)
      .map(({ line }) => line);
    const one = await stagesOf(folderOf(surveyFiles), 1);
    const two = await stagesOf(folderOf({ ...surveyFiles, "employees.csv": csvOf(shuffled) }), 2);
    expect(two.tables).toEqual(one.tables);
    expect(JSON.stringify(two.scored)).toBe(JSON.stringify(one.scored));
  });
});
