import { foldText } from "../study/fold.ts";
import type { MissingKind } from "../study/study.ts";

export const missingByLabel = (label: string): MissingKind | null => {
  const folded = foldText(label);
  if (/^(ved ikke|ved ej|don't know|do not know)$/.test(folded)) return "dont-know";
  return null;
};
