import fc from "fast-check";
import { expect, it } from "vitest";
import { guarded, unguarded } from "../../src/tables/formula-guard.ts";

it("lets no text begin as a formula does, and leaves numbers", () => {
  expect(["=1+1", "+45 12", "-2+3", "@SUM(1)", "\tx", "\r=x", "a=b", "-3", "+4,5", "1.200"].map(guarded)).toEqual([
    ...["'=1+1", "'+45 12", "'-2+3", "'@SUM(1)", "'\tx", "'\r=x"],
    ...["a=b", "-3", "+4,5", "1.200"],
  ]);
});

it("gives back every text that was guarded", () => {
  const text = fc.tuple(fc.constantFrom("", "=", "+", "-", "@", "\t", "'"), fc.string()).map((parts) => parts.join(""));
  fc.assert(
    fc.property(
      text.filter((one) => !/^'[=+\-@\t\r]/.test(one)),
      (one) => unguarded(guarded(one)) === one,
    ),
  );
});
