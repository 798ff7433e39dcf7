import { dayOf, type Programme } from "./programme.ts";

const part = "cases";

/** The general cases of a group. Each stands alone: nothing tells which dilemmas it came from. */
export const casesOf = async ({ texts }: Programme, owner: string): Promise<readonly string[]> =>
  (await texts.read(owner, part))?.fields ?? [];

/** Adds a case to those of a group. */
export const addCase = async (programme: Programme, owner: string, text: string): Promise<void> => {
  const { texts, now } = programme;
  const before = await texts.read(owner, part);
  const fields = [...(before?.fields ?? []), text];
  const saved = { fields, shared: "group" as const, changed: dayOf(now()), count: before?.count ?? 0 };
  // Another window of the coach's may have added one meanwhile.
  if ((await texts.save(owner, part, saved)) !== null) await addCase(programme, owner, text);
};
