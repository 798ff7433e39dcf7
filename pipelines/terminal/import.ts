import type { Language } from "../../src/errors.ts";
import { formatNumber } from "../../src/reporting/page/locale.ts";
import type { FoundColumn, Note, Open, Proposal, Understanding } from "../import/proposal.ts";
import { textTable } from "./text-table.ts";
import { heads, say } from "./words.ts";

const most = 8;
const listed = (words: readonly string[]): string =>
  words.length > most ? `${words.slice(0, most).join(", ")}, … (${words.length})` : words.join(", ");

const notes: {
  readonly [N in Note["note"]]: (note: Extract<Note, { note: N }>) => Readonly<Record<Language, string>>;
} = {
  "rows-skipped": ({ rows, of }) => ({
    da: `${rows} af ${of} rækker opfylder ikke \`where\` og bliver ikke læst.`,
    en: `${rows} of ${of} rows do not meet \`where\` and will not be read.`,
  }),
  "scale-not-asked": ({ scale }) => ({
    da: `Ingen kolonne har spørgsmål fra skalaen \`${scale}\`; de skrives under notAsked.`,
    en: `No column has items of the scale \`${scale}\`; they are written under notAsked.`,
  }),
  "items-not-asked": ({ items }) => ({
    da: `Ingen kolonne ligner ${listed(items)}; de skrives under notAsked, og deres skalaer regnes af de øvrige.`,
    en: `No column resembles ${listed(items)}; they are written under notAsked, and their scales come from the others.`,
  }),
  "covariates-absent": ({ covariates }) => ({
    da: `Ingen kolonne hedder som ${listed(covariates)}; skriv den i leverancens \`columns\`, hvis den er der under et andet navn.`,
    en: `No column is named as ${listed(covariates)}; write it into the delivery's \`columns\` if it is there by another name.`,
  }),
  "codes-conflict": () => ({
    da: "Den samme kode betyder ikke det samme i alle kolonner, så der skrives ingen `codes`: filens egne ord afgør hver kolonne.",
    en: "One code does not mean the same in all columns, so no `codes` are written: the file's own labels decide each column.",
  }),
  "missing-lacking": ({ codes }) => ({
    da: `Instrumentet har ikke koden for ${listed(Object.entries(codes).map(([code, kind]) => `${code} (${kind})`))}; den står i leverancens \`codes\` eller i filens ord, og kan skrives under \`missing\` i instrumentet.`,
    en: `The instrument has no code for ${listed(Object.entries(codes).map(([code, kind]) => `${code} (${kind})`))}; it is in the delivery's \`codes\` or the file's labels, and may be written under \`missing\` in the instrument.`,
  }),
  personal: ({ columns }) => ({
    da: `Kolonner, der peger på en person, bliver ikke læst: ${listed(columns)}.`,
    en: `Columns that point to a person stay unread: ${listed(columns)}.`,
  }),
  "relations-left": ({ relations }) => ({
    da: `Rækker, hvor den, der svarer, hverken er lederen selv, medarbejder eller overordnet, bliver ikke læst (andre relationer: ${relations}).`,
    en: `Rows of those who are neither the leader, an employee nor a superior will not be read (other relations: ${relations}).`,
  }),
  "dates-outside": ({ from, to, wave }) => ({
    da: `Der er svaret fra ${from} til ${to}, som ikke ligger i ${wave === null ? "én måling" : `målingen \`${wave}\``}. Ret målingens datoer, eller vælg en anden.`,
    en: `Answers are from ${from} to ${to}, which do not lie within ${wave === null ? "one wave" : `the wave \`${wave}\``}. Correct the wave's dates, or choose another.`,
  }),
  "cells-unread": ({ columns }) => ({
    da: `Nogle celler i ${listed(columns)} kan ikke læses som svar; deres rækker kommer i karantæne.`,
    en: `Some cells of ${listed(columns)} cannot be read as answers; their rows go into quarantine.`,
  }),
  "codes-unexplained": ({ columns, codes }) => ({
    da: `Filen har svartekster til nogle af koderne i ${listed(columns)}, og de viser, at koderne ikke er instrumentets; ${listed(codes)} har ingen, så de rækker kommer i karantæne. Skriv alle koder i leverancens \`codes\`.`,
    en: `The file labels some codes of ${listed(columns)}, and the labels show that its codes are not the instrument's; ${listed(codes)} have none, so those rows go into quarantine. Write every code into the delivery's \`codes\`.`,
  }),
};

const noteText = (note: Note, language: Language): string =>
  (notes[note.note] as (one: Note) => Readonly<Record<Language, string>>)(note)[language];

const share = (value: number | null, language: Language): string =>
  value === null ? "–" : `${formatNumber(Math.floor(1000 * value) / 10, value === 1 ? 0 : 1, language)} %`;

const longest = 44;
const short = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

const row = ({ column, means, kind, by, reads }: FoundColumn, language: Language): readonly string[] => [
  short(column),
  kind === "item" || kind === "covariate" ? means : say(kind, language),
  say(`by:${by}`, language),
  share(reads, language),
];

const openLine = (open: Open, language: Language): string => {
  const what = open.what === "item" ? open.id : say(open.what, language);
  const candidates = "columns" in open ? open.columns : open.ids;
  return `  ${what}${candidates.length === 0 ? "" : `: ${listed(candidates)}`}`;
};

const proposalText = (proposal: Proposal, language: Language): string => {
  const { wave, rater, rows, found, open } = proposal;
  const said = [
    `${say("wave", language)} ${wave ? `${wave.wave} (${say(`by:${wave.by}`, language)})` : "?"}`,
    `${say("rater", language)} ${rater ? `${rater.rater} (${say(`by:${rater.by}`, language)})` : "?"}`,
    `${rows} ${say("rows", language)}`,
  ];
  return [
    said.join(" · "),
    textTable([heads(["column", "means", "foundBy", "reads"], language), ...found.map((one) => row(one, language))]),
    ...proposal.notes.map((note) => noteText(note, language)),
    ...(open.length > 0 ? [say("openQuestions", language), ...open.map((one) => openLine(one, language))] : []),
  ].join("\n");
};

/** What a file was understood to be: its columns, what they mean, how each was found, and what is open. */
export const understandingText = (
  name: string,
  { format, encoding, fileColumns, proposals }: Understanding,
  language: Language,
): string => {
  const used = new Set(
    proposals.flatMap(({ found, where }) => [...found.map(({ column }) => column), ...Object.keys(where)]),
  );
  const left = `${Math.max(0, fileColumns.length - used.size)} ${say("unread", language)}`;
  return [
    `${name}: ${format}, ${encoding}, ${fileColumns.length} ${say("columns", language)}, ${left}`,
    ...proposals.map((proposal) => proposalText(proposal, language)),
  ].join("\n\n");
};

/** A proposal as other programs read it. */
export const proposalJson = (proposal: Proposal, language: Language) => ({
  wave: proposal.wave?.wave ?? null,
  waveFoundBy: proposal.wave?.by ?? null,
  rater: proposal.rater?.rater ?? null,
  raterFoundBy: proposal.rater?.by ?? null,
  rows: proposal.rows,
  columns: proposal.columns,
  items: proposal.items,
  notAsked: proposal.notAsked,
  codes: proposal.codes && Object.fromEntries(proposal.codes),
  where: proposal.where,
  found: proposal.found,
  open: proposal.open,
  notes: proposal.notes.map((note) => ({ ...note, message: noteText(note, language) })),
});
