import type { Explained } from "../sentences.ts";

/** The web server, and who may sign in to it. */
export const serverProblems = {
  "secret-weak": ({ cause }) => ({
    da: [
      cause === "short" ? "Serverens nøgle er ikke hel." : "Andre brugere kan læse serverens nøgle.",
      cause === "short"
        ? "Hent den fra en sikkerhedskopi, eller slet den: så laves en ny, og alle skal indlæses og logge ind igen."
        : "Luk den med `chmod 600`.",
    ],
    en: [
      cause === "short" ? "The server's key is not whole." : "Other users can read the server's key.",
      cause === "short"
        ? "Restore it from a backup, or delete it: a new one is made, and all people are read and sign in anew."
        : "Close it with `chmod 600`.",
    ],
  }),
  "server-running": ({ study, pid }) => ({
    da: [
      `En anden server (proces ${pid}) viser allerede ${study}.`,
      "Stop den først; to ville rive adgangsloggen over.",
    ],
    en: [
      `Another server (process ${pid}) serves ${study} already.`,
      "Stop it first; two would tear the access log in two.",
    ],
  }),
  "port-taken": ({ port }) => ({
    da: [`Port ${port} er optaget.`, "Vælg en anden med `--port`."],
    en: [`Port ${port} is taken.`, "Choose another with `--port`."],
  }),
  "demo-not-synthetic": ({ study }) => ({
    da: [
      `Data i ${study} er ikke markeret som syntetiske, og \`--demo\` lukker hvem som helst ved maskinen ind.`,
      "Kør `spejl serve` uden `--demo`, eller brug en undersøgelse fra `spejl demo`.",
    ],
    en: [
      `The data of ${study} are not marked as synthetic, and \`--demo\` lets in anybody at the machine.`,
      "Run `spejl serve` without `--demo`, or take a study made by `spejl demo`.",
    ],
  }),
  "person-unknown": ({ person, nearest }) => ({
    da: [
      `Der er ingen person \`${person}\` i people.csv.`,
      nearest === undefined ? "Føj personen til, og kør `spejl people`." : `Mente du \`${nearest}\`?`,
    ],
    en: [
      `There is no person \`${person}\` in people.csv.`,
      nearest === undefined ? "Add the person, and run `spejl people`." : `Did you mean \`${nearest}\`?`,
    ],
  }),
} satisfies Partial<Explained>;
