import { z } from "zod";
import { instrumentFile } from "./instrument-schema.ts";
import {
  boolean,
  day,
  file,
  id,
  integerFrom,
  list,
  map,
  mapping,
  name,
  number,
  numberWithin,
  oneOf,
  range,
  text,
} from "./leaves.ts";
import { programmeParts } from "./programme.ts";
import { encodings, estimators, formats, mainEstimators, missingKinds, standardErrorTypes } from "./study.ts";

const raters = oneOf("self", "employee", "superior", "indicator");

const arm = mapping({
  id: id.describe("Id of the arm, as the roster writes it"),
  control: boolean.optional().describe("true for the one arm the others are compared with"),
  share: integerFrom(1)
    .optional()
    .describe("Leaders drawn to it in proportion to the other arms' shares; 1 where left out"),
  name: text.optional().describe("Name shown to readers"),
});

const period = {
  from: day.describe("First day, e.g. 2018-06-01"),
  to: day.describe("Last day, inclusive"),
  name: text.optional().describe("Name shown to readers"),
};

const wave = mapping({
  id: id.describe("Id of the survey round"),
  ...period,
  baseline: boolean.optional().describe("true for the one wave before training; no wave is taken as it by itself"),
});

const phase = mapping({
  id: id.describe("Id of the programme period"),
  ...period,
  goals: list(id)
    .optional()
    .describe("Scales that the period sets out to develop; leader reports show them before the others"),
});

const values = z.union([name, list(name).min(1, { error: "list-nonempty" })]);
const where = map(z.union([name, list(name).min(1, { error: "list-nonempty" }), mapping({ not: values })]))
  .optional()
  .describe(
    "Only rows whose column has the value, one of several, none of them ({ not: … }) or any (answered), e.g. { year: 2001 }",
  );

