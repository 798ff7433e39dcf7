import { expect, it } from "vitest";
import { decidingBy, ordinaryRules, strictRules } from "../../../pipelines/audit/decided.ts";
import { afterEvent, drawOrganisation, events } from "../../../pipelines/audit/draw-organisation.ts";
import { chanceOf } from "../../../pipelines/fuzz/chance.ts";

const arms = ["organisation", "arm", "department"];
const units = ["organisation", "department", "unit"];
const size = { departments: 4, unitsEach: 3, leadersEach: 4, waves: 2, scales: 1, team: 11 };

/** What is new in each of three releases of an organisation, something having happened between them. */
const releasesOf = (k: number): readonly string[] => {
  const chance = chanceOf(77, k);
  const publish = decidingBy(k % 4 === 3 ? strictRules : ordinaryRules, k % 2 === 0 ? arms : units);
  let organisation = drawOrganisation(chance, { ...size, scales: 1 + (k % 3 === 0 ? 1 : 0) });
  return ["r1", "r2", "r3"].flatMap((release, at) => {
    if (at > 0) organisation = afterEvent(chance, organisation, chance.pick(events));
    const places = new Map<string, string[]>();
    for (const { statistic, scale, wave, grouping, cell } of publish(organisation, release, [])) {
      const place = [`${k}`, release, statistic, scale, wave, grouping].join(" ");
      places.set(place, [...(places.get(place) ?? []), cell === "" ? "all" : cell]);
    }
    return [...places].map(([place, cells]) => `${place}: ${cells.sort().join(" ")}`).sort();
  });
};

it("shows the same of the same organisations as it did: read what has changed before you accept it", async () => {
  const lines = Array.from({ length: 40 }, (_, k) => releasesOf(k)).flat();
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("../../golden/shown-groups.txt");
});
