import { type Distribution, impliedMean } from "../../../src/disclosure/distribution.ts";
import { suppressed, valueIn } from "../../../src/disclosure/published.ts";
import { teamMean } from "../../../src/disclosure/team.ts";
import { basisOf, factsOf, type Questionnaire, sumOf } from "./attacked.ts";

type Sums = ReadonlySet<number>;

const plus = (a: Sums, b: Sums): Sums => new Set([...a].flatMap((x) => [...b].map((y) => x + y)));

/** Every way to put `left` answers into classes, each between its fewest and its most. */
const fillings = (classes: Distribution["classes"], left: number): readonly (readonly number[])[] => {
  const [first, ...rest] = classes;
  if (!first) return left === 0 ? [[]] : [];
  const counts = Array.from({ length: first.most - first.least + 1 }, (_, more) => first.least + more);
  return counts
    .filter((count) => count <= left)
    .flatMap((count) => fillings(rest, left - count).map((others) => [count, ...others]));
};

/** The sums that the answers to a question may have, one of them `fixed` where that is a category. */
const sumsOf = ({ n, classes }: Distribution, turn: (position: number) => number, fixed: number | null): Sums => {
  const sums = new Set<number>();
  for (const filling of fillings(classes, n)) {
    const free = classes.map(
      ({ from, to }, at) => filling[at]! - (fixed !== null && from <= fixed && fixed <= to ? 1 : 0),
    );
    if (free.some((count) => count < 0)) continue;
    const end = (pick: (a: number, b: number) => number) =>
      classes.reduce((sum, { from, to }, at) => sum + free[at]! * pick(turn(from), turn(to)), 0);
    const known = fixed === null ? 0 : turn(fixed);
    for (let sum = end(Math.min); sum <= end(Math.max); sum += 1) sums.add(sum + known);
  }
  return sums;
};

/**
 * What the page of a team proves of its answers to one scale, by all integer tables that give the same page: that a
 * category was chosen by all, or of fewer than ten answers by nobody. The sum is known where the mean is not said to be
 * at least or at most something; else it is any of which the program says the same.
 */
export const provenBy = (asked: Questionnaire, table: readonly (readonly number[])[]): readonly string[] => {
  const basis = basisOf(asked);
  const facts = factsOf(basis, asked, [table]);
  const team = valueIn(facts.scales[0]!.employees.at(-1) ?? suppressed);
  const items = valueIn(facts.answers?.items ?? suppressed);
  if (team === null || items === null) return [];
  const [reversed, unit] = [asked.scales[0]!, basis.units[0]!];
  const last = asked.categories - 1;
  const turn = (item: number) => (position: number) => (reversed[item] ? last - position : position);
  const { n } = items[0]!;
  const sum = sumOf(table, reversed);
  const { bound, mean } = team;
  const implied = impliedMean(facts.answers!.items, reversed);
  const fits = (other: number): boolean => {
    if (bound === null) return other === sum;
    const cell = teamMean({ n, mean: (100 * other) / (n * items.length * last) }, unit, implied, null, basis.rules);
    const said = valueIn(cell);
    return said?.bound === bound && said.mean === mean;
  };
  return items.flatMap((item, at) => {
    const others = items.reduce<Sums>(
      (sums, other, index) => (index === at ? sums : plus(sums, sumsOf(other, turn(index), null))),
      new Set([0]),
    );
    const open = Array.from({ length: asked.categories }, (_, category) =>
      [...plus(others, sumsOf(item, turn(at), category))].some(fits),
    );
    const chosen = open.flatMap((isOpen, category) => (isOpen ? [category] : []));
    if (chosen.length === 1) return [`all ${n} chose ${chosen[0]} of question ${at}`];
    return n < 10 && chosen.length < asked.categories ? [`only ${chosen} can be chosen of question ${at}`] : [];
  });
};
