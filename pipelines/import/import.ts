import { existsSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Refusal } from "../../src/errors.ts";
import { rewriteFile } from "../../src/store/new-file.ts";
import { parseStudyFolder, readStudy } from "../../src/store/study-files.ts";
import { addDeliveries, type DeliveryEntry } from "../../src/study/add-delivery.ts";
import type { Rater } from "../../src/study/study.ts";
import { proposalJson, understandingText } from "../terminal/import.ts";
import { pathFromHere, problemJson, type Terminal } from "../terminal/terminal.ts";
import { say } from "../terminal/words.ts";
import { type Ask, askFor, asking, confirmed } from "./ask.ts";
import { checked, sayChecked } from "./checked.ts";
import { bringFile } from "./files.ts";
import type { Given, Understanding } from "./proposal.ts";
import {
  type Candidate,
  entriesOf,
  linesOf,
  openCandidate,
  refuseListed,
  refuseOpen,
  understandCandidate,
} from "./propose.ts";

/** What the command line says beside the files. */
export interface ImportOptions {
  readonly wave?: string;
  readonly rater?: Rater;
  readonly leader?: string;
  readonly respondent?: string;
  readonly item: Readonly<Record<string, string>>;
  readonly notAsked?: string;
  readonly yes: boolean;
  readonly dryRun: boolean;
}

/** What was said on the command line, and nothing more. */
export const givenBy = ({ wave, rater, leader, respondent, item, notAsked }: ImportOptions): Given => ({
  wave: wave ?? null,
  rater: rater ?? null,
  leader: leader ?? null,
  respondent: respondent ?? null,
  items: item,
  notAsked: (notAsked ?? "").split(",").filter((id) => id !== ""),
});

/** Files, and the study's folder where the last word is one. */
const splitWords = (words: readonly string[]): { readonly files: readonly string[]; readonly folder: string } => {
  const last = words.at(-1) ?? "";
  const isFolder = existsSync(last) && statSync(last).isDirectory();
  const files = isFolder ? words.slice(0, -1) : words;
  if (files.length === 0) throw new Refusal({ code: "usage", cause: "FILE?", hint: "spejl import FILE… [STUDY]" });
  return { files, folder: isFolder ? last : "." };
};

/** Brings the files into the study and writes its deliveries; a study file that then is wrong is put back as it was. */
export const writeDeliveries = async (candidate: Candidate, entries: readonly DeliveryEntry[]): Promise<void> => {
  const { study, text, answers, codebook } = candidate;
  const file = join(study.folder, "study.yaml");
  const copies = [answers, ...codebook].filter(({ isCopy }) => isCopy);
  const brought: string[] = [];
  try {
    for (const copy of copies) {
      await bringFile(copy, study.folder);
      brought.push(join(study.folder, copy.name));
    }
    await rewriteFile(file, addDeliveries(text, entries));
    await parseStudyFolder(study.folder);
  } catch (fault) {
    await rewriteFile(file, text);
    await Promise.all(brought.map((path) => rm(path, { force: true })));
    throw fault;
  }
};

const askAll = async (
  candidate: Candidate,
  first: { readonly given: Given; readonly understanding: Understanding },
  ask: Ask,
  terminal: Terminal,
): Promise<Understanding> => {
  let { given, understanding } = first;
  const names = candidate.file.columns.map(({ name }) => name);
  for (;;) {
    const open = understanding.proposals.flatMap((proposal) => proposal.open)[0];
    if (open === undefined) return understanding;
    const settled = await askFor(open, names, given, ask, terminal.language);
    if (settled === null || settled === given) return understanding;
    given = settled;
    understanding = await understandCandidate(candidate, given);
  }
};

const show = (candidate: Candidate, understanding: Understanding, terminal: Terminal): void => {
  const { language } = terminal;
  terminal.say(understandingText(candidate.answers.source.name, understanding, language));
  for (const { isCopy, source, name } of [candidate.answers, ...candidate.codebook])
    if (isCopy) terminal.say(`${source.name} → ${name}`);
  terminal.say(`\n${say("writesLines", language)}\n${linesOf(entriesOf(candidate, understanding))}`);
};

type Outcome = { readonly understanding: Understanding; readonly write: boolean };

const decide = async (
  candidate: Candidate,
  given: Given,
  { yes, dryRun }: ImportOptions,
  terminal: Terminal,
): Promise<Outcome> => {
  const understanding = await understandCandidate(candidate, given);
  const entries = entriesOf(candidate, understanding);
  const isInteractive = process.stdin.isTTY === true && !terminal.json && !yes && !dryRun;
  if (!isInteractive) {
    show(candidate, understanding, terminal);
    refuseListed(candidate, entries);
    if (yes && !dryRun) refuseOpen(candidate, understanding);
    if (!yes && !dryRun && !terminal.json)
      throw new Refusal({ code: "import-unconfirmed", place: { file: candidate.answers.source.name } });
    return { understanding, write: yes && !dryRun };
  }
  return asking(async (ask) => {
    if (understanding.proposals.some(({ open }) => open.length > 0))
      terminal.say(understandingText(candidate.answers.source.name, understanding, terminal.language));
    const settled = await askAll(candidate, { given, understanding }, ask, terminal);
    show(candidate, settled, terminal);
    refuseListed(candidate, entriesOf(candidate, settled));
    refuseOpen(candidate, settled);
    return { understanding: settled, write: await confirmed(ask, terminal.language) };
  });
};

/** `spejl import`: proposes a vendor's files as deliveries of a study and writes them into its study file. */
export const importFiles = async (
  words: readonly string[],
  options: ImportOptions,
  terminal: Terminal,
): Promise<void> => {
  const { files, folder } = splitWords(words);
  const candidate = await openCandidate(await readStudy(folder), files);
  const { understanding, write } = await decide(candidate, givenBy(options), options, terminal);
  const entries = entriesOf(candidate, understanding);
  if (write) await writeDeliveries(candidate, entries);
  else if (!terminal.json) terminal.say(say("notWritten", terminal.language));
  const found = write ? await checked(folder) : { problems: [], warnings: [], report: null };
  if (write && !terminal.json) {
    terminal.say(`${say("written", terminal.language)} ${pathFromHere(join(folder, "study.yaml"))}`);
    if (!terminal.quiet) await sayChecked(folder, found, terminal);
  }
  if (!terminal.json) return;
  terminal.print({
    file: candidate.answers.name,
    codebook: candidate.codebook.map(({ name }) => name),
    format: understanding.format,
    encoding: understanding.encoding,
    deliveries: understanding.proposals.map((proposal) => proposalJson(proposal, terminal.language)),
    yaml: linesOf(entries),
    written: write,
    problems: found.problems.map((problem) => problemJson(problem, terminal.language)),
    warnings: found.warnings.map((problem) => problemJson(problem, terminal.language)),
  });
};