const reading = {
  format: oneOf(...formats)
    .optional()
    .describe("Format of the file, where it is not to be found out from its content"),
  encoding: oneOf(...encodings)
    .optional()
    .describe("Encoding of a text file, where it is not to be found out"),
  separator: z
    .string({ error: "separator" })
    .refine((text) => /^[ -~\t]$/.test(text) && !/["\w]/.test(text), { error: "separator" })
    .optional()
    .describe("What stands between the cells of a text file, e.g. ;"),
  sheet: name.optional().describe("Sheet of a workbook"),
  header: integerFrom(1).optional().describe("Line, or row of the sheet, on which the header stands"),
  decimal: oneOf(",", ".").optional().describe("What stands before the fraction of a number"),
  complete: integerFrom(1)
    .optional()
    .describe("Records that the whole file holds: any other number is refused, and the file is not asked about"),
  codebook: z
    .union([file.transform((one) => [one]), list(file)])
    .optional()
    .describe(
      "Files of the vendor that say what columns and codes mean, e.g. [structure.csv, labels.csv] or survey.lss",
    ),
};

const roster = mapping({
  file: file.describe("The list of leaders, from the study's folder"),
  columns: map(name).describe(
    "Column of the file by what it means: leader, arm, block, class, group, employees, attended, from, to, the organisation's levels, covariates",
  ),
  where,
  ...reading,
});

const allocation = mapping({
  by: name
    .optional()
    .describe(
      "Who was given to an arm whole: leader (where left out, what the record says), unit, or another roster column",
    ),
  randomised: boolean.optional().describe("false where arms were not drawn by chance; true where left out"),
  record: file.optional().describe("Record of the draw; assignment.json where left out, if there is one"),
});

const delivery = mapping({
  file: file.describe("The survey export, from the study's folder"),
  wave: id.describe("The wave it belongs to"),
  rater: raters.describe("Who answers"),
  columns: map(name)
    .optional()
    .describe(
      "Column of the file by what it means: respondent, leader, weight (a sampling weight above 0 per row), covariates; an indicator may have a level",
    ),
  items: map(name).optional().describe("Column of the file by item; left out: the column is named after the item"),
  notAsked: list(id).optional().describe("Items that were not asked here, for which the file has no column"),
  blank: oneOf("blank", "not-asked")
    .optional()
    .describe("What an empty cell means: left blank (where left out), or not asked"),
  codes: map(z.union([number, oneOf(...missingKinds)]))
    .optional()
    .describe("Answer (or kind of missing) by the code that this file writes, e.g. { AO01: 1, AO02: 2 }"),
  where,
  ...reading,
});

const covariate = mapping({
  id: id.describe("Id of the covariate; also the name of its column unless `columns` maps it"),
  from: oneOf("self", "employee", "superior", "indicator", "roster").describe("Which file it is in"),
  name: text.optional().describe("Name in the reports; the id where left out"),
  values: map(text).optional().describe("Label by code; the first is the reference"),
  range: range.optional().describe("Lowest and highest number"),
});

const programme = mapping({
  sessions: file.describe(
    "The schedule, from the study's folder: session, phase, kind (seminar, coaching, job-visit, workshop), group (empty: everybody), from, to, coach, place",
  ),
  attendance: file
    .optional()
    .describe("Who came, from the study's folder: session, leader, attended (0 or 1); in the place of the roster's"),
  parts: list(oneOf(...programmeParts))
    .min(1, { error: "list-nonempty" })
    .optional()
    .describe("What leaders may write on their own page; all where left out"),
  keep: integerFrom(0)
    .optional()
    .describe("Months after the last phase until the leaders' texts are erased; 6 where left out"),
  coachSeesReport: boolean
    .optional()
    .describe("true where each leader may let the own coach see the own report; no coach sees one where left out"),
});

const outcomes = list(name).optional();
const analysis = mapping({
  primary: outcomes.describe("Primary outcomes; a scale named alone means as employees perceive it"),
  secondary: outcomes.describe("Secondary outcomes, e.g. gap, self vision, indicator absence"),
  estimator: oneOf(...mainEstimators)
    .optional()
    .describe("The primary estimator; ancova where left out"),
  robustness: list(oneOf(...estimators))
    .optional()
    .describe("Estimators beside the primary one"),
  standardErrors: oneOf(...standardErrorTypes)
    .optional()
    .describe("Cluster-robust standard errors; CR2 where left out"),
  covariates: list(id).optional().describe("Covariates that enter the estimates"),
  "difference-in-differences": mapping({
    blocks: boolean.optional().describe("With block indicators"),
    covariates: boolean.optional().describe("With the plan's covariates"),
  })
    .optional()
    .describe("What difference-in-differences includes beside arm, wave and their product"),
  mixed: mapping({
    likelihood: oneOf("REML", "ML").optional().describe("REML where left out"),
    df: oneOf("satterthwaite", "kenward-roger").optional().describe("satterthwaite where left out"),
  })
    .optional()
    .describe("How mixed models are fitted, and where their degrees of freedom come from"),
  multiplicity: oneOf("holm", "romano-wolf", "none")
    .optional()
    .describe("Correction over primary outcomes × arms; holm by default"),
  confidence: numberWithin("confidence", (level) => level >= 0.5 && level < 1)
    .optional()
    .describe("Confidence level of intervals; 0.95 where left out"),
  smallestEffectOfInterest: numberWithin("> 0", (effect) => effect > 0)
    .optional()
    .describe("In the unit of the first primary outcome: points on 0–100, or raw where its scale has index: false"),
  trainedFrom: integerFrom(1)
    .optional()
    .describe("Sessions attended from which a leader counts as trained (complier effects); 1 where left out"),
  mediation: list(mapping({ mediator: name, outcome: name }))
    .optional()
    .describe("Chains of effects to explore, e.g. { mediator: transformational, outcome: motivation }"),
  subgroups: list(id)
    .optional()
    .describe(
      "Covariates of the study by which effects on primary outcomes may differ: effect per subgroup and its test",
    ),
  specificationCurve: boolean
    .optional()
    .describe("true: each primary effect by every least-squares model that the plan's choices make, with a joint p"),
});

export const studyFile = mapping({
  study: id.describe("Id of the study"),
  title: text.optional().describe("Title shown to readers; the id where left out"),
  language: oneOf("da", "en").optional().describe("Language of the reports; da where left out"),
  seed: integerFrom(0).optional().describe("Seed of everything random; 1 where left out"),
  outside: boolean.optional().describe("true where files of the study may lie outside its folder"),
  synthetic: boolean.optional().describe("true where the data are made up: every page says so"),
  organisation: list(name).optional().describe("Roster columns from the outermost level to the innermost"),
  arms: list(arm).optional().describe("Leave out for a study without an experiment"),
  waves: list(wave).min(1, { error: "list-nonempty" }).describe("Survey rounds in time order"),
  phases: list(phase).optional().describe("Periods of the programme"),
  programme: programme
    .optional()
    .describe("Schedule and attendance of the programme, and pages for leaders and coaches"),
  instrument: z.union([file, instrumentFile]).describe("Name of the instrument file, or the instrument itself"),
  roster: roster.optional().describe("The leaders; required where there are arms"),
  allocation: allocation.optional().describe("How leaders came to their arms; all inference is at that level"),
  deliveries: list(delivery).optional().describe("The survey files: one wave and one rater each"),
  stopAbove: numberWithin("share", (share) => share >= 0 && share <= 1)
    .optional()
    .describe("A run stops where more than this share of a delivery's rows cannot be used; 0.5 where left out"),
  covariates: list(covariate).optional().describe("Characteristics that may enter an estimate"),
  analysis: analysis.optional().describe("The plan; `spejl plan lock` freezes it"),
  figure: mapping({ x: id.describe("Scale on the x axis"), y: id.describe("Scale on the y axis") })
    .optional()
    .describe("The plane of the effects figure"),
  disclosure: mapping({
    respondents: integerFrom(5).optional().describe("Fewest respondents behind a published number; at least 5"),
    leaders: integerFrom(3).optional().describe("Fewest leaders behind a published number; at least 3"),
    strict: boolean.optional().describe("true: the stricter rules for small organisations"),
  })
    .optional()
    .describe("Thresholds of publication; they can be raised, never lowered"),
  retention: mapping({
    raw: integerFrom(0).optional().describe("Months that deliveries are kept in the store; for ever where left out"),
    key: integerFrom(0).optional().describe("Months until the key of the pseudonyms is destroyed"),
    responses: integerFrom(0).optional().describe("Months that responses are kept in the vault"),
  })
    .optional()
    .describe("What is deleted how many months after the last day of the last wave, by `spejl erase --overdue`"),
}).meta({ title: "Spejl study", description: "One organisation, programme, questionnaire, arms, waves and plan" });

export type StudyFile = z.output<typeof studyFile>;
