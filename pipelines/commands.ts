import { existsSync, rmSync } from "node:fs";
import { extname, join } from "node:path";
import { type Language, type Problem, Refusal } from "../src/errors.ts";
import { parseStudyFolder, readStudy } from "../src/store/study-files.ts";
import type { Vault } from "../src/store/vault/open.ts";
import { read } from "../src/store/vault/read.ts";
import { withVault } from "../src/store/vault/with-vault.ts";
import type { Study } from "../src/study/study.ts";
import { table } from "../src/tables/table.ts";
import type { IngestReport } from "./ingest/report.ts";
import { logged, subjectsOf } from "./persons/logged.ts";
import { overdue } from "./persons/retention.ts";
import type { ReportKind } from "./publish/render.ts";
import { ingested, ingestJson, type RunReport, runTo, type StageName, warningsText } from "./run.ts";
import { withRunStatus } from "./run-status.ts";
import type { SimulateOptions } from "./simulate/settings.ts";
import { allocationText } from "./terminal/allocation.ts";
import { coercionLines, quarantineLines, warningLines } from "./terminal/ingest.ts";
import { printRun } from "./terminal/run.ts";
import { pathFromHere, problemJson, repairText, type Terminal } from "./terminal/terminal.ts";
import { say } from "./terminal/words.ts";
import { today } from "./today.ts";

// Each command loads its own code only: all of it takes longer than a small study.

/** On Ctrl-C nothing half-written stays: the open transaction is gone with the process, files on their way are removed. */
const cleanUpOnInterrupt = (folder: string): void => {
  process.once("SIGINT", () => {
    for (const name of ["incoming", "temp"]) rmSync(join(folder, ".spejl", name), { recursive: true, force: true });
    process.stderr.write("\n");
    process.exit(130);
  });
};

/** What the log says of a run: which deliveries it read, and which release it made. */
const runObjects = ({ ingest, publish }: RunReport) => ({
  deliveries: [...new Set(ingest.deliveries.map(({ sha256 }) => sha256))],
  ...(publish ? { release: publish.release } : {}),
});

/** The stage commands and `run`. */
export const runStudy = async (
  folder: string,
  last: StageName,
  command: StageName | "run",
  terminal: Terminal,
): Promise<void> => {
  cleanUpOnInterrupt(folder);
  const repaired: Problem[] = [];
  const report = await withRunStatus(folder, command, async () => {
    const parsed = await parseStudyFolder(folder);
    const ran = await withVault(
      folder,
      (vault) => logged(folder, { command }, () => runTo(vault, parsed, last, terminal), runObjects),
      (problem) => repaired.push(problem),
    );
    return command === "run" ? { ...ran, retention: await overdue(parsed.study, today()) } : ran;
  });
  printRun({ ...report, repaired: [...repaired, ...report.repaired] }, command, terminal);
};

/** On Ctrl-C a folder that this command made is removed whole; one that was there keeps what it held before. */
const removeOnInterrupt = (directory: string): (() => void) => {
  if (existsSync(directory)) return () => undefined;
  const remove = (): void => {
    rmSync(directory, { recursive: true, force: true });
    process.stderr.write("\n");
    process.exit(130);
  };
  process.once("SIGINT", remove);
  return () => process.off("SIGINT", remove);
};

const simulateInto = async (directory: string, options: Partial<SimulateOptions>, terminal: Terminal) => {
  const { simulateStudy } = await import("./simulate/simulate.ts");
  const done = removeOnInterrupt(directory);
  const result = await terminal.stage(
    "simulate",
    (progress) =>
      simulateStudy(directory, {
        ...options,
        onProgress: (done, total) => progress(`${done} / ${total}`, done / total),
      }),
    ({ rows }) => `${rows} ${say("rows", terminal.language)}`,
  );
  done();
  return result;
};

const example = table({ name: "examples", key: ["state"], columns: { state: "text", leader: "text" } });

/** The two leaders whose reports the demo shows: one with enough answers, one without. */
const exampleReports = async (vault: Vault, study: Study): Promise<readonly string[]> => {
  const wave = study.waves.at(-1)?.id ?? "";
  const { respondents } = study.disclosure;
  const found = await read(vault, example, "pipelines/publish/examples.sql", { wave, respondents });
  const options = { language: study.language, format: "html", out: null } as const;
  const { renderReport } = await import("./publish/render.ts");
  return Promise.all(found.map(({ leader }) => renderReport(study.folder, { kind: "leader", leader }, options)));
};

