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

const sentences: Explained = {
  "file-missing": ({ place }) => ({
    da: [`${place.file} findes ikke.`, "Ret navnet, eller læg filen dér."],
    en: [`${place.file} does not exist.`, "Correct the name, or put the file there."],
  }),
  "file-unreadable": ({ cause }) => ({
    da: [`Filen kan ikke læses: ${causeName(cause, "da")}.`, "Gem den som tekst i UTF-8, og se, at du har adgang."],
    en: [`The file cannot be read: ${causeName(cause, "en")}.`, "Save it as UTF-8 text, and see that you have access."],
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
  "figure-missing": () => ({
    da: ["Studiet har ingen effektfigur.", "Den kræver arme, en baseline og to skalaer under figure i study.yaml."],
    en: ["The study has no effects figure.", "It needs arms, a baseline and two scales under figure in study.yaml."],
  }),
  "release-missing": ({ study }) => ({
    da: [`${study} har endnu ingen udgivelse.`, "Kør `spejl publish` først."],
    en: [`${study} has no release yet.`, "Run `spejl publish` first."],
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
  "ledger-damaged": () => ({
    da: [
      "Bogen over, hvad der er udgivet, er ikke, som den blev skrevet.",
      "Hent filen fra sikkerhedskopien; udgiv intet, før den er på plads.",
    ],
    en: [
      "The ledger of what was published is not as it was written.",
      "Restore the file from the backup; publish nothing before it is in place.",
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
      return 2;
    case "study-held":
      return 4;
    case "disk-full":
    case "memory-full":
      return 5;
    default:
      return 3;
  }
};
