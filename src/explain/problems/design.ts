import { explainQuarantine } from "../quarantine.ts";
import { differenceText, type Explained, listed } from "../sentences.ts";

/** Arms, their assignment and the locked plan. */
export const designProblems = {
  "arm-unknown": ({ arm, allowed }) =>
    arm === ""
      ? {
          da: ["Lederen har ingen arm.", `Træk lod med \`spejl randomise\`, eller skriv en af ${listed(allowed)}.`],
          en: ["The leader has no arm.", `Draw arms with \`spejl randomise\`, or write one of ${listed(allowed)}.`],
        }
      : {
          da: [`Armen \`${arm}\` findes ikke i study.yaml.`, `Kendte arme: ${listed(allowed)}.`],
          en: [`The arm \`${arm}\` is not in study.yaml.`, `Known arms: ${listed(allowed)}.`],
        },
  "figure-missing": () => ({
    da: ["Studiet har ingen effektfigur.", "Den kræver arme, en baseline og to skalaer under figure i study.yaml."],
    en: ["The study has no effects figure.", "It needs arms, a baseline and two scales under figure in study.yaml."],
  }),
  "assignment-exists": ({ place }) => ({
    da: [
      `Der er allerede trukket lod: ${place.file} findes.`,
      "Der trækkes ikke lod to gange. Efterprøv med --verify; flyt kun filen, hvis lodtrækningen aldrig er brugt.",
    ],
    en: [
      `Arms were drawn already: ${place.file} exists.`,
      "Arms are not drawn twice. Check with --verify; move the file away only if that draw was never used.",
    ],
  }),
  "plan-locked": ({ locked, differences }) => ({
    da: [
      `Planen er låst ${locked} og er siden ændret: ${listed(differences)}.`,
      "En låst plan låses ikke igen. Kør videre: estimater, som ændringen rører, mærkes som afvigelser.",
    ],
    en: [
      `The plan was locked at ${locked} and has changed since: ${listed(differences)}.`,
      "A locked plan is not locked again. Carry on: estimates that the change touches are marked as deviations.",
    ],
  }),
  "plan-lock-altered": () => ({
    da: [
      "Den låste plan er ændret, efter at den blev skrevet: indholdet passer ikke til dens hash.",
      "Hent filen frem igen, som den var, f.eks. fra versionsstyring.",
    ],
    en: [
      "The locked plan was changed after it was written: its content does not match its hash.",
      "Restore the file as it was, e.g. from version control.",
    ],
  }),
  "arms-absent": ({ study }) => ({
    da: [`${study} har ingen arme at trække lod om.`, "Skriv dem under arms i study.yaml."],
    en: [`${study} has no arms to draw.`, "Write them under arms in study.yaml."],
  }),
  "arms-assigned": ({ place }) => ({
    da: [
      `Rosteren har allerede arme i kolonnen \`${place.column}\`.`,
      "Der trækkes ikke lod to gange. Efterprøv lodtrækningen med --verify, eller tøm kolonnen.",
    ],
    en: [
      `The roster has arms already, in the column \`${place.column}\`.`,
      "Arms are not drawn twice. Check the assignment with --verify, or empty the column.",
    ],
  }),
  "row-unusable": ({ fault }) => ({
    da: [explainQuarantine(fault, "da"), "Ret rækken: lodtrækningen skal omfatte alle ledere på listen."],
    en: [explainQuarantine(fault, "en"), "Correct the row: the draw must cover all leaders of the list."],
  }),
  "unit-across-blocks": ({ unit }) => ({
    da: [
      `Enheden \`${unit}\` ligger i flere blokke.`,
      "Når der trækkes lod mellem enheder, skal hver ligge i én blok. Ret listen, eller vælg andre kolonner med --block.",
    ],
    en: [
      `The unit \`${unit}\` lies in several blocks.`,
      "Where units are drawn, each must lie in one block. Correct the list, or choose other columns with --block.",
    ],
  }),
  "assignment-missing": ({ place }) => ({
    da: [`Her er ingen lodtrækning: ${place.file} findes ikke.`, "Træk lod med `spejl randomise` først."],
    en: [`There is no assignment here: ${place.file} does not exist.`, "Draw one with `spejl randomise` first."],
  }),
  "assignment-differs": ({ differences }) => ({
    da: [
      `Lodtrækningen er ikke, som den blev lavet: ${differences.map((one) => differenceText(one, "da")).join("; ")}.`,
      "Hent filerne frem igen, som de var, eller forklar afvigelsen i rapporten.",
    ],
    en: [
      `The assignment is not as it was made: ${differences.map((one) => differenceText(one, "en")).join("; ")}.`,
      "Restore the files as they were, or account for the difference in the report.",
    ],
  }),
} satisfies Partial<Explained>;