/** A complete synthetic study, run from deliveries to reports. */
export const demo = async (directory: string, terminal: Terminal): Promise<void> => {
  await simulateInto(directory, {}, terminal);
  const parsed = await parseStudyFolder(directory);
  const { study } = parsed;
  cleanUpOnInterrupt(directory);
  const { report, examples } = await withVault(
    directory,
    async (vault) => ({
      report: await withRunStatus(directory, "demo", () =>
        logged(directory, { command: "demo" }, () => runTo(vault, parsed, "publish", terminal), runObjects),
      ),
      examples: await exampleReports(vault, study),
    }),
    (problem) => terminal.note(repairText(problem, terminal.language)),
  );
  const publish = report.publish && { ...report.publish, files: [...report.publish.files, ...examples] };
  printRun({ ...report, ...(publish ? { publish } : {}) }, "run", terminal);
};

/** Command-line options of `simulate` as the generator names them. */
export const simulate = async (directory: string, options: object, terminal: Terminal): Promise<void> => {
  const { leaders, employees, waves, arms, seed } = options as Readonly<Record<string, number | undefined>>;
  const given = Object.entries({ leaders, employeesPerLeader: employees, waves, arms, seed }).filter(
    ([, value]) => value !== undefined,
  );
  const result = await simulateInto(directory, Object.fromEntries(given), terminal);
  if (terminal.json) return terminal.print(result);
  for (const file of result.files) terminal.say(`  ${pathFromHere(join(directory, file))}`);
};

/** A starting study. */
export const create = async (directory: string, terminal: Terminal): Promise<void> => {
  const { newStudy } = await import("./new.ts");
  const files = await newStudy(directory);
  if (terminal.json) return terminal.print({ files });
  for (const file of files) terminal.say(`  ${pathFromHere(file)}`);
};

/** What becomes of the rows, without what only a comparison with an earlier ingest tells. */
const rowsJson = (report: IngestReport, language: Language) => {
  const { roster, deliveries, quarantine } = ingestJson(report, language);
  const counted = deliveries.map(({ unchanged: _unchanged, changed: _changed, removed: _removed, ...rest }) => rest);
  return { roster, deliveries: counted, quarantine };
};

/** Whether the study file and the deliveries fit. */
export const check = async (folder: string, terminal: Terminal): Promise<void> => {
  const { language } = terminal;
  const { checkStudy, isNotYet } = await import("./check.ts");
  const { study, problems, warnings, allocation, report } = await terminal.stage(
    "check",
    (progress) => checkStudy(folder, progress),
    ({ warnings, report }) =>
      report ? ingested({ ...report, warnings }, language) : warningsText(warnings.length, language),
  );
  if (problems.length > 0) throw new Refusal(...problems);
  if (terminal.json)
    return terminal.print({
      study: study.id,
      problems: [],
      warnings: warnings.map((one) => problemJson(one, language)),
      allocation,
      ...(report ? rowsJson(report, language) : {}),
    });
  const parts = [
    warningLines(warnings, language),
    report ? quarantineLines(report, 10, language) : "",
    report ? coercionLines(report.deliveries, language) : "",
    allocationText(allocation, language),
  ];
  for (const part of parts) if (part !== "") terminal.say(part);
  const verdict = warnings.some(isNotYet)
    ? say("fitsSoFar", language)
    : `${say("studyFileAnd", language)} ${study.deliveries.length} ${say("deliveriesFit", language)}`;
  terminal.say(`${study.id}: ${verdict}`);
};

export interface ReportOptions {
  readonly lang?: Language;
  readonly out?: string;
  readonly all: boolean;
  readonly pdf: boolean;
  readonly folder?: string;
  readonly public: boolean;
  readonly signedOffBy?: string;
}

const usage = (cause: string): Refusal =>
  new Refusal({ code: "usage", cause, hint: "spejl report leader ID | management | research | figure [STUDY]" });

