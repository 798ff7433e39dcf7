import type { CellsOf, Rows } from "../../src/estimation/design/cells-of.ts";
import type { Design } from "../../src/estimation/design/design.ts";
import type { Cells, WeightedCells } from "../../src/stats/moments/moments.ts";
import type { Covariate, Plan, Scale, Study } from "../../src/study/study.ts";

/** One answer: who is rated, when, the score and the covariates (null where missing). */
export interface Answer {
  readonly leader: string;
  readonly wave: string;
  readonly y: number;
  readonly covariates: Readonly<Record<string, number | null>>;
  readonly respondent?: string;
  /** 1 where there is none. */
  readonly weight?: number;
}

export interface Assigned {
  readonly leader: string;
  readonly arm: string;
  readonly block: string;
  readonly class?: string;
  readonly attended?: number;
  /** What was given to the arm whole; the leader where left out. */
  readonly unit?: string;
}

const text = (id: string) => ({ da: id, en: id });

const scale: Scale = {
  kind: "items",
  id: "outcome",
  name: text("outcome"),
  low: 0,
  high: 100,
  index: true,
  answered: 0.5,
  items: [],
  answers: null,
};

export interface StudyParts {
  readonly arms: readonly string[];
  readonly waves: readonly string[];
  readonly baseline: string | null;
  readonly plan?: Partial<Plan>;
}

const covariate = (id: string): Covariate => ({
  id,
  name: { da: id, en: id },
  from: "employee",
  kind: "numeric",
  low: 0,
  high: 50,
});

/** A study with one scale; the first arm is the control. */
export function madeStudy({ arms, waves, baseline, plan }: StudyParts): Study {
  return {
    id: "made",
    folder: ".",
    outside: false,
    title: text("made"),
    language: "en",
    seed: 1,
    synthetic: true,
    organisation: [],
    arms: arms.map((id, index) => ({ id, control: index === 0, share: 1, name: text(id) })),
    waves: waves.map((id, index) => ({
      id,
      from: `201${index}-01-01`,
      to: `201${index}-01-31`,
      baseline: id === baseline,
      name: text(id),
    })),
    phases: [],
    instrument: { id: "made", answers: [], missing: [], scales: [scale] },
    roster: null,
    allocation: { by: null, randomised: true, record: null },
    deliveries: [],
    stopAbove: 1,
    covariates: (plan?.covariates ?? []).map(covariate),
    plan: {
      primary: [{ scale: "outcome", rater: "employee" }],
      secondary: [],
      estimator: "ancova",
      robustness: [],
      standardErrors: "CR2",
      covariates: [],
      differenceInDifferences: { blocks: false, covariates: false },
      mixed: { likelihood: "REML", df: "satterthwaite" },
      trainedFrom: 1,
      mediation: [],
      multiplicity: "holm",
      confidence: 0.95,
      smallestEffectOfInterest: null,
      ...plan,
    },
    figure: null,
    disclosure: { respondents: 5, leaders: 3, strict: false },
    programme: null,
    retention: { raw: null, key: null, responses: null },
  };
}

const position = (all: readonly string[], one: string): number => all.indexOf(one);

export function madeDesign(study: Study, assigned: readonly Assigned[]): Design {
  const arms = study.arms.map((arm) => arm.id);
  const blocks = [...new Set(assigned.map(({ block }) => block))].filter((block) => block !== "").sort();
  const classes = [...new Set(assigned.flatMap((one) => one.class ?? []))].sort();
  const unitOf = (one: Assigned): string => one.unit ?? one.leader;
  const units = [...new Set(assigned.map(unitOf))];
  return {
    leaders: assigned.map(({ leader }) => leader),
    arm: Int32Array.from(assigned, ({ arm }) => position(arms, arm)),
    block: Int32Array.from(assigned, ({ block }) => position(blocks, block)),
    blocks,
    class: Int32Array.from(assigned, (one) => position(classes, one.class ?? "")),
    classes,
    cluster: Int32Array.from(assigned, (one) => position(units, unitOf(one))),
    clusters: units.length,
    levels: new Map(),
    attended: Float64Array.from(assigned, ({ attended }) => attended ?? Number.NaN),
  };
}

