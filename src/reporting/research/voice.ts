import type { Rules } from "../../disclosure/rules.ts";
import type { Language } from "../../errors.ts";
import type { Analysis } from "../../estimation/analysis.ts";
import type { Status, Warning } from "../../estimation/design/status.ts";
import type { Estimator, MissingKind, Plan, Rater, Text } from "../../study/study.ts";
import type { Interval } from "../effect/effect.ts";
import type { ArmStyle } from "../page/arms.ts";
import type { Assets } from "../page/assets.ts";
import { formatEnd, formatList, formatNumber, formatPercent, formatSigned } from "../page/locale.ts";
import type { ReportedOutcome } from "../page/reported-outcome.ts";
import { type Theme, themeOf } from "../page/theme.ts";
import { fill, inSentence, wordsOf } from "../page/words.ts";

/** What every section of the research report knows of the study and its plan. */
export interface ResearchFrame {
  readonly study: string;
  readonly title: Text;
  readonly synthetic: boolean;
  /** Day of the release, ISO. */
  readonly date: string;
  readonly arms: readonly ArmStyle[];
  readonly waves: readonly { readonly id: string; readonly name: Text; readonly from: string; readonly to: string }[];
  readonly baseline: string | null;
  readonly scales: readonly { readonly scale: string; readonly name: Text }[];
  readonly outcomes: readonly ReportedOutcome[];
  readonly covariates: readonly {
    readonly id: string;
    readonly name: Text;
    readonly values: readonly { readonly code: string; readonly label: Text }[];
  }[];
  readonly plan: Plan & Analysis["plan"];
  /** How leaders came to their arms; null in a study without arms. */
  readonly allocation: {
    readonly by: string;
    readonly randomised: boolean;
    readonly recorded: boolean;
    /** Leaders whom the roster has in another arm than they were given, and leaders who came after the draw. */
    readonly changed: number;
    readonly joined: number;
    /** Leaders who were given an arm and whom the roster no longer has. */
    readonly departed: number;
  } | null;
  /** Waves at which employees of the arms did not answer equally often. */
  readonly uneven: readonly string[];
  readonly rules: Rules;
}

type Words = Readonly<Record<keyof typeof import("../../../reports/research/words.da.json"), string>>;
type Key = keyof Words;

const raterWords: Readonly<Record<Rater, Key>> = {
  employee: "rater.employee",
  self: "rater.self",
  superior: "rater.superior",
  indicator: "rater.indicator",
};
const estimatorWords: Readonly<Record<Estimator, Key>> = {
  ancova: "estimator.ancova",
  "difference-in-differences": "estimator.difference-in-differences",
  "leader-fixed-effects": "estimator.leader-fixed-effects",
  mixed: "estimator.mixed",
  "cluster-means": "estimator.cluster-means",
  lin: "estimator.lin",
  "wild-bootstrap": "estimator.wild-bootstrap",
  randomisation: "estimator.randomisation",
  "event-time": "estimator.event-time",
  "mixed-leader-wave": "estimator.mixed-leader-wave",
  "partially-nested": "estimator.partially-nested",
  "class-clustered": "estimator.class-clustered",
  panel: "estimator.panel",
  "sampling-weights": "estimator.sampling-weights",
  "inverse-probability": "estimator.inverse-probability",
  complier: "estimator.complier",
};
const statusWords: Readonly<Record<Status, Key>> = {
  estimated: "status.estimated",
  "no-baseline-wave": "status.no-baseline-wave",
  "no-follow-up-wave": "status.no-follow-up-wave",
  "no-control-arm": "status.no-control-arm",
  "arm-empty": "status.arm-empty",
  "too-few-leaders": "status.too-few-leaders",
  "too-few-units": "status.too-few-units",
  "not-by-unit": "status.not-by-unit",
  "no-variation": "status.no-variation",
  "not-identified": "status.not-identified",
  "no-classes": "status.no-classes",
  "no-replication": "status.no-replication",
  "no-panel": "status.no-panel",
  "no-weights": "status.no-weights",
  "too-few-items": "status.too-few-items",
  "too-few-respondents": "status.too-few-respondents",
  "not-converged": "status.not-converged",
  "not-built-yet": "status.not-built-yet",
  "no-take-up": "status.no-take-up",
  "no-data": "status.no-data",
};
const warningWords: Readonly<Record<Warning["code"], Key>> = {
  "df-below-4": "warning.df-below-4",
  "arm-below-12-leaders": "warning.arm-below-12-leaders",
  "arm-below-12-units": "warning.arm-below-12-units",
  "not-randomised": "warning.not-randomised",
  "response-differs": "warning.response-differs",
  "column-dropped": "warning.column-dropped",
  "leverage-one": "warning.leverage-one",
  "baseline-imputed": "warning.baseline-imputed",
  "covariate-after-training": "warning.covariate-after-training",
  "rows-dropped": "warning.rows-dropped",
  "weights-alike": "warning.weights-alike",
  "weak-instrument": "warning.weak-instrument",
  "take-up-unknown": "warning.take-up-unknown",
  "take-up-assumed": "warning.take-up-assumed",
  "take-up-unplaced": "warning.take-up-unplaced",
  "surely-measured": "warning.surely-measured",
  "variance-at-zero": "warning.variance-at-zero",
  "p-from-draws": "warning.p-from-draws",
};
const missingWords: Readonly<Record<MissingKind, Key>> = {
  blank: "missing.blank",
  "dont-know": "missing.dont-know",
  "prefer-not-to-say": "missing.prefer-not-to-say",
  "not-asked": "missing.not-asked",
  "not-applicable": "missing.not-applicable",
};
const isMissingKind = (kind: string): kind is MissingKind => kind in missingWords;

