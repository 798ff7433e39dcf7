import { named } from "../../page/source.ts";
import type { ManagementVoice } from "../voice.ts";
import type { CubeGroup } from "./model.ts";

/** A unit's name, or those of the smallest units together. */
export const unitName = ({ units }: CubeGroup, voice: ManagementVoice): string =>
  units.length === 1
    ? named(units[0]!)
    : voice.say("otherUnits", {
        count: voice.tally(units.length),
        units: voice.list(units.map((unit) => named(unit))),
      });

/** What a row of numbers is of. */
export const groupName = (group: CubeGroup, voice: ManagementVoice): string => {
  if (group.arm !== null) return voice.arm(group.arm);
  if (group.grouping === "unit") return unitName(group, voice);
  return group.department === null ? voice.say("whole") : named(group.department);
};
