import { suppressed } from "../../../src/disclosure/published.ts";
import { leaderBasis, type StudyRows } from "../../../src/reporting/leader/basis.ts";
import { type LeaderRows, leaderFacts } from "../../../src/reporting/leader/facts.ts";
import { newWave } from "../../../src/reporting/leader/kept.ts";
import type { LeaderModel } from "../../../src/reporting/leader/model.ts";
import type { Scale, Study, Text } from "../../../src/study/study.ts";
import { releasedLeader } from "../released.ts";

const text = (da: string, en: string): Text => ({ da, en });

const scale = (id: string, name: Text, items: readonly (readonly [string, string])[], index = true): Scale => ({
  kind: "items",
  answers: null,
  id,
  name,
  low: 1,
  high: 5,
  index,
  answered: 0.5,
  items: items.map(([da, en], position) => ({
    id: `${id}${position + 1}`,
    reversed: false,
    wording: { employee: text(da, en) },
  })),
});

const plain = (id: string): readonly (readonly [string, string])[] =>
  [1, 2, 3, 4].map((n) => [`Spørgsmål ${n} om ${id}`, `Question ${n} on ${id}`] as const);

const scales: readonly Scale[] = [
  scale("vision", text("Aktiv visionsledelse", "Active vision leadership"), [
    ["Min leder gør visionen tydelig for mig.", "My leader makes the vision clear to me."],
    ["Min leder taler om, hvor vi skal hen.", "My leader talks about where we are going."],
    ["Min leder viser, hvordan mit arbejde bidrager.", "My leader shows how my work contributes."],
    ["Min leder får os til at holde fast i visionen.", "My leader keeps us holding on to the vision."],
  ]),
  scale("creation", text("Samskabelse", "Co-creation"), plain("creation")),
  scale("verbal", text("Verbal anerkendelse", "Verbal recognition"), plain("verbal")),
  scale("goals", text("Opfølgning på mål", "Following up on goals"), plain("goals")),
  scale("rewards", text("Resultatbaseret belønning", "Reward by results"), plain("rewards")),
  scale("across", text("Grænsekrydsende samarbejde", "Boundary-crossing collaboration"), plain("across")),
  scale("motivation", text("Motivation", "Motivation"), plain("motivation")),
  {
    kind: "scales",
    id: "both",
    name: text("Anerkendelse og belønning", "Recognition and reward"),
    low: 1,
    high: 5,
    index: true,
    answered: 0.5,
    of: ["verbal", "rewards"],
  },
  {
    kind: "difference",
    id: "gap",
    name: text("Forskel", "Gap"),
    low: -100,
    high: 100,
    index: true,
    answered: 0.5,
    minuend: { scale: "vision", rater: "self" },
    subtrahend: { scale: "vision", rater: "employee" },
  },
];

/** A study of three waves; every report of the tests is about it or a variation of it. */
export const study: Study = {
  id: "fixture",
  folder: ".",
  outside: false,
  title: text("Ledelse på tværs", "Leading across"),
  language: "da",
  seed: 1,
  synthetic: true,
  organisation: [],
  arms: [],
  waves: [
    { id: "w1", from: "2025-01-06", to: "2025-01-24", baseline: true, name: text("Før", "Before") },
    { id: "w2", from: "2025-06-02", to: "2025-06-20", baseline: false, name: text("Midt", "Mid") },
    { id: "w3", from: "2026-01-05", to: "2026-01-26", baseline: false, name: text("Nu", "Now") },
  ],
  phases: [
    {
      id: "development",
      from: "2025-02-01",
      to: "2025-12-31",
      name: text("Udvikling", "Development"),
      goals: ["vision", "creation", "across"],
    },
  ],
  instrument: {
    id: "fixture",
    answers: [
      { code: "1", label: text("Helt uenig", "Strongly disagree") },
      { code: "2", label: text("Uenig", "Disagree") },
      { code: "3", label: text("Hverken eller", "Neither") },
      { code: "4", label: text("Enig", "Agree") },
      { code: "5", label: text("Helt enig", "Strongly agree") },
    ],
    missing: [],
    scales,
  },
  allocation: null,
  roster: null,
  stopAbove: 1,
  deliveries: [],
  covariates: [],
  plan: {
    primary: [],
    secondary: [],
    estimator: "ancova",
    robustness: [],
    standardErrors: "CR2",
    covariates: [],
    differenceInDifferences: { blocks: false, covariates: false },
    mixed: { likelihood: "REML", df: "satterthwaite" },
    trainedFrom: 1,
    mediation: [],
    multiplicity: "none",
    confidence: 0.95,
    smallestEffectOfInterest: null,
  },
  figure: null,
  disclosure: { respondents: 5, leaders: 3, strict: false },
  programme: null,
  retention: { raw: null, key: null, responses: null },
};

