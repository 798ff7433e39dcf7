import { type Explained, listed } from "../sentences.ts";
import { retentionName } from "../terms.ts";

/** Keys, the log, erasure, retention and backups. */
export const personProblems = {
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
  "rows-erased": ({ rows }) => ({
    da: [
      `Rækker fra slettede personer er sprunget over (${rows}).`,
      "Slet dem også i filen; `spejl audit --about ID` viser linjerne.",
    ],
    en: [
      `Rows of erased persons were skipped (${rows}).`,
      "Delete them from the file too; `spejl audit --about ID` shows the lines.",
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
  "entry-pruned": ({ entry, pruned }) => ({
    da: [
      `Post ${entry} er fjernet med \`spejl audit prune\` (til og med nummer ${pruned}), så loggen kan ikke holdes op mod den.`,
      `Brug en senere noteret post, eller nummer ${pruned} selv.`,
    ],
    en: [
      `Entry ${entry} was taken away by \`spejl audit prune\` (up to number ${pruned}), so the log cannot be compared with it.`,
      `Take an entry that was noted later, or number ${pruned} itself.`,
    ],
  }),
  "erasures-other-key": ({ persons }) => ({
    da: [
      `${persons} personer er slettet her under en anden nøgle end sikkerhedskopiens; de ville komme igen med den.`,
      "Gendan i en tom mappe, og kør `spejl erase` for dem der, før nogen ser tallene.",
    ],
    en: [
      `${persons} persons were erased here under another key than the backup's; they would come back with it.`,
      "Restore into an empty folder, and run `spejl erase` for them there before anybody sees the numbers.",
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
      `${retentionName(what, "da")} skulle være slettet ${date} efter \`${what === "texts" ? "programme" : "retention"}\`.`,
      "Kør `spejl erase --overdue`.",
    ],
    en: [
      `${retentionName(what, "en")} should have been deleted on ${date} by \`${what === "texts" ? "programme" : "retention"}\`.`,
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
} satisfies Partial<Explained>;
