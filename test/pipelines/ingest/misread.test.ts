import { describe, expect, it } from "vitest";
import type { Refusal } from "../../../src/errors.ts";
import { smallStudy } from "../small-study.ts";
import { ingestOf } from "../staged-study.ts";

type Change = (text: string) => string;

/** Every answer of the small study, which are 1 to 3, written otherwise. */
const rewritten =
  (by: (answer: number, row: number) => string): Change =>
  (text) =>
    text
      .trimEnd()
      .split("\n")
      .map((line, row) =>
        row === 0 ? line : line.replace(/,(\d),(\d)$/, (_, s1, s2) => `,${by(+s1, row)},${by(+s2, row)}`),
      )
      .join("\n");

const refusal = async (changes: Readonly<Record<string, Change>>): Promise<unknown> => {
  const fault = await ingestOf(smallStudy(changes)).catch((thrown: unknown) => thrown);
  return (fault as Refusal).problems?.map(({ code }) => code);
};

describe("a delivery that is coded otherwise than the instrument", () => {
  it("is refused where all answers are one too low or one too high", async () => {
    expect(await refusal({ "after.csv": rewritten((answer) => String(answer - 1)) })).toEqual(["answers-shifted"]);
    expect(await refusal({ "after.csv": rewritten((answer) => String(answer + 1)) })).toEqual(["answers-shifted"]);
  });

  it("is refused all the same where it lists codes that are not these", async () => {
    const codes: Change = (text) => text.replace("after.csv, wave", "after.csv, codes: { 1: 1, 2: 2, 3: 3 }, wave");
    const after = rewritten((answer) => String(answer - 1));
    expect(await refusal({ "study.yaml": codes, "after.csv": after })).toEqual(["answers-shifted"]);
  });

  it("is taken where both ends of the range are used and a few answers lie beyond", async () => {
    const { deliveries } = await ingestOf(
      smallStudy({ "after.csv": rewritten((answer, row) => String(row < 9 ? 0 : answer)) }),
    );
    expect(deliveries[1]).toMatchObject({ rows: 96, rejected: 8 });
  });
});

describe("deliveries of one file", () => {
  const listed =
    (one: string, other: string): Change =>
    (text) =>
      text
        .replace("before.csv, wave: before", `before.csv, where: ${one}, wave: before`)
        .replace("after.csv, wave: after", `before.csv, where: ${other}, wave: after`);

  it("cannot have a row in common", async () => {
    expect(await refusal({ "study.yaml": listed("{ leader: L1 }", "{ leader: [L1, L2] }") })).toEqual(["rows-shared"]);
    const { deliveries } = await ingestOf(
      smallStudy({ "study.yaml": listed("{ leader: L1 }", "{ leader: { not: l1 } }") }),
    );
    expect(deliveries.map(({ accepted, skipped }) => [accepted, skipped])).toEqual([
      [6, 90],
      [90, 6],
    ]);
  });

  it("say that no row is meant, not that none can be used", async () => {
    expect(await refusal({ "study.yaml": listed("{ leader: L1 }", "{ leader: X }") })).toEqual(["where-none"]);
  });
});

describe("answers that are no codes", () => {
  const uncoded: Change = (text) => text.replace(/answers:.*\n/, "");

  it("are asked about where a few of them are fractions", async () => {
    const few = rewritten((answer, row) => (row === 5 ? "1;5" : String(answer)).replace(";", "."));
    const one = await ingestOf(smallStudy({ "instrument.yaml": uncoded, "after.csv": few }));
    expect(one.warnings).toMatchObject([
      { code: "fractions-few", records: 1, place: { file: "after.csv", column: "s1" } },
      { code: "fractions-few", records: 1, place: { file: "after.csv", column: "s2" } },
    ]);
    const all = rewritten((answer) => String(1 + (answer - 1) / 1.6));
    const other = await ingestOf(smallStudy({ "instrument.yaml": uncoded, "after.csv": all }));
    expect(other.warnings).toEqual([]);
  });
});
