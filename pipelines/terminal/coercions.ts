import type { Language } from "../../src/errors.ts";
import type { Coercion } from "../../src/formats/answers.ts";

const sentences: Readonly<Record<Coercion, Readonly<Record<Language, string>>>> = {
  "decimal-comma": { da: "tal med decimalkomma læst", en: "numbers with a decimal comma read" },
  trimmed: { da: "mellemrum eller usynlige tegn fjernet", en: "spaces or invisible characters removed" },
  label: { da: "svartekster læst som koder", en: "answer texts read as codes" },
  recoded: { da: "koder oversat ved `codes`", en: "codes translated by `codes`" },
  "file-score": {
    da: "koder oversat ved spørgeskemaets egne værdier",
    en: "codes translated by the survey's own values",
  },
  "file-label": { da: "koder oversat ved filens egne svartekster", en: "codes translated by the file's own labels" },
  "missing-label": {
    da: "svartekster læst som ved ikke, ønsker ikke at svare o.l.",
    en: "answer texts read as don't know, prefer not to say and the like",
  },
  "missing-in-file": { da: "koder, som filen selv kalder manglende", en: "codes that the file itself calls missing" },
  "missing-text": { da: "NA o.l. læst som tomme", en: "NA and the like read as empty" },
  "whole-as-decimal": { da: "koder skrevet med decimaler (6.0) læst", en: "codes written with decimals (6.0) read" },
  "covariate-blanked": {
    da: "baggrundsoplysninger, der ikke kunne bruges, udeladt; svarene tæller",
    en: "covariates that could not be used left out; the answers count",
  },
  "covariate-date": {
    da: "baggrundsoplysninger, som et regneark har gjort til datoer, udeladt; svarene tæller",
    en: "covariates that a spreadsheet made into dates left out; the answers count",
  },
  "respondent-none": { da: "respondent-id'er som NA læst som ingen", en: "respondent ids like NA read as none" },
  "cells-beyond": { da: "rækker med tomme celler ud over overskriften", en: "rows with empty cells beyond the header" },
};

/** What was changed, in words that follow a number. */
export const coercionText = (kind: Coercion, language: Language): string => sentences[kind][language];
