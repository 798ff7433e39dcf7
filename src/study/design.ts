import { both } from "./leaves.ts";
import { type Programme, programmeParts } from "./programme.ts";
import { distinct, invalid, missing, placeOf, type Report, refers } from "./report.ts";
import type { StudyFile } from "./schema.ts";
import type { Path } from "./source.ts";
import type { Allocation, Arm, Covariate, Phase, Wave } from "./study.ts";

const idsAt = (entries: readonly { readonly id: string }[], list: string) =>
  entries.map(({ id }, index): { id: string; path: Path } => ({ id, path: [list, index, "id"] }));

export const readArms = (file: StudyFile, report: Report): readonly Arm[] => {
  const arms = (file.arms ?? []).map(({ id, control, share, name }) => ({
    id,
    control: control ?? false,
    share: share ?? 1,
    name: name ?? both(id),
  }));
  distinct(report, "arm", idsAt(arms, "arms"));
  const controls = [...arms.entries()].filter(([, arm]) => arm.control);
  if (arms.length > 0 && controls.length === 0) invalid(report, ["arms"], "one-control");
  for (const [index] of controls.slice(1)) invalid(report, ["arms", index, "control"], "one-control");
  return arms;
};

export const readAllocation = (file: StudyFile, arms: readonly Arm[], report: Report): Allocation | null => {
  if (arms.length === 0) {
    if (file.allocation !== undefined) invalid(report, ["allocation"], "arms");
    return null;
  }
  const { by, randomised, record } = file.allocation ?? {};
  return { by: by ?? null, randomised: randomised ?? true, record: record ?? null };
};

const checkPeriod = (period: { from: string; to: string }, path: Path, report: Report): void => {
  if (period.to < period.from) invalid(report, [...path, "to"], `≥ ${period.from}`);
};

export const readWaves = (file: StudyFile, report: Report): readonly Wave[] => {
  const waves = file.waves.map(({ id, from, to, baseline, name }) => ({
    id,
    from,
    to,
    baseline: baseline ?? false,
    name: name ?? both(id),
  }));
  distinct(report, "wave", idsAt(waves, "waves"));
  for (const [index, wave] of waves.entries()) {
    checkPeriod(wave, ["waves", index], report);
    const before = waves[index - 1];
    if (before !== undefined && wave.from <= before.to)
      report.problems.push({
        code: "waves-overlap",
        place: placeOf(report, ["waves", index, "from"]),
        waves: [before.id, wave.id],
      });
  }
  const baselines = [...waves.entries()].filter(([, wave]) => wave.baseline);
  if (baselines.length > 1)
    report.problems.push({
      code: "baselines-several",
      place: placeOf(report, ["waves", baselines[1]![0], "baseline"]),
      waves: baselines.map(([, wave]) => wave.id),
    });
  return waves;
};

export const readPhases = (file: StudyFile, scales: readonly string[], report: Report): readonly Phase[] => {
  const phases = file.phases ?? [];
  distinct(report, "phase", idsAt(phases, "phases"));
  for (const [index, phase] of phases.entries()) {
    checkPeriod(phase, ["phases", index], report);
    const goals = phase.goals ?? [];
    for (const [at, goal] of goals.entries()) refers(report, ["phases", index, "goals", at], "scale", goal, scales);
  }
  return phases.map(({ goals, ...phase }) => ({
    ...phase,
    name: phase.name ?? both(phase.id),
    ...(goals === undefined ? {} : { goals }),
  }));
};

const usualMonths = 6;

/** The programme, where the study file has one. Attendance has one source: a file, or a column of the roster. */
export const readProgramme = (file: StudyFile, report: Report): Programme | null => {
  const { programme } = file;
  if (programme === undefined) return null;
  if ((file.phases ?? []).length === 0) missing(report, ["phases"]);
  if (file.roster === undefined) missing(report, ["roster"]);
  else if (file.roster.columns.group === undefined) missing(report, ["roster", "columns", "group"]);
  if (programme.attendance !== undefined && file.roster?.columns.attended !== undefined)
    invalid(report, ["roster", "columns", "attended"], "attendance-once");
  return {
    sessions: programme.sessions,
    attendance: programme.attendance ?? null,
    parts: programme.parts ?? programmeParts,
    keep: programme.keep ?? usualMonths,
    coachSeesReport: programme.coachSeesReport ?? false,
  };
};

export const readCovariates = (
  file: StudyFile,
  codesAt: (path: Path) => readonly string[],
  report: Report,
): readonly Covariate[] => {
  const entries = file.covariates ?? [];
  distinct(report, "covariate", idsAt(entries, "covariates"));
  return entries.flatMap(({ id, from, values, range, ...named }, index): Covariate[] => {
    const path: Path = ["covariates", index];
    const name = named.name ?? both(id);
    if (values === undefined && range === undefined) missing(report, [...path, "values"]);
    if (values !== undefined && range !== undefined) invalid(report, [...path, "range"], "values | range");
    if (range !== undefined) return [{ id, name, from, kind: "numeric", low: range[0], high: range[1] }];
    if (values === undefined) return [];
    const codes = codesAt([...path, "values"]);
    if (codes.length < 2) invalid(report, [...path, "values"], "two-values");
    return [{ id, name, from, kind: "categorical", values: codes.map((code) => ({ code, label: values[code]! })) }];
  });
};
