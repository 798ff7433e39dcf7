import { explainQuarantine } from "../quarantine.ts";
import { type Explained, listed, lostZeros } from "../sentences.ts";
import { emptiedName } from "../terms.ts";

/** Rows and answers of a delivery or roster. */
export const answerProblems = {
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
  "items-blank-together": ({ columns, rows, of }) => ({
    da: [
      `I ${rows} af ${of} rækker er de samme ${columns.length} kolonner tomme (${listed(columns)}), mens andre er besvaret.`,
      "Blev de ikke stillet dér, så skriv `blank: not-asked` ved leverancen; ellers regnes de som ubesvarede.",
    ],
    en: [
      `In ${rows} of ${of} rows the same ${columns.length} columns are empty (${listed(columns)}) while others are answered.`,
      "If they were not asked there, give the delivery `blank: not-asked`; else they count as left out.",
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
  "no-row-accepted": ({ rejected, first, nearest }) => ({
    da: [
      `Ingen række kunne bruges; ${rejected} blev afvist.${first ? ` Den første: ${explainQuarantine(first, "da")}` : ""}`,
      nearest === undefined
        ? "Ret filen eller kolonnerne i study.yaml."
        : `Mente du \`${nearest}\`?${lostZeros(nearest, "da")}`,
    ],
    en: [
      `No row could be used; ${rejected} were rejected.${first ? ` The first: ${explainQuarantine(first, "en")}` : ""}`,
      nearest === undefined
        ? "Correct the file, or the columns in study.yaml."
        : `Did you mean \`${nearest}\`?${lostZeros(nearest, "en")}`,
    ],
  }),
} satisfies Partial<Explained>;
