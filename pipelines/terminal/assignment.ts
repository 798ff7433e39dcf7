import type { Language } from "../../src/errors.ts";
import type { AssignmentRecord } from "../design/assignment.ts";
import { textTable } from "./tables.ts";

const words = {
  block: { da: "blok", en: "block" },
  all: { da: "i alt", en: "all" },
  leaders: { da: "ledere", en: "leaders" },
  units: { da: "enheder", en: "units" },
  drawn: { da: "Lodtrækning", en: "Assignment" },
  seed: { da: "frø", en: "seed" },
  holds: {
    da: "Lodtrækningen kan gentages fra listen og frøet og er, som den blev lavet.",
    en: "The assignment can be made again from the list and the seed, and is as it was made.",
  },
} as const;

/** Leaders by block and arm; units in brackets where units were drawn. */
export const assignmentTable = (record: AssignmentRecord, language: Language): string => {
  const { counts, shares, by } = record;
  const blocks = [...new Set(counts.map(({ block }) => block))];
  const arms = shares.map(({ arm }) => arm);
  const cell = (chosen: AssignmentRecord["counts"]): string => {
    const leaders = chosen.reduce((sum, one) => sum + one.leaders, 0);
    const units = chosen.reduce((sum, one) => sum + one.units, 0);
    return by === null ? String(leaders) : `${leaders} (${units})`;
  };
  const row = (name: string, chosen: AssignmentRecord["counts"]): readonly string[] => [
    name,
    ...arms.map((arm) => cell(chosen.filter((one) => one.arm === arm))),
    cell(chosen),
  ];
  const body = blocks.map((block) =>
    row(
      block || "–",
      counts.filter((one) => one.block === block),
    ),
  );
  const table = textTable([
    [words.block[language], ...arms, words.all[language]],
    ...(blocks.length > 1 ? body : []),
    row(words.all[language], counts),
  ]);
  const { list, assigned, seed } = record;
  const units = by === null ? "" : `, ${list.units} ${words.units[language]} (${by})`;
  const when = `${assigned.slice(0, 16).replace("T", " ")} UTC`;
  return `${words.drawn[language]} ${when}, ${words.seed[language]} ${seed}: ${list.leaders} ${words.leaders[language]}${units}\n\n${table}`;
};

export const verifiedText = (language: Language): string => words.holds[language];
