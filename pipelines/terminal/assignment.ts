import type { Language } from "../../src/errors.ts";
import type { AssignmentRecord } from "../design/randomise.ts";
import { textTable } from "./text-table.ts";
import { say } from "./words.ts";

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
    [say("block", language), ...arms, say("all", language)],
    ...(blocks.length > 1 ? body : []),
    row(say("all", language), counts),
  ]);
  const { list, assigned, seed } = record;
  const units = by === null ? "" : `, ${list.units} ${say("units", language)} (${by})`;
  const when = `${assigned.slice(0, 16).replace("T", " ")} UTC`;
  return `${say("assignment", language)} ${when}, ${say("seed", language)} ${seed}: ${list.leaders} ${say("leaders", language)}${units}\n\n${table}`;
};

export const verifiedText = (language: Language): string => say("assignmentHolds", language);
