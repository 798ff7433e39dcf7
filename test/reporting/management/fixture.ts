import { expect } from "vitest";
import type { Atom } from "../../../src/disclosure/lattice/atoms.ts";
import type { Language } from "../../../src/errors.ts";
import type { Estimate } from "../../../src/estimation/inference/estimate.ts";
import { type ManagementFacts, managementRelease } from "../../../src/reporting/management/facts.ts";
import type { ManagementModel } from "../../../src/reporting/management/model.ts";
import { renderManagement } from "../../../src/reporting/management/page.ts";
import { researchModel } from "../../../src/reporting/research/facts.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import type { Outcome, Study } from "../../../src/study/study.ts";
import { readPage, releasedDashboard } from "../released.ts";
import { analysis, estimateRow, measurements, plan, study, versions } from "../research/fixture.ts";

/** Made-up facts of the study in `research-fixture.ts`; every number here is invented. */
const waves = ["baseline", "midway", "endline"];

interface Part {
  readonly cell: string;
  readonly leaders: number;
  readonly means: readonly number[];
}

export const departments: readonly Part[] = [
  { cell: "Børn og Unge", leaders: 168, means: [60.7, 62.9, 65.1] },
  { cell: "Kultur og Fritid", leaders: 37, means: [62.4, 61.7, 62.5] },
  { cell: "Social og Beskæftigelse", leaders: 78, means: [60.2, 63.8, 65.3] },
  { cell: "Stab og Ledelse", leaders: 2, means: [71.37, 72.37, 73.37] },
  { cell: "Sundhed og Omsorg", leaders: 211, means: [61.3, 62.2, 63.6] },
  { cell: "Teknik og Miljø", leaders: 64, means: [59.4, 62.4, 64.1] },
];
const arms: readonly Part[] = [
  { cell: "control", leaders: 142, means: [60.2, 59.4, 58.8] },
  { cell: "transactional", leaders: 141, means: [60.5, 61.3, 62.3] },
  { cell: "transformational", leaders: 139, means: [61.3, 64.2, 67.0] },
  { cell: "combined", leaders: 138, means: [61.9, 63.8, 66.2] },
];
const whole: Part = { cell: "", leaders: 560, means: [60.9, 62.4, 63.6] };

const cellsOf = (parts: readonly Part[]): readonly Part[] =>
  parts
    .flatMap((part) => Array.from({ length: part.leaders }, (_, k) => ({ part, at: (k + 0.5) / part.leaders })))
    .sort((a, b) => a.at - b.at)
    .map(({ part }) => part);

const inArms = cellsOf(arms);
const inDepartments = departments.flatMap((part) => Array.from({ length: part.leaders }, () => part));

const atoms: readonly Atom[] = waves.flatMap((wave, index) =>
  Array.from({ length: whole.leaders }, (_, k) => {
    const [arm, department] = [inArms[k]!, inDepartments[k]!];
    const noise = 12 * Math.sin(2.4 * k + index);
    const alone = department.leaders < 3 ? 0 : arm.means[index]! - whole.means[index]! + noise;
    const mean = department.means[index]! + alone;
    return {
      ...{ leader: `L${k}`, wave, members: [] },
      groups: { organisation: "", arm: arm.cell, department: department.cell },
      n: { transformational: 11, transactional: 11 },
      sums: { transformational: 11 * mean, transactional: 11 * (mean - 7.3) },
    };
  }),
);

/** What leaders answered themselves about one of the two scales: each higher than the team, two in three of them. */
const own: readonly Atom[] = atoms.flatMap((atom, k) => {
  const team = atom.sums["transformational"]! / 11;
  const answer = Math.min(100, Math.round((team + 22 + 9 * Math.cos(1.7 * k)) / 5) * 5);
  return k % 3 === 2
    ? []
    : [{ ...atom, rater: "self", n: { transformational: 1 }, sums: { transformational: answer } } as const];
});

