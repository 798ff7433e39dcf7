import { tmpdir } from "node:os";
import { NodeCompiler, type NodeTypstDocument } from "@myriaddreamin/typst-ts-node-compiler";
import { reportAssets } from "../../src/store/report-assets.ts";
import { fontOfWoff } from "./woff.ts";

const faces = [
  ["source-sans-3", 400],
  ["source-sans-3", 600],
  ["source-serif-4", 400],
  ["source-serif-4", 600],
] as const;

const fonts = (): Buffer[] =>
  faces.flatMap(([name, weight]) =>
    ["latin", "latin-ext"].map((letters) =>
      fontOfWoff(Buffer.from(reportAssets.font(`@fontsource/${name}/files/${name}-${letters}-${weight}-normal.woff`))),
    ),
  );

let compiler: NodeCompiler | null = null;

/** The template reads no file, so that the folder that it would read from is any. */
const opened = (): NodeCompiler => NodeCompiler.create({ workspace: tmpdir(), fontArgs: [{ fontBlobs: fonts() }] });

/** A name in a script that no font here has is shown as boxes: tagged and searchable, but no PDF/UA. */
const accessible = (by: NodeCompiler, document: NodeTypstDocument): Buffer => {
  try {
    return by.pdf(document, { pdfStandard: "ua-1" });
  } catch (fault) {
    if (!String(fault).includes("could not be displayed with font")) throw fault;
    return by.pdf(document, { pdfStandard: "1.7" });
  }
};

/**
 * Sets a report as a tagged PDF by a template of the package. The compiler holds it to PDF/UA-1: a document without
 * language, title or words for a picture is none. What the report says is data to it, never markup.
 */
export const typeset = (template: string, report: unknown): Buffer => {
  compiler ??= opened();
  const run = compiler.compile({
    mainFileContent: reportAssets.text(template),
    inputs: { report: JSON.stringify(report) },
  });
  const { result } = run;
  if (result === null) throw new Error(JSON.stringify(run.takeDiagnostics()?.shortDiagnostics));
  const pdf = accessible(compiler, result);
  // What it remembers of one report is of no use to the next.
  compiler.evictCache(0);
  return pdf;
};
