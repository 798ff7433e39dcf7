import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { simulateStudy } from "../../pipelines/simulate/simulate.ts";
import { Refusal } from "../../src/errors.ts";
import { parseStudyFolder, readStudy } from "../../src/store/study-files.ts";
import type { Study } from "../../src/study/study.ts";
import { alphaOf, answersOf, grouped, iccOf, mean, scoreOf, tableIn } from "./simulated-study.ts";

const folders: string[] = [];
const folder = (): string => {
  folders.push(mkdtempSync(join(tmpdir(), "simulated-")));
  return folders.at(-1)!;
};
afterAll(() => {
  for (const each of folders) rmSync(each, { recursive: true });
});

const demo = "data/demo";
const contents = (from: string) =>
  new Map(
    readdirSync(from, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(from.length + 1), readFileSync(path).toString("latin1")] as const),
  );

interface TrueEffect {
  readonly outcome: string;
  readonly rater: string | null;
  readonly wave: string;
  readonly arm: string;
  readonly effect: number;
}
interface Fault {
  readonly file: string;
  readonly line: number;
  readonly kind: string;
}
const truthIn = (from: string): { readonly effects: readonly TrueEffect[]; readonly faults: readonly Fault[] } =>
  JSON.parse(readFileSync(join(from, "truth.json"), "utf8"));

const itemsOf = (study: Study, id: string) => {
  const scale = study.instrument.scales.find((each) => each.id === id);
  if (scale?.kind !== "items") throw new Error(`${id} is no scale of items`);
  return scale.items;
};

/** Leader and answers of one scale, of every well-formed row of a delivery. */
const responses = (from: string, study: Study, wave: string, rater: string, scale: string) => {
  const delivery = study.deliveries.find((each) => each.wave === wave && each.rater === rater)!;
  const items = itemsOf(study, scale);
  return tableIn(from, delivery.file).map((row) => ({
    leader: row[delivery.columns.leader!]!,
    answers: answersOf(
      items.map(({ id }) => row[delivery.items[id] ?? id]),
      items.map(({ reversed }) => reversed),
    ),
  }));
};

const scoresByLeader = (rows: ReturnType<typeof responses>): ReadonlyMap<string, readonly number[]> => {
  const byLeader = new Map<string, number[]>();
  for (const { leader, answers } of rows) {
    const score = scoreOf(answers);
    if (score !== null) byLeader.set(leader, [...(byLeader.get(leader) ?? []), score]);
  }
  return byLeader;
};

