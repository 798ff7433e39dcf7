import { Document, isMap, isSeq, visit } from "yaml";
import type { FoundMissing, FoundScale } from "../../src/formats/matching/scales.ts";
import { numberIn } from "../../src/formats/numbers.ts";
import type { Rater } from "../../src/study/study.ts";
import { csvCell } from "../../src/tables/csv-cell.ts";
import { guarded } from "../../src/tables/formula-guard.ts";
import type { FirstReading } from "./start-study.ts";
import type { StartedWave } from "./start-waves.ts";

type Wordings = Readonly<Partial<Record<Rater, string>>>;
interface StartedScale extends FoundScale {
  readonly wordings: ReadonlyMap<string, Wordings>;
}

/** One instrument from the files: items of the same column are one, worded to each rater who answers it. */
export const startInstrument = (
  readings: readonly FirstReading[],
): { readonly scales: readonly StartedScale[]; readonly missing: readonly FoundMissing[] } => {
  const scales: (FoundScale & { readonly wordings: Map<string, Wordings> })[] = [];
  const missing = new Map<string, FoundMissing>();
  for (const { found, rater } of readings) {
    for (const one of found.missing) if (!missing.has(one.code)) missing.set(one.code, one);
    for (const scale of found.scales) {
      const known = (id: string) => scales.find(({ items }) => items.some((item) => item.id === id));
      const items = scale.items.filter(({ id }) => known(id) === undefined);
      const id = scales.some((other) => other.id === scale.id) ? `${scale.id}-${scales.length + 1}` : scale.id;
      if (items.length > 0) scales.push({ ...scale, id, items, wordings: new Map() });
      for (const item of scale.items) {
        const { wordings } = known(item.id)!;
        if (item.wording !== null) wordings.set(item.id, { [rater]: item.wording, ...wordings.get(item.id) });
      }
    }
  }
  const isAnswer = ({ code }: FoundMissing): boolean =>
    scales.some(
      ({ low, high }) => (numberIn(code, ".") ?? high + 1) >= low && (numberIn(code, ".") ?? high + 1) <= high,
    );
  return { scales, missing: [...missing.values()].filter((one) => !isAnswer(one)) };
};

const key = (code: string): string | number => (/^(0|-?[1-9]\d{0,14})$/.test(code) ? Number(code) : code);

const scaleNode = ({ id, name, low, high, answers, items, wordings }: StartedScale) =>
  new Map<string, unknown>([
    ["id", id],
    ...(name === null ? [] : [["name", name] as const]),
    ["range", [low, high]],
    ...(answers === null ? [] : [["answers", new Map(answers.map(({ value, label }) => [value, label]))] as const]),
    [
      "items",
      items.map((item) => new Map<string, unknown>([["id", item.id], ...Object.entries(wordings.get(item.id) ?? {})])),
    ],
  ]);

/** Lists of scales and items stand in lines of their own; an item, answers and a range in one. */
const yamlOf = (value: unknown): string => {
  const document = new Document(value);
  visit(document, {
    Map: (_, node, path) => {
      if (path.length > 5 || (path.length > 1 && !path.some(isSeq))) node.flow = true;
      if (path.length === 6) node.flow = true;
    },
    Seq: (_, node) => {
      if (!node.items.some(isMap)) node.flow = true;
    },
  });
  visit(document, {
    Pair: (_, pair) => {
      const name = String(pair.key);
      if ((name === "answers" || name === "missing") && isMap(pair.value)) pair.value.flow = true;
    },
  });
  return document.toString({ lineWidth: 0 });
};

const instrumentHead = (files: string): string => `# yaml-language-server: $schema=instrument.schema.json
# Lavet af kolonnerne i ${files}. Se det igennem: giv skalaerne gode id'er og navne, og skriv \`reversed: true\` ved
# spørgsmål, hvor et højt svar betyder lidt.
# Made from the columns of ${files}. Look it through: give the scales good ids and names, and write \`reversed: true\`
# at items where a high answer means little.

`;

/** The text of an instrument file. */
export const instrumentText = (
  id: string,
  { scales, missing }: ReturnType<typeof startInstrument>,
  files: readonly string[],
): string => {
  const kinds = new Map(
    missing.map(({ code, kind, label }) => [
      key(code),
      new Map<string, string>([
        ["kind", kind],
        ["label", label],
      ]),
    ]),
  );
  const value = new Map<string, unknown>([
    ["instrument", id],
    ...(kinds.size === 0 ? [] : [["missing", kinds] as const]),
    ["scales", scales.map(scaleNode)],
  ]);
  return instrumentHead(files.join(", ")) + yamlOf(value);
};

const waveLine = ({ id, from, to, isPlaceholder }: StartedWave, k: number): string => {
  const name = `name: { da: Måling ${k + 1}, en: Wave ${k + 1} }`;
  const why = isPlaceholder ? "  # PLADSHOLDER: skriv de rigtige datoer / PLACEHOLDER: write the real dates" : "";
  return `  - { id: ${id}, from: ${from}, to: ${to}, ${name} }${why}\n`;
};

const rosterLines = (hasLeaders: boolean): string =>
  hasLeaders
    ? "roster:\n  file: roster.csv\n  columns: { leader: leader }\n"
    : "# roster:\n#   file: roster.csv\n#   columns: { leader: leader }\n";

/** The text of a study file without deliveries; these are added as any other file's are. */
export const studyText = (
  id: string,
  language: string,
  waves: readonly StartedWave[],
  hasLeaders: boolean,
): string => `# yaml-language-server: $schema=study.schema.json
# Lavet af undersøgelsessystemets filer. Ret den til, og kør \`spejl check\`. En måling, som andre skal holdes op imod,
# får \`baseline: true\`; et forsøg får arme (\`arms\`) og en kolonne \`arm\` i rosteren.
# Made from the survey system's files. Adapt it, then run \`spejl check\`. A wave that others are compared with gets
# \`baseline: true\`; an experiment gets \`arms\` and a column \`arm\` in the roster.

study: ${id}
language: ${language}

waves:
${waves.map(waveLine).join("")}
instrument: instrument.yaml

# Lederne / The leaders
${rosterLines(hasLeaders)}
# Én pr. måling og svarer / One per wave and rater
deliveries: []
`;

/** The text of a roster: the leaders that the files name, or only its header. */
export const rosterText = (leaders: readonly string[]): string =>
  ["leader", ...leaders.map((leader) => csvCell(guarded(leader), ","))].map((line) => `${line}\n`).join("");
