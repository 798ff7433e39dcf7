import { factName } from "../../disclosure/fact-name.ts";
import type { Atom } from "../../disclosure/lattice/atoms.ts";
import type { PastFact, PastRelease } from "../../disclosure/lattice/past.ts";
import { standingSince } from "../../disclosure/lattice/together.ts";
import type { Rules } from "../../disclosure/rules.ts";
import type { Spread } from "../../disclosure/team.ts";
import type { Unit } from "../../disclosure/unit.ts";
import type { ClusterMeans } from "../../stats/measurement/shrinkage.ts";

/** What all leaders' pages say of one scale in one wave is made of; it tells of all teams and is no sum of answers. */
export interface Common {
  /** How answers spread within teams. */
  readonly within: Omit<Spread, "t"> | null;
  /** What leaders' means are drawn towards. */
  readonly overall: ClusterMeans | null;
  /** Leaders with a mean, whose middle half is the benchmark. */
  readonly measured: number | null;
}

/** The same as an earlier release had it, and which. */
export interface Standing extends Common {
  readonly since: string;
}

const statistics = ["within", "overall", "benchmark"] as const;
const grouping = "leaders";

type Statistic = (typeof statistics)[number];
type Ends = Pick<Unit, "low" | "high">;

const factOf = (
  statistic: Statistic,
  { wave, scale, since }: { readonly wave: string; readonly scale: string; readonly since: string | null },
  value: number,
  shown: Ends & { readonly what: unknown },
): PastFact => ({
  fact: factName({ statistic, scale, wave, grouping, cell: "" }),
  ...{ audience: "leaders", rater: "employee", statistic, scale, wave, grouping, cell: "", value, step: 0, shown },
  ...(since === null ? {} : { since }),
});

/** What the ledger is to say of the numbers that leaders' pages share, of one scale in one wave. */
export const commonFacts = (
  about: { readonly wave: string; readonly scale: string; readonly since: string | null },
  { within, overall, measured }: Common,
  { low, high }: Unit,
): readonly PastFact[] => [
  ...(within ? [factOf("within", about, within.sd, { low, high, what: within })] : []),
  ...(overall ? [factOf("overall", about, overall.mean, { low, high, what: overall })] : []),
  ...(measured === null ? [] : [factOf("benchmark", about, measured, { low, high, what: null })]),
];

/**
 * Finds the numbers that stand of those that leaders' pages share, beside all that earlier releases said of them; null
 * where they are made anew. They go together: of all teams, of those with two respondents, and of those with enough for
 * a mean. What was reported in another unit is not said again.
 */
export const standingOf =
  (atoms: readonly Omit<Atom, "sums">[], past: readonly PastRelease[], rules: Rules) =>
  (wave: string, scale: string, unit: Ends): Standing | null => {
    const fewest = [1, 2, rules.respondents];
    const since = standingSince({ wave, scale, audience: "leaders", statistics, fewest }, atoms, past, rules);
    if (since === null) return null;
    const find = (statistic: Statistic) => {
      const name = factName({ statistic, scale, wave, grouping, cell: "" });
      const found = past.at(-1)!.facts.find(({ fact }) => fact === name);
      const shown = found?.shown as (Ends & { readonly what: unknown }) | undefined;
      return found && shown?.low === unit.low && shown.high === unit.high ? { ...found, what: shown.what } : null;
    };
    return {
      since,
      within: (find("within")?.what ?? null) as Common["within"],
      overall: (find("overall")?.what ?? null) as Common["overall"],
      measured: find("benchmark")?.value ?? null,
    };
  };