describe("the committed demo", () => {
  it("is what the defaults give, byte for byte", async () => {
    const fresh = folder();
    const { files } = await simulateStudy(fresh, {});
    expect(contents(fresh)).toEqual(contents(demo));
    expect([...contents(fresh).keys()].sort()).toEqual([...files].sort());
  });

  it("is a synthetic study of four arms, three waves and four phases", async () => {
    const study = await readStudy(demo);
    expect(study.synthetic).toBe(true);
    expect(study.arms.map(({ id }) => id)).toEqual(["control", "transactional", "transformational", "combined"]);
    expect(study.waves.map(({ id }) => id)).toEqual(["baseline", "midway", "endline"]);
    expect(study.phases).toHaveLength(4);
    expect(study.deliveries).toHaveLength(9);
  });

  it("shows every item in both languages in one short line", async () => {
    const { instrument } = await readStudy(demo);
    for (const scale of instrument.scales)
      for (const item of scale.kind === "items" ? scale.items : [])
        for (const { da, en } of Object.values(item.wording)) {
          expect(Math.max(da.length, en.length), item.id).toBeLessThanOrEqual(70);
          expect(da).not.toBe(en);
        }
  });

  it("has rosters with a class and a sparring group across departments for trained leaders only", () => {
    const roster = tableIn(demo, "roster.csv");
    const trained = roster.filter(({ arm }) => arm !== "control");
    expect(roster.filter(({ hold, arm }) => (hold === "") !== (arm === "control"))).toEqual([]);
    for (const members of grouped(trained, (row) => row.sparringsgruppe!)) {
      expect([3, 4]).toContain(members.length);
      expect(new Set(members.map((row) => row.forvaltning)).size).toBeGreaterThan(1);
      expect(new Set(members.map((row) => row.hold)).size).toBe(1);
    }
    expect(new Set(roster.map((row) => row.enhed)).size).toBe(30);
    for (const cell of grouped(roster, (row) => `${row.forvaltning} ${row.arm}`))
      expect([9, 10]).toContain(cell.length);
  });

  it("has the broken rows where the truth says they are", () => {
    const { faults } = truthIn(demo);
    expect(faults).toHaveLength(10);
    for (const { file, line, kind } of faults) {
      const lines = readFileSync(join(demo, file), "latin1").split("\r\n");
      const same = lines.filter((other) => other === lines[line - 1]).length;
      expect(same, kind).toBe(kind === "duplicate" ? 2 : 1);
      if (kind === "too-few-cells") expect(lines[line - 1]!.length).toBeLessThan(lines[line]!.length);
    }
  });

  it("asks half of the employees the short questionnaire after training", () => {
    const rows = tableIn(demo, "deliveries/efter-medarbejdere.csv");
    const short = rows.filter((row) => row.q8_4 === "99").length / rows.length;
    expect(Math.abs(short - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / rows.length));
    expect(
      rows.filter((row) => Object.entries(row).some(([item, code]) => /^q[4567]_/.test(item) && code === "99")),
    ).toEqual([]);
  });

  it("loses the answers about leaders who have left, and no others", async () => {
    const study = await readStudy(demo);
    const roster = tableIn(demo, "roster.csv");
    for (const wave of study.waves) {
      const gone = new Set(roster.filter(({ til }) => til !== "" && til! < wave.from).map((row) => row.leder_id));
      const answered = new Set(responses(demo, study, wave.id, "employee", "motivation").map((row) => row.leader));
      expect([...gone].filter((leader) => answered.has(leader!))).toEqual([]);
      if (wave.id === "endline") expect(gone.size).toBeGreaterThan(10);
    }
  });

  it("answers as real surveys do: response share, reliability, agreement within leaders, thin teams", async () => {
    const study = await readStudy(demo);
    const rows = responses(demo, study, "baseline", "employee", "transformational");
    const employees = tableIn(demo, "roster.csv").reduce((sum, row) => sum + Number(row.antal_ansatte), 0);
    expect(rows.length / employees).toBeGreaterThan(0.65);
    expect(rows.length / employees).toBeLessThan(0.78);
    const groups = [...scoresByLeader(rows).values()];
    expect(Math.abs(iccOf(groups) - 0.2)).toBeLessThan(0.07);
    const thin = groups.filter((group) => group.length < 5).length;
    expect(thin).toBeGreaterThan(10);
    expect(thin).toBeLessThan(groups.length / 3);
    for (const scale of ["transformational", "verbal-rewards", "sanctions", "active-vision", "motivation"]) {
      const alpha = alphaOf(responses(demo, study, "baseline", "employee", scale).map((row) => row.answers));
      expect(alpha).toBeGreaterThan(0.7);
      expect(alpha).toBeLessThan(0.9);
    }
  });
});

describe("truth", () => {
  let large: string;
  let study: Study;
  const leaders = 3000;
  beforeAll(async () => {
    large = folder();
    await simulateStudy(large, { leaders, seed: 7 });
    study = await readStudy(large);
  });

  const armMeans = (wave: string, rater: string, scale: string) => {
    const arms = new Map(tableIn(large, "roster.csv").map((row) => [row.leder_id!, row.arm!]));
    const means = [...scoresByLeader(responses(large, study, wave, rater, scale))].map(([leader, scores]) => ({
      arm: arms.get(leader),
      score: mean(scores),
    }));
    return (arm: string) => means.filter((each) => each.arm === arm).map(({ score }) => score);
  };

  const errorOf = (values: readonly number[]): number =>
    Math.sqrt(values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0)) / values.length;

  it.each(["transformational", "verbal-rewards", "sanctions", "active-vision", "motivation"])(
    "is what a simple difference of arms finds in many leaders: %s",
    (scale) => {
      const of = armMeans("endline", "employee", scale);
      const control = of("control");
      for (const { id } of study.arms.slice(1)) {
        const { effect } = truthIn(large).effects.find(
          (each) => each.outcome === scale && each.rater === "employee" && each.wave === "endline" && each.arm === id,
        )!;
        const error = Math.hypot(errorOf(of(id)), errorOf(control));
        // Four standard errors: one failure in 16,000 if the truth is true.
        expect(Math.abs(mean(of(id)) - mean(control) - effect)).toBeLessThan(4 * error);
      }
    },
  );

  it("has a clear effect of each training on what it trains, that grows, and none before it", () => {
    const { effects } = truthIn(large);
    const of = (outcome: string, arm: string, wave: string) =>
      effects.find(
        (each) => each.outcome === outcome && each.rater === "employee" && each.arm === arm && each.wave === wave,
      )?.effect;
    for (const kind of ["transformational", "transactional"]) {
      expect(of(kind, kind, "endline")).toBeGreaterThan(5);
      expect(of(kind, kind, "endline")).toBeLessThan(7.5);
      expect(of(kind, kind, "midway")).toBeLessThan(of(kind, kind, "endline")!);
      expect(of(kind, "combined", "endline")).toBeLessThan(of(kind, kind, "endline")!);
      expect(of(kind, kind, "baseline")).toBeUndefined();
    }
  });

  it("has leaders who see themselves in a better light, hardly as their employees see them", () => {
    const own = scoresByLeader(responses(large, study, "baseline", "self", "transformational"));
    const perceived = scoresByLeader(responses(large, study, "baseline", "employee", "transformational"));
    const pairs = [...own].flatMap(([leader, [self]]) =>
      perceived.has(leader) ? [[self!, mean(perceived.get(leader)!)] as const] : [],
    );
    const x = pairs.map(([self]) => self);
    const y = pairs.map(([, seen]) => seen);
    const product = mean(pairs.map(([a, b]) => (a - mean(x)) * (b - mean(y))));
    const correlation = product / (errorOf(x) * errorOf(y) * pairs.length);
    expect(mean(x) - mean(y)).toBeGreaterThan(7);
    expect(mean(x) - mean(y)).toBeLessThan(12);
    expect(Math.abs(correlation - 0.2)).toBeLessThan(0.08);
  });
});

