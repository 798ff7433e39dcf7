import { audit, type Effort, ordinaryEffort } from "../../src/audit/audit.ts";
import type { Finding } from "../../src/audit/finding.ts";
import { type Fact, lowestLimits } from "../../src/audit/publication.ts";
import { aggregate, mayShow, responseRate, type Support } from "../../src/disclosure/aggregate.ts";
import { distributions } from "../../src/disclosure/distribution.ts";
import { valueIn } from "../../src/disclosure/published.ts";
import { rulesOf } from "../../src/disclosure/rules.ts";
import { type Chance, chanceOf } from "../fuzz/chance.ts";
import { deciding } from "./decided.ts";
import { afterEvent, drawOrganisation, type Size } from "./draw-organisation.ts";
import {
  cellsOf,
  meanFact,
  type Organisation,
  type Publish,
  publicationOf,
  releaseOf,
  varianceFact,
} from "./organisation.ts";
import { supportOf } from "./publishers.ts";

/** An attack on pages made by plain rules, and on those of today: how often it succeeds. */
export interface Attack {
  readonly read: string;
  readonly tried: number;
  readonly plain: number;
  readonly today: number;
}

const rules = rulesOf({ respondents: 5, leaders: 3, strict: false });
const size: Size = { departments: 4, unitsEach: 2, leadersEach: 4, waves: 1, scales: 1, team: 12 };
const quick: Effort = { ...ordinaryEffort, explained: 0 };

const behind = (organisation: Organisation, grouping: string, cell: string): Support => {
  const { respondents, leaders, sizes } = supportOf(organisation, "s1", "w1", grouping, cell);
  return { n: respondents, leaders, largest: sizes[0] ?? 0 };
};

/** Cells of one grouping that pass; of those, the smallest hidden until what is hidden is enough or nothing. */
const guardedAlone = (organisation: Organisation, grouping: string): readonly string[] => {
  const cells = cellsOf(organisation, grouping, "w1").map((cell) => ({
    cell,
    ...behind(organisation, grouping, cell),
  }));
  const passing = cells.filter((each) => mayShow(each, rules)).sort((a, b) => b.n - a.n);
  const hidden = cells.filter((each) => !mayShow(each, rules) && each.n > 0);
  const isEnough = () =>
    hidden.length === 0 ||
    (hidden.reduce((sum, { n }) => sum + n, 0) >= rules.respondents &&
      hidden.reduce((sum, { leaders }) => sum + leaders, 0) >= rules.leaders);
  while (passing.length > 0 && !isEnough()) hidden.push(passing.pop()!);
  return passing.map(({ cell }) => cell);
};

interface Plain {
  readonly withSpread?: boolean;
  readonly withEffects?: boolean;
}

/** Arms and departments guarded one grouping at a time; an interval from the spread of each cell; effects always. */
const plainRules =
  ({ withSpread = false, withEffects = false }: Plain): Publish =>
  (organisation) => {
    const asked = { audience: "management", scale: "s1", wave: "w1" };
    const shown = ["organisation", "arm", "department"].flatMap((grouping) =>
      guardedAlone(organisation, grouping).flatMap((cell) => {
        const place = { ...asked, grouping, cell };
        return [...meanFact(organisation, place), ...(withSpread ? varianceFact(organisation, place) : [])];
      }),
    );
    const against = { grouping: "arm", cell: "control", wave: "w1" };
    const effect = withEffects ? meanFact(organisation, { ...asked, ...against, cell: "trained", against }) : [];
    return [...shown, ...effect];
  };

