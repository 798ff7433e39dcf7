import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Audit, ordinaryEffort } from "../../src/audit/audit.ts";
import { auditServed, namedNumbers, type Served } from "../../src/audit/served.ts";
import { type Language, Refusal } from "../../src/errors.ts";
import { fileNameOf } from "../../src/store/file-name.ts";
import { latestKnown, latestRelease } from "../../src/store/releases.ts";
import { readStudy } from "../../src/store/study-files.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { judge } from "./judge.ts";
import { readLedger } from "./read-ledger.ts";

/** A page, and what its numbers are when they are held against the ledger. */
export interface AuditedPage extends Served {
  readonly page: string;
}

/** What was published, judged without any code of what decided on it. */
export interface DisclosureAudit {
  readonly audit: Audit;
  readonly pages: readonly AuditedPage[];
}

const pagesOf = async (studyFolder: string): Promise<readonly string[]> => {
  const reports = join(studyFolder, "reports");
  const folders = [reports, join(reports, "leaders")].filter((folder) => existsSync(folder));
  const files = await Promise.all(
    folders.map(async (folder) => (await readdir(folder)).map((name) => join(folder, name))),
  );
  return files.flat().filter((file) => file.endsWith(".html") && !file.endsWith("research.html"));
};

/** By the name of a page, the models of the latest release that it is made of, as they lie on disk; none before there is one. */
const modelsOf = async (studyFolder: string): Promise<(page: string) => Promise<readonly unknown[]>> => {
  if ((await latestKnown(studyFolder)) === null) return async () => [];
  const release = await latestRelease(studyFolder);
  const read = async (name: string): Promise<unknown> => JSON.parse(await release.text(name));
  const reports = new Map(
    (await release.text("leaders.jsonl"))
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => [`${fileNameOf((JSON.parse(line) as { leader: string }).leader)}.html`, line]),
  );
  return async (page) => {
    const report = reports.get(page);
    if (report !== undefined) return [await read("leader-study.json"), JSON.parse(report)];
    const name = page.replace(/\.html$/, ".json");
    return Object.hasOwn(release.parts, name) ? [await read(name)] : [];
  };
};

/**
 * Audits all that a study's ledger says was published, and every rendered page of `reports/` against it; the
 * researchers' page is internal. Refuses where there is no ledger.
 */
export const auditDisclosure = async (studyFolder: string): Promise<DisclosureAudit> => {
  const study = await readStudy(studyFolder);
  const releases = await readLedger(studyFolder);
  const booked = releases.flatMap(({ facts }) =>
    facts.flatMap(({ fact, value }) => (value === null ? [] : [[fact, value] as const])),
  );
  const modelsBehind = await modelsOf(studyFolder);
  const pages: AuditedPage[] = [];
  for (const page of await pagesOf(studyFolder)) {
    const facts = new Map([...booked, ...namedNumbers(...(await modelsBehind(basename(page))))]);
    pages.push({ page, ...auditServed(await readFile(page, "utf8"), facts) });
  }
  return { audit: judge(releases, study, ordinaryEffort), pages };
};

const isBorneOut = ({ unknownFacts, differing, withoutFact }: Served): boolean =>
  unknownFacts.length + differing.length + withoutFact.length === 0;

/** Whether nothing was found. */
export const isClean = ({ audit: { isSafe }, pages }: DisclosureAudit): boolean => isSafe && pages.every(isBorneOut);

/** Where the numbers stand that are not borne out: never the numbers themselves. */
const listed = ({ unknownFacts, differing, withoutFact }: AuditedPage): string => {
  const places = [...new Set(withoutFact.map(({ path }) => path.split(" ").slice(-3).join(" ")))];
  const all = [...unknownFacts, ...differing, ...places];
  return all.length === 0 ? "" : `: ${all.join(", ")}`;
};

const said = {
  da: {
    respondents: "hviler på for få respondenter",
    leader: "hviler på for få ledere",
    interval: "snævrer en leders gennemsnit ind",
    "non-linear": "hviler på for få til et tal, der ikke er en sum",
    of: "kan af",
    clean: "Intet af det udgivne kan regnes tilbage til for få.",
    counts: (audit: Audit): string =>
      `${audit.counts.releases} udgivelser, ${audit.counts.facts} tal, ${audit.counts.views} læsere; ${audit.counts.exact} systemer løst eksakt og ${audit.counts.modularOnly} med to primtal`,
    baseless: "tal uden grundlag i bogen",
    unclear: "metoderne er uenige, eller noget var for stort at gennemgå",
    page: (page: AuditedPage): string =>
      `${page.page}: ${page.numbers} tal; ${page.unknownFacts.length} ukendte, ${page.differing.length} afvigende, ${page.withoutFact.length} uden kilde${listed(page)}`,
  },
  en: {
    respondents: "rests on too few respondents",
    leader: "rests on too few leaders",
    interval: "pins a leader's mean",
    "non-linear": "rests on too few for a number that is no sum",
    of: "by",
    clean: "Nothing that was published can be worked back to too few.",
    counts: (audit: Audit): string =>
      `${audit.counts.releases} releases, ${audit.counts.facts} facts, ${audit.counts.views} readers; ${audit.counts.exact} systems solved exactly and ${audit.counts.modularOnly} with two primes`,
    baseless: "facts without a basis in the ledger",
    unclear: "the methods disagree, or something was too large to go through",
    page: (page: AuditedPage): string =>
      `${page.page}: ${page.numbers} numbers; ${page.unknownFacts.length} unknown, ${page.differing.length} differing, ${page.withoutFact.length} without a source${listed(page)}`,
  },
} as const;

/** What was found, a line each, for the terminal. */
export const disclosureText = (found: DisclosureAudit, language: Language): string => {
  const words = said[language];
  const { findings, baseless, counts } = found.audit;
  const unclear = counts.disagreements + counts.unsearched + counts.contradictions;
  return [
    words.counts(found.audit),
    ...findings.map(
      ({ kind, view, scale, waves, leaders, facts }) =>
        `${view}: ${scale} ${waves.join(", ")} (${leaders.join(", ")}) ${words[kind]}: ${facts.join(", ")}`,
    ),
    ...(baseless.length > 0 ? [`${words.baseless}: ${baseless.join(", ")}`] : []),
    ...(unclear > 0 ? [words.unclear] : []),
    ...found.pages.map(words.page),
    ...(found.audit.isSafe ? [words.clean] : []),
  ].join("\n");
};

/** `spejl audit --disclosure`: refused where something can be worked out, naming the facts. */
export const sayDisclosure = async (studyFolder: string, terminal: Terminal): Promise<void> => {
  const found = await auditDisclosure(studyFolder);
  if (terminal.json) terminal.print({ isSafe: found.audit.isSafe, ...found });
  else terminal.say(disclosureText(found, terminal.language));
  if (found.audit.isSafe) return;
  const facts = [...new Set(found.audit.findings.flatMap((finding) => finding.facts))];
  throw new Refusal({ code: "release-leaks", place: { file: studyFolder }, facts });
};
