import { type Problem, Refusal } from "../errors.ts";
import { readAllocation, readArms, readCovariates, readPhases, readProgramme, readWaves } from "./design.ts";
import { checkColumnNames, readDeliveries, readRoster } from "./files.ts";
import { readInstrument } from "./instrument.ts";
import { type InstrumentFile, instrumentFile } from "./instrument-schema.ts";
import { type Checked, checkAgainst } from "./issues.ts";
import { both } from "./leaves.ts";
import { readFigure, readPlan } from "./plan.ts";
import { filledKeys, type Report } from "./report.ts";
import { type StudyFile, studyFile } from "./schema.ts";
import { parseSource, type Source } from "./source.ts";
import type { DisclosureRules, Instrument, Study } from "./study.ts";

export interface SourceText {
  /** As the user named it; problems name it so. */
  readonly file: string;
  readonly text: string;
}

export interface ParsedStudy {
  readonly study: Study;
  readonly warnings: readonly Problem[];
}

const attempt = <T>(read: () => Checked<T>): Checked<T> => {
  try {
    return read();
  } catch (fault) {
    if (fault instanceof Refusal) return { value: null, problems: fault.problems };
    throw fault;
  }
};

interface Opened<T> extends Checked<T> {
  readonly source: Source | null;
}

const open = <T>({ file, text }: SourceText, check: (source: Source) => Checked<T>): Opened<T> => {
  let source: Source | null = null;
  const checked = attempt(() => {
    source = parseSource(file, text);
    return check(source);
  });
  return { ...checked, source };
};

/** The instrument file that a study file names; null where the instrument stands in the study file itself. */
export const instrumentNamed = ({ file, text }: SourceText) => {
  const { instrument, outside } = parseSource(file, text).value as Record<string, unknown>;
  return typeof instrument === "string" ? { file: instrument.trim(), outside: outside === "true" } : null;
};

const disclosureOf = ({ disclosure }: StudyFile): DisclosureRules => {
  const strict = disclosure?.strict ?? false;
  return {
    respondents: Math.max(disclosure?.respondents ?? 5, strict ? 7 : 5),
    leaders: Math.max(disclosure?.leaders ?? 3, strict ? 4 : 3),
    strict,
  };
};

const build = (file: StudyFile, instrument: Instrument, folder: string, report: Report): Study => {
  const arms = readArms(file, report);
  const waves = readWaves(file, report);
  const covariates = readCovariates(file, (path) => filledKeys(report, path), report);
  checkColumnNames(file, report);
  const deliveries = readDeliveries(file, { waves, instrument, covariates }, report);
  return {
    id: file.study,
    folder,
    outside: file.outside ?? false,
    title: file.title ?? both(file.study),
    language: file.language ?? "da",
    seed: file.seed ?? 1,
    synthetic: file.synthetic ?? false,
    organisation: file.organisation ?? [],
    arms,
    waves,
    phases: readPhases(
      file,
      instrument.scales.map(({ id }) => id),
      report,
    ),
    programme: readProgramme(file, report),
    instrument,
    roster: readRoster(file, arms, covariates, report),
    allocation: readAllocation(file, arms, report),
    deliveries,
    stopAbove: file.stopAbove ?? 0.5,
    covariates,
    plan: readPlan(file, { scales: instrument.scales, deliveries, covariates }, report),
    figure: readFigure(file, instrument.scales, report),
    disclosure: disclosureOf(file),
    retention: {
      raw: file.retention?.raw ?? null,
      key: file.retention?.key ?? null,
      responses: file.retention?.responses ?? null,
    },
  };
};

const newReport = (source: Source, root: Report["root"]): Report => ({ source, root, problems: [], warnings: [] });

/** The study file first, then the instrument, each from its beginning to its end. */
const refuse = (problems: readonly Problem[], studyFileName: string): void => {
  const place = (problem: Problem) => ("place" in problem ? problem.place : { file: "" });
  const rank = (problem: Problem): readonly number[] => {
    const { file, line = 0, column = 0 } = place(problem);
    return [file === studyFileName ? 0 : 1, line, Number(column)];
  };
  const order = (a: Problem, b: Problem): number => {
    const [one, other] = [rank(a), rank(b)];
    return one.map((value, index) => value - other[index]!).find((difference) => difference !== 0) ?? 0;
  };
  if (problems.length > 0) throw new Refusal(...problems.toSorted(order));
};

/** A scale that is declared but faulty is told once, not again wherever it is referred to. */
const isConsequence = (problem: Problem, faulty: readonly string[]): boolean =>
  problem.code === "reference-unknown" && problem.kind === "scale" && faulty.includes(problem.id);

/**
 * One study from its study file and instrument file (null where the instrument stands in the study file).
 * Throws a Refusal with everything that is wrong, each with file, line and column.
 */
export const parseStudy = (
  sources: { readonly study: SourceText; readonly instrument: SourceText | null },
  folder: string,
): ParsedStudy => {
  const study = open(sources.study, (source) => checkAgainst(studyFile, source));
  const own: Opened<InstrumentFile> =
    sources.instrument === null
      ? { value: null, problems: [], source: null }
      : open(sources.instrument, (source) => checkAgainst(instrumentFile, source));
  const syntax = [...study.problems, ...own.problems];
  const inline = study.value?.instrument;
  const isInline = inline !== undefined && typeof inline !== "string";
  const described = isInline ? inline : own.value;
  const source = isInline ? study.source : own.source;
  if (described === null || source === null || study.value === null || study.source === null) {
    refuse(syntax, sources.study.file);
    throw new Refusal({ code: "value-missing", place: { file: sources.study.file }, key: "instrument" });
  }
  const instrumentReport = newReport(source, isInline ? ["instrument"] : []);
  const instrument = readInstrument(described, instrumentReport);
  const report = newReport(study.source, []);
  const built = build(study.value, instrument, folder, report);
  const sound = new Set(instrument.scales.map(({ id }) => id));
  const faulty = described.scales.map(({ id }) => id).filter((id) => !sound.has(id));
  const genuine = report.problems.filter((problem) => !isConsequence(problem, faulty));
  refuse([...syntax, ...genuine, ...instrumentReport.problems], sources.study.file);
  return { study: built, warnings: [...report.warnings, ...instrumentReport.warnings] };
};
