import type { Place } from "../../errors.ts";
import { inRecord } from "../file-records.ts";
import { type Explained, listed } from "../sentences.ts";
import { causeName, foreignHint, foreignName, limitName, sheetNoteName } from "../terms.ts";

const isStudyFile = ({ file }: Place): boolean => /(^|[\\/])study\.yaml$/.test(file);
const ofStudy = ({ file }: Place): boolean => file.endsWith(".yaml");
const studyHint = {
  da: "Skriv dens indhold; `spejl new MAPPE` viser en hel undersøgelse.",
  en: "Write its content; `spejl new DIR` shows a whole study.",
};

/** Files that cannot be read, or only with doubt. */
export const fileProblems = {
  "file-missing": ({ place }) => ({
    da: [
      `${place.file} findes ikke.`,
      isStudyFile(place)
        ? "Nævn undersøgelsens mappe efter kommandoen, eller lav en med `spejl new MAPPE`."
        : "Ret navnet, eller læg filen dér.",
    ],
    en: [
      `${place.file} does not exist.`,
      isStudyFile(place)
        ? "Name the folder of the study after the command, or make one with `spejl new DIR`."
        : "Correct the name, or put the file there.",
    ],
  }),
  "file-unreadable": ({ cause }) => ({
    da: [`Filen kan ikke læses: ${causeName(cause, "da")}.`, "Gem den som tekst i UTF-8, og se, at du har adgang."],
    en: [`The file cannot be read: ${causeName(cause, "en")}.`, "Save it as UTF-8 text, and see that you have access."],
  }),
  "file-outside": ({ place }) => ({
    da: [
      `${place.file} ligger uden for undersøgelsens mappe.`,
      "Læg filen i mappen, eller skriv `outside: true` øverst i study.yaml.",
    ],
    en: [
      `${place.file} lies outside the study's folder.`,
      "Put the file there, or write `outside: true` at the top of study.yaml.",
    ],
  }),
  "file-changing": ({ place }) => ({
    da: [`${place.file} ændrer sig, mens den læses: den er nok ved at blive skrevet.`, "Vent, til den er hel."],
    en: [`${place.file} changes while it is read: it is probably still being written.`, "Wait until it is whole."],
  }),
  "file-empty": ({ place }) => ({
    da: [
      "Filen er tom.",
      ofStudy(place) ? studyHint.da : "Hent den igen fra undersøgelsessystemet, eller skriv indholdet.",
    ],
    en: [
      "The file is empty.",
      ofStudy(place) ? studyHint.en : "Export it again from the survey system, or write its content.",
    ],
  }),
  "file-binary": ({ place }) => ({
    da: [
      "Filen er ikke tekst: her står et NUL-tegn.",
      ofStudy(place) ? "Gem den som tekst i UTF-8." : "Eksportér den igen som CSV.",
    ],
    en: [
      "The file is not text: there is a NUL character here.",
      ofStudy(place) ? "Save it as UTF-8 text." : "Export it again as CSV.",
    ],
  }),
  "lines-quoted": () => ({
    da: ["Hver linje står som én celle i anførselstegn.", "Fjern anførselstegnene om linjerne, eller eksportér igen."],
    en: [
      "Each line stands in quotation marks as one cell.",
      "Take the quotation marks off the lines, or export again.",
    ],
  }),
  "encodings-mixed": () => ({
    da: [
      "Nogle linjer er i UTF-8 og andre i Windows-1252; hver er læst som det, den er.",
      "Se linjen efter, og gem filen i én tegnkodning.",
    ],
    en: [
      "Some lines are in UTF-8 and others in Windows-1252; each was read as what it is.",
      "Look at the line, and save the file in one encoding.",
    ],
  }),
  "letters-lost": () => ({
    da: [
      "Her står tegnet U+FFFD: bogstaver gik tabt, før filen kom hertil.",
      "Hent filen igen, og gem den som UTF-8 uden at åbne den i andre programmer.",
    ],
    en: [
      "The character U+FFFD stands here: letters were lost before the file came here.",
      "Export the file again, and save it as UTF-8 without opening it in other programs.",
    ],
  }),
  "letters-doubled": () => ({
    da: [
      "Her står tegn som Ã¸ for ø: teksten er kodet to gange.",
      "Hent filen igen som UTF-8; navne og svartekster herfra passer ellers ikke med andre filers.",
    ],
    en: [
      "Characters such as Ã¸ for ø stand here: the text was encoded twice.",
      "Export the file again as UTF-8; names and answer texts of it do not match those of other files.",
    ],
  }),
  "bytes-undefined": () => ({
    da: [
      "Her står en byte, som ikke er et tegn i Windows-1252.",
      "Skriv `encoding` ved filen, eller gem den som UTF-8.",
    ],
    en: [
      "A byte stands here that is no character of Windows-1252.",
      "Give the file's `encoding`, or save it as UTF-8.",
    ],
  }),
  "mark-missing": () => ({
    da: ["Filen er læst som UTF-16, skønt den ikke begynder med et mærke om det.", "Se, at teksten er rigtig."],
    en: ["The file was read as UTF-16 though no mark at its start says so.", "See that its text is right."],
  }),
  "column-nested": ({ place }) => ({
    da: [
      `Kolonnen \`${place.column}\` rummer lister eller poster, ikke svar.`,
      "Brug en kolonne med én værdi pr. række.",
    ],
    en: [`The column \`${place.column}\` holds lists or records, not answers.`, "Use a column with one value a row."],
  }),
  "sheet-note": ({ place, what, count }) => ({
    da: [
      `Arket \`${place.column}\`: ${sheetNoteName(what, "da")} (${count}).`,
      "Se, om det er rigtigt; ellers ret arket.",
    ],
    en: [
      `Sheet \`${place.column}\`: ${sheetNoteName(what, "en")} (${count}).`,
      "See whether that is right; else correct the sheet.",
    ],
  }),
  "code-page-guessed": () => ({
    da: [
      "Filen siger ikke, hvilken tegnkodning den er i; den er læst som Windows-1252.",
      "Se, at æ, ø og å er rigtige.",
    ],
    en: ["The file does not say its encoding; it was read as Windows-1252.", "See that its letters are right."],
  }),
  "lines-swallowed": ({ lines }) => ({
    da: [
      `Et anførselstegn her omslutter ${lines} linjer, der ligner rækker; de er læst som én celle.`,
      "Se, om anførselstegnet hører til, og ret filen, hvis rækkerne er svar.",
    ],
    en: [
      `A quotation mark here encloses ${lines} lines that look like records; they were read as one cell.`,
      "See whether the quotation mark belongs there, and correct the file if those lines are answers.",
    ],
  }),
  "codebook-unknown": () => ({
    da: [
      "Filen er hverken SurveyXacts structure eller labels, med én tekst til hver kode, eller alene en .lss-fil fra LimeSurvey.",
      "Nævn de filer under `codebook`, som systemet gav sammen med svarene.",
    ],
    en: [
      "The file is neither SurveyXact's structure or labels, with one label to a code, nor an .lss file of LimeSurvey on its own.",
      "Name under `codebook` the files that the system gave along with the answers.",
    ],
  }),
  "header-absent": ({ expected }) => ({
    da: [
      "Filen har ingen overskrift: her står en række med værdier.",
      `Sæt en linje med kolonnernes navne øverst, eller eksportér med overskrift. Undersøgelsen bruger: ${listed(expected)}.`,
    ],
    en: [
      "The file has no header: a row of values stands here.",
      `Put a line with the names of the columns on top, or export with a header. The study uses: ${listed(expected)}.`,
    ],
  }),
  "header-elsewhere": ({ place }) => ({
    da: [
      `Overskriften synes at stå på linje ${place.line}, ikke øverst.`,
      `Skriv \`header: ${place.line}\` ved filen i study.yaml.`,
    ],
    en: [
      `The header seems to stand on line ${place.line}, not at the top.`,
      `Write \`header: ${place.line}\` for the file in study.yaml.`,
    ],
  }),
  "same-file": ({ other }) => ({
    da: [`Filen er den samme som ${other}, men hører til en anden måling.`, "Læg den rigtige fil dér."],
    en: [`The file is the same as ${other}, but belongs to another wave.`, "Put the right file there."],
  }),
  "format-differs": ({ declared, found }) => ({
    da: [`Filen er ${found} efter sit indhold, ikke ${declared}.`, "Ret `format` i study.yaml, eller udelad det."],
    en: [`By its content the file is ${found}, not ${declared}.`, "Correct `format` in study.yaml, or leave it out."],
  }),
  "not-a-table": ({ what }) => ({
    da: [`Filen er ${foreignName(what, "da")}.`, foreignHint(what, "da")],
    en: [`The file is ${foreignName(what, "en")}.`, foreignHint(what, "en")],
  }),
  "file-damaged": ({ format, cause, record }) => ({
    da: [
      `Filen er ikke hel (${format}): ${causeName(cause, "da")}${inRecord(record, "da")}.`,
      "Hent den igen fra undersøgelsessystemet.",
    ],
    en: [
      `The file is damaged (${format}): ${causeName(cause, "en")}${inRecord(record, "en")}.`,
      "Export it again from the survey system.",
    ],
  }),
  "limit-exceeded": ({ what, limit }) => ({
    da: [
      `Filen har for ${limitName(what, "da")}; grænsen er ${limit}.`,
      "Eksportér kun det, som undersøgelsen bruger.",
    ],
    en: [`The file has too ${limitName(what, "en")}; the limit is ${limit}.`, "Export only what the study uses."],
  }),
  "header-duplicate": ({ place }) => ({
    da: [`Kolonnen \`${place.column}\` står to gange i overskriften.`, "Giv hver kolonne sit eget navn."],
    en: [`The column \`${place.column}\` stands twice in the header.`, "Give each column a name of its own."],
  }),
  "quote-unclosed": () => ({
    da: ["Et anførselstegn åbner her og lukkes aldrig.", "Luk det, eller eksportér filen igen."],
    en: ["A quotation mark opens here and never closes.", "Close it, or export the file again."],
  }),
  "quote-stray": () => ({
    da: [
      "Et anførselstegn åbner her og lukkes ikke, som det skal; det er læst som et almindeligt tegn.",
      "Se, om rækken er rigtig.",
    ],
    en: [
      "A quotation mark opens here and does not close as it should; it was read as an ordinary character.",
      "See whether the row is right.",
    ],
  }),
  "line-too-long": ({ bytes }) => ({
    da: [`En række her er for lang (filen er på ${bytes} byte).`, "Se, om filen er en CSV med linjeskift."],
    en: [`A record here is too long (the file has ${bytes} bytes).`, "See whether the file is a CSV with line ends."],
  }),
} satisfies Partial<Explained>;
