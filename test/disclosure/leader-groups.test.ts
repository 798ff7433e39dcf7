import { expect, it } from "vitest";
import { nonLinear } from "../../src/disclosure/aggregate.ts";
import { leaderGroups } from "../../src/disclosure/leader-groups.ts";
import { valueIn } from "../../src/disclosure/published.ts";
import { rulesOf } from "../../src/disclosure/rules.ts";

const rules = rulesOf({ respondents: 5, leaders: 3, strict: false });
const partitions = [
  [["over"], ["under"], ["high"], ["low"]],
  [["over"], ["under"], ["high", "low"]],
  [
    ["over", "under"],
    ["high", "low"],
  ],
] as const;
const told = (over: number, under: number, high: number, low: number) => {
  const cell = leaderGroups({ over, under, high, low }, partitions, rules);
  return valueIn(cell)?.map(({ groups, leaders }) => `${groups.join("+")} ${leaders}`) ?? null;
};

it("tells every group of leaders that is large enough", () => {
  expect(told(9, 8, 7, 5)).toEqual(["over 9", "under 8", "high 7", "low 5"]);
});
it("merges small ones, so that no count gives another away by subtraction", () => {
  expect(told(9, 8, 7, 4)).toEqual(["over 9", "under 8", "high+low 11"]);
  expect(told(9, 2, 7, 8)).toEqual(["over+under 11", "high+low 15"]);
});
it("tells nothing where even the merged ones are small, or nobody is in one", () => {
  expect(told(9, 8, 3, 1)).toBeNull();
  expect(told(9, 8, 0, 0)).toBeNull();
});
it("lets a correlation out from thirty observations of ten leaders on", () => {
  expect(nonLinear({ n: 30, leaders: 10, largest: 3 }, 0.3, rules).state).toBe("shown");
  expect(nonLinear({ n: 29, leaders: 29, largest: 1 }, 0.3, rules).state).toBe("suppressed");
  expect(nonLinear({ n: 90, leaders: 9, largest: 10 }, 0.3, rules).state).toBe("suppressed");
});
