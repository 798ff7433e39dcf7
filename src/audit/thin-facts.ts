import type { Finding } from "./finding.ts";
import type { Fact, Publication } from "./publication.ts";
import { isIn } from "./rows.ts";

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

const fewestBehindNonLinear = { respondents: 30, leaders: 10 };

/** Facts that no row says in full take 30 respondents and 10 leaders. */
export const thinFacts = ({ releases }: Publication, facts: readonly Fact[]): readonly Finding[] =>
  facts.flatMap((fact) => {
    const release = releases.find((each) => each.facts.includes(fact))!;
    const atoms = release.atoms.filter((atom) => isIn(atom, fact) && (atom.rater ?? "employee") === fact.rater);
    const respondents = sum(atoms.map(({ n }) => n[fact.scale] ?? 0));
    const leaders = [...new Set(atoms.map(({ leader }) => leader))];
    if (respondents >= fewestBehindNonLinear.respondents && leaders.length >= fewestBehindNonLinear.leaders) return [];
    const { scale, wave, audience } = fact;
    return [
      {
        kind: "non-linear",
        view: audience,
        scale,
        waves: [wave],
        leaders,
        respondents,
        facts: [fact.fact],
        minimal: true,
      },
    ];
  });