/** Which report the words of the command line mean, and of which study. */
const asked = (
  kind: string,
  words: readonly string[],
  all: boolean,
): { report: ReportKind | "all"; folder: string } => {
  if (kind === "management" || kind === "research" || kind === "figure") {
    if (words.length > 1) throw usage(words.slice(1).join(" "));
    return { report: { kind }, folder: words[0] ?? "." };
  }
  if (kind !== "leader") throw usage(kind);
  if (all) return { report: "all", folder: words[0] ?? "." };
  const [leader, folder] = words;
  if (leader === undefined || (folder === undefined && existsSync(join(leader, "study.yaml"))))
    throw new Refusal({ code: "usage", cause: "ID?", hint: "spejl report leader ID [STUDY]" });
  return { report: { kind, leader }, folder: folder ?? "." };
};

type Asked = ReturnType<typeof asked>;

/** Numbers for readers outside the project group leave it under somebody's name. */
const signedOff = (
  { report, folder }: Asked,
  { public: isPublic, signedOffBy }: Pick<ReportOptions, "public" | "signedOffBy">,
): Asked => {
  const name = signedOffBy?.trim() ?? "";
  if (!isPublic && signedOffBy === undefined) return { report, folder };
  if (report === "all" || report.kind !== "research" || !isPublic) throw usage("--public, --signed-off-by");
  if (name === "")
    throw new Refusal({
      code: "usage",
      cause: "--public",
      hint: 'spejl report research --public --signed-off-by "NAME" [STUDY]',
    });
  const signed = { name, date: today() };
  return { report: { kind: "research-public", signed }, folder };
};

/** One report of the latest release, or those of all leaders. */
export const report = async (
  kind: string,
  words: readonly string[],
  { lang, out, all, pdf, folder: into, ...signing }: ReportOptions,
  terminal: Terminal,
): Promise<void> => {
  const wanted = signedOff(asked(kind, words, all), signing);
  const isLeader = wanted.report === "all" || wanted.report.kind === "leader";
  const ending = extname(out ?? "");
  if (pdf ? !isLeader || [".html", ".svg"].includes(ending) : ending === ".pdf")
    throw new Refusal({ code: "usage", cause: "--pdf", hint: "spejl report leader ID --pdf [STUDY]" });
  const isDashboard = wanted.report !== "all" && wanted.report.kind === "management" && out === undefined;
  if (into !== undefined && !isDashboard)
    throw new Refusal({ code: "usage", cause: "--folder", hint: "spejl report management --folder DIR [STUDY]" });
  const study = await readStudy(wanted.folder);
  const options = { language: lang ?? study.language, format: pdf ? "pdf" : "html", out: out ?? null } as const;
  if (wanted.report === "all") {
    const { renderLeaders } = await import("./publish/render-all.ts");
    const { folder, pages, found } = await logged(
      wanted.folder,
      { command: "report leader --all" },
      () =>
        terminal.stage(
          "reports",
          (progress) => renderLeaders(wanted.folder, options, progress),
          ({ pages, found }) =>
            `${pages} ${say("pages", terminal.language)}${found > 0 ? `, ${found} ${say("pagesFound", terminal.language)}` : ""}`,
        ),
      ({ pages }) => ({ pages }),
    );
    return terminal.json ? terminal.print({ folder, pages, found }) : terminal.say(`  ${pathFromHere(folder)}`);
  }
  const one = wanted.report;
  if (into !== undefined) {
    const { renderDashboard } = await import("./publish/render-dashboard.ts");
    const files = await logged(wanted.folder, { command: "report management --folder" }, () =>
      renderDashboard(wanted.folder, into, options.language),
    );
    return terminal.json ? terminal.print({ files }) : terminal.say(`  ${pathFromHere(files[0]!)}`);
  }
  const { renderReport } = await import("./publish/render.ts");
  const about = one.kind === "leader" ? await subjectsOf(wanted.folder, one.leader) : [];
  const objects = one.kind === "research-public" ? { signedOffBy: one.signed.name } : {};
  const file = await logged(wanted.folder, { command: `report ${one.kind}`, about, objects }, () =>
    renderReport(wanted.folder, one, options),
  );
  if (terminal.json) terminal.print({ files: [file] });
  else terminal.say(`  ${pathFromHere(file)}`);
};
