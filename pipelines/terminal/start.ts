import type { Language } from "../../src/errors.ts";
import type { StartedStudy } from "../import/start.ts";
import { textTable } from "./text-table.ts";
import { heads } from "./words.ts";

type Sentence = Readonly<Record<Language, string>>;

const most = 6;
const listed = (words: readonly string[]): string =>
  words.length > most ? `${words.slice(0, most).join(", ")}, … (${words.length})` : words.join(", ");

const waveSentence = ({ waves }: StartedStudy): Sentence => {
  const dated = waves.filter(({ isPlaceholder }) => !isPlaceholder).map(({ id, from, to }) => `${id} ${from} – ${to}`);
  return waves.some(({ isPlaceholder }) => isPlaceholder)
    ? {
        da: "Filerne siger ikke, hvornår der er svaret: målingens datoer i study.yaml er pladsholdere, som skal rettes.",
        en: "The files do not say when people answered: the dates of the wave in study.yaml are placeholders to correct.",
      }
    : {
        da: `Målinger efter filernes datoer: ${dated.join("; ")}.`,
        en: `Waves by the files' dates: ${dated.join("; ")}.`,
      };
};

const leaderSentence = (directory: string, { waiting, leaders }: StartedStudy): Sentence =>
  waiting.length > 0
    ? {
        da: `Ingen kolonne i ${listed(waiting)} hedder som lederens, så svarene er ikke skrevet ind endnu. Nævn kolonnen: spejl import ${waiting[0]} … ${directory} --leader KOLONNE.`,
        en: `No column of ${listed(waiting)} is named as the leader's, so its answers are not written in yet. Name the column: spejl import ${waiting[0]} … ${directory} --leader COLUMN.`,
      }
    : { da: `${leaders} ledere skrevet i roster.csv.`, en: `${leaders} leaders written into roster.csv.` };

const guessed = ({ scales }: StartedStudy): readonly Sentence[] => {
  const ids = scales.filter(({ isRangeGuessed }) => isRangeGuessed).map(({ id }) => id);
  if (ids.length === 0) return [];
  return [
    {
      da: `Svarmulighederne for ${listed(ids)} er gættet af de tal, der står i filen: se \`range\` efter, og skriv \`answers\`.`,
      en: `The answers of ${listed(ids)} are guessed from the numbers in the file: look at \`range\`, and write \`answers\`.`,
    },
  ];
};

const leftOut = ({ left }: StartedStudy): readonly Sentence[] =>
  left.length === 0
    ? []
    : [
        {
          da: `Ikke taget med, for svarene ser ikke ud til at være grader af det samme: ${listed(left)}.`,
          en: `Left out, for their answers do not look like grades of one thing: ${listed(left)}.`,
        },
      ];

/** What a study was made of, and what its author has to look at. */
export const startedText = (directory: string, started: StartedStudy, language: Language): string =>
  [
    textTable([
      [...heads(["scale", "items", "range"], language), ""],
      ...started.scales.map(({ id, name, low, high, items }) => [
        id,
        String(items),
        `${low}–${high}`,
        (name ?? "").slice(0, 70),
      ]),
    ]),
    ...[waveSentence(started), leaderSentence(directory, started), ...guessed(started), ...leftOut(started)].map(
      (sentence) => sentence[language],
    ),
  ].join("\n");
