import type { AssignmentDifference, ForeignFile, Language, Limited, RetentionClass } from "../errors.ts";

type Term = Readonly<Record<Language, string>>;
const term = (da: string, en: string): Term => ({ da, en });

const expectations: Readonly<Record<string, Term>> = {
  id: term(
    "et id af bogstaverne A–Z, tal og _ . -, højst 200 tegn",
    "an id of the letters A–Z, digits and _ . -, at most 200 characters",
  ),
  name: term("et ikke-tomt navn på højst 1000 tegn", "a name that is not empty, of at most 1000 characters"),
  number: term("et tal", "a number"),
  share: term("en andel mellem 0 og 1", "a share between 0 and 1"),
  "true | false": term("true eller false", "true or false"),
  day: term("en dato som 2018-06-01", "a date such as 2018-06-01"),
  text: term("en tekst på højst 20.000 tegn, eller { da, en }", "a text of at most 20,000 characters, or { da, en }"),
  "text-in-languages": term("en tekst, eller { da, en }", "a text, or { da, en }"),
  list: term("en liste", "a list"),
  "list-nonempty": term("en liste med mindst ét led", "a list with at least one entry"),
  mapping: term("nøgler med værdier", "keys with values"),
  range: term("[laveste, højeste], to tal", "[lowest, highest], two numbers"),
  "two-outcomes": term(
    "to udfald, f.eks. [self vision, employee vision]",
    "two outcomes, e.g. [self vision, employee vision]",
  ),
  origin: term(
    "adressen, som browsere kalder den: https://…, eller http://localhost:8400 på egen maskine",
    "the address by which browsers call it: https://…, or http://localhost:8400 on your own machine",
  ),
  "mail-address": term("en mailadresse", "a mail address"),
  "mail-once": term("en mailadresse, som ingen anden person har", "a mail address that no other person has"),
  "sign-in-once": term("en `sign_in`, som ingen anden person har", "a `sign_in` that no other person has"),
  issuer: term("udstederens adresse: https://…", "the issuer's address: https://…"),
  "lasting-claim": term(
    "en oplysning, der aldrig skifter ejer, f.eks. oid eller et medarbejdernummer, ikke en mailadresse",
    "a claim that never changes hands, such as oid or an employee number, not a mail address",
  ),
  port: term("en port fra 1 til 65535", "a port from 1 to 65535"),
  confidence: term("et tal fra 0.5 til under 1", "a number from 0.5 to below 1"),
  outcome: term(
    "en skala, eller hvem der svarer og en skala, f.eks. self vision",
    "a scale, or a rater and a scale, e.g. self vision",
  ),
  acyclic: term("skalaer, der ikke fører tilbage til skalaen selv", "scales that do not lead back to the scale itself"),
  "not-a-difference": term("en skala, der ikke selv er en forskel", "a scale that is not itself a difference"),
  "one-control": term("netop én arm med control: true", "exactly one arm with control: true"),
  "another-outcome": term("et andet udfald end mediatoren", "another outcome than the mediator"),
  "range-digits": term(
    "ender på højst 1e15, ikke over en million gange så langt fra 0, som området er bredt",
    "ends of at most 1e15, no more than a million times as far from 0 as the range is wide",
  ),
  "holm-with-mixed": term(
    "holm eller none: Romano–Wolf trækker lod om mindste kvadraters estimat, ikke om en blandet model",
    "holm or none: Romano–Wolf draws need a least-squares estimator, not a mixed model",
  ),
  "answer-code": term(
    "et tal; skriv svarene 1, 2, … i answers, og filens egne koder ved leverancen: codes: { AO01: 1, AO02: 2 }",
    "a number; write the answers 1, 2, … in answers, and the file's own codes at the delivery: codes: { AO01: 1, AO02: 2 }",
  ),
  "answer-label": term(
    "en tekst, der ikke selv er et andet tal end koden; filens tal oversættes med `codes` ved leverancen",
    "a text that is not itself another number than the code; a file's numbers are translated by `codes` at the delivery",
  ),
  separator: term("ét skilletegn, f.eks. ; eller ,", "one separator, e.g. ; or ,"),
  "not-mapped": term("et spørgsmål, der ikke også står under items", "an item that is not under items as well"),
  "two-values": term("mindst to koder", "at least two codes"),
  "filled-row": term("nummeret på en række, der ikke er tom", "the number of a row that is not empty"),
  moment: term(
    "en dag, evt. med klokkeslæt, som 2019-03-07 09:00",
    "a day, with a time if wanted, as 2019-03-07 09:00",
  ),
  "attendance-once": term(
    "kun én af to: kolonnen i rosteren, eller programme: attendance",
    "one of two only: the column of the roster, or programme: attendance",
  ),
  "two-scales": term("to forskellige skalaer", "two different scales"),
};

