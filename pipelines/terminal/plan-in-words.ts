import type { Language } from "../../src/errors.ts";
import type { Outcome, Study } from "../../src/study/study.ts";
import type { Enrolment } from "../design/enrolment.ts";
import type { PlanState } from "../design/plan.ts";

/** What a plan is told from. */
export interface PlanFacts {
  readonly study: Study;
  readonly state: PlanState;
  readonly enrolment: Enrolment;
}

/** What can be said of a plan, by heading of no registry in particular. */
export type Topic =
  | "title"
  | "lock"
  | "questions"
  | "design"
  | "arms"
  | "allocation"
  | "level"
  | "clustered"
  | "size"
  | "arm-sizes"
  | "collection"
  | "existing"
  | "primary"
  | "secondary"
  | "scoring"
  | "covariates"
  | "estimator"
  | "beside"
  | "inference"
  | "missing"
  | "exclusion"
  | "exploratory"
  | "period";

type Say = (facts: PlanFacts) => string;

const lines = (entries: readonly string[]): string => entries.map((entry) => `- ${entry}`).join("\n");

const raters = {
  da: {
    self: "lederens eget svar",
    employee: "medarbejdernes svar",
    superior: "overordnedes svar",
    indicator: "indikator",
  },
  en: {
    self: "the leader's own answer",
    employee: "employees' answers",
    superior: "superiors' answers",
    indicator: "indicator",
  },
} as const;

const followUps = (study: Study): readonly string[] => {
  const baseline = study.waves.findIndex((wave) => wave.baseline);
  return study.waves.slice(baseline + 1).map(({ id }) => id);
};

const fill = (language: Language, what: string): string =>
  language === "da" ? `[udfyldes: ${what}]` : `[to be filled in: ${what}]`;

/** A placeholder that a reader cannot miss. */
export const placeholder = fill;

const outcomeIn = (study: Study, { scale, rater }: Outcome, language: Language): string => {
  const name = study.instrument.scales.find(({ id }) => id === scale)?.name[language] ?? scale;
  return rater === null ? name : `${name} (${raters[language][rater]})`;
};

const outcomes = (study: Study, list: readonly Outcome[], language: Language): string =>
  list.length === 0
    ? language === "da"
      ? "Ingen."
      : "None."
    : lines(list.map((outcome) => outcomeIn(study, outcome, language)));

/** Waves of which answers were in, read or not, when the plan was locked. */
const answeredBefore = ({ lockedAfter, delivered }: PlanState): readonly string[] => [
  ...new Set([...lockedAfter, ...delivered]),
];

const lockWords = {
  da: {
    open: "Planen er ikke låst; dette er planen, som den står nu.",
    locked: "Låst",
    after: "efter svarene fra",
    before: "før svar fra nogen opfølgning var læst ind eller lå i studiets mappe",
    changed: "Ændret siden låsningen",
    lockedHash: "hash af den låste plan",
  },
  en: {
    open: "The plan is not locked; this is the plan as it stands now.",
    locked: "Locked",
    after: "after the answers of",
    before: "before answers of any follow-up had been read or lay in the study's folder",
    changed: "Changed since it was locked",
    lockedHash: "hash of the locked plan",
  },
} as const;

const lockText =
  (language: Language): Say =>
  ({ state }) => {
    const say = lockWords[language];
    const hash = `Hash (SHA-256): ${state.hash}`;
    if (state.locked === null) return `${say.open}\n\n${hash}`;
    const seen = answeredBefore(state);
    const moment = `${state.locked.slice(0, 16).replace("T", " ")} UTC`;
    const known = seen.length > 0 ? `${say.after} ${seen.join(", ")}` : say.before;
    const changed = state.differences.map(({ path }) => path).join(", ");
    const since = changed === "" ? "" : `\n\n${say.changed}: ${changed} (${say.lockedHash}: ${state.lockedHash})`;
    return `${say.locked} ${moment}, ${known}.\n\n${hash}${since}`;
  };

