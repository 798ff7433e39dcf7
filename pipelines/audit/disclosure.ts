import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Audit, ordinaryEffort } from "../../src/audit/audit.ts";
import { auditServed, type Served } from "../../src/audit/served.ts";
import { type Language, Refusal } from "../../src/errors.ts";
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

/**
 * Audits all that a study's ledger says was published, and every rendered page of `reports/` against it; the
 * researchers' page is internal. Refuses where there is no ledger.
 */
export const auditDisclosure = async (studyFolder: string): Promise<DisclosureAudit> => {
  const study = await readStudy(studyFolder);
  const releases = await readLedger(studyFolder);
  const facts = new Map(releases.flatMap(({ facts }) => facts.map((fact) => [fact.fact, fact] as const)));
  const pages: AuditedPage[] = [];
  for (const page of await pagesOf(studyFolder))
    pages.push({ page, ...auditServed(await readFile(page, "utf8"), facts) });
  return { audit: judge(releases, study, ordinaryEffort), pages };
};

const isBorneOut = ({ unknownFacts, differing, withoutFact }: Served): boolean =>
  unknownFacts.length + differing.length + withoutFact.length === 0;

/** Whether nothing was found. */
export const isClean = ({ audit: { isSafe }, pages }: DisclosureAudit): boolean => isSafe && pages.every(isBorneOut);

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
      `${page.page}: ${page.numbers} tal; ${page.unknownFacts.length} ukendte, ${page.differing.length} afvigende, ${page.withoutFact.length} uden kilde`,
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
      `${page.page}: ${page.numbers} numbers; ${page.unknownFacts.length} unknown, ${page.differing.length} differing, ${page.withoutFact.length} without a source`,
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