const kinds: Readonly<Record<string, Term>> = {
  arm: term("arm", "arm"),
  wave: term("måling", "wave"),
  phase: term("fase", "phase"),
  scale: term("skala", "scale"),
  item: term("spørgsmål", "item"),
  covariate: term("kovariat", "covariate"),
  column: term("kolonnebetydning", "column meaning"),
  outcome: term("udfald", "outcome"),
  rater: term("svarer", "rater"),
  answer: term("svarkode", "answer code"),
  delivery: term("leverance", "delivery"),
  sheet: term("ark", "sheet"),
  person: term("person", "person"),
  session: term("møde", "session"),
  group: term("sparringsgruppe", "sparring group"),
  leader: term("leder", "leader"),
  mark: term("fremmøde", "attendance"),
};

const causes: Readonly<Record<string, Term>> = {
  "question-mark": term(
    "der står et spørgsmålstegn i mappens navn, og det kan databasen ikke; omdøb mappen",
    "the folder's name holds a question mark, which the database cannot have; rename the folder",
  ),
  parquet: term("dens indhold kan ikke læses som Parquet", "its content cannot be read as Parquet"),
  truncated: term("den slutter midt i en række", "it ends in the middle of a row"),
  "spss-header": term(
    "dens første byte siger ikke, hvordan resten skal læses",
    "its first bytes do not say how to read the others",
  ),
  "spss-dictionary-cut": term(
    "den slutter midt i beskrivelsen af variablerne",
    "it ends within the description of its variables",
  ),
  "spss-dictionary": term(
    "beskrivelsen af variablerne modsiger sig selv",
    "the description of its variables contradicts itself",
  ),
  "spss-count": term("et antal eller en længde kan ikke være rigtig", "a count or a length cannot be right"),
  "spss-record-type": term(
    "der står en post af en ukendt slags, eller en post mangler",
    "a record is of an unknown type, or one is missing",
  ),
  "spss-case-count": term(
    "den rummer et andet antal rækker, end den selv siger",
    "it holds another number of rows than it says",
  ),
  "spss-cases": term(
    "svarene passer ikke til beskrivelsen af variablerne",
    "the answers do not fit the description of its variables",
  ),
  "spss-blocks": term("de pakkede svar kan ikke pakkes ud", "its compressed answers cannot be unpacked"),
  DUPLICATE_KEY: term("samme nøgle står to gange", "the same key stands twice"),
  TAB_AS_INDENT: term("indrykning med tabulator; brug mellemrum", "indented with a tab; use spaces"),
  BAD_INDENT: term("indrykningen passer ikke", "the indentation does not fit"),
  MISSING_CHAR: term('et tegn mangler, f.eks. : , ] } eller "', 'a character is missing, e.g. : , ] } or "'),
  UNEXPECTED_TOKEN: term("et tegn står, hvor det ikke kan stå", "a character stands where it cannot"),
  MULTILINE_IMPLICIT_KEY: term(
    "en nøgle går over flere linjer; mangler et kolon?",
    "a key spans several lines; is a colon missing?",
  ),
  BLOCK_AS_IMPLICIT_KEY: term(
    "to koloner på én linje; sæt teksten i anførselstegn",
    "two colons on one line; put the text in quotes",
  ),
  MULTIPLE_DOCS: term("filen rummer flere dokumenter (---)", "the file holds several documents (---)"),
  NOT_A_MAPPING: term("filen består ikke af nøgler med værdier", "the file does not consist of keys with values"),
  NON_STRING_KEY: term("en nøgle er ikke en almindelig tekst", "a key is not a plain text"),
  BAD_ALIAS: term("et alias (*) peger på intet", "an alias (*) points to nothing"),
  RESOURCE_EXHAUSTION: term("filen er for stor eller for dybt indlejret", "the file is too large or nested too deeply"),
  "not-utf-8": term("filen er ikke gemt som UTF-8", "the file is not saved as UTF-8"),
  "lss-malformed": term("XML'en er ikke velformet", "the XML is not well formed"),
  "lss-doctype": term(
    "den har en dokumenttype (DOCTYPE), som filer af denne slags ikke har",
    "it has a document type (DOCTYPE), which files of this kind do not have",
  ),
  "lss-too-deep": term("den er for dybt indlejret", "it is nested too deeply"),
  "lss-other": term(
    "den rummer ikke opbygningen af en hel undersøgelse (.lss)",
    "it does not hold the structure of a whole survey (.lss)",
  ),
  "zip-directory": term(
    "fortegnelsen over dens dele mangler eller er skåret over",
    "the list of its parts is missing or cut off",
  ),
  "zip-part": term("en af dens dele kan ikke pakkes ud", "one of its parts cannot be unpacked"),
  "zip-method": term(
    "en af dens dele er krypteret eller pakket på en måde, som regneark ikke bruger",
    "one of its parts is encrypted, or compressed in a way that workbooks do not use",
  ),
  "zip-part-twice": term("to af dens dele har samme navn", "two of its parts have the same name"),
  "xml-doctype": term(
    "en af dens dele rummer en dokumenttypedefinition, og det gør regneark aldrig",
    "one of its parts holds a document type definition, which workbooks never do",
  ),
  "xml-malformed": term("en af dens dele er ikke gyldig XML", "one of its parts is not well-formed XML"),
  "part-missing": term("en del, som den henviser til, mangler", "a part that it refers to is missing"),
  "part-external": term("et ark ligger uden for filen", "a sheet lies outside the file"),
  "shared-string-missing": term(
    "en celle henviser til en tekst, som filen ikke rummer",
    "a cell refers to a text that the file does not hold",
  ),
  "cell-place": term(
    "en række eller celle står et sted, hvor den ikke kan stå",
    "a row or a cell stands where it cannot",
  ),
  "sheets-differ": term(
    "arkene, der skal sættes sammen, har ikke de samme rækker",
    "the sheets to be bound together do not have the same rows",
  ),
  EACCES: term("ingen adgang", "no permission"),
  EPERM: term("ingen adgang", "no permission"),
  EISDIR: term("det er en mappe", "it is a folder"),
  EROFS: term("disken er skrivebeskyttet", "the disk is read-only"),
  EIO: term("disken svarer med fejl", "the disk answers with an error"),
  ENOENT: term("det findes ikke", "it does not exist"),
  ENOTDIR: term("en del af stien er en fil, ikke en mappe", "a part of the path is a file, not a folder"),
  ELOOP: term("dets henvisninger går i ring", "its links go round in a circle"),
  ENAMETOOLONG: term("navnet er for langt", "the name is too long"),
  EEXIST: term("der ligger allerede noget", "something is there already"),
  ENOTEMPTY: term("mappen er ikke tom", "the folder is not empty"),
  EBUSY: term("noget andet bruger det", "something else uses it"),
  EXDEV: term("det ligger på en anden disk", "it lies on another disk"),
  ETIMEDOUT: term("netværksdrevet svarer ikke", "the network drive does not answer"),
};