/** How the research report speaks and draws in one language about one model. */
export interface ResearchVoice {
  readonly language: Language;
  readonly assets: Assets;
  readonly theme: Theme;
  readonly say: (key: Key, values?: Readonly<Record<string, string | number>>) => string;
  readonly text: (text: Text) => string;
  readonly arm: (id: string) => string;
  readonly wave: (id: string) => string;
  /** The scale and, in brackets, who answers it. */
  readonly outcome: (outcome: Pick<ReportedOutcome, "scale" | "rater">) => string;
  readonly rater: (rater: Rater | null) => string;
  /** A covariate, or a column of one ("gender=2"), by the words of the study file. */
  readonly covariate: (id: string) => string;
  readonly estimator: (estimator: Estimator) => string;
  readonly status: (status: Status) => string;
  readonly warning: (warning: Warning) => string;
  readonly missing: (missing: Readonly<Record<string, number>>) => string;
  readonly number: (value: number | null, decimals: number) => string;
  /** A share of one as a per cent with one decimal. */
  readonly share: (value: number | null) => string;
  readonly signed: (value: number, decimals: number) => string;
  /** "4,9 til 8,9": in words, as an end may be negative. */
  readonly range: (interval: Interval | null, decimals: number) => string;
  /** "p = 0,007" or "p < 0,0001". */
  readonly pWords: (value: number) => string;
  /** "p" as a journal prints it: three decimals, four where three would be zero, never zero. */
  readonly p: (value: number | null) => string;
  readonly confidence: string;
  /** One less the plan's confidence, the level of its tests: a number, in words ("0,05") and as a per cent ("5 %"). */
  readonly level: number;
  readonly alpha: string;
  readonly alphaPercent: string;
  /** The plan's correction for several tests ("Holms korrektion"). */
  readonly correction: string;
  /** The plan's smallest effect of interest; null where it names none. */
  readonly smallest: string | null;
  /** Heading of p values after the plan's correction for several tests. */
  readonly adjusted: string;
  readonly list: (items: readonly string[]) => string;
}

const named = <T extends { readonly id: string; readonly name: Text }>(items: readonly T[], language: Language) => {
  const names = new Map(items.map(({ id, name }) => [id, name[language]]));
  return (id: string): string => names.get(id) ?? id;
};

