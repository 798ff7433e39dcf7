import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { copyFiles, openDeliveries } from "../../../../pipelines/ingest/open.ts";
import { type DeliveryReading, readDelivery } from "../../../../pipelines/ingest/read-delivery.ts";
import { answerReader } from "../../../../pipelines/ingest/readers.ts";
import type { AnswerRules } from "../../../../src/formats/answers.ts";
import { readStudy } from "../../../../src/store/study-files.ts";
import { type SurveyParts, surveyFolder } from "../read-survey.ts";

const readFirst = async (parts: SurveyParts) => {
  const folder = surveyFolder(parts);
  const study = await readStudy(folder);
  const incoming = join(folder, ".incoming");
  mkdirSync(incoming);
  const copies = await copyFiles(study, incoming, () => undefined);
  const [mapped] = await openDeliveries(study, copies);
  const context = { leaders: null, away: new Map(), units: new Map(), pseudonymKey: "key", isErased: null };
  const rows = { take: () => undefined, begin: async () => undefined };
  return { study, mapped: mapped!, reading: await readDelivery(study, mapped!, context, [], rows) };
};

const known = new Map<string, ReturnType<typeof readFirst>>();

/** Reads the first delivery of a survey without a vault, the same one once. */
export const readAlone = (parts: SurveyParts): ReturnType<typeof readFirst> => {
  const key = JSON.stringify(parts);
  const found = known.get(key) ?? readFirst(parts);
  known.set(key, found);
  return found;
};

/** How many records have each text, by item in the order of the instrument. */
export type Answers = readonly Readonly<Record<string, number>>[];

/** A reading as if its items held these answers, under the rules that they have but for what is said. */
export const withAnswers = (
  reading: DeliveryReading,
  answers: Answers,
  said: Partial<AnswerRules> = {},
): DeliveryReading => {
  const items = reading.readers.items.map((item, k) => {
    const reader = answerReader({ ...item!.rules, ...said });
    for (const text of Object.keys(answers[k] ?? {})) reader.learn(text);
    return reader;
  });
  const counts = items.map((_, k) => Float64Array.from(Object.values(answers[k] ?? {})));
  return { ...reading, readers: { ...reading.readers, items }, counts };
};
