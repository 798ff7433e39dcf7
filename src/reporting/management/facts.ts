import { countInSteps, headcount } from "../../disclosure/aggregate.ts";
import { factName } from "../../disclosure/fact-name.ts";
import type { Atom } from "../../disclosure/lattice/atoms.ts";
import type { Scale } from "../../disclosure/lattice/bounds.ts";
import { decide, type Request } from "../../disclosure/lattice/decide.ts";
import { suppressedIn } from "../../disclosure/lattice/decided.ts";
import { withUnitCells } from "../../disclosure/lattice/merged-units.ts";
import { type PastFact, type PastRelease, pastOf } from "../../disclosure/lattice/past.ts";
import { asFact, suppressed } from "../../disclosure/published.ts";
import { type Rules, rulesOf } from "../../disclosure/rules.ts";
import type { Study } from "../../study/study.ts";
import type { CellResponse } from "../../tables/aggregated.ts";
import type { ShownEffects } from "../effect/main-effects.ts";
import type { ArmStyle } from "../page/arms.ts";
import { type ChangedSeries, withChanges } from "../page/level-change.ts";
import { emptySeries, type LevelSource, seriesOf } from "../page/levels.ts";
import { outcomeOf, type ReportedOutcome, scaleOf } from "../page/reported-outcome.ts";
import { cubeGroups, cubeOutcome, withDepartmentArms } from "./cube/facts.ts";
import { cubeGroupings, finestGroupings, ownGroupings } from "./cube/model.ts";
import { departmentsPart } from "./departments/facts.ts";
import { doseOf, type ShownFlow } from "./dose/facts.ts";
import type { ShownWave } from "./drawing.ts";
import { answersBehind, decideArms } from "./effects/behind.ts";
import { effectsPart } from "./effects/facts.ts";
import type { Answers } from "./effects/model.ts";
import { letOutFacts } from "./let-out.ts";
import type { Coverage, ManagementModel } from "./model.ts";
import { responsesPart } from "./responses/facts.ts";
import { trendPart } from "./trend/facts.ts";

/** What the dashboard rests on, before disclosure control. */
export interface ManagementFacts {
  /** Every team, also of leaders who are in no roster and in no group. */
  readonly atoms: readonly Atom[];
  /** What leaders answered about themselves, each a team of one. */
  readonly own: readonly Atom[];
  readonly responses: readonly CellResponse[];
  /** What earlier releases let out. */
  readonly past: readonly PastRelease[];
}

/** What the dashboard repeats of the research report of the same analysis. */
export interface ShownAnalysis extends ShownEffects {
  readonly date: string;
  readonly arms: readonly ArmStyle[];
  readonly waves: readonly ShownWave[];
  readonly flow: readonly ShownFlow[];
}

const departmentIds = ({ atoms, responses }: ManagementFacts): readonly string[] => {
  const ids = [
    ...atoms.flatMap(({ groups }) => groups["department"] ?? []),
    ...responses.filter(({ grouping }) => grouping === "department").map(({ cell }) => cell),
  ];
  return [...new Set(ids)].sort((a, b) => a.localeCompare(b, "da"));
};

const answeredWaves = ({ responses }: ManagementFacts, waves: readonly ShownWave[]): readonly ShownWave[] => {
  const answered = responses.filter(({ grouping, answered: n }) => grouping === "organisation" && n > 0);
  return waves.filter(({ id }) => answered.some(({ wave }) => wave === id));
};

const coverageOf = ({ responses }: ManagementFacts, wave: string | undefined, rules: Rules): Coverage | null => {
  const row = responses.find((each) => each.grouping === "organisation" && each.wave === wave);
  return row
    ? {
        leaders: headcount(row.leaders),
        measured: headcount(row.measured),
        under: headcount(row.leaders - row.measured),
        answers: asFact(
          countInSteps(row.answered, rules),
          factName({ statistic: "count", scale: "", wave: row.wave, grouping: "organisation", cell: "" }),
        ),
      }
    : null;
};

const wholeOf = (source: LevelSource | null, waves: readonly string[]): ChangedSeries => {
  const [whole] = source ? withChanges("organisation", [seriesOf("organisation", "", source)], source) : [];
  return whole ?? { ...emptySeries("", waves), change: suppressed };
};

/** Scales in the unit of their facts, each once. */
const scalesOf = (ids: readonly string[], study: Study): readonly Scale[] =>
  [...new Set(ids)].map((id) => {
    const scale = study.instrument.scales.find((each) => each.id === id);
    return { ...scaleOf(study, id), ...(scale?.kind === "scales" ? { of: scale.of } : {}) };
  });

/** The scales whose answers by one rater outcomes are made of. */
const idsBehind = (outcomes: readonly ReportedOutcome[], by: Answers["rater"], study: Study): readonly string[] =>
  outcomes
    .flatMap((outcome) => answersBehind(outcome, study))
    .flatMap(({ scale, rater }) => (rater === by ? [scale] : []));