const existingText =
  (language: Language): Say =>
  (facts) => {
    const { state } = facts;
    const seen = answeredBefore(state);
    const category = fill(language, language === "da" ? "registrets kategori" : "the registry's category");
    if (state.locked === null) return `${lockText(language)(facts)}\n\n${category}`;
    const what =
      seen.length === 0
        ? language === "da"
          ? "Ingen svar fra en opfølgning fandtes i studiets mappe."
          : "No answers of a follow-up were in the study's folder."
        : language === "da"
          ? `Svarene fra ${seen.join(", ")} fandtes, da planen blev låst.`
          : `The answers of ${seen.join(", ")} existed when the plan was locked.`;
    return `${what}\n\n${category}`;
  };

const armNames = ({ arms }: Study, language: Language): string =>
  arms.length === 0
    ? language === "da"
      ? "Ingen arme."
      : "No arms."
    : lines(
        arms.map(
          ({ id, name, control }) =>
            `${name[language]} (${id}${control ? `; ${language === "da" ? "kontrol" : "control"}` : ""})`,
        ),
      );

const units = ({ by }: Enrolment, language: Language): string => {
  if (by === null || by === "leader") return language === "da" ? "ledere" : "leaders";
  return language === "da" ? `hele enheder (${by})` : `whole units (${by})`;
};

const allocationText =
  (language: Language): Say =>
  ({ study, enrolment }) => {
    const da = language === "da";
    if (study.allocation === null) return da ? "Ingen arme." : "No arms.";
    if (!study.allocation.randomised)
      return da
        ? `Ikke tilfældig: arme blev givet til ${units(enrolment, language)} uden lodtrækning. Forskelle mellem armene er ikke i sig selv effekter.`
        : `Not by chance: arms were given to ${units(enrolment, language)} without a draw. Differences between arms are not in themselves effects.`;
    const within =
      enrolment.blocks.length === 0
        ? da
          ? "uden blokke"
          : "without blocks"
        : da
          ? `inden for ${enrolment.blocks.length} blokke (${enrolment.blocks.join(", ")})`
          : `within ${enrolment.blocks.length} blocks (${enrolment.blocks.join(", ")})`;
    const { record } = enrolment;
    const how = record
      ? da
        ? `Trukket ${record.assigned.slice(0, 10)} af \`spejl randomise\` med frø ${record.seed}; lodtrækningen kan gentages.`
        : `Drawn ${record.assigned.slice(0, 10)} by \`spejl randomise\` from seed ${record.seed}; the draw can be repeated.`
      : fill(language, da ? "hvem trak lod, hvornår og hvordan" : "who drew, when and how");
    return da
      ? `Lodtrækning af ${units(enrolment, language)}, ${within}. ${how}`
      : `Random assignment of ${units(enrolment, language)}, ${within}. ${how}`;
  };

const sizeText =
  (language: Language): Say =>
  ({ enrolment }) => {
    const da = language === "da";
    if (enrolment.leaders === null)
      return fill(language, da ? "antal ledere og enheder" : "numbers of leaders and units");
    const whole = enrolment.by !== null && enrolment.by !== "leader";
    const leaders = da ? `${enrolment.leaders} ledere` : `${enrolment.leaders} leaders`;
    return whole ? `${leaders}, ${enrolment.units} ${da ? "enheder" : "units"} (${enrolment.by})` : leaders;
  };

const armSizes =
  (language: Language): Say =>
  ({ enrolment }) => {
    const da = language === "da";
    if (enrolment.arms.length === 0)
      return fill(language, da ? "ledere og enheder i hver arm" : "leaders and units in each arm");
    return lines(
      enrolment.arms.map(({ arm, leaders, units: count }) =>
        da ? `${arm}: ${leaders} ledere, ${count} enheder` : `${arm}: ${leaders} leaders, ${count} units`,
      ),
    );
  };

const designText =
  (language: Language): Say =>
  ({ study, enrolment }) => {
    const da = language === "da";
    const baseline = study.waves.find((wave) => wave.baseline)?.id;
    const kind =
      study.arms.length === 0
        ? da
          ? "Undersøgelse uden arme"
          : "Survey without arms"
        : study.allocation?.randomised
          ? da
            ? "Klyngerandomiseret forsøg"
            : "Cluster-randomised trial"
          : da
            ? "Sammenligning af arme uden lodtrækning"
            : "Comparison of arms without random assignment";
    const level = da ? `Klynger: ${units(enrolment, language)}.` : `Clusters: ${units(enrolment, language)}.`;
    const measured = da
      ? `${study.waves.length} målinger${baseline ? `, heraf ${baseline} som baseline` : ""}.`
      : `${study.waves.length} waves${baseline ? `, of which ${baseline} is the baseline` : ""}.`;
    return `${kind}. ${level} ${measured}`;
  };