const assignmentDifferences: Readonly<Record<AssignmentDifference["what"], Term>> = {
  record: term("optegnelsen er ændret", "the record was changed"),
  shares: term("armene eller deres andele i study.yaml er andre", "the arms or their shares in study.yaml are others"),
  list: term(
    "ledere, blokke eller enheder i filen er ikke dem, der blev trukket lod om",
    "leaders, blocks or units in the file are not those that were drawn",
  ),
  arm: term("ledere med en anden arm end den, frøet giver", "leaders with another arm than the seed gives"),
  left: term("ledere, der er gået ud af rosteren", "leaders that have left the roster"),
  by: term("hvad der trækkes lod mellem", "what was drawn"),
  joined: term("ledere, der er kommet til i rosteren", "leaders that have joined the roster"),
  moved: term("ledere med en anden blok eller enhed i rosteren", "leaders with another block or unit in the roster"),
  "roster-arm": term("ledere med en anden arm i rosteren", "leaders with another arm in the roster"),
};

export const assignmentDifference = (what: AssignmentDifference["what"], language: Language): string =>
  assignmentDifferences[what][language];

/** What a value should have been; anything unknown, such as `holm | none`, says it itself. */
export const expectation = (word: string, language: Language): string => expectations[word]?.[language] ?? word;
export const kindName = (word: string, language: Language): string => kinds[word]?.[language] ?? word;
export const causeName = (word: string, language: Language): string => causes[word]?.[language] ?? word;

const unpack = term("Pak den ud, og brug filen i den.", "Unpack it, and use the file in it.");
const exportAgain = term("Eksportér svarene som CSV eller .xlsx.", "Export the answers as CSV or .xlsx.");