const smallestOf = ({ smallestEffectOfInterest: smallest }: Plan, language: Language): string | null =>
  smallest === null ? null : formatNumber(smallest, Number.isInteger(smallest) ? 0 : 2, language);

export const researchVoice = (model: ResearchFrame, language: Language, assets: Assets): ResearchVoice => {
  const words = wordsOf<Words>("research", language, assets);
  const say: ResearchVoice["say"] = (key, values = {}) => fill(words[key], values);
  const scales = new Map(model.scales.map(({ scale, name }) => [scale, name[language]]));
  const rater: ResearchVoice["rater"] = (id) => (id === null ? "" : say(raterWords[id]));
  const outcome: ResearchVoice["outcome"] = ({ scale, rater: id }) =>
    (scales.get(scale) ?? scale) + (id === null ? "" : ` (${rater(id)})`);
  const arm = named(
    model.arms.map((style) => ({ id: style.arm, name: style.name })),
    language,
  );
  const list: ResearchVoice["list"] = (items) => formatList(items, language);
  const labels = new Map<string, string>(
    model.covariates.flatMap(({ id, name, values }) => [
      [id, name[language]] as const,
      ...values.map(
        ({ code, label }) =>
          [`${id}=${code}`, say("covariateLabel", { covariate: name[language], label: label[language] })] as const,
      ),
    ]),
  );
  const labelled = (id: string): string => labels.get(id) ?? id;
  const number: ResearchVoice["number"] = (value, decimals) =>
    value === null ? say("none") : formatNumber(value, decimals, language);
  const level = 1 - model.plan.confidence;
  const pOf: ResearchVoice["p"] = (value) => {
    if (value === null || value >= 0.001) return number(value, 3);
    return value < 0.0001 ? `<\u00a0${number(0.0001, 4)}` : number(value, 4);
  };
  return {
    language,
    assets,
    theme: themeOf(assets),
    say,
    text: (text) => text[language],
    arm,
    wave: named(model.waves, language),
    outcome,
    rater,
    covariate: (id) => {
      if (id === "employees") return say("employeesCovariate");
      const [scale = "", by] = id.split(":");
      if (by === undefined || !scales.has(scale)) return labelled(id);
      return outcome({ scale, rater: by in raterWords ? (by as Rater) : null });
    },
    estimator: (id) => say(estimatorWords[id]),
    status: (status) => say(statusWords[status]),
    warning: ({ code, names, count }) => {
      const sentence = words[warningWords[code]];
      const values = { names: list(names.map((name) => labelled(arm(name)))), count: formatNumber(count, 0, language) };
      return fill(
        sentence,
        Object.fromEntries(Object.entries(values).filter(([name]) => sentence.includes(`{${name}}`))),
      );
    },
    missing: (missing) =>
      Object.entries(missing)
        .filter(([, count]) => count > 0)
        .map(
          ([kind, count]) =>
            `${isMissingKind(kind) ? say(missingWords[kind]) : kind} ${formatNumber(count, 0, language)}`,
        )
        .join(", ") || say("none"),
    number,
    share: (value) => (value === null ? say("none") : say("percent", { value: number(100 * value, 1) })),
    signed: (value, decimals) => formatSigned(value, decimals, language),
    range: (interval, decimals) =>
      interval === null
        ? say("none")
        : say("interval", {
            low: formatEnd(interval.low, decimals, language),
            high: formatEnd(interval.high, decimals, language),
          }),
    p: pOf,
    pWords: (value) => say(value < 0.0001 ? "pBelow" : "pEquals", { p: pOf(value) }),
    confidence: formatPercent(model.plan.confidence * 100, language),
    level,
    alpha: number(level, 2),
    alphaPercent: formatPercent(Math.round(level * 1000) / 10, language),
    correction: say(`correction.${model.plan.multiplicity}`),
    smallest: smallestOf(model.plan, language),
    adjusted: say(`columnAdjusted.${model.plan.multiplicity}`),
    list,
  };
};

/** A name as it stands inside a sentence. */
export const within = inSentence;