/** What is decided today, with an effect where both arms and the whole are shown. */
const todaysRules =
  ({ withEffects = false }: Plain): Publish =>
  (organisation, release, ledger) => {
    const facts = deciding()(organisation, release, ledger);
    const isShown = (grouping: string, cell: string) =>
      facts.some((fact) => fact.statistic === "mean" && fact.grouping === grouping && fact.cell === cell);
    const groups = [["organisation", ""] as const, ["arm", "trained"] as const, ["arm", "control"] as const];
    if (!withEffects || !groups.every(([grouping, cell]) => isShown(grouping, cell))) return facts;
    const against = { grouping: "arm", cell: "control", wave: "w1" };
    const effect = { audience: "management", scale: "s1", ...against, cell: "trained", against };
    return [...facts, ...meanFact(organisation, effect)];
  };

const findingsIn = (organisation: Organisation, facts: readonly Fact[]): readonly Finding[] =>
  audit(publicationOf(organisation, [releaseOf(organisation, "r1", facts)]), lowestLimits, quick).findings;

/** Organisations of which something is found by rules of publishing. */
const dashboards = (
  read: string,
  count: number,
  seed: number,
  what: Plain,
  isMeant: (finding: Finding) => boolean,
  as: (organisation: Organisation) => Organisation = (organisation) => organisation,
): Attack => {
  const organisations = Array.from({ length: count }, (_, k) => as(drawOrganisation(chanceOf(seed + 4, k), size)));
  const leaking = (publish: Publish) =>
    organisations.filter((each) => findingsIn(each, publish(each, "r1", [])).some(isMeant)).length;
  return { read, tried: count, plain: leaking(plainRules(what)), today: leaking(todaysRules(what)) };
};

/** The same leaders, two of them trained and all others in the control arm. */
const withSmallArm = (organisation: Organisation): Organisation => ({
  ...organisation,
  leaders: organisation.leaders.map((leader, k) => ({
    ...leader,
    groups: Object.fromEntries(
      Object.entries(leader.groups).map(([wave, groups]) => [
        wave,
        { ...groups, department: null, arm: k < 2 ? "trained" : "control" },
      ]),
    ),
  })),
});

const isExact = ({ kind, view }: Finding): boolean =>
  view === "management" && (kind === "respondents" || kind === "leader");

/** One answer comes late between two releases: whether a single respondent is found in both together. */
const lateAnswers = (count: number, seed: number): Attack => {
  const found = (publishing: () => Publish) =>
    Array.from({ length: count }, (_, k) => k).filter((k) => {
      const chance = chanceOf(seed + 5, k);
      const [publish, before] = [publishing(), drawOrganisation(chance, size)];
      const after = afterEvent(chance, before, "late");
      const first = releaseOf(before, "r1", publish(before, "r1", []));
      const second = releaseOf(after, "r2", publish(after, "r2", [first]));
      const { findings } = audit(publicationOf(before, [first, second]), lowestLimits, quick);
      return findings.some(({ respondents }) => respondents === 1);
    }).length;
  return {
    read: "two releases with one late answer in between: that answer",
    ...{ tried: count, plain: found(() => plainRules({})), today: found(deciding) },
  };
};

const categories = 5;
const drawAnswers = (chance: Chance, n: number): readonly number[] =>
  Array.from({ length: n }, () => Math.min(categories - 1, 1 + chance.below(2) + chance.below(3)));
const countsOf = (answers: readonly number[]): readonly number[] =>
  Array.from({ length: categories }, (_, category) => answers.filter((each) => each === category).length);

/**
 * Leaders' pages of six questions, now and then unanswered. Plain rules hide each question that all answered alike or
 * that fewer than five answered, so that its gap says which it is; today a scale has the classes of all its questions or
 * of none.
 */
const namedQuestions = (count: number, seed: number): Attack => {
  let [plain, today, tried] = [0, 0, 0];
  for (let k = 0; k < count; k += 1) {
    const chance = chanceOf(seed + 6, k);
    const n = 5 + chance.below(6);
    const items = Array.from({ length: 6 }, () => countsOf(drawAnswers(chance, chance.once(4) ? n - 1 : n)));
    tried += items.length;
    plain += items.filter(
      (counts) => counts.includes(n) || counts.reduce((sum, each) => sum + each, 0) < rules.respondents,
    ).length;
    const shown = valueIn(distributions(items, rules));
    if (shown !== null) today += items.length - shown.length;
  }
  return { read: "a leader's page: a question whose gap says that all answered alike", tried, plain, today };
};