describe("any size", () => {
  it.each([0, 2, 3, 4].flatMap((arms) => [1, 2, 4, 6].map((waves) => ({ arms, waves }))))(
    "is one consistent study: $arms arms, $waves waves",
    async ({ arms, waves }) => {
      const at = folder();
      await simulateStudy(at, { leaders: 24, arms, waves });
      const { study } = await parseStudyFolder(at);
      expect(study.arms).toHaveLength(arms);
      expect(study.waves).toHaveLength(waves);
      expect(study.waves.filter(({ baseline }) => baseline)).toHaveLength(waves > 1 ? 1 : 0);
      for (const { file, columns, items } of study.deliveries) {
        const header = Object.keys(tableIn(at, file)[0]!);
        expect([...Object.values(columns), ...Object.values(items)].filter((name) => !header.includes(name))).toEqual(
          [],
        );
      }
      const roster = Object.keys(tableIn(at, "roster.csv")[0]!);
      expect(Object.values(study.roster!.columns).filter((name) => !roster.includes(name))).toEqual([]);
      expect(JSON.stringify(truthIn(at).effects)).not.toContain('null,"unit"');
    },
  );

  it("gives the same answers about a leader however many leaders follow", async () => {
    const [small, large] = [folder(), folder()];
    await simulateStudy(small, { leaders: 40 });
    await simulateStudy(large, { leaders: 240 });
    const file = "deliveries/foer-medarbejdere.csv";
    const lines = (from: string) => readFileSync(join(from, file), "latin1").split("\r\n").slice(0, -1);
    expect(lines(large).slice(0, lines(small).length)).toEqual(lines(small));
  });

  it("tells how far it is, and counts the rows it wrote", async () => {
    const seen: (readonly [number, number])[] = [];
    const at = folder();
    const { rows, files } = await simulateStudy(at, { leaders: 130, onProgress: (...done) => seen.push(done) });
    expect(seen).toEqual([
      [64, 130],
      [128, 130],
      [130, 130],
    ]);
    const deliveries = files.filter((file) => file.startsWith("deliveries/"));
    const lines = deliveries.map((file) => readFileSync(join(at, file), "latin1").split("\r\n").length - 2);
    expect(rows).toBe(lines.reduce((sum, count) => sum + count, 0));
  });

  it("differs with the seed", async () => {
    const [one, other] = [folder(), folder()];
    await simulateStudy(one, { leaders: 20, seed: 1 });
    await simulateStudy(other, { leaders: 20, seed: 2 });
    expect(contents(one).get("roster.csv")).not.toBe(contents(other).get("roster.csv"));
  });
});

describe("refusals", () => {
  it("never overwrites what is not a synthetic study", async () => {
    const at = folder();
    writeFileSync(join(at, "study.yaml"), "study: real\n");
    await expect(simulateStudy(at, {})).rejects.toMatchObject({ problems: [{ code: "folder-occupied" }] });
    expect(readdirSync(at)).toEqual(["study.yaml"]);
  });

  it.each([
    { arms: 1 },
    { arms: 5 },
    { waves: 0 },
    { waves: 7 },
    { leaders: 0 },
    { seed: -1 },
    { employeesPerLeader: 0 },
  ])("refuses %o before writing anything", async (options) => {
    const at = folder();
    await expect(simulateStudy(at, options)).rejects.toBeInstanceOf(Refusal);
    expect(readdirSync(at)).toEqual([]);
  });
});
