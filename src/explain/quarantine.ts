import type { Language, QuarantineCode } from "../errors.ts";

const reasons: Readonly<Record<QuarantineCode, Readonly<Record<Language, string>>>> = {
  "too-few-cells": { da: "Rækken har færre celler end overskriften.", en: "The row has fewer cells than the header." },
  "too-many-cells": { da: "Rækken har flere celler end overskriften.", en: "The row has more cells than the header." },
  "quotes-malformed": {
    da: "Rækkens anførselstegn er sat forkert.",
    en: "The row's quotation marks are misplaced.",
  },
  "control-character": { da: "Rækken rummer et styretegn.", en: "The row holds a control character." },
  "leader-missing": { da: "Rækken nævner ingen leder.", en: "The row names no leader." },
  "leader-not-in-roster": { da: "Lederen er ikke i rosteren.", en: "The leader is not in the roster." },
  "unit-unknown": { da: "Enheden er ikke i rosteren.", en: "The unit is not in the roster." },
  "id-invalid": {
    da: "Id'et har andre tegn end A–Z, tal og _ . -",
    en: "The id has other characters than A–Z, digits and _ . -",
  },
  "answer-not-a-number": {
    da: "Svaret er hverken et tal, en svartekst eller en kode for manglende.",
    en: "The answer is neither a number, an answer text nor a code for missing.",
  },
  "answer-out-of-range": {
    da: "Svaret ligger uden for skalaens range.",
    en: "The answer is outside the scale's range.",
  },
  "covariate-invalid": {
    da: "Kovariatens værdi er ikke blandt dem, som study.yaml tillader.",
    en: "The covariate's value is not among those that study.yaml allows.",
  },
  "weight-invalid": {
    da: "Vægten mangler eller er ikke et tal over 0.",
    en: "The weight is missing or not a number above 0.",
  },
  "value-invalid": { da: "Cellens værdi kan ikke bruges her.", en: "The cell's value cannot be used here." },
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
