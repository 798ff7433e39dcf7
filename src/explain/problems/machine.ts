import type { Explained } from "../sentences.ts";
import { causeName } from "../terms.ts";

/** The command line, the machine that it runs on, and the web server there. */
export const machineProblems = {
  usage: ({ cause, hint }) =>
    hint.startsWith("spejl ")
      ? { da: [`Forkert brug: ${cause}`, `Skriv ${hint}`], en: [`Wrong usage: ${cause}`, `Write ${hint}`] }
      : { da: [cause, hint], en: [cause, hint] },
  "package-missing": ({ name }) => ({
    da: [`Pakken ${name} er ikke installeret.`, `Installér den: npm i ${name}.`],
    en: [`The package ${name} is not installed.`, `Install it: npm i ${name}.`],
  }),
  "study-held": ({ pid }) => ({
    da: [`En anden kørsel (proces ${pid}) har undersøgelsen åben.`, "Vent, til den er færdig."],
    en: [`Another run (process ${pid}) holds the study.`, "Wait until it is done."],
  }),
  "disk-full": () => ({
    da: ["Der er ikke mere plads på disken.", "Frigør plads, og kør kommandoen igen; intet gik tabt."],
    en: ["The disk is full.", "Free some space and run the command again; nothing was lost."],
  }),
  "memory-full": () => ({
    da: ["Hukommelsen slog ikke til.", "Luk andre programmer, og kør kommandoen igen."],
    en: ["There was not enough memory.", "Close other programs and run the command again."],
  }),
  "handles-full": () => ({
    da: ["Der er for mange åbne filer.", "Luk andre programmer, eller hæv grænsen med `ulimit -n`, og kør igen."],
    en: ["Too many files are open.", "Close other programs, or raise the limit with `ulimit -n`, and run it again."],
  }),
  "path-unusable": ({ cause }) => ({
    da: [
      `Stedet kan ikke bruges: ${causeName(cause, "da")}.`,
      "Se efter navn, adgang og disk, og kør kommandoen igen.",
    ],
    en: [
      `The place cannot be used: ${causeName(cause, "en")}.`,
      "See to its name, its permissions and the disk, and run the command again.",
    ],
  }),
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
  "store-of-another": ({ user }) => ({
    da: [
      `Lageret tilhører en anden bruger (${user}), som ikke kan læse, hvad root laver i det.`,
      `Kør kommandoen som den bruger: \`sudo -u '#${user}' …\`.`,
    ],
    en: [
      `The store belongs to another user (${user}), who cannot read what root makes in it.`,
      `Run the command as that user: \`sudo -u '#${user}' …\`.`,
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
