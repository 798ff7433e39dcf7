const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const varianceOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1);

/** One item of one respondent: the answer, null where it is missing, or not asked by design. */
export type Cell = number | null | "not-asked";

/** rwg(j) of a team by its definition, of those who answered every item. */
const agreementOf = (team: readonly (readonly Cell[])[], nullVariance: number): number | null => {
  const complete = team.filter((row): row is readonly number[] => row.every((cell) => typeof cell === "number"));
  if (complete.length < 2) return null;
  const variances = (complete[0] ?? []).map((_, item) => varianceOf(complete.map((row) => row[item] as number)));
  const ratio = Math.min(1, mean(variances) / nullVariance);
  return (variances.length * (1 - ratio)) / (variances.length * (1 - ratio) + ratio);
};

/** Mean over the teams that have an agreement. */
export const meanAgreement = (teams: readonly (readonly (readonly Cell[])[])[], nullVariance: number): number =>
  mean(teams.map((team) => agreementOf(team, nullVariance)).filter((value) => value !== null));
