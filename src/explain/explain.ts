import type { AssignmentDifference, Language, OpenPart, Problem } from "../errors.ts";
import { explainQuarantine } from "./quarantine.ts";
import {
  assignmentDifference,
  causeName,
  emptiedName,
  expectation,
  foreignHint,
  foreignName,
  kindName,
  limitName,
  openName,
  retentionName,
  sheetNoteName,
} from "./terms.ts";

/** What is wrong and what to do about it; where it is, the place says. */
export interface Explanation {
  readonly message: string;
  readonly hint: string;
}

type Sentences = Readonly<Record<Language, readonly [message: string, hint: string]>>;
type Explained = { readonly [C in Problem["code"]]: (problem: Extract<Problem, { code: C }>) => Sentences };

const most = 12;
const listed = (words: readonly string[]): string =>
  words.length > most ? `${words.slice(0, most).join(", ")}, …` : words.join(", ");

const differenceText = ({ what, leaders }: AssignmentDifference, language: Language): string =>
  leaders.length > 0
    ? `${assignmentDifference(what, language)} (${leaders.length}: ${listed(leaders)})`
    : assignmentDifference(what, language);

const suggestion = (nearest: string | undefined, allowed: readonly string[]): { da: string; en: string } => {
  const da = allowed.length > 0 ? `Kendte: ${listed(allowed)}.` : "Her er ingen at vælge imellem.";
  const en = allowed.length > 0 ? `Known: ${listed(allowed)}.` : "There is none to choose from.";
  if (nearest === undefined) return { da, en };
  return { da: `Mente du \`${nearest}\`? ${da}`, en: `Did you mean \`${nearest}\`? ${en}` };
};

const openText = ({ what, id, candidates }: OpenPart, language: Language): string => {
  const name = what === "item" ? id : openName(what, language);
  return candidates.length === 0 ? name : `${name} (${candidates.join(" | ")})`;
};

const only = (candidates: readonly string[]): string | undefined =>
  candidates.length === 1 ? candidates[0] : undefined;

const openOptions = (open: readonly OpenPart[], column: string): readonly string[] =>
  open.map(({ what, id, candidates }) =>
    what === "item"
      ? `--item ${id}=${only(candidates) ?? column}`
      : `--${what} ${only(candidates) ?? (what === "leader" ? column : "ID")}`,
  );

const ledgerFault = {
  absent: { da: "mangler", en: "is missing" },
  altered: { da: "er ændret, siden den blev skrevet", en: "has changed since it was written" },
  unreadable: { da: "kan ikke læses", en: "cannot be read" },
} as const;