const groups: readonly (readonly [string, readonly Part[]])[] = [
  ["organisation", [whole]],
  ["arm", arms],
  ["department", departments],
];

export const facts: ManagementFacts = {
  atoms,
  own,
  past: [],
  responses: groups.flatMap(([grouping, parts]) =>
    parts.flatMap(({ cell, leaders }, part) =>
      waves.map((wave, index) => ({
        ...{ grouping, cell, wave, leaders, measured: leaders - 1, largest: 20, invited: 16 * leaders },
        answered: (11 + (part % 3) - index) * leaders,
        answered_of_invited: (11 + (part % 3) - index) * leaders,
      })),
    ),
  ),
};

/** The organisation of the fixture, each department in units of so many leaders and the rest in small ones of two. */
export const inUnits = (leaders: number): ManagementFacts => {
  const seen = new Map<string, number>();
  const unitOf = new Map<string, string>();
  for (const { leader, groups } of facts.atoms) {
    const department = groups["department"];
    if (unitOf.has(leader) || !department) continue;
    const at = seen.get(department) ?? 0;
    seen.set(department, at + 1);
    unitOf.set(leader, at < 2 ? `small ${at}` : `unit ${Math.floor(at / leaders)}`);
  }
  return {
    ...facts,
    atoms: facts.atoms.map((atom) => ({ ...atom, groups: { ...atom.groups, unit: unitOf.get(atom.leader) ?? null } })),
  };
};

/** The dashboard of the study above as a release holds it, with what a test changes of it. */
export const modelOf = (changed: Partial<Study> = {}, found: ManagementFacts = facts, effects = analysis) => {
  const own = { ...study, ...changed };
  const research = researchModel(own, effects, measurements, versions, "2019-12-21");
  return releasedDashboard(managementRelease(own, found, research).model);
};
export const model = modelOf();

/** The page of a model as it is served, without its style sheet. */
export const servedPage = async (found: ManagementModel, language: Language = "en"): Promise<string> =>
  (await renderManagement(found, language, reportAssets)).replace(/<style>[\s\S]*?<\/style>/, "");

/** The same without the elements that say what its numbers are. */
export const pageOf = async (found: ManagementModel, language: Language = "en"): Promise<string> =>
  readPage(await servedPage(found, language));

/** As `toContain`, without printing a page where it fails. */
export const has = (page: string, part: string): void => expect(page.includes(part), part).toBe(true);

export const lacks = (page: string, words: RegExp): void => expect(page.match(words)?.[0] ?? null).toBeNull();

export const without = (drop: (row: { grouping: string; wave: string; cell: string }) => boolean): ManagementFacts => ({
  past: [],
  own: [],
  atoms: facts.atoms
    .filter(({ wave }) => !drop({ grouping: "organisation", wave, cell: "" }))
    .map((atom) => ({
      ...atom,
      groups: Object.fromEntries(
        Object.entries(atom.groups).map(([grouping, cell]) => [
          grouping,
          drop({ grouping, wave: atom.wave, cell: cell ?? "" }) ? null : cell,
        ]),
      ),
    })),
  responses: facts.responses.filter((row) => !drop(row)),
});

/** Facts in which an arm has two leaders only at a wave. */
export const smallArm = (arm: string, wave: string): ManagementFacts => {
  const of = (atom: Atom) => atom.groups["arm"] === arm && atom.wave === wave;
  const [first, second] = facts.atoms.filter(of);
  return { ...facts, atoms: facts.atoms.filter((atom) => !of(atom) || atom === first || atom === second) };
};

type Value = readonly [estimate: number, se: number];

/** The analysis with these effects and no others: of the first outcome, one value for each arm in order. */
export const effectsOf = (
  values: readonly Value[],
  outcome: Outcome = plan.primary[0]!,
  more: Partial<Estimate> = {},
) => ({
  ...analysis,
  estimates: values.map((value, index) =>
    estimateRow(outcome, ["transactional", "transformational", "combined"][index]!, value, more),
  ),
});
