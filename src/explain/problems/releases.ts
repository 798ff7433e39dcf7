import { type Explained, ledgerFault, listed } from "../sentences.ts";

/** What was published, and what it was made from. */
export const releaseProblems = {
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
  "ledger-outdated": ({ form, expected }) => ({
    da: [
      `Registret over udgivelser har form ${form}; denne udgave af Spejl fører form ${expected}, hvor også ledernes egne sider står.`,
      "Udgiv videre med den udgave, der førte registret. Har ingen læst de tidligere udgivelser, så flyt `.spejl/ledger` og `.spejl/releases` væk, og kør `spejl publish`.",
    ],
    en: [
      `The record of releases has form ${form}; this version of Spejl keeps form ${expected}, in which leaders' own pages stand too.`,
      "Go on publishing with the version that kept it. If nobody has read the earlier releases, move `.spejl/ledger` and `.spejl/releases` away and run `spejl publish`.",
    ],
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
  "candidate-leaks": ({ facts }) => ({
    da: [
      `Udgivelsen er ikke udgivet: af den og de tidligere kan noget regnes tilbage til for få, eller den viser tal, som bogen ikke kender: ${listed(facts)}.`,
      "Den forrige udgivelse gælder stadig. Meld det; det er en fejl i Spejl, ikke i svarene.",
    ],
    en: [
      `The release was not published: something can be worked back to too few from it and the earlier ones, or it shows numbers that the ledger does not know: ${listed(facts)}.`,
      "The release before it still stands. Report it; it is a fault of Spejl, not of the answers.",
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
  "lock-damaged": ({ place }) => ({
    da: [
      `${place.file}, som holder to kommandoer fra at skrive samtidig, er ikke, som den blev skrevet.`,
      "Slet filen, når ingen anden kommando kører; der er intet i den.",
    ],
    en: [
      `${place.file}, which keeps two commands from writing at once, is not as it was written.`,
      "Delete the file while no other command runs; there is nothing in it.",
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
} satisfies Partial<Explained>;
