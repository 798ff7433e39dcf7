import { responseRate } from "../../../disclosure/aggregate.ts";
import { factName } from "../../../disclosure/fact-name.ts";
import { cellAsFact, suppressed } from "../../../disclosure/published.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import type { CellResponse } from "../../../tables/aggregated.ts";
import type { Rates, ResponsesPart } from "./model.ts";

const ratesOf = (id: string, rows: readonly CellResponse[], waves: readonly string[], rules: Rules): Rates => ({
  id,
  rates: waves.map((wave) => {
    const row = rows.find((each) => each.wave === wave);
    if (!row || row.invited === 0) return null;
    if (row.leaders < rules.leaders) return suppressed;
    const rate = responseRate(row.answered_of_invited, row.invited, rules);
    const { grouping, cell } = row;
    return cellAsFact(rate, factName({ statistic: "rate", scale: "", wave, grouping, cell }));
  }),
});

/** Response rates of the whole organisation and of each department, in bands. */
export const responsesPart = (
  responses: readonly CellResponse[],
  departments: readonly string[],
  waves: readonly string[],
  rules: Rules,
): ResponsesPart => {
  const of = (grouping: string, cell: string) =>
    responses.filter((row) => row.grouping === grouping && row.cell === cell);
  return {
    whole: ratesOf("", of("organisation", ""), waves, rules),
    departments: departments.map((id) => ratesOf(id, of("department", id), waves, rules)),
  };
};