const ids = ["vision", "creation", "verbal", "goals", "rewards", "across", "motivation", "both"] as const;
const waves = ["w1", "w2", "w3"] as const;

export const studyRows: StudyRows = {
  wave: "w3",
  open: false,
  standing: () => null,
  spread: waves.flatMap((wave) =>
    ids.flatMap((id) => [
      { wave, rater: "employee", scale: id, leaders: 40, within: 400 * 15 ** 2, df: 400, largest: 24 },
      ...(id === "motivation" ? [] : [{ wave, rater: "self", scale: id, leaders: 0, within: 0, df: 0, largest: 0 }]),
    ]),
  ),
  means: ids.map((id, index) => ({
    scale: id,
    means: Array.from({ length: 40 }, (_, leader) => 38 + 3 * index + leader * 0.7),
  })),
  teams: ids.map((scale, index) => ({
    scale,
    wave: "w3",
    teams: { mean: 52 + 3 * index, variance: 1.8, between: 60, within: 225 },
  })),
};

const employeesByScale: Readonly<Record<string, readonly number[]>> = {
  vision: [52.4, 55, 58.1],
  creation: [58, 55.5, 56.2],
  verbal: [50, 58.2, 61.3],
  goals: [65, 63, 63.4],
  rewards: [39, 42, 41.2],
  across: [56, 62, 67.3],
  motivation: [70, 71, 72.4],
  both: [44.5, 50.1, 51.25],
};
const ownByScale: Readonly<Record<string, readonly number[]>> = {
  vision: [75, 76, 78],
  creation: [65, 66, 68],
  verbal: [66, 70, 70],
  goals: [61, 64, 66],
  rewards: [42, 37, 38],
  across: [50, 52, 54],
  both: [54, 53.5, 54],
};

const visionAnswers: readonly (readonly number[])[] = [
  [1, 2, 3, 5, 3],
  [0, 2, 2, 6, 4],
  [2, 4, 3, 4, 1],
  [3, 3, 4, 3, 1],
];

const scores = (leader: string, rater: string, by: Readonly<Record<string, readonly number[]>>, n: readonly number[]) =>
  Object.entries(by).flatMap(([id, means]) =>
    means.flatMap((mean, wave) =>
      n[wave] ? [{ leader, wave: waves[wave]!, rater, scale: id, n: n[wave]!, mean }] : [],
    ),
  );

/** A leader with `n` employees' answers by wave, with or without own answers. */
export const leaderRows = (leader: string, n: readonly number[], own: readonly number[]): LeaderRows => ({
  pages: () => newWave,
  benchmarks: () => suppressed,
  response: { leader, answered: n[2] ?? 0, employees: 17, from_date: null, to_date: null },
  scores: [...scores(leader, "employee", employeesByScale, n), ...scores(leader, "self", ownByScale, own)],
  answers: visionAnswers.flatMap((counts, item) =>
    counts.map((count, answer) => ({ leader, wave: "w3", item: `vision${item + 1}`, answer: answer + 1, n: count })),
  ),
});

export const modelOf = (rows: LeaderRows, over: Partial<Study> = {}, facts: Partial<StudyRows> = {}): LeaderModel => {
  const basis = leaderBasis({ ...study, ...over }, { ...studyRows, ...facts });
  return releasedLeader({ study: basis.study, facts: leaderFacts(basis, rows) });
};

const all = [1, 1, 1];
const none = [0, 0, 0];
const oneWave = study.waves.slice(2);
const rawScales = scales.map((each) => (each.id === "goals" ? { ...each, index: false } : each));
const rawGoals = <T extends { readonly scale: string }>(rows: readonly T[], raw: (row: T) => T): readonly T[] =>
  rows.map((row) => (row.scale === "goals" ? raw(row) : row));

/** Own answers as far from the employees' as `distance` points, on every scale and in every wave. */
export const ownAt = (rows: LeaderRows, distance: number): LeaderRows => ({
  ...rows,
  scores: rows.scores.map((row) => {
    const employees = rows.scores.find(
      ({ rater, wave, scale }) => rater === "employee" && wave === row.wave && scale === row.scale,
    );
    return row.rater === "self" ? { ...row, mean: employees!.mean + distance } : row;
  }),
});

/** Four employees' answers to the questions of one scale in the last wave, however many there are to the others. */
const fewOn = (id: string, rows: LeaderRows): LeaderRows => ({
  ...rows,
  scores: rows.scores.map((row) =>
    row.scale === id && row.wave === "w3" && row.rater === "employee" ? { ...row, n: 4 } : row,
  ),
});

const inPost = (rows: LeaderRows, from_date: string | null, to_date: string | null): LeaderRows => ({
  ...rows,
  response: { ...rows.response, from_date, to_date },
});