const sentences: Explained = {
  "file-missing": ({ place }) => ({
    da: [`${place.file} findes ikke.`, "Ret navnet, eller læg filen dér."],
    en: [`${place.file} does not exist.`, "Correct the name, or put the file there."],
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
  "record-cut": ({ rows }) => ({
    da: [
      "Filen slutter midt i en række: den er nok kun kommet halvt.",
      `Hent den igen. Er den hel, så skriv \`complete: ${rows}\` ved den i study.yaml.`,
    ],
    en: [
      "The file ends in the middle of a record: probably only a part of it has come.",
      `Fetch it again. If it is whole, write \`complete: ${rows}\` for it in study.yaml.`,
    ],
  }),
  "rows-fewer": ({ rows, before }) => ({
    da: [
      `Filen har ${rows} rækker; den, som den træder i stedet for, havde ${before}.`,
      `Hent den igen. Er rækker trukket tilbage, så skriv \`complete: ${rows}\` ved leverancen i study.yaml.`,
    ],
    en: [
      `The file has ${rows} rows; the one in whose place it is had ${before}.`,
      `Fetch it again. If rows were withdrawn, write \`complete: ${rows}\` for the delivery in study.yaml.`,
    ],
  }),
  "rows-incomplete": ({ rows, complete }) => ({
    da: [
      `Filen har ${rows} rækker, men er ifølge study.yaml først hel med ${complete}.`,
      "Hent den igen, eller ret `complete`.",
    ],
    en: [
      `The file has ${rows} rows, but by study.yaml it is whole with ${complete}.`,
      "Fetch it again, or correct `complete`.",
    ],
  }),
  "leaders-cut": ({ rows, leaders }) => ({
    da: [
      `Filen går leder for leder og holder op: de sidste ${leaders} ledere i rosteren har ingen svar i den.`,
      `Hent den igen. Er den hel, så skriv \`complete: ${rows}\` ved leverancen i study.yaml.`,
    ],
    en: [
      `The file goes leader by leader and stops: the roster's last ${leaders} leaders have no answers in it.`,
      `Fetch it again. If it is whole, write \`complete: ${rows}\` for the delivery in study.yaml.`,
    ],
  }),
  "leaders-few": ({ rows, answered, expected }) => ({
    da: [
      `Kun ${answered} af rosterens ${expected} ledere har svar i denne måling.`,
      `Se, om filen er hel. Er den det, så skriv \`complete: ${rows}\` ved leverancen i study.yaml.`,
    ],
    en: [
      `Only ${answered} of the roster's ${expected} leaders have answers in this wave.`,
      `See whether the file is whole. If it is, write \`complete: ${rows}\` for the delivery in study.yaml.`,
    ],
  }),
  "file-empty": () => ({
    da: ["Filen er tom.", "Hent den igen fra undersøgelsessystemet, eller skriv indholdet."],
    en: ["The file is empty.", "Export it again from the survey system, or write its content."],
  }),
  "file-binary": () => ({
    da: ["Filen er ikke tekst: her står et NUL-tegn.", "Eksportér den igen som CSV."],
    en: ["The file is not text: there is a NUL character here.", "Export it again as CSV."],
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
      `Arket \`${place.column}\`: ${count} ${sheetNoteName(what, "da")}.`,
      "Se, om det er rigtigt; ellers ret arket.",
    ],
    en: [
      `Sheet \`${place.column}\`: ${count} ${sheetNoteName(what, "en")}.`,
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
  "cells-emptied": ({ place, cells, why }) => ({
    da: [
      `${cells} celler i \`${place.column}\` er læst som tomme: ${emptiedName(why, "da")}.`,
      "Se kolonnen efter i filen.",
    ],
    en: [
      `${cells} cells of \`${place.column}\` were read as empty: ${emptiedName(why, "en")}.`,
      "Look the column up in the file.",
    ],
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
      "Filen er hverken SurveyXacts structure eller labels eller en .lss-fil fra LimeSurvey.",
      "Nævn de filer under `codebook`, som systemet gav sammen med svarene.",
    ],
    en: [
      "The file is neither SurveyXact's structure or labels nor an .lss file of LimeSurvey.",
      "Name under `codebook` the files that the system gave along with the answers.",
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
  "no-leaders": () => ({
    da: ["Listen har en overskrift og ingen ledere.", "Skriv en række for hver leder."],
    en: ["The list has a header and no leaders.", "Write a row for each leader."],
  }),
  "no-answers": () => ({
    da: ["Filen har en overskrift og ingen svar.", "Hent den igen, når der er svaret, eller tag den ud af study.yaml."],
    en: ["The file has a header and no answers.", "Export it again once there are, or take it out of study.yaml."],
  }),
  "numbers-mixed": ({ lines }) => ({
    da: [
      `Tallene her er skrevet både med decimalpunktum (linje ${lines[0]}) og decimalkomma (linje ${lines[1]}).`,
      "Skriv dem ens, eller sig med `decimal` i study.yaml, hvad der står før decimalerne.",
    ],
    en: [
      `Numbers here are written both with a decimal point (line ${lines[0]}) and a decimal comma (line ${lines[1]}).`,
      "Write them alike, or say with `decimal` in study.yaml what stands before the fraction.",
    ],
  }),
  "month-first": () => ({
    da: ["Datoen her har måneden først, f.eks. 3/14/2025.", "Skriv datoer som 2025-03-14 eller 14-03-2025."],
    en: ["The date here has the month first, e.g. 3/14/2025.", "Write dates as 2025-03-14 or 14-03-2025."],
  }),
  "numbers-ambiguous": () => ({
    da: [
      "Et tal her kan både have decimaler og tusinder (som 1.200), og intet andet tal i kolonnen afgør det.",
      'Skriv `decimal: ","` eller `decimal: "."` ved filen i study.yaml.',
    ],
    en: [
      "A number here may have a fraction or thousands (like 1.200), and no other number of the column decides it.",
      'Write `decimal: ","` or `decimal: "."` for the file in study.yaml.',
    ],
  }),
  "values-many": ({ place, limit }) => ({
    da: [
      `Kolonnen \`${place.column}\` har over ${limit} forskellige værdier.`,
      "Se, om den er den rigtige kolonne; fritekst kan ikke være et svar.",
    ],
    en: [
      `The column \`${place.column}\` has more than ${limit} different values.`,
      "See whether it is the right column; free text cannot be an answer.",
    ],
  }),
  "answers-shifted": ({ low, high, by }) => ({
    da: [
      `Svarene synes kodet fra ${low + by} til ${high + by}, men skalaen går fra ${low} til ${high}.`,
      `Skriv koderne ved leverancen, f.eks. \`codes: { ${low + by}: ${low}, …, ${high + by}: ${high} }\`.`,
    ],
    en: [
      `Answers seem to be coded from ${low + by} to ${high + by}, but the scale goes from ${low} to ${high}.`,
      `Give the delivery's codes, e.g. \`codes: { ${low + by}: ${low}, …, ${high + by}: ${high} }\`.`,
    ],
  }),
  "answers-perhaps-shifted": ({ low, high, by, records, answered }) => ({
    da: [
      `Ingen af ${answered} svar er ${by > 0 ? low : high}, og ${records} er ${by > 0 ? high + 1 : low - 1}, som er læst som manglende: svarene kan være kodet fra ${low + by} til ${high + by}.`,
      `Er de det, så skriv \`codes: { ${low + by}: ${low}, …, ${high + by}: ${high} }\` ved leverancen; ellers \`codes: { ${low}: ${low}, …, ${high}: ${high} }\`.`,
    ],
    en: [
      `None of ${answered} answers is ${by > 0 ? low : high}, and ${records} are ${by > 0 ? high + 1 : low - 1}, which was read as missing: answers may be coded from ${low + by} to ${high + by}.`,
      `If they are, give the delivery \`codes: { ${low + by}: ${low}, …, ${high + by}: ${high} }\`; else \`codes: { ${low}: ${low}, …, ${high}: ${high} }\`.`,
    ],
  }),
  "code-undeclared": ({ answer, low, high, records }) => ({
    da: [
      `Koden ${answer} står ${records} gange, men skalaen går fra ${low} til ${high}, og koden er ikke forklaret.`,
      `Betyder den ved ikke eller lignende, så skriv den under \`missing\` i instrumentet; er svarene kodet anderledes, så skriv \`codes\` ved leverancen.`,
    ],
    en: [
      `The code ${answer} stands ${records} times, but the scale goes from ${low} to ${high}, and the code is not explained.`,
      `If it means don't know or the like, write it under \`missing\` in the instrument; if answers are coded otherwise, give the delivery's \`codes\`.`,
    ],
  }),
  "fractions-few": ({ place, records }) => ({
    da: [
      `${records} svar i \`${place.column}\` er brøker, mens de andre er hele tal; to krydser kan være blevet til ét tal.`,
      "Er svarene koder, så skriv dem alle under `answers`; så sættes brøker til side.",
    ],
    en: [
      `${records} answers of \`${place.column}\` are fractions, while the others are whole; two ticks may have become one number.`,
      "If answers are codes, write all of them under `answers`; then fractions are set apart.",
    ],
  }),
  "labels-partly": ({ place }) => ({
    da: [
      `Filens svartekster til \`${place.column}\` passer kun delvis med instrumentets, og ikke med koderne.`,
      "Skriv `codes` ved leverancen, eller skalaens egne `answers` i instrumentet.",
    ],
    en: [
      `The file's answer texts of \`${place.column}\` fit those of the instrument only in part, and not by their codes.`,
      "Give the delivery's `codes`, or the scale's own `answers` in the instrument.",
    ],
  }),
  "scores-contradict": ({ place }) => ({
    da: [
      `Spørgeskemaets værdier for svarene i \`${place.column}\` passer ikke med instrumentets skala, og koderne afgør det ikke.`,
      "Skriv under `codes` ved leverancen, hvad hver kode betyder.",
    ],
    en: [
      `The survey's values for the answers of \`${place.column}\` do not fit the scale of the instrument, and the codes do not settle it.`,
      "Say under `codes` at the delivery what each code means.",
    ],
  }),
  "labels-strange": ({ place, codes }) => ({
    da: [
      `Filens tekst til kode ${listed(codes)} i \`${place.column}\` er ikke en af svarene; koden er læst som tallet.`,
      "Betyder den ved ikke eller lignende, så skriv det under `codes` ved leverancen.",
    ],
    en: [
      `The file's text for code ${listed(codes)} of \`${place.column}\` is none of the answers; the code was read as the number.`,
      "If it means don't know or the like, say so under `codes` at the delivery.",
    ],
  }),
  "rows-shared": ({ place }) => ({
    da: [
      `Linje ${place.line} hører efter \`where\` til to af filens leverancer.`,
      "Ret `where`, så hver række hører til højst én.",
    ],
    en: [
      `By \`where\`, line ${place.line} belongs to two deliveries of the file.`,
      "Correct `where`, so that each row belongs to one at most.",
    ],
  }),
  "where-none": ({ skipped }) => ({
    da: [`Ingen af filens ${skipped} rækker er ment efter \`where\`.`, "Se stavemåden i `where` efter i filen."],
    en: [`None of the file's ${skipped} rows is meant by \`where\`.`, "Compare the spelling in `where` with the file."],
  }),
  "item-reversed": ({ item }) => ({
    da: [
      `Svarene på \`${item}\` går imod skalaens andre spørgsmål.`,
      "Se, om spørgsmålet er vendt (`reversed: true`), eller om kolonnen er den rigtige.",
    ],
    en: [
      `Answers to \`${item}\` run against the other items of its scale.`,
      "See whether the item is reversed (`reversed: true`), or whether the column is the right one.",
    ],
  }),
  "covariate-missing-code": ({ place, answer, records }) => ({
    da: [
      `${records} rækker har ${answer} i \`${place.column}\`: koden for manglende, som også ligger inden for kovariatens range.`,
      "Er det ikke et rigtigt tal, så gør range snævrere; så udelades de.",
    ],
    en: [
      `${records} rows have ${answer} in \`${place.column}\`: the code for missing, which also lies within the covariate's range.`,
      "If it is no real number, make the range narrower; then they are left out.",
    ],
  }),
  "same-file": ({ other }) => ({
    da: [`Filen er den samme som ${other}, men hører til en anden måling.`, "Læg den rigtige fil dér."],
    en: [`The file is the same as ${other}, but belongs to another wave.`, "Put the right file there."],
  }),
  "where-near": ({ place, wanted, rows }) => ({
    da: [
      `${rows} rækker, hvis \`${place.column}\` næsten er \`${wanted}\`, er sprunget over.`,
      "Skriv alle stavemåder i `where`, hvis de hører med.",
    ],
    en: [
      `${rows} rows whose \`${place.column}\` is almost \`${wanted}\` were skipped.`,
      "Write every spelling into `where` if they belong.",
    ],
  }),
  "rows-unfinished": ({ place, rows, where }) => ({
    da: [
      `${rows} rækker er efter \`${place.column}\` ikke afsluttet eller ikke rigtige svar, men er læst med.`,
      `Skal de ikke tælle, så skriv \`where: { ${where} }\` ved leverancen.`,
    ],
    en: [
      `${rows} rows are, by \`${place.column}\`, unfinished or no real answers, but were read with the others.`,
      `If they are not to count, write \`where: { ${where} }\` at the delivery.`,
    ],
  }),
  "rows-unusable": ({ rejected, rows, limit, reasons }) => ({
    da: [
      `${rejected} af ${rows} rækker kan ikke bruges, flere end ${Math.round(100 * limit)} %. ${reasons.map((one) => explainQuarantine(one, "da")).join(" ")}`,
      "Ret filen eller study.yaml; er det, som det skal være, så skriv `stopAbove: 1`.",
    ],
    en: [
      `${rejected} of ${rows} rows cannot be used, more than ${Math.round(100 * limit)} %. ${reasons.map((one) => explainQuarantine(one, "en")).join(" ")}`,
      "Correct the file or study.yaml; if this is as it should be, write `stopAbove: 1`.",
    ],
  }),
  "leaders-scientific": ({ rows }) => ({
    da: [
      `${rows} rækker har leder-id'er som 1,00E+15: et regneark har forkortet dem, og flere kan være blevet ens.`,
      "Hent filen igen, og åbn den ikke i et regneark.",
    ],
    en: [
      `${rows} rows have leader ids like 1.00E+15: a spreadsheet shortened them, and several may have become one.`,
      "Export the file again, and do not open it in a spreadsheet.",
    ],
  }),
  "names-alike": ({ place, names }) => ({
    da: [
      `${names} i \`${place.column}\` adskiller sig kun ved store bogstaver eller mellemrum fra en anden; de er læst hver for sig.`,
      "Er det den samme, så skriv den ens overalt, også i leverancerne.",
    ],
    en: [
      `${names} in \`${place.column}\` differ from another only by case or spaces; they were read as different ones.`,
      "If it is the same, write it alike everywhere, in the deliveries too.",
    ],
  }),
  "respondents-otherwise": ({ other, respondents }) => ({
    da: [
      `Mindst ${respondents} respondent-id'er står i ${other} med 0'er skrevet anderledes (som 101, 0101 eller 101.0); de er læst som forskellige personer.`,
      "Ret id'erne, så samme person har samme id i alle filer.",
    ],
    en: [
      `At least ${respondents} respondent ids stand in ${other} with other zeros (like 101, 0101 or 101.0); they were read as different people.`,
      "Correct the ids, so that a person has the same id in all files.",
    ],
  }),
  "label-ambiguous": ({ codes }) => ({
    da: [
      `Samme svartekst står for to koder, ${codes[0]} og ${codes[1]} (på dansk eller engelsk).`,
      "Giv hver kode sin egen tekst på begge sprog.",
    ],
    en: [
      `The same answer text stands for two codes, ${codes[0]} and ${codes[1]} (in Danish or English).`,
      "Give each code a text of its own in both languages.",
    ],
  }),
  "column-mapped-twice": ({ column, meanings }) => ({
    da: [`Kolonnen \`${column}\` bruges både til ${meanings[0]} og ${meanings[1]}.`, "Ret den ene."],
    en: [`The column \`${column}\` is used for both ${meanings[0]} and ${meanings[1]}.`, "Correct one of them."],
  }),
  "format-differs": ({ declared, found }) => ({
    da: [`Filen er ${found} efter sit indhold, ikke ${declared}.`, "Ret `format` i study.yaml, eller udelad det."],
    en: [`By its content the file is ${found}, not ${declared}.`, "Correct `format` in study.yaml, or leave it out."],
  }),
  "not-a-table": ({ what }) => ({
    da: [`Filen er ${foreignName(what, "da")}.`, foreignHint(what, "da")],
    en: [`The file is ${foreignName(what, "en")}.`, foreignHint(what, "en")],
  }),
  "file-damaged": ({ format, cause }) => ({
    da: [`Filen er ikke hel (${format}): ${causeName(cause, "da")}.`, "Hent den igen fra undersøgelsessystemet."],
    en: [`The file is damaged (${format}): ${causeName(cause, "en")}.`, "Export it again from the survey system."],
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
  "column-absent": ({ place, nearest, available }) => {
    const { da, en } = suggestion(nearest, available);
    return {
      da: [`Filen har ingen kolonne \`${place.column}\`.`, da],
      en: [`The file has no column \`${place.column}\`.`, en],
    };
  },
  "no-row-accepted": ({ rejected, first, nearest }) => ({
    da: [
      `Ingen række kunne bruges; ${rejected} blev afvist.${first ? ` Den første: ${explainQuarantine(first, "da")}` : ""}`,
      nearest === undefined ? "Ret filen eller kolonnerne i study.yaml." : `Mente du \`${nearest}\`?`,
    ],
    en: [
      `No row could be used; ${rejected} were rejected.${first ? ` The first: ${explainQuarantine(first, "en")}` : ""}`,
      nearest === undefined ? "Correct the file, or the columns in study.yaml." : `Did you mean \`${nearest}\`?`,
    ],
  }),
  "study-syntax": ({ cause }) => ({
    da: [`Filen er ikke gyldig YAML: ${causeName(cause, "da")}.`, "Ret stedet; `spejl new` viser en gyldig fil."],
    en: [`The file is not valid YAML: ${causeName(cause, "en")}.`, "Correct it there; `spejl new` shows a valid file."],
  }),
  "unknown-key": ({ key, nearest, allowed }) => {
    const { da, en } = suggestion(nearest, allowed);
    return { da: [`Nøglen \`${key}\` kendes ikke her.`, da], en: [`The key \`${key}\` is not known here.`, en] };
  },
  "value-invalid": ({ key, expected }) => ({
    da: [`Værdien af \`${key}\` kan ikke bruges.`, `Skriv ${expectation(expected, "da")}.`],
    en: [`The value of \`${key}\` cannot be used.`, `Write ${expectation(expected, "en")}.`],
  }),
  "value-missing": ({ key }) => ({
    da: [`\`${key}\` mangler.`, `Tilføj \`${key}\` her.`],
    en: [`\`${key}\` is missing.`, `Add \`${key}\` here.`],
  }),
  "reference-unknown": ({ kind, id, nearest, allowed }) => {
    const { da, en } = suggestion(nearest, allowed);
    return {
      da: [`Her er ingen ${kindName(kind, "da")} \`${id}\`.`, da],
      en: [`There is no ${kindName(kind, "en")} \`${id}\` to refer to here.`, en],
    };
  },
  "id-duplicate": ({ kind, id }) => ({
    da: [`\`${id}\` er allerede brugt (${kindName(kind, "da")}).`, "Lad den stå ét sted, eller giv den et andet navn."],
    en: [`\`${id}\` is already taken (${kindName(kind, "en")}).`, "Keep it in one place, or give it another name."],
  }),
  "baselines-several": ({ waves }) => ({
    da: [`Flere målinger er baseline: ${listed(waves)}.`, "Lad baseline: true stå ved højst én."],
    en: [`Several waves are the baseline: ${listed(waves)}.`, "Keep baseline: true at one of them at most."],
  }),
  "parts-disagree": ({ scale }) => ({
    da: [
      `Delene af \`${scale}\` har ikke samme range og index.`,
      "Giv delene samme range og index; skalaen får dem fra delene.",
    ],
    en: [
      `The parts of \`${scale}\` do not have the same range and index.`,
      "Give the parts the same range and index; the scale takes them from its parts.",
    ],
  }),
  "missing-code-in-range": ({ answer }) => ({
    da: [
      `Koden ${answer} betyder manglende, men ligger også inden for en skalas range; dér tæller den som et svar.`,
      "Vælg en anden kode, hvis den også dér skal betyde manglende.",
    ],
    en: [
      `The code ${answer} means missing, but also lies within the range of a scale; there it counts as an answer.`,
      "Choose another code if it is to mean missing there too.",
    ],
  }),
  "waves-overlap": ({ waves }) => ({
    da: [`Målingerne ${waves.join(" og ")} overlapper eller står ikke i tidsorden.`, "Ret deres from og to."],
    en: [`The waves ${waves.join(" and ")} overlap or are not in time order.`, "Correct their from and to."],
  }),
  "not-built-yet": ({ what, available }) => ({
    da: [`${what} er ikke bygget endnu.`, `Brug ${listed(available)}.`],
    en: [`${what} is not built yet.`, `Use ${listed(available)}.`],
  }),
  "arm-unknown": ({ arm, allowed }) =>
    arm === ""
      ? {
          da: ["Lederen har ingen arm.", `Træk lod med \`spejl randomise\`, eller skriv en af ${listed(allowed)}.`],
          en: ["The leader has no arm.", `Draw arms with \`spejl randomise\`, or write one of ${listed(allowed)}.`],
        }
      : {
          da: [`Armen \`${arm}\` findes ikke i study.yaml.`, `Kendte arme: ${listed(allowed)}.`],
          en: [`The arm \`${arm}\` is not in study.yaml.`, `Known arms: ${listed(allowed)}.`],
        },
  "leader-unknown": ({ leader, nearest }) => ({
    da: [
      `Lederen \`${leader}\` er ikke i undersøgelsen.`,
      nearest === undefined ? "Se lederens id i rosteren." : `Mente du \`${nearest}\`?`,
    ],
    en: [
      `The leader \`${leader}\` is not in the study.`,
      nearest === undefined ? "See the leader's id in the roster." : `Did you mean \`${nearest}\`?`,
    ],
  }),
  "ledger-damaged": ({ place, cause }) => ({
    da: [
      `${place.file} ${ledgerFault[cause].da}. Den er en del af registret over, hvad tidligere udgivelser har vist.`,
      "Hent mappen `.spejl/ledger` fra en sikkerhedskopi. Uden den kan ingen se, hvad en ny udgivelse ville røbe ved siden af de gamle.",
    ],
    en: [
      `${place.file} ${ledgerFault[cause].en}. It is part of the record of what earlier releases have shown.`,
      "Restore the folder `.spejl/ledger` from a backup. Without it nobody can tell what a new release would give away beside the old ones.",
    ],
  }),
  "figure-missing": () => ({
    da: ["Studiet har ingen effektfigur.", "Den kræver arme, en baseline og to skalaer under figure i study.yaml."],
    en: ["The study has no effects figure.", "It needs arms, a baseline and two scales under figure in study.yaml."],
  }),
  "release-missing": ({ study }) => ({
    da: [`${study} har endnu ingen udgivelse.`, "Kør `spejl publish` først."],
    en: [`${study} has no release yet.`, "Run `spejl publish` first."],
  }),
  "release-damaged": () => ({
    da: ["Udgivelsen er ikke, som den blev udgivet.", "Kør `spejl run`; den laves igen af leverancerne."],
    en: ["The release is not as it was published.", "Run `spejl run`; it is made again from the deliveries."],
  }),
  "release-outdated": () => ({
    da: ["Udgivelsen er lavet af en ældre udgave af Spejl.", "Kør `spejl run`; den laves igen af leverancerne."],
    en: [
      "The release was made by an older version of Spejl.",
      "Run `spejl run`; it is made again from the deliveries.",
    ],
  }),
  "vault-damaged": () => ({
    da: ["Databasen er ikke, som den blev skrevet.", "Kør `spejl run`; den laves igen af leverancerne."],
    en: ["The database is not as it was written.", "Run `spejl run`; it is made again from the deliveries."],
  }),
  "kept-damaged": () => ({
    da: ["Den gemte leverance mangler eller er ikke, som den blev gemt.", "Kør `spejl run`; den gemmes igen."],
    en: ["The kept delivery is missing, or not as it was kept.", "Run `spejl run`; it is kept again."],
  }),
  "key-altered": () => ({
    da: [
      "Nøglen til svarpersonernes pseudonymer er ikke, som den blev skrevet: 64 tegn af 0–9 og a–f og intet andet.",
      "Hent filen frem igen fra en sikkerhedskopi. Er den tabt, så slet hele `.spejl`, og kør igen; alle får da nye pseudonymer.",
    ],
    en: [
      "The key of the respondents' pseudonyms is not as it was written: 64 characters of 0–9 and a–f and nothing else.",
      "Restore the file from a backup. If it is lost, delete all of `.spejl` and run again; everybody then has a new pseudonym.",
    ],
  }),
  "key-missing": () => ({
    da: [
      "Nøglen til pseudonymerne (.spejl/pseudonym.key) mangler, men der er svar eller slettede personer under dem.",
      "Hent filen frem igen, eller giv den med `--key FIL` til `restore`. Er den tabt, så slet hele `.spejl`, og kør igen: alle får nye pseudonymer, og slettede personer må tages ud af leverancerne i hånden.",
    ],
    en: [
      "The key of the pseudonyms (.spejl/pseudonym.key) is missing, though there are answers or erased persons under them.",
      "Put the file back, or give it with `--key FILE` to `restore`. If it is lost, delete all of `.spejl` and run again: everybody has a new pseudonym, and erased persons must be taken out of the deliveries by hand.",
    ],
  }),
  "ledger-missing": ({ study }) => ({
    da: [
      `${study} har ingen bog over, hvad der er udgivet.`,
      "Kør `spejl publish` først; bogen føres fra den første udgivelse.",
    ],
    en: [
      `${study} has no ledger of what was published.`,
      "Run `spejl publish` first; the ledger is kept from the first release on.",
    ],
  }),
  "release-leaks": ({ facts }) => ({
    da: [
      `Af det udgivne kan noget regnes tilbage til for få, eller det kunne ikke gennemgås: ${listed(facts)}.`,
      "Vis ingen siderne, og ret, hvad der udgives; det er en fejl i Spejl, som bør meldes.",
    ],
    en: [
      `Something of what was published can be worked back to too few, or could not be gone through: ${listed(facts)}.`,
      "Show nobody the pages, and change what is published; it is a fault of Spejl that should be reported.",
    ],
  }),
  "folder-occupied": () => ({
    da: ["Mappen er ikke tom.", "Vælg en anden mappe; intet er skrevet."],
    en: ["The folder is not empty.", "Choose another folder; nothing was written."],
  }),
  "file-exists": ({ place }) => ({
    da: [`${place.file} findes allerede.`, "Vælg et andet navn; intet er skrevet."],
    en: [`${place.file} exists already.`, "Choose another name; nothing was written."],
  }),
  "import-no-item": ({ place, items, nearest }) => ({
    da: [
      `Ingen kolonne i ${place.file} hedder eller spørger som et af instrumentets spørgsmål.`,
      `${nearest === undefined ? "" : `Nærmest er kolonnen \`${nearest}\`. `}Giv kodebogen med, eller skriv --item ${items[0] ?? "ITEM"}=KOLONNE.`,
    ],
    en: [
      `No column of ${place.file} is named or worded as an item of the instrument.`,
      `${nearest === undefined ? "" : `The nearest is the column \`${nearest}\`. `}Give the code book too, or write --item ${items[0] ?? "ITEM"}=COLUMN.`,
    ],
  }),
  "import-open": ({ open }) => ({
    da: [
      `Intet er skrevet, for dette er ikke afgjort: ${listed(open.map((one) => openText(one, "da")))}.`,
      `Skriv ${openOptions(open, "KOLONNE").join(" ")}, eller lad \`spejl import\` spørge i en terminal uden --yes.`,
    ],
    en: [
      `Nothing was written, for this is open: ${listed(open.map((one) => openText(one, "en")))}.`,
      `Write ${openOptions(open, "COLUMN").join(" ")}, or let \`spejl import\` ask in a terminal without --yes.`,
    ],
  }),
  "import-files": ({ answers }) => ({
    da: [
      answers.length === 0
        ? "Ingen af filerne indeholder svar; det er kodebøger."
        : `Flere filer indeholder svar: ${listed(answers)}.`,
      "Giv én fil med svar ad gangen, og kodebogens filer ved siden af.",
    ],
    en: [
      answers.length === 0
        ? "None of the files holds answers; they are code books."
        : `Several files hold answers: ${listed(answers)}.`,
      "Give one file of answers at a time, and the files of its code book beside it.",
    ],
  }),
  "import-unconfirmed": () => ({
    da: ["Intet er skrevet: der er ingen terminal at spørge i.", "Skriv --yes for at tage forslaget."],
    en: ["Nothing was written: there is no terminal to ask in.", "Write --yes to take the proposal."],
  }),
  "delivery-listed": ({ place, wave, rater }) => ({
    da: [
      `Filen står allerede i ${place.file} for målingen \`${wave}\` og svarene fra \`${rater}\`.`,
      "Ret leverancen dér, eller fjern den og importér igen.",
    ],
    en: [
      `The file is already listed in ${place.file} for the wave \`${wave}\` and the rater \`${rater}\`.`,
      "Change the delivery there, or take it out and import again.",
    ],
  }),
  "scales-unseen": ({ place }) => ({
    da: [
      `I ${place.file} er der ikke to kolonner med de samme tre eller flere ordnede svar, så der er ingen skala at begynde med.`,
      "Giv kodebogen med, så svarenes ord kendes, eller begynd med `spejl new MAPPE` og skriv instrument.yaml selv.",
    ],
    en: [
      `In ${place.file} no two columns share three or more ordered answers, so there is no scale to start with.`,
      "Give the code book too, so that the words of the answers are known, or start with `spejl new DIR` and write instrument.yaml yourself.",
    ],
  }),
  "assignment-exists": ({ place }) => ({
    da: [
      `Der er allerede trukket lod: ${place.file} findes.`,
      "Der trækkes ikke lod to gange. Efterprøv med --verify; flyt kun filen, hvis lodtrækningen aldrig er brugt.",
    ],
    en: [
      `Arms were drawn already: ${place.file} exists.`,
      "Arms are not drawn twice. Check with --verify; move the file away only if that draw was never used.",
    ],
  }),
  "plan-locked": ({ locked, differences }) => ({
    da: [
      `Planen er låst ${locked} og er siden ændret: ${listed(differences)}.`,
      "En låst plan låses ikke igen. Kør videre: estimater, som ændringen rører, mærkes som afvigelser.",
    ],
    en: [
      `The plan was locked at ${locked} and has changed since: ${listed(differences)}.`,
      "A locked plan is not locked again. Carry on: estimates that the change touches are marked as deviations.",
    ],
  }),
  "plan-lock-altered": () => ({
    da: [
      "Den låste plan er ændret, efter at den blev skrevet: indholdet passer ikke til dens hash.",
      "Hent filen frem igen, som den var, f.eks. fra versionsstyring.",
    ],
    en: [
      "The locked plan was changed after it was written: its content does not match its hash.",
      "Restore the file as it was, e.g. from version control.",
    ],
  }),
  "arms-absent": ({ study }) => ({
    da: [`${study} har ingen arme at trække lod om.`, "Skriv dem under arms i study.yaml."],
    en: [`${study} has no arms to draw.`, "Write them under arms in study.yaml."],
  }),
  "arms-assigned": ({ place }) => ({
    da: [
      `Rosteren har allerede arme i kolonnen \`${place.column}\`.`,
      "Der trækkes ikke lod to gange. Efterprøv lodtrækningen med --verify, eller tøm kolonnen.",
    ],
    en: [
      `The roster has arms already, in the column \`${place.column}\`.`,
      "Arms are not drawn twice. Check the assignment with --verify, or empty the column.",
    ],
  }),
  "row-unusable": ({ fault }) => ({
    da: [explainQuarantine(fault, "da"), "Ret rækken: lodtrækningen skal omfatte alle ledere på listen."],
    en: [explainQuarantine(fault, "en"), "Correct the row: the draw must cover all leaders of the list."],
  }),
  "unit-across-blocks": ({ unit }) => ({
    da: [
      `Enheden \`${unit}\` ligger i flere blokke.`,
      "Når der trækkes lod mellem enheder, skal hver ligge i én blok. Ret listen, eller vælg andre kolonner med --block.",
    ],
    en: [
      `The unit \`${unit}\` lies in several blocks.`,
      "Where units are drawn, each must lie in one block. Correct the list, or choose other columns with --block.",
    ],
  }),
  "assignment-missing": ({ place }) => ({
    da: [`Her er ingen lodtrækning: ${place.file} findes ikke.`, "Træk lod med `spejl randomise` først."],
    en: [`There is no assignment here: ${place.file} does not exist.`, "Draw one with `spejl randomise` first."],
  }),
  "assignment-differs": ({ differences }) => ({
    da: [
      `Lodtrækningen er ikke, som den blev lavet: ${differences.map((one) => differenceText(one, "da")).join("; ")}.`,
      "Hent filerne frem igen, som de var, eller forklar afvigelsen i rapporten.",
    ],
    en: [
      `The assignment is not as it was made: ${differences.map((one) => differenceText(one, "en")).join("; ")}.`,
      "Restore the files as they were, or account for the difference in the report.",
    ],
  }),
  "rows-erased": ({ rows }) => ({
    da: [
      `${rows} rækker er fra slettede personer; de er sprunget over.`,
      "Slet dem også i filen; `spejl audit --about ID` viser linjerne.",
    ],
    en: [
      `${rows} rows are of erased persons; they were skipped.`,
      "Delete them from the file too; `spejl audit --about ID` shows the lines.",
    ],
  }),
  "record-damaged": ({ place }) => ({
    da: [
      `${place.file} er ikke, som den blev skrevet.`,
      "Hent den fra en sikkerhedskopi: `spejl restore`. Uden den kan slettede personer komme igen.",
    ],
    en: [
      `${place.file} is not as it was written.`,
      "Take it from a backup: `spejl restore`. Without it erased persons could come back.",
    ],
  }),
  "key-other": () => ({
    da: ["Det er ikke den nøgle, som pseudonymerne er lavet med.", "Giv nøglen fra det studie, der blev kopieret."],
    en: ["This is not the key that made the pseudonyms.", "Give the key of the study that was backed up."],
  }),
  "log-missing": () => ({
    da: [
      "Loggen mangler, skønt der har været en.",
      "Find ud af, hvem der fjernede den; hent den fra en sikkerhedskopi.",
    ],
    en: ["The log is missing although there was one.", "Find out who removed it; take it from a backup."],
  }),
  "log-broken": ({ lines }) => ({
    da: [
      `Loggen er ikke, som den blev skrevet: kæden brydes på linje ${listed(lines.map(String))}.`,
      "Sammenlign med en sikkerhedskopi; hvad der står på linjen og før, kan være ændret.",
    ],
    en: [
      `The log is not as it was written: its chain breaks on line ${listed(lines.map(String))}.`,
      "Compare it with a backup; what stands on that line and before may have been changed.",
    ],
  }),
  "log-differs": ({ entry, entries }) => ({
    da: [
      `Loggen har ${entries} poster og ikke den, der engang var nummer ${entry}: den er forkortet eller skrevet om.`,
      "Sammenlign med en sikkerhedskopi.",
    ],
    en: [
      `The log has ${entries} entries and not the one that once was number ${entry}: it was shortened or rewritten.`,
      "Compare it with a backup.",
    ],
  }),
  "erasures-missing": ({ persons }) => ({
    da: [
      `${persons} personer er slettet ifølge loggen, men står ikke på listen over slettede; de kan komme igen.`,
      "Kør `spejl erase` igen for dem, eller hent listen fra en sikkerhedskopi.",
    ],
    en: [
      `${persons} persons were erased according to the log, but are not on the list of the erased; they can come back.`,
      "Run `spejl erase` for them again, or take the list from a backup.",
    ],
  }),
  "person-absent": () => ({
    da: [
      "Ingen svar er under den id, hverken i leverancerne eller i boksen.",
      "Skriv id'en, som den står i leverancen: 007 og 7 er to.",
    ],
    en: [
      "There are no answers under this id, neither in the deliveries nor in the vault.",
      "Write the id as the delivery has it: 007 and 7 are two.",
    ],
  }),
  "traces-left": ({ traces }) => ({
    da: [
      `Efter sletningen er pseudonymet fundet ${traces} steder.`,
      "Kør `spejl erase` igen; sker det igen, er det en fejl i Spejl.",
    ],
    en: [
      `After the erasure the pseudonym was found in ${traces} places.`,
      "Run `spejl erase` again; if it happens again it is a bug in Spejl.",
    ],
  }),
  unconfirmed: ({ command }) => ({
    da: ["Intet er ændret: her er ingen til at svare ja.", `Se det efter, og kør \`${command} --yes\`.`],
    en: ["Nothing was changed: nobody is here to say yes.", `Look it through, and run \`${command} --yes\`.`],
  }),
  "retention-ended": ({ what, date }) => ({
    da: [
      `${retentionName(what, "da")} blev slettet ${date}, da opbevaringstiden var ude; nye leverancer tages ikke ind.`,
      "Rapporterne kan stadig laves af udgivelserne. Et nyt studie begynder i en ny mappe.",
    ],
    en: [
      `${retentionName(what, "en")} was deleted on ${date}, when its time was up; no delivery is taken in any more.`,
      "Reports can still be made from the releases. A new study begins in a new folder.",
    ],
  }),
  "retention-overdue": ({ what, date }) => ({
    da: [
      `${retentionName(what, "da")} skulle være slettet ${date} efter \`retention\`.`,
      "Kør `spejl erase --overdue`.",
    ],
    en: [
      `${retentionName(what, "en")} should have been deleted on ${date} by \`retention\`.`,
      "Run `spejl erase --overdue`.",
    ],
  }),
  "backup-absent": () => ({
    da: ["Mappen er ikke en sikkerhedskopi fra Spejl.", "Angiv mappen med `backup.json`."],
    en: ["The folder is not a backup made by Spejl.", "Name the folder that holds `backup.json`."],
  }),
  "backup-damaged": ({ place }) => ({
    da: [`${place.file} i sikkerhedskopien er ikke, som den blev skrevet.`, "Brug en anden kopi; intet er ændret her."],
    en: [`${place.file} in the backup is not as it was written.`, "Use another copy; nothing was changed here."],
  }),
  "backup-locked": () => ({
    da: [
      "Sikkerhedskopien er krypteret, og adgangsordet mangler eller er et andet.",
      "Giv filen med adgangsordet: `--passphrase-file FIL`.",
    ],
    en: [
      "The backup is encrypted, and the passphrase is missing or another.",
      "Give the file with the passphrase: `--passphrase-file FILE`.",
    ],
  }),
  usage: ({ cause, hint }) => ({ da: [cause, hint], en: [cause, hint] }),
  "package-missing": ({ name }) => ({
    da: [`Pakken ${name} er ikke installeret.`, `Installér den: npm i ${name}.`],
    en: [`The package ${name} is not installed.`, `Install it: npm i ${name}.`],
  }),
  "study-held": ({ pid }) => ({
    da: [`En anden kørsel (proces ${pid}) har undersøgelsen åben.`, "Vent, til den er færdig."],
    en: [`Another run (process ${pid}) holds the study.`, "Wait until it is done."],
  }),
  "disk-full": () => ({
    da: ["Der er ikke mere plads på disken.", "Frigør plads, og kør kommandoen igen; intet gik tabt."],
    en: ["The disk is full.", "Free some space and run the command again; nothing was lost."],
  }),
  "memory-full": () => ({
    da: ["Hukommelsen slog ikke til.", "Luk andre programmer, og kør kommandoen igen."],
    en: ["There was not enough memory.", "Close other programs and run the command again."],
  }),
  "handles-full": () => ({
    da: ["Der er for mange åbne filer.", "Luk andre programmer, eller hæv grænsen med `ulimit -n`, og kør igen."],
    en: ["Too many files are open.", "Close other programs, or raise the limit with `ulimit -n`, and run it again."],
  }),
  "path-unusable": ({ cause }) => ({
    da: [
      `Stedet kan ikke bruges: ${causeName(cause, "da")}.`,
      "Se efter navn, adgang og disk, og kør kommandoen igen.",
    ],
    en: [
      `The place cannot be used: ${causeName(cause, "en")}.`,
      "See to its name, its permissions and the disk, and run the command again.",
    ],
  }),
};

/** Says in words what is wrong and what to do. */
export const explain = (problem: Problem, language: Language): Explanation => {
  const say = sentences[problem.code] as (one: Problem) => Sentences;
  const [message, hint] = say(problem)[language];
  return { message, hint };
};

/** The exit code of a command that ends with the problem. */
export const exitCode = (problem: Problem): 2 | 3 | 4 | 5 => {
  switch (problem.code) {
    case "usage":
    case "import-unconfirmed":
    case "unconfirmed":
      return 2;
    case "study-held":
      return 4;
    case "disk-full":
    case "memory-full":
    case "handles-full":
      return 5;
    default:
      return 3;
  }
};
