import fc from "fast-check";
import { expect, it } from "vitest";
import { Refusal } from "../../src/errors.ts";
import { parse } from "./parse.ts";
import * as worked from "./worked-example.ts";

const noise = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 4 }),
  fc.constantFrom(
    "\n",
    "\t",
    ":",
    ": ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "&a ",
    "*a",
    "!!set ",
    "!x ",
    "? ",
    "|\n",
    "---\n",
    "'",
    '"',
    "null",
    "~",
    "<<: ",
    "%",
    "#",
    "__proto__: ",
    "constructor: ",
  ),
);

const mutated = (text: string) =>
  fc
    .array(fc.record({ at: fc.nat(text.length), cut: fc.nat(30), noise }), { minLength: 1, maxLength: 4 })
    .map((edits) => edits.reduce((now, { at, cut, noise: put }) => now.slice(0, at) + put + now.slice(at + cut), text));

it("a study file is read or refused with places, whatever is in it", () => {
  const files = fc.tuple(
    fc.oneof(fc.constant(worked.study), mutated(worked.study)),
    fc.oneof(fc.constant(worked.instrument), mutated(worked.instrument), fc.constant(null)),
  );
  fc.assert(
    fc.property(files, ([study, instrument]) => {
      try {
        parse(study, instrument);
      } catch (fault) {
        expect(fault).toBeInstanceOf(Refusal);
        for (const problem of (fault as Refusal).problems)
          expect("place" in problem && problem.place.file).toMatch(/^(study|instrument)\.yaml$/);
      }
    }),
    { numRuns: 400, seed: 20180601 },
  );
});