const foreign: Readonly<Record<ForeignFile, { readonly name: Term; readonly hint: Term }>> = {
  gzip: { name: term("pakket med gzip", "compressed with gzip"), hint: unpack },
  zip: { name: term("et zip-arkiv", "a zip archive"), hint: unpack },
  html: {
    name: term("en webside", "a web page"),
    hint: term(
      "Hent filen igen; siden er måske en login-side. Gem som CSV eller .xlsx.",
      "Download it again; the page may be one to sign in at. Save as CSV or .xlsx.",
    ),
  },
  pdf: { name: term("en PDF", "a PDF"), hint: exportAgain },
  "encrypted-workbook": {
    name: term("en projektmappe med adgangskode", "a workbook with a password"),
    hint: term("Gem den uden adgangskode.", "Save it without a password."),
  },
  "old-workbook": {
    name: term("en projektmappe i det gamle .xls-format", "a workbook in the old .xls format"),
    hint: term("Gem den som .xlsx eller CSV.", "Save it as .xlsx or CSV."),
  },
  "macro-workbook": {
    name: term("en projektmappe med makroer", "a workbook with macros"),
    hint: term("Gem den som .xlsx uden makroer.", "Save it as .xlsx without macros."),
  },
  "other-spreadsheet": {
    name: term("et regneark i et andet format end .xlsx", "a spreadsheet in another format than .xlsx"),
    hint: term("Gem den som .xlsx eller CSV.", "Save it as .xlsx or CSV."),
  },
};
export const foreignName = (what: ForeignFile, language: Language): string => foreign[what].name[language];
export const foreignHint = (what: ForeignFile, language: Language): string => foreign[what].hint[language];

const limits: Readonly<Record<Limited, Term>> = {
  columns: term("mange kolonner", "many columns"),
  rows: term("mange rækker", "many rows"),
  bytes: term("mange byte, når den er pakket ud", "many bytes once it is unpacked"),
  entries: term("mange dele", "many parts"),
  cell: term("lange celler (i byte)", "long cells (in bytes)"),
  compression: term("høj pakkegrad", "high a degree of compression"),
  values: term("mange forskellige værdier i de brugte kolonner", "many different values in the columns that are used"),
  descriptions: term("meget tekst om variablerne (i byte)", "much text about its variables (in bytes)"),
};
export const limitName = (what: Limited, language: Language): string => limits[what][language];

const openParts: Readonly<Record<string, Term>> = {
  leader: term("kolonnen med lederen", "the column of the leader"),
  wave: term("målingen", "the wave"),
  rater: term("hvem der svarer", "who answers"),
};
export const openName = (what: string, language: Language): string => openParts[what]?.[language] ?? what;

const emptied: Readonly<Record<string, Term>> = {
  "out-of-range": term("datoen eller tallet kan ikke være rigtigt", "the date or number cannot be right"),
  "declared-missing": term("filen kalder værdien manglende", "the file calls the value missing"),
  unusable: term(
    "de kan ikke bruges; lederen og svarene tæller",
    "they cannot be used; the leader and the answers count",
  ),
  "characters-unreadable": term("tegnene kan ikke læses", "their characters cannot be read"),
};
export const emptiedName = (why: string, language: Language): string => emptied[why]?.[language] ?? why;

const sheetNotes: Readonly<Record<string, Term>> = {
  formulas: term("celler er formler; deres gemte værdi er læst", "cells are formulas; their stored value was read"),
  formulasWithoutValue: term(
    "formler uden gemt værdi er læst som tomme",
    "formulas without a stored value were read as empty",
  ),
  errors: term("celler er fejl som #N/A", "cells are errors such as #N/A"),
  rowsAbove: term("rækker over overskriften er ikke læst", "rows above the header were not read"),
  rowsBelow: term("rækker under tabellen ligner noter", "rows below the table look like notes"),
  merged: term(
    "områder af flettede celler går over flere rækker, og kun den første række har værdien (en leder, f.eks.)",
    "ranges of merged cells go over several rows, and only the first row has the value (a leader, say)",
  ),
  longNumbers: term(
    "tal er for lange for et regneark og læst som tekst",
    "numbers are too long for a spreadsheet and were read as text",
  ),
  otherSheets: term(
    "andre ark har samme kolonner og er ikke læst; skriv `sheet` ved en leverance for hvert",
    "other sheets have the same columns and were not read; list a delivery with `sheet` for each",
  ),
  beside: term("celler ved siden af tabellen er ikke læst", "cells beside the table were not read"),
};
export const sheetNoteName = (what: string, language: Language): string => sheetNotes[what]?.[language] ?? what;

const retained: Readonly<Record<RetentionClass | "texts", Term>> = {
  raw: term("De bevarede leverancer", "The kept deliveries"),
  key: term("Nøglen til pseudonymerne", "The key of the pseudonyms"),
  responses: term("Svarene", "The responses"),
  texts: term("Ledernes tekster", "Leaders' texts"),
};
export const retentionName = (what: RetentionClass | "texts", language: Language): string => retained[what][language];
