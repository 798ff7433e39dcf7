import type { Cells, Choice } from "./cube/choice.ts";
import type { Spoken } from "./voice.ts";

/** The same to speak about, with the chosen outcome as its own. */
export const aboutOutcome = <T extends Spoken>(of: T, { scale }: Choice, { outcomes }: Cells): T => ({
  ...of,
  outcome: outcomes.find((each) => each.scale === scale) ?? of.outcome,
});
