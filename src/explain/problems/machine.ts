import type { Explained } from "../sentences.ts";
import { causeName } from "../terms.ts";

/** The command line, and the machine that it runs on. */
export const machineProblems = {
  usage: ({ cause, hint }) => ({ da: [cause, hint], en: [cause, hint] }),
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
} satisfies Partial<Explained>;