const shiftOf = (column: string): number => (column === "outcome" ? 50 : 25);

type Weigh = (answer: Answer) => number;

/** Adds answers up to cells, row by row. */
export const madeCells = (
  study: Study,
  design: Design,
  answers: readonly Answer[],
  covariates: readonly string[],
): Cells | null => addedUp(study, design, answers, covariates, () => 1);

/** The same with every row times its weight, and beside it once and times its square. */
function madeWeightedCells(
  study: Study,
  design: Design,
  answers: readonly Answer[],
  covariates: readonly string[],
): WeightedCells | null {
  const of = (power: number) => addedUp(study, design, answers, covariates, ({ weight = 1 }) => weight ** power);
  const cells = of(1);
  return cells && { ...cells, plain: of(0)!, squared: of(2)! };
}

function addedUp(
  study: Study,
  design: Design,
  answers: readonly Answer[],
  covariates: readonly string[],
  weigh: Weigh,
): Cells | null {
  const columns = [...covariates, "outcome"];
  const m = columns.length;
  const complete = answers.filter((answer) => covariates.every((id) => answer.covariates[id] != null));
  const waves = study.waves.map((wave) => wave.id);
  const sums = new Map<string, { leader: number; wave: number; n: number; sums: number[]; products: number[] }>();
  for (const answer of complete) {
    const leader = position(design.leaders, answer.leader);
    const wave = position(waves, answer.wave);
    if (wave < 0) continue;
    const key = `${leader} ${wave}`;
    const cell = sums.get(key) ?? { leader, wave, n: 0, sums: columns.map(() => 0), products: [] };
    sums.set(key, cell);
    const row = columns.map((name) => (name === "outcome" ? answer.y : answer.covariates[name]!) - shiftOf(name));
    const weight = weigh(answer);
    cell.n += weight;
    row.forEach((value, i) => {
      cell.sums[i]! += weight * value;
    });
    let at = 0;
    for (let i = 0; i < m; i++) {
      for (let j = i; j < m; j++, at++) cell.products[at] = (cell.products[at] ?? 0) + weight * row[i]! * row[j]!;
    }
  }
  if (sums.size === 0) return null;
  const cells = [...sums.values()];
  return {
    columns,
    shift: Float64Array.from(columns, shiftOf),
    leader: Int32Array.from(cells, (cell) => cell.leader),
    wave: Int32Array.from(cells, (cell) => cell.wave),
    n: Float64Array.from(cells, (cell) => cell.n),
    sums: Float64Array.from(cells.flatMap((cell) => cell.sums)),
    products: Float64Array.from(cells.flatMap((cell) => cell.products)),
    dropped: answers.length - complete.length,
  };
}

const person = ({ leader, respondent }: Answer): string => `${leader} ${respondent}`;

/** Answers at the baseline and at a wave of those who gave both under the same leader. */
function panelOf(study: Study, answers: readonly Answer[], wave: number): readonly Answer[] {
  const waves = [study.waves.find(({ baseline }) => baseline)?.id, study.waves[wave]!.id];
  const named = answers.filter(({ respondent }) => respondent !== undefined);
  const at = waves.map((id) => named.filter((answer) => answer.wave === id));
  const both = at.map((list) => new Set(list.map(person)));
  return at.flat().filter((answer) => both.every((people) => people.has(person(answer))));
}

/** Of all answers, those that such cells add up. */
export function answersIn(study: Study, answers: readonly Answer[], rows: Rows): readonly Answer[] {
  const wave = /^panel (\d+)/.exec(rows)?.[1];
  return wave === undefined ? answers : panelOf(study, answers, Number(wave));
}

/** Cells of that kind, of these answers. */
export function addedCells(study: Study, design: Design, answers: readonly Answer[], rows: Rows): Cells | null {
  const add = rows.startsWith("weighted") ? madeWeightedCells : madeCells;
  return add(study, design, answers, rows.endsWith("complete") ? study.plan.covariates : []);
}

/** Cells of one set of answers, whatever the outcome. */
export const cellsOfAnswers =
  (study: Study, design: Design, answers: readonly Answer[]): CellsOf =>
  (_, rows) =>
    addedCells(study, design, answersIn(study, answers, rows), rows);
