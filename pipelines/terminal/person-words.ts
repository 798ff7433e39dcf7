import type { Language } from "../../src/errors.ts";

/** What the terminal says of persons, the log and backups. */
const words = {
  holdsPerson: { da: "Svar under denne id:", en: "Answers under this id:" },
  ownFile: { da: "studiets egen leverance", en: "the study's own delivery" },
  keptFile: { da: "bevaret leverance", en: "kept delivery" },
  inVault: { da: "i boksen", en: "in the vault" },
  lines: { da: "linje", en: "line" },
  records: { da: "poster", en: "records" },
  rows: { da: "rækker", en: "rows" },
  unreadable: { da: "kan ikke læses; se selv efter", en: "cannot be read; look yourself" },
  already: {
    da: "Personen er slettet før; en levering bringer den ikke tilbage.",
    en: "The person was erased before; no delivery brings them back.",
  },
  isLeader: {
    da: "Id'en er også en leders: rosteren, hvad andre har svaret om lederen, og lederens egne svar i frosne lederrapporter bliver.",
    en: "The id is also a leader's: the roster, what others answered about the leader, and the leader's own answers in frozen leader reports stay.",
  },
  textsGo: {
    da: "person har skrevet på lederens programside; teksterne og deres nøgle slettes.",
    en: "person has written on the leader's programme page; the texts and their key are erased.",
  },
  releasesStay: {
    da: "frosne udgivelser bliver; de er lavet af mindst fem svar pr. tal. Den næste udgivelse vil afvige med denne person: vent, til flere svar er ændret.",
    en: "frozen releases stay; their numbers are of five answers or more. The next release will differ by this person: wait until more answers have changed.",
  },
  confirmErase: { da: "Slet for altid? [j/n] ", en: "Erase for good? [y/n] " },
  nothing: { da: "Intet er ændret.", en: "Nothing was changed." },
  erased: { da: "Slettet.", en: "Erased." },
  rewritten: { da: "skrevet om uden personen, som CSV", en: "written anew without the person, as CSV" },
  scanned: { da: "Gennemsøgt efter pseudonymet og id'en:", en: "Searched for the pseudonym and the id:" },
  files: { da: "filer", en: "files" },
  bytes: { da: "byte", en: "bytes" },
  tables: { da: "udpakkede tabeller", en: "unpacked tables" },
  pseudonymNowhere: { da: "Pseudonymet er ingen steder.", en: "The pseudonym is nowhere." },
  idNowhere: { da: "Id'en er ingen steder.", en: "The id is nowhere." },
  idShort: {
    da: "Id'en er ikke i nogen kolonne af id'er; den er for kort til også at blive søgt i alt andet.",
    en: "The id is in no column of ids; it is too short to be searched for in everything else too.",
  },
  idIn: {
    da: "Den samme tekst står i (se, om det er personen):",
    en: "The same text stands in (see whether it is the person):",
  },
  runAgain: {
    da: "Tallene kunne ikke laves igen; intet lavet med personen er tilbage. Kør `spejl run`, når dette er i orden:",
    en: "The numbers could not be made again; nothing made with the person is left. Run `spejl run` once this is in order:",
  },
  deleteYourself: {
    da: "Slet selv i dine egne filer; Spejl ændrer dem ikke:",
    en: "Delete in your own files yourself; Spejl does not change them:",
  },
  elsewhere: {
    da: "Ikke set: sikkerhedskopier (`spejl restore` sletter igen), eksporterede filer, andre kopier, frigjorte blokke på disken.",
    en: "Not seen: backups (`spejl restore` erases again), exported files, other copies, freed blocks of the disk.",
  },
  remembered: { da: "Husket under et nøglebundet navn i", en: "Remembered under a keyed name in" },
  accessEntries: { da: "poster i serverens adgangslog", en: "entries in the server's access log" },
  readingsUnknown: {
    da: "læsninger er af personer, som people.csv ikke længere nævner som ledere; de er ikke med.",
    en: "readings are by persons whom people.csv no longer names as leaders; they are left out.",
  },
  readingsPruned: {
    da: "ældre poster er fjernet fra loggen: en rapport kan være læst første gang før den dag, der står her.",
    en: "older entries were taken out of the log: a report may have been read before the day that stands here.",
  },
  neverServed: {
    da: "Ingen server har vist rapporter her; hvad der er givet videre på anden måde, ved Spejl ikke.",
    en: "No server has shown reports here; what was handed over in other ways Spejl does not know.",
  },
  entriesBefore: {
    da: "poster i serverens adgangslog er fra før",
    en: "entries of the server's access log are from before",
  },
  exposureFirst: {
    da: "Gem først, hvornår rapporter blev læst, hvis forskningen skal bruge det: `spejl audit exposure`.",
    en: "Keep first when reports were read, where research needs it: `spejl audit exposure`.",
  },
  confirmPrune: { da: "Fjern dem for altid? [j/n] ", en: "Take them away for good? [y/n] " },
  prunedTo: { da: "Fjernet til og med post", en: "Taken away up to entry" },
  entries: { da: "poster i loggen", en: "entries in the log" },
  holds: { da: "kæden holder", en: "the chain holds" },
  head: {
    da: "Seneste post, til at skrive ned uden for maskinen:",
    en: "Last entry, to be noted outside this machine:",
  },
  torn: {
    da: "byte efter den sidste hele linje: en post, der ikke blev skrevet færdig",
    en: "bytes after the last whole line: an entry that was not written to its end",
  },
  noHead: {
    da: "Ingen log.head: om de seneste poster mangler, kan ikke ses.",
    en: "No log.head: whether the latest entries are missing cannot be seen.",
  },
  limits: {
    da: "Den, der kan skrive både loggen og log.head, kan skrive begge om; det ses kun mod en post, der er noteret andetsteds (--anchor) eller står i en sikkerhedskopi.",
    en: "Who can write both the log and log.head can rewrite both; that is seen only against an entry noted elsewhere (--anchor) or in a backup.",
  },
  unfinished: {
    da: "Begyndt uden slutning (afbrudt, eller i gang):",
    en: "Begun without an end (interrupted, or running):",
  },
  about: { da: "Poster om personen:", en: "Entries about the person:" },
  none: { da: "ingen", en: "none" },
  persons: { da: "slettede personer", en: "erased persons" },
  backedUp: { da: "Sikkerhedskopi i", en: "Backup in" },
  encrypted: { da: "Krypteret (AES-256-GCM).", en: "Encrypted (AES-256-GCM)." },
  notEncrypted: {
    da: "Ikke krypteret: kun ejeren kan læse filerne her. Brug --passphrase-file, før kopien flyttes.",
    en: "Not encrypted: only the owner can read the files here. Use --passphrase-file before the copy is moved.",
  },
  withKey: { da: "Nøglen til pseudonymerne er med.", en: "The key of the pseudonyms is in it." },
  withoutKey: {
    da: "Nøglen til pseudonymerne er ikke med; gem .spejl/pseudonym.key et andet sted, ellers kan kopien ikke bruges.",
    en: "The key of the pseudonyms is not in it; keep .spejl/pseudonym.key elsewhere, or the copy cannot be used.",
  },
  confirmRestore: { da: "Erstat det, der ligger i .spejl? [j/n] ", en: "Replace what lies in .spejl? [y/n] " },
  restored: { da: "Genskabt fra", en: "Restored from" },
  replayed: {
    da: "slettede personer på listen; fundet i kopien og slettet igen:",
    en: "erased persons on the list; found in the copy and erased again:",
  },
  runNext: { da: "Kør `spejl run` for at lave tallene igen.", en: "Run `spejl run` to make the numbers again." },
  putBack: { da: "lagt tilbage i studiets mappe", en: "put back into the study's folder" },
  deliverAgain: {
    da: "skal leveres igen; kopien har dem uden personer eller kolonner:",
    en: "have to be delivered again; the copy has them without persons or columns:",
  },
  outside: {
    da: "Studiefilen nævner disse uden for sin mappe; de er lagt i mappen. Læg dem, hvor de nævnes, eller ret navnene i study.yaml:",
    en: "The study file names these outside its folder; they were put into the folder. Put them where they are named, or change the names in study.yaml:",
  },
  overdue: { da: "Over tiden:", en: "Overdue:" },
  confirmOverdue: { da: "Slet det for altid? [j/n] ", en: "Delete it for good? [y/n] " },
  nothingOverdue: { da: "Intet er over tiden.", en: "Nothing is overdue." },
  deleted: { da: "Slettet:", en: "Deleted:" },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;

export type PersonWord = keyof typeof words;

export const sayOf = (word: PersonWord, language: Language): string => words[word][language];