const collectionText =
  (language: Language): Say =>
  ({ study }) =>
    lines(
      study.waves.map((wave) => {
        const asked = [
          ...new Set(
            study.deliveries.filter((one) => one.wave === wave.id).map(({ rater }) => raters[language][rater]),
          ),
        ];
        const who =
          asked.length === 0 ? fill(language, language === "da" ? "hvem der svarer" : "who answers") : asked.join(", ");
        return `${wave.id}${wave.baseline ? " (baseline)" : ""}: ${wave.from} – ${wave.to}; ${who}`;
      }),
    );

const scoringText =
  (language: Language): Say =>
  ({ study }) => {
    const da = language === "da";
    const named = new Set([...study.plan.primary, ...study.plan.secondary].map(({ scale }) => scale));
    const own = study.instrument.scales.filter(({ id }) => named.has(id));
    if (own.length === 0) return fill(language, da ? "mål" : "measures");
    return lines(
      own.map((scale) => {
        const range = scale.index ? "0–100" : `${scale.low}–${scale.high}`;
        const needs = Math.round(100 * scale.answered);
        const head = `${scale.name[language]} (${scale.id})`;
        if (scale.kind === "difference")
          return `${head}: ${outcomeIn(study, scale.minuend, language)} − ${outcomeIn(study, scale.subtrahend, language)}`;
        if (scale.kind === "scales")
          return `${head}: ${da ? "gennemsnit af" : "mean of"} ${scale.of.join(", ")}; ${range}`;
        const items = scale.items.map(({ id, reversed }) => (reversed ? `${id} (${da ? "vendt" : "reversed"})` : id));
        return da
          ? `${head}: gennemsnit af ${items.join(", ")}; ${range}; mindst ${needs} % af de stillede spørgsmål besvaret`
          : `${head}: mean of ${items.join(", ")}; ${range}; at least ${needs} % of the items asked must be answered`;
      }),
    );
  };

const covariatesText =
  (language: Language): Say =>
  ({ study }) => {
    const da = language === "da";
    const own = study.covariates.filter(({ id }) => study.plan.covariates.includes(id));
    const names = own.map(({ id, name }) => `${name[language]} (${id})`);
    const baseline = da ? "lederens gennemsnit ved baseline, blokke" : "the leader's mean at the baseline, blocks";
    return [baseline, ...names].join("; ");
  };

const estimatorText =
  (language: Language): Say =>
  ({ study, enrolment }) => {
    const { estimator, standardErrors } = study.plan;
    const satterthwaite = standardErrors === "CR2" || standardErrors === "CR3";
    const clusters = units(enrolment, language);
    if (estimator === "mixed")
      return language === "da"
        ? `${estimator}, ${study.plan.mixed.likelihood}, frihedsgrader: ${study.plan.mixed.df}. Efter den tildelte arm (intention to treat).`
        : `${estimator}, ${study.plan.mixed.likelihood}, degrees of freedom: ${study.plan.mixed.df}. By the assigned arm (intention to treat).`;
    return language === "da"
      ? `${estimator}, standardfejl ${standardErrors} klynget på ${clusters}, ${satterthwaite ? "Satterthwaites frihedsgrader" : "klynger − 1 frihedsgrader"}. Efter den tildelte arm (intention to treat).`
      : `${estimator}, standard errors ${standardErrors} clustered by ${clusters}, ${satterthwaite ? "Satterthwaite degrees of freedom" : "clusters − 1 degrees of freedom"}. By the assigned arm (intention to treat).`;
  };

