import { type Explained, listed, openOptions, openText, type Sentences, suggestion } from "../sentences.ts";
import { causeName, expectation, kindName } from "../terms.ts";

/** A leader may stand in the roster once for each post; which of two rows holds at one time, nobody can tell. */
const postsUnclear = (leader: string): Sentences => ({
  da: [
    `Lederen \`${leader}\` står flere gange i rosteren med forskelligt indhold for den samme tid.`,
    "Behold én af rækkerne, eller giv hver post sine datoer (`from` og `to`), så de ikke overlapper.",
  ],
  en: [
    `The leader \`${leader}\` stands in the roster more than once, with different content for the same time.`,
    "Keep one of the rows, or give each post its dates (`from` and `to`), so that they do not overlap.",
  ],
});

/** A study file, and what is written into it. */
export const studyProblems = {
  "label-ambiguous": ({ codes }) => ({
    da: [
      `Samme svartekst står for to koder, ${codes[0]} og ${codes[1]} (på dansk eller engelsk).`,
      "Giv hver kode sin egen tekst på begge sprog.",
    ],
    en: [
      `The same answer text stands for two codes, ${codes[0]} and ${codes[1]} (in Danish or English).`,
      "Give each code a text of its own in both languages.",
    ],
  }),
  "column-mapped-twice": ({ column, meanings }) => ({
    da: [`Kolonnen \`${column}\` bruges både til ${meanings[0]} og ${meanings[1]}.`, "Ret den ene."],
    en: [`The column \`${column}\` is used for both ${meanings[0]} and ${meanings[1]}.`, "Correct one of them."],
  }),
  "column-absent": ({ place, nearest, available }) => {
    const { da, en } = suggestion(nearest, available);
    return {
      da: [`Filen har ingen kolonne \`${place.column}\`.`, da],
      en: [`The file has no column \`${place.column}\`.`, en],
    };
  },
  "study-syntax": ({ cause }) => ({
    da: [`Filen er ikke gyldig YAML: ${causeName(cause, "da")}.`, "Ret stedet; `spejl new` viser en gyldig fil."],
    en: [`The file is not valid YAML: ${causeName(cause, "en")}.`, "Correct it there; `spejl new` shows a valid file."],
  }),
  "unknown-key": ({ key, nearest, allowed }) => {
    const { da, en } = suggestion(nearest, allowed);
    return { da: [`Nøglen \`${key}\` kendes ikke her.`, da], en: [`The key \`${key}\` is not known here.`, en] };
  },
  "value-invalid": ({ key, expected }) => ({
    da: [`Værdien af \`${key}\` kan ikke bruges.`, `Skriv ${expectation(expected, "da")}.`],
    en: [`The value of \`${key}\` cannot be used.`, `Write ${expectation(expected, "en")}.`],
  }),
  "value-missing": ({ key }) => ({
    da: [`\`${key}\` mangler.`, `Tilføj \`${key}\` her.`],
    en: [`\`${key}\` is missing.`, `Add \`${key}\` here.`],
  }),
  "reference-unknown": ({ kind, id, nearest, allowed }) => {
    const { da, en } = suggestion(nearest, allowed);
    return {
      da: [`Her er ingen ${kindName(kind, "da")} \`${id}\`.`, da],
      en: [`There is no ${kindName(kind, "en")} \`${id}\` to refer to here.`, en],
    };
  },
  "id-duplicate": ({ kind, id }) =>
    kind === "post"
      ? postsUnclear(id)
      : {
          da: [
            `\`${id}\` er allerede brugt (${kindName(kind, "da")}).`,
            "Lad den stå ét sted, eller giv den et andet navn.",
          ],
          en: [
            `\`${id}\` is already taken (${kindName(kind, "en")}).`,
            "Keep it in one place, or give it another name.",
          ],
        },
  "baselines-several": ({ waves }) => ({
    da: [`Flere målinger er baseline: ${listed(waves)}.`, "Lad baseline: true stå ved højst én."],
    en: [`Several waves are the baseline: ${listed(waves)}.`, "Keep baseline: true at one of them at most."],
  }),
  "parts-disagree": ({ scale }) => ({
    da: [
      `Delene af \`${scale}\` har ikke samme range og index.`,
      "Giv delene samme range og index; skalaen får dem fra delene.",
    ],
    en: [
      `The parts of \`${scale}\` do not have the same range and index.`,
      "Give the parts the same range and index; the scale takes them from its parts.",
    ],
  }),
  "missing-code-in-range": ({ answer }) => ({
    da: [
      `Koden ${answer} betyder manglende, men ligger også inden for en skalas range; dér tæller den som et svar.`,
      "Vælg en anden kode, hvis den også dér skal betyde manglende.",
    ],
    en: [
      `The code ${answer} means missing, but also lies within the range of a scale; there it counts as an answer.`,
      "Choose another code if it is to mean missing there too.",
    ],
  }),
  "waves-overlap": ({ waves }) => ({
    da: [`Målingerne ${waves.join(" og ")} overlapper eller står ikke i tidsorden.`, "Ret deres from og to."],
    en: [`The waves ${waves.join(" and ")} overlap or are not in time order.`, "Correct their from and to."],
  }),
  "sessions-overlap": ({ sessions, of }) => ({
    da: [
      `Møderne ${sessions.join(" og ")} ligger på samme tid, og ${of === "coach" ? "coachen" : "gruppen"} er den samme.`,
      "Ret from og to, eller den ene coach eller gruppe.",
    ],
    en: [
      `The sessions ${sessions.join(" and ")} are at the same time, and the ${of} is the same.`,
      "Correct from and to, or one of the coaches or groups.",
    ],
  }),
  "coaches-several": ({ group, coaches }) => ({
    da: [
      `Sparringsgruppen \`${group}\` har to coaches: ${coaches.join(" og ")}.`,
      "Skriv den samme coach ved alle gruppens møder; en gruppe deler sine tekster med én.",
    ],
    en: [
      `The sparring group \`${group}\` has two coaches: ${coaches.join(" and ")}.`,
      "Write the same coach at all sessions of the group; a group shares its texts with one.",
    ],
  }),
  "group-unusual": ({ group, leaders, why }) => ({
    da: {
      size: [
        `Sparringsgruppen \`${group}\` har ${leaders} ledere; en gruppe er tænkt til 2–6.`,
        "Er det rigtigt, så gør intet; ellers ret gruppen i rosteren.",
      ],
      "one-department": [
        `Alle ${leaders} ledere i sparringsgruppen \`${group}\` er fra samme forvaltning; grupper er tænkt på tværs.`,
        "Er det rigtigt, så gør intet; ellers ret gruppen i rosteren.",
      ],
      "no-coach": [
        `Sparringsgruppen \`${group}\` har ingen coach.`,
        "Skriv coachen ved et af gruppens møder; uden den ser ingen, hvad gruppen deler.",
      ],
    }[why] as [string, string],
    en: {
      size: [
        `The sparring group \`${group}\` has ${leaders} leaders; a group is meant for 2–6.`,
        "If that is right, do nothing; otherwise correct the group in the roster.",
      ],
      "one-department": [
        `All ${leaders} leaders of the sparring group \`${group}\` are of one department; groups are meant to cross them.`,
        "If that is right, do nothing; otherwise correct the group in the roster.",
      ],
      "no-coach": [
        `The sparring group \`${group}\` has no coach.`,
        "Write the coach at one of the group's sessions; without one nobody sees what the group shares.",
      ],
    }[why] as [string, string],
  }),
  "marks-unplaced": ({ marks }) => ({
    da: [
      `${marks} fremmøder er af ledere, som rosteren ikke har, eller af møder, som ikke er i planen; de tæller ikke med.`,
      "Er de rigtige, så tilføj lederen eller mødet.",
    ],
    en: [
      `${marks} marks of attendance are of leaders whom the roster does not have, or of sessions not in the schedule; they do not count.`,
      "If they are right, add the leader or the session.",
    ],
  }),
  "not-built-yet": ({ what, available }) => ({
    da: [`${what} er ikke bygget endnu.`, `Brug ${listed(available)}.`],
    en: [`${what} is not built yet.`, `Use ${listed(available)}.`],
  }),
  "folder-occupied": () => ({
    da: ["Mappen er ikke tom.", "Vælg en anden mappe; intet er skrevet."],
    en: ["The folder is not empty.", "Choose another folder; nothing was written."],
  }),
  "file-exists": ({ place }) => ({
    da: [`${place.file} findes allerede.`, "Vælg et andet navn; intet er skrevet."],
    en: [`${place.file} exists already.`, "Choose another name; nothing was written."],
  }),
  "import-no-item": ({ place, items, nearest }) => ({
    da: [
      `Ingen kolonne i ${place.file} hedder eller spørger som et af instrumentets spørgsmål.`,
      `${nearest === undefined ? "" : `Nærmest er kolonnen \`${nearest}\`. `}Giv kodebogen med, eller skriv --item ${items[0] ?? "ITEM"}=KOLONNE.`,
    ],
    en: [
      `No column of ${place.file} is named or worded as an item of the instrument.`,
      `${nearest === undefined ? "" : `The nearest is the column \`${nearest}\`. `}Give the code book too, or write --item ${items[0] ?? "ITEM"}=COLUMN.`,
    ],
  }),
  "import-open": ({ open }) => ({
    da: [
      `Intet er skrevet, for dette er ikke afgjort: ${listed(open.map((one) => openText(one, "da")))}.`,
      `Skriv ${openOptions(open, "KOLONNE").join(" ")}, eller lad \`spejl import\` spørge i en terminal uden --yes.`,
    ],
    en: [
      `Nothing was written, for this is open: ${listed(open.map((one) => openText(one, "en")))}.`,
      `Write ${openOptions(open, "COLUMN").join(" ")}, or let \`spejl import\` ask in a terminal without --yes.`,
    ],
  }),
  "import-files": ({ answers }) => ({
    da: [
      answers.length === 0
        ? "Ingen af filerne indeholder svar; det er kodebøger."
        : `Flere filer indeholder svar: ${listed(answers)}.`,
      "Giv én fil med svar ad gangen, og kodebogens filer ved siden af.",
    ],
    en: [
      answers.length === 0
        ? "None of the files holds answers; they are code books."
        : `Several files hold answers: ${listed(answers)}.`,
      "Give one file of answers at a time, and the files of its code book beside it.",
    ],
  }),
  "import-unconfirmed": () => ({
    da: ["Intet er skrevet: der er ingen terminal at spørge i.", "Skriv --yes for at tage forslaget."],
    en: ["Nothing was written: there is no terminal to ask in.", "Write --yes to take the proposal."],
  }),
  "delivery-listed": ({ place, wave, rater }) => ({
    da: [
      `Filen står allerede i ${place.file} for målingen \`${wave}\` og svarene fra \`${rater}\`.`,
      "Ret leverancen dér, eller fjern den og importér igen.",
    ],
    en: [
      `The file is already listed in ${place.file} for the wave \`${wave}\` and the rater \`${rater}\`.`,
      "Change the delivery there, or take it out and import again.",
    ],
  }),
  "scales-unseen": ({ place }) => ({
    da: [
      `I ${place.file} er der ikke to kolonner med de samme tre eller flere ordnede svar, så der er ingen skala at begynde med.`,
      "Giv kodebogen med, så svarenes ord kendes, eller begynd med `spejl new MAPPE` og skriv instrument.yaml selv.",
    ],
    en: [
      `In ${place.file} no two columns share three or more ordered answers, so there is no scale to start with.`,
      "Give the code book too, so that the words of the answers are known, or start with `spejl new DIR` and write instrument.yaml yourself.",
    ],
  }),
} satisfies Partial<Explained>;