/** The last wave asks these alone. */
const lastAsks = (...raters: readonly string[]): Partial<StudyRows> => ({
  spread: studyRows.spread.filter(({ wave, rater }) => wave !== "w3" || raters.includes(rater)),
});

const turned = (scale: Scale): Scale =>
  scale.kind === "items" && scale.id === "vision"
    ? { ...scale, items: scale.items.map((item) => ({ ...item, reversed: item.id === "vision4" })) }
    : scale;

/** Every state that a leader's page can be in, by name. */
export const states: Readonly<Record<string, LeaderModel>> = {
  shown: modelOf(leaderRows("L1", [13, 14, 14], all)),
  "two-classes": modelOf({
    ...leaderRows("L2", [8, 8, 8], all),
    answers: visionAnswers.flatMap((_, item) =>
      [1, 1, 2, 3, 1].map((count, answer) => ({
        leader: "L2",
        wave: "w3",
        item: `vision${item + 1}`,
        answer: answer + 1,
        n: count,
      })),
    ),
  }),
  alike: modelOf({
    ...leaderRows("L2", [6, 6, 6], all),
    answers: visionAnswers.flatMap((_, item) =>
      [0, 0, 1, 3, 2].map((count, answer) => ({
        leader: "L2",
        wave: "w3",
        item: `vision${item + 1}`,
        answer: answer + 1,
        n: count,
      })),
    ),
  }),
  few: modelOf(leaderRows("L3", [4, 3, 4], all)),
  "few-now": modelOf(leaderRows("L4", [9, 8, 4], all), {}, { open: true }),
  "few-own-missing": modelOf(leaderRows("L7", none, none)),
  "few-own-not-asked": modelOf(leaderRows("L7", [13, 14, 3], none), {}, lastAsks("employee")),
  partly: modelOf(fewOn("goals", leaderRows("L19", [9, 9, 9], all))),
  "gap-in-line": modelOf(leaderRows("L5", [9, 4, 12], all)),
  "own-missing": modelOf(leaderRows("L6", [13, 14, 14], none)),
  "own-missing-now": modelOf(leaderRows("L6", [13, 14, 14], none), {}, { open: true }),
  "own-not-asked": modelOf(leaderRows("L6", [13, 14, 14], [1, 1, 0]), {}, lastAsks("employee")),
  "own-missing-alone": modelOf(leaderRows("L6", [13, 14, 0], [1, 1, 0]), {}, lastAsks("self")),
  "employees-not-asked": modelOf(leaderRows("L6", [13, 14, 0], all), {}, lastAsks("self")),
  left: modelOf(inPost(leaderRows("L10", [13, 14, 0], [1, 1, 0]), "2019-01-01", "2025-09-30")),
  "left-once": modelOf(inPost(leaderRows("L10", [13, 0, 0], [1, 0, 0]), "2019-01-01", "2025-02-28")),
  "left-few": modelOf(inPost(leaderRows("L10", [4, 14, 3], [1, 1, 0]), "2019-01-01", "2025-09-30")),
  "left-nothing": modelOf(inPost(leaderRows("L11", none, none), null, "2024-12-31")),
  ahead: modelOf(inPost(leaderRows("L12", none, none), "2026-02-01", null)),
  "not-asked": modelOf(leaderRows("L13", none, none), {}, lastAsks("indicator")),
  agreed: modelOf(ownAt(leaderRows("L14", [300, 300, 300], all), 1)),
  chance: modelOf(ownAt(leaderRows("L15", [6, 6, 6], all), 9)),
  reversed: modelOf(leaderRows("L16", [13, 14, 14], all), {
    instrument: { ...study.instrument, scales: scales.map(turned) },
  }),
  unlabelled: modelOf(leaderRows("L17", [13, 14, 14], all), { instrument: { ...study.instrument, answers: [] } }),
  "no-goals": modelOf(leaderRows("L18", [13, 14, 14], all), { phases: [] }),
  "one-wave": modelOf(leaderRows("L8", [0, 0, 14], [0, 0, 1]), { waves: oneWave }),
  "mixed-units": modelOf(
    {
      ...leaderRows("L9", [13, 14, 14], all),
      scores: rawGoals(leaderRows("L9", [13, 14, 14], all).scores, (row) => ({ ...row, mean: 1 + row.mean / 25 })),
    },
    { instrument: { ...study.instrument, scales: rawScales } },
    {
      spread: rawGoals(studyRows.spread, (row) => ({ ...row, within: row.within / 625 })),
      means: rawGoals(studyRows.means, (row) => ({ ...row, means: row.means.map((mean) => 1 + Number(mean) / 25) })),
      teams: rawGoals(studyRows.teams, (row) => ({
        ...row,
        teams: { mean: 3.44, variance: 1.8 / 625, between: 60 / 625, within: 225 / 625 },
      })),
    },
  ),
};
