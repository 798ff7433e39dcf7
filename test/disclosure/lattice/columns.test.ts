import { expect, it } from "vitest";
import { answeredOn, latticeOf } from "../../../src/disclosure/lattice/columns.ts";
import { partsOf } from "../../../src/disclosure/lattice/parts.ts";
import { rules, teams } from "./organisation.ts";

const allows = (leaders: number, rest: number): boolean => {
  const parts = partsOf(teams(leaders, 8, "A"), []);
  const [all, part] = [parts.map((_, k) => k), parts.flatMap((_, k) => (k < rest ? [] : [k]))];
  const lattice = latticeOf(parts, answeredOn(parts, "s"), [all, part], rules);
  lattice.add(all);
  return lattice.allows(part);
};

it("a mean may stand beside another where the difference rests on three leaders, however many answered about two", () => {
  expect(allows(9, 3)).toBe(true);
  expect(allows(9, 2)).toBe(false);
  expect(allows(9, 1)).toBe(false);
  expect(allows(9, 0)).toBe(true);
});