/** How many tables of answers have this sum and this many below, in and above the middle. */
const tablesLike = (sum: number, [below, middle, above]: readonly number[]): number => {
  let found = 0;
  for (let low = 0; low <= below!; low += 1)
    for (let high = 0; high <= above!; high += 1)
      if (below! - low + 2 * middle! + 3 * (above! - high) + 4 * high === sum) found += 1;
  return found;
};

/** A scale of one question: teams of five whose answers follow from the mean and three classes. */
const oneQuestion = (count: number, seed: number): Attack => {
  let [plain, today] = [0, 0];
  for (let k = 0; k < count; k += 1) {
    const answers = drawAnswers(chanceOf(seed + 7, k), 5);
    const [a, b, c, d, e] = countsOf(answers) as [number, number, number, number, number];
    const sum = answers.reduce((total, each) => total + each, 0);
    const isDetermined = tablesLike(sum, [a + b, c, d + e]) === 1;
    if (isDetermined) plain += 1;
    if (isDetermined && distributions([countsOf(answers)], rules).state === "shown") today += 1;
  }
  return { read: "a scale of one question, team of five: every answer", tried: count, plain, today };
};

/** Response rates of 10 to 20 invited: bands in which one count lies alone. */
const rates = (): Attack => {
  let [plain, today, tried] = [0, 0, 0];
  for (let invited = 10; invited <= 20; invited += 1) {
    const counts = Array.from({ length: invited + 1 }, (_, answered) => answered);
    const alone = (band: (answered: number) => string) =>
      counts.filter((one) => counts.filter((other) => band(one) === band(other)).length === 1).length;
    tried += counts.length;
    plain += alone((answered) => String(Math.floor((100 * answered) / invited / 5)));
    today += alone((answered) => JSON.stringify(responseRate(answered, invited, rules)));
  }
  return { read: "a response rate of at most 20 invited: the exact number", tried, plain, today };
};

/** Groups of three leaders of whom one has more than 80 % of the answers. */
const dominated = (): Attack => {
  const groups = Array.from({ length: 50 }, (_, k) => ({ n: 50 + k, leaders: 3, largest: 46 + k }));
  const shown = (dominance: number) =>
    groups.filter((support) => aggregate(support, 0, { ...rules, dominance }).state === "shown").length;
  return {
    read: "a mean of answers that are nearly all one leader's",
    ...{ tried: groups.length, plain: shown(1), today: shown(rules.dominance) },
  };
};

/**
 * What can be worked out from pages made by plain rules (least respondents and leaders, each grouping guarded alone, an
 * interval from each group's own spread, each release on its own), and from those of today.
 */
export const attacks = (count: number, seed: number): readonly Attack[] => [
  dashboards("the dashboard, by algebra: an organisation with a number of too few", count, seed, {}, isExact),
  dashboards(
    "the dashboard with intervals, by bounds: an organisation with a leader's mean pinned",
    ...([count, seed, { withSpread: true }] as const),
    ({ kind, view }) => kind === "interval" && view === "management",
  ),
  dashboards(
    "the dashboard beside a leader's own report: an organisation with a colleague found",
    ...([count, seed, { withSpread: true }] as const),
    ({ view }) => view !== "management",
  ),
  dashboards(
    "an effect beside a hidden arm: an organisation with the arm's mean",
    ...([count, seed, { withEffects: true }] as const),
    isExact,
    withSmallArm,
  ),
  lateAnswers(count, seed),
  namedQuestions(10 * count, seed),
  oneQuestion(10 * count, seed),
  rates(),
  dominated(),
];