/** The primary outcomes' scales that employees answer, and that of the levels: all of which levels are shown. */
const levelScales = (study: Study, outcome: ReportedOutcome | null, { outcomes }: ShownEffects): readonly Scale[] => {
  const primary = outcomes.filter(({ role }) => role === "primary");
  return scalesOf([...(outcome ? [outcome.scale] : []), ...idsBehind(primary, "employee", study)], study);
};

const hasAnswers = (atoms: readonly Atom[], { scale }: Scale): boolean => atoms.some(({ n }) => (n[scale] ?? 0) > 0);

const levelOutcome = ({ atoms }: ManagementFacts, { outcomes }: ShownEffects): ReportedOutcome | null =>
  outcomes.find(
    ({ scale, rater }) => rater === "employee" && scale !== null && atoms.some(({ n }) => (n[scale] ?? 0) > 0),
  ) ?? null;

/** Whether a team's leader is in the roster, so that the team is of any group. */
const isListed = ({ groups }: Pick<Atom, "groups">): boolean => groups["organisation"] === "";

/** The dashboard of one release and what it lets out. `research` is the research report of the same analysis. */
export const managementRelease = (
  study: Study,
  given: ManagementFacts,
  research: ShownAnalysis,
): {
  readonly model: ManagementModel;
  /** All teams as they were decided on, and what is let out of them: the ledger's line. */
  readonly atoms: readonly Atom[];
  readonly facts: readonly PastFact[];
} => {
  const rules = rulesOf(study.disclosure);
  const past = given.past.map((release) => ({ ...release, atoms: release.atoms.filter(isListed) }));
  const facts = { ...given, past, atoms: given.atoms.filter(isListed), own: given.own.filter(isListed) };
  const waves = answeredWaves(facts, research.waves);
  const ids = waves.map(({ id }) => id);
  const { confidence } = study.plan;
  const outcome = levelOutcome(facts, research);
  const scales = levelScales(study, outcome, research);
  const decidedOn = (rater: Answers["rater"], given: Pick<Request, "atoms" | "scales" | "groupings">) => {
    const request = { ...given, finest: finestGroupings, rules, past: pastOf(past, rater) };
    const more = scalesOf(idsBehind(research.outcomes, rater, study), study);
    return decideArms({ ...request, pattern: decide(request) }, more, rules);
  };
  const decided = {
    employee: decidedOn("employee", {
      atoms: withDepartmentArms(withUnitCells(facts.atoms, scales, rules)),
      ...{ scales, groupings: cubeGroupings },
    }),
    self: decidedOn("self", {
      atoms: facts.own,
      scales: scales.filter((scale) => hasAnswers(facts.own, scale)),
      groupings: ownGroupings,
    }),
  };
  const { atoms, pattern } = decided.employee;
  const sourceFor = (about: ReportedOutcome, rater: Answers["rater"] = "employee"): LevelSource => ({
    ...{ ...decided[rater], rater, waves: ids, outcome: about, confidence, rules },
  });
  const source = outcome && sourceFor(outcome);
  const departments = departmentIds(facts);
  const groups = cubeGroups(
    atoms,
    research.arms.map(({ arm }) => arm),
    departments,
  );
  const reported = scales.map(({ scale }) =>
    outcome !== null && scale === outcome.scale ? outcome : outcomeOf(study, { scale, rater: "employee" }, "primary"),
  );
  const sources = reported.map((each) => ({
    perceived: source !== null && each === outcome ? source : sourceFor(each),
    intended: sourceFor(each, "self"),
  }));
  const model: ManagementModel = {
    title: study.title,
    synthetic: study.synthetic,
    date: research.date,
    confidence,
    rules,
    arms: research.arms,
    waves,
    outcome,
    whole: wholeOf(source, ids),
    effects: effectsPart(research, { study, decided, rules }),
    dose: doseOf(
      research.flow,
      research.arms.map(({ arm }) => arm),
      rules,
    ),
    trend: trendPart(
      source,
      research.arms.map(({ arm }) => arm),
      wholeOf(source, ids),
      study.phases,
    ),
    departments: departmentsPart(source, departments, facts.responses, ids, study.organisation[0] ?? null),
    cube: { groups, outcomes: reported.map((each, at) => cubeOutcome(each, groups, sources[at]!)) },
    responses: responsesPart(facts.responses, departments, ids, rules),
    coverage: coverageOf(facts, ids.at(-1), rules),
    suppressed: suppressedIn(pattern, cubeGroupings),
  };
  const unlisted = [...given.atoms, ...given.own].filter((atom) => !isListed(atom));
  return { model, atoms: [...atoms, ...decided.self.atoms, ...unlisted], facts: letOutFacts(model, sources) };
};
