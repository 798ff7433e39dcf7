import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Problem, Refusal } from "../../src/errors.ts";
import { type SourceFile, sourceFile } from "../../src/store/deliveries/copy.ts";
import type { DeliveredFile } from "../../src/store/deliveries/delivered-table.ts";
import { openDelivered } from "../../src/store/deliveries/open.ts";
import { type DeliveryEntry, deliveryLines } from "../../src/study/add-delivery.ts";
import { parseSource } from "../../src/study/source.ts";
import type { Study } from "../../src/study/study.ts";
import { requireColumns } from "../ingest/columns.ts";
import { openAnswers, type PlacedFile, placeFiles, vendorFiles } from "./files.ts";
import { checkGiven } from "./given.ts";
import type { Given, Proposal, Understanding } from "./proposal.ts";
import { surveyFile } from "./survey.ts";
import { understand } from "./understand.ts";

/** A vendor's files beside the study that they may become a delivery of. */
export interface Candidate {
  readonly study: Study;
  /** The study file as it is. */
  readonly text: string;
  readonly file: DeliveredFile;
  readonly answers: PlacedFile;
  readonly codebook: readonly PlacedFile[];
  readonly roster: ReadonlySet<string> | null;
}

/** Ids of the leaders that the study lists; null where it lists none. */
const rosterIds = async ({ roster, folder, language }: Study): Promise<ReadonlySet<string> | null> => {
  if (roster === null) return null;
  const source = await sourceFile(roster.file, join(folder, roster.file));
  const file = await openDelivered(source, roster.reading, [], language);
  const [leader] = requireColumns(file, [roster.columns["leader"] ?? "leader"]);
  const conditions = Object.entries(roster.where).map(([name, condition]) => ({
    column: requireColumns(file, [name])[0]!.column,
    condition,
  }));
  const { columns } = await surveyFile(file, conditions);
  const ids = new Set(columns[leader!.column]!.texts.keys());
  return ids.size === 0 ? null : ids;
};

/** Opens a vendor's files for a study. Refuses where there is not one file of answers among them. */
export const openCandidate = async (study: Study, paths: readonly string[]): Promise<Candidate> => {
  const { answers, codebook } = await vendorFiles(paths);
  const names = answers.map(({ name }) => name);
  const place = { file: names[0] ?? paths[0] ?? "" };
  if (answers.length !== 1) throw new Refusal({ code: "import-files", place, answers: names });
  const source = answers[0] as SourceFile;
  const placed = await placeFiles([source, ...codebook], study.folder);
  return {
    study,
    text: await readFile(join(study.folder, "study.yaml"), "utf8"),
    file: await openAnswers(source, codebook, study.language),
    answers: placed.get(source) as PlacedFile,
    codebook: codebook.map((file) => placed.get(file) as PlacedFile),
    roster: await rosterIds(study),
  };
};

/** What the files are, as far as it can be told with what the person has said. */
export const understandCandidate = ({ study, file, roster }: Candidate, given: Given): Promise<Understanding> => {
  checkGiven(study, given);
  return understand({ study, file, roster, given });
};

const entryOf = ({ answers, codebook }: Candidate, proposal: Proposal): DeliveryEntry => ({
  file: answers.name,
  wave: proposal.wave?.wave ?? "?",
  rater: proposal.rater?.rater ?? ("?" as DeliveryEntry["rater"]),
  columns: proposal.columns,
  items: proposal.items,
  notAsked: proposal.notAsked,
  codes: proposal.codes,
  where: proposal.where,
  codebook: codebook.map(({ name }) => name),
});

/** The deliveries as they would be written; a question mark stands for what is open. */
export const entriesOf = (candidate: Candidate, { proposals }: Understanding): readonly DeliveryEntry[] =>
  proposals.map((proposal) => entryOf(candidate, proposal));

export const linesOf = (entries: readonly DeliveryEntry[]): string =>
  entries.map((entry) => deliveryLines(entry, "  ")).join("");

/** Refuses a file that the study lists already for the same wave and rater. */
export const refuseListed = ({ study, text }: Candidate, entries: readonly DeliveryEntry[]): void => {
  const problems = study.deliveries.flatMap(({ file, wave, rater }, index): Problem[] => {
    if (!entries.some((entry) => entry.file === file && entry.wave === wave && entry.rater === rater)) return [];
    const place = parseSource("study.yaml", text).place(["deliveries", index, "file"]);
    return [{ code: "delivery-listed", place, wave, rater }];
  });
  if (problems.length > 0) throw new Refusal(...problems);
};

/** Refuses what is open, all of it. */
export const refuseOpen = ({ answers }: Candidate, { proposals }: Understanding): void => {
  const open = proposals.flatMap((proposal) =>
    proposal.open.map((one) => ({
      what: one.what,
      id: "id" in one && one.what === "item" ? one.id : "",
      candidates: "columns" in one ? one.columns : one.ids,
    })),
  );
  const distinct = [...new Map(open.map((one) => [JSON.stringify(one), one])).values()];
  if (distinct.length > 0)
    throw new Refusal({ code: "import-open", place: { file: answers.source.name }, open: distinct });
};
