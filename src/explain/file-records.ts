import type { FileRecord, Language } from "../errors.ts";

type Names = Readonly<Record<FileRecord["kind"], Readonly<Record<Language, string>>>>;

/** Records of an SPSS system file, as the format's descriptions call them. */
const names: Names = {
  header: { da: "filens hoved", en: "the file header" },
  variable: { da: "posten om variabel nr.", en: "the record of variable" },
  "value-labels": { da: "posten med svartekster nr.", en: "the record of value labels" },
  documents: { da: "filens noter", en: "the document record" },
  integers: { da: "posten med heltal (7/3)", en: "the record of machine integers (7/3)" },
  "special-numbers": { da: "posten med særlige tal (7/4)", en: "the record of special numbers (7/4)" },
  "long-names": { da: "posten med lange variabelnavne (7/13)", en: "the record of long variable names (7/13)" },
  "very-long-strings": { da: "posten med meget lange tekster (7/14)", en: "the record of very long strings (7/14)" },
  encoding: { da: "posten med tegnsættet (7/20)", en: "the encoding record (7/20)" },
  "long-string-labels": {
    da: "posten med lange teksters svartekster (7/21)",
    en: "the record of value labels of long strings (7/21)",
  },
  "long-string-missing": {
    da: "posten med lange teksters koder for manglende (7/22)",
    en: "the record of missing values of long strings (7/22)",
  },
  extension: { da: "en udvidelsespost (7)", en: "an extension record (7)" },
  dictionary: { da: "beskrivelsen af variablerne", en: "the description of the variables" },
  case: { da: "række", en: "case" },
  "zlib-header": { da: "hovedet på de pakkede svar", en: "the header of the compressed data" },
  "zlib-trailer": { da: "listen over pakkede blokke", en: "the trailer that lists the compressed blocks" },
  "zlib-block": { da: "pakket blok nr.", en: "compressed block" },
};

/** Where in a file's structure a fault lies, in brackets and after a space; empty where that is not known. */
export const inRecord = (record: FileRecord | undefined, language: Language): string => {
  if (record === undefined) return "";
  const { kind, number, byte } = record;
  const name = names[kind][language];
  const numbered = number === undefined ? name : `${name} ${number}`;
  const from = byte === undefined ? "" : `, fra byte ${byte}`;
  return language === "da" ? ` (${numbered}${from})` : ` (${numbered}${from.replace("fra", "from")})`;
};
