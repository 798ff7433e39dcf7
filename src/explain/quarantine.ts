import type { Language, QuarantineCode } from "../errors.ts";

const reasons: Readonly<Record<QuarantineCode, Readonly<Record<Language, string>>>> = {
  "too-few-cells": { da: "Rækken har færre celler end overskriften.", en: "The row has fewer cells than the header." },
  "too-many-cells": { da: "Rækken har flere celler end overskriften.", en: "The row has more cells than the header." },
  "quotes-malformed": {
    da: "Rækkens anførselstegn er sat forkert.",
    en: "The row's quotation marks are misplaced.",
  },
  "record-malformed": { da: "Linjen er ikke et JSON-objekt.", en: "The line is not a JSON object." },
  "id-too-long": {
    da: "Lederens eller respondentens id er på over 1000 tegn.",
    en: "The id of the leader or respondent has more than 1000 characters.",
  },
  "leader-missing": { da: "Rækken nævner ingen leder.", en: "The row names no leader." },
  "leader-not-in-roster": { da: "Lederen er ikke i rosteren.", en: "The leader is not in the roster." },
  "leader-not-in-post": {
    da: "Lederen havde efter rosterens datoer ikke posten, da målingen åbnede.",
    en: "By the roster's dates the leader did not hold the post when the wave opened.",
  },
  "unit-unknown": { da: "Enheden er ikke i rosteren.", en: "The unit is not in the roster." },
  "answer-not-a-number": {
    da: "Svaret er hverken et tal, en svartekst eller en kode for manglende.",
    en: "The answer is neither a number, an answer text nor a code for missing.",
  },
  "answer-out-of-range": {
    da: "Svaret ligger uden for skalaens range.",
    en: "The answer is outside the scale's range.",
  },
  "answer-fraction": {
    da: "Svaret er ikke et helt tal, men skalaens svar er koder; to krydser kan være blevet til ét tal.",
    en: "The answer is not a whole number, but the scale's answers are codes; two ticks may have become one number.",
  },
  "answer-date": {
    da: "Svaret er en dato; et regneark laver f.eks. 3-5 eller 22.5 om til en.",
    en: "The answer is a date; a spreadsheet makes one of 3-5 or 22.5, for instance.",
  },
  "answer-missing-text": {
    da: "Cellen har et ord for manglende (som NA), der ikke står under missing i instrumentet; skriv det dér.",
    en: "The cell has a word for missing (like NA) that is not under missing in the instrument; write it there.",
  },
  "answer-not-declared": {
    da: "Koden står ikke under codes ved leverancen.",
    en: "The code is not among the delivery's codes.",
  },
  "answer-unlabelled": {
    da: "Filens svartekster oversætter kolonnens koder, men ikke denne.",
    en: "The file's answer texts translate the codes of the column, but not this one.",
  },
  "weight-invalid": {
    da: "Vægten mangler eller er ikke et tal over 0.",
    en: "The weight is missing or not a number above 0.",
  },
  duplicate: {
    da: "Rækken er en ordret gentagelse af en tidligere; den tidligere tæller.",
    en: "The row repeats an earlier one exactly; the earlier one counts.",
  },
  "duplicate-conflict": {
    da: "Samme respondent, leder og måling med forskellige svar; ingen af rækkerne tæller.",
    en: "The same respondent, leader and wave with different answers; none of the rows counts.",
  },
};

/** Says in words why a row is in quarantine. */
export const explainQuarantine = (code: QuarantineCode, language: Language): string => reasons[code][language];
