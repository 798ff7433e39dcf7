import type { Language } from "../../../src/errors.ts";
import type { PlanState } from "../../design/plan.ts";
import { placeholder, type Say } from "./facts.ts";

/** Waves of which answers were in, read or not, when the plan was locked. */
const answeredBefore = ({ lockedAfter, delivered }: PlanState): readonly string[] => [
  ...new Set([...lockedAfter, ...delivered]),
];

const lockWords = {
  da: {
    open: "Planen er ikke låst; dette er planen, som den står nu.",
    locked: "Låst",
    after: "efter svarene fra",
    before: "før svar fra nogen opfølgning var læst ind eller lå i studiets mappe",
    changed: "Ændret siden låsningen",
    lockedHash: "hash af den låste plan",
  },
  en: {
    open: "The plan is not locked; this is the plan as it stands now.",
    locked: "Locked",
    after: "after the answers of",
    before: "before answers of any follow-up had been read or lay in the study's folder",
    changed: "Changed since it was locked",
    lockedHash: "hash of the locked plan",
  },
} as const;

export const lockText =
  (language: Language): Say =>
  ({ state }) => {
    const say = lockWords[language];
    const hash = `Hash (SHA-256): ${state.hash}`;
    if (state.locked === null) return `${say.open}\n\n${hash}`;
    const seen = answeredBefore(state);
    const moment = `${state.locked.slice(0, 16).replace("T", " ")} UTC`;
    const known = seen.length > 0 ? `${say.after} ${seen.join(", ")}` : say.before;
    const changed = state.differences.map(({ path }) => path).join(", ");
    const since = changed === "" ? "" : `\n\n${say.changed}: ${changed} (${say.lockedHash}: ${state.lockedHash})`;
    return `${say.locked} ${moment}, ${known}.\n\n${hash}${since}`;
  };

export const existingText =
  (language: Language): Say =>
  (facts) => {
    const { state } = facts;
    const seen = answeredBefore(state);
    const category = placeholder(language, language === "da" ? "registrets kategori" : "the registry's category");
    if (state.locked === null) return `${lockText(language)(facts)}\n\n${category}`;
    const what =
      seen.length === 0
        ? language === "da"
          ? "Ingen svar fra en opfølgning fandtes i studiets mappe."
          : "No answers of a follow-up were in the study's folder."
        : language === "da"
          ? `Svarene fra ${seen.join(", ")} fandtes, da planen blev låst.`
          : `The answers of ${seen.join(", ")} existed when the plan was locked.`;
    return `${what}\n\n${category}`;
  };