const inferenceText =
  (language: Language): Say =>
  ({ study }) => {
    const { confidence, multiplicity, smallestEffectOfInterest } = study.plan;
    const da = language === "da";
    const percent = Number((100 * confidence).toFixed(4));
    const smallest = smallestEffectOfInterest ?? fill(language, da ? "hvis der er en" : "if there is one");
    return da
      ? `Tosidet; ${percent} %-intervaller. Justering over de primære udfald og arme ved sidste måling: ${multiplicity}. Mindste effekt af interesse: ${smallest}.`
      : `Two-sided; ${percent} % intervals. Adjustment over primary outcomes and arms at the last wave: ${multiplicity}. Smallest effect of interest: ${smallest}.`;
  };

const exploratoryText =
  (language: Language): Say =>
  ({ study }) => {
    const da = language === "da";
    const chains = study.plan.mediation.map(
      ({ mediator, outcome }) => `${outcomeIn(study, mediator, language)} → ${outcomeIn(study, outcome, language)}`,
    );
    return lines([
      ...(chains.length === 0 ? [] : [`${da ? "virkningskæder" : "chains of effects"}: ${chains.join("; ")}`]),
      da
        ? "sekundære udfald og alt, som planen ikke nævner"
        : "secondary outcomes, and everything that the plan does not name",
      fill(language, da ? "undergrupper og andre udforskende analyser" : "subgroups and other exploratory analyses"),
    ]);
  };

const told = (language: Language): Readonly<Record<Topic, Say>> => {
  const da = language === "da";
  return {
    title: ({ study }) => study.title[language],
    lock: lockText(language),
    questions: ({ study }) => {
      const compared = da
        ? "Hver arm sammenlignes med kontrolarmen ved"
        : "Each arm is compared with the control arm at";
      const hypotheses = fill(language, da ? "hypoteserne og deres retning" : "the hypotheses and their direction");
      return `${outcomes(study, study.plan.primary, language)}\n\n${compared} ${followUps(study).join(", ")}.\n\n${hypotheses}`;
    },
    design: designText(language),
    arms: ({ study }) => armNames(study, language),
    allocation: allocationText(language),
    level: ({ enrolment }) => units(enrolment, language),
    clustered: ({ enrolment }) =>
      `${da ? "Ja: medarbejdere svarer om" : "Yes: employees answer about"} ${da ? "deres leder; arme gives til" : "their leader; arms are given to"} ${units(enrolment, language)}.`,
    size: sizeText(language),
    "arm-sizes": armSizes(language),
    collection: collectionText(language),
    existing: existingText(language),
    primary: ({ study }) => outcomes(study, study.plan.primary, language),
    secondary: ({ study }) => outcomes(study, study.plan.secondary, language),
    scoring: scoringText(language),
    covariates: covariatesText(language),
    estimator: estimatorText(language),
    beside: ({ study }) =>
      study.plan.robustness.length === 0 ? (da ? "Ingen." : "None.") : lines(study.plan.robustness),
    inference: inferenceText(language),
    missing: () =>
      da
        ? "Ledere uden baseline får de andres gennemsnit og en indikator; svar uden alle kovariater udelades og tælles. Frafald af ledere og medarbejdernes svar vises pr. arm og testes; Lees grænser, hvor ledere er gået tabt, og værste-fald-grænser for medarbejdere, der ikke svarede."
        : "Leaders without a baseline get the others' mean and an indicator; answers without all covariates are left out and counted. Attrition of leaders and response of employees are shown by arm and tested; Lee bounds where leaders were lost, and worst-case bounds for employees who did not answer.",
    exclusion: ({ study }) => {
      const needed = da
        ? "Skalaer uden nok besvarede spørgsmål har ingen score; rækker, der ikke kan læses, står i karantæne med grund."
        : "Scales with too few answered items have no score; rows that cannot be read are quarantined with a reason.";
      const where = Object.entries(study.roster?.where ?? {}).map(([column, value]) => `${column} = ${value}`);
      return where.length === 0
        ? needed
        : `${needed} ${da ? "Kun ledere med" : "Only leaders with"} ${where.join(", ")}.`;
    },
    exploratory: exploratoryText(language),
    period: ({ study }) => `${study.waves[0]?.from ?? ""} – ${study.waves.at(-1)?.to ?? ""}`,
  };
};

/** What the study's folder says of a topic, as Markdown. */
export const tellTopic = (topic: Topic, facts: PlanFacts, language: Language): string => told(language)[topic](facts);
