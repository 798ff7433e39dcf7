import { describe, expect, it } from "vitest";
import { readCells } from "../../../pipelines/ingest/cells.ts";
import { findColumn } from "../../../pipelines/ingest/columns.ts";
import { openBytes } from "../../store/deliveries/read-file.ts";

/** Reads cells of a file's columns `id`, as it is, and `q1`, and gives what was learnt of the latter. */
const cellsOf = async () => {
  const file = await openBytes("id;q1\nr1;3\n");
  const learnt: string[] = [];
  const [id, q1] = [findColumn(file, "id"), findColumn(file, "q1")];
  const cells = readCells(file, [[q1, { learn: (text) => void learnt.push(text) }]], id);
  return { cells, learnt, q1 };
};
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("the cells of a file", () => {
  it("teach each text once, on the line on which it stands first", async () => {
    const { cells, learnt, q1 } = await cellsOf();
    for (const [line, text] of ["3", "12", "3", "12", "5"].entries()) {
      const bytes = bytesOf(`x${text}y`);
      cells.cell(1, bytes, 1, bytes.length - 1);
      cells.close(line + 2);
    }
    expect(learnt).toEqual(["3", "12", "5"]);
    expect([0, 1, 2].map((place) => cells.lineOf(q1!, place))).toEqual([2, 3, 6]);
  });

  it.each([
    ["7", true],
    ["a-70", true],
    ["!1~", true],
    ["7.01", true],
    ["07", false],
    ["7.0", false],
    ["7,10", false],
    ["", false],
    ["-", false],
    ["NA", false],
    ["a 1", false],
    ["1\t", false],
    ["æ1", false],
    ["1\x7f", false],
    [`1${"x".repeat(999)}`, true],
  ])("that are read as they are need no tidying in %j: %s", async (text, isPlain) => {
    const { cells } = await cellsOf();
    const bytes = bytesOf(`"${text}"`);
    cells.cell(0, bytes, 1, bytes.length - 1);
    cells.close(2);
    expect([cells.verbatim.isPlain(), cells.verbatim.text()]).toEqual([isPlain, text]);
    expect(cells.verbatim.bytes().subarray(0, cells.verbatim.length())).toEqual(bytesOf(text));
    cells.close(3);
    expect([cells.verbatim.isPlain(), cells.verbatim.text()]).toEqual([false, ""]);
  });

  it("are read where somebody reads their column, and stand on the first line where none is known", async () => {
    const { cells, q1 } = await cellsOf();
    expect([cells.wanted, cells.slotOf(q1), cells.slotOf(null)]).toEqual([[true, true], 0, -1]);
    expect(cells.lineOf(q1!, 0)).toBe(2);
  });

  it("are refused where they hold more different texts than any survey", async () => {
    const { cells, learnt } = await cellsOf();
    const add = (number: number) => {
      const bytes = bytesOf(String(number));
      cells.cell(1, bytes, 0, bytes.length);
    };
    for (let number = 0; number < 1 << 20; number += 1) add(number);
    add(7);
    expect(learnt).toHaveLength(1 << 20);
    expect(() => add(1 << 20)).toThrow("values-many");
  });

  it("are refused where their different texts are longer than those of any survey", async () => {
    const { cells, learnt } = await cellsOf();
    const bytes = new Uint8Array(1 << 20).fill(97);
    const add = (number: number) => {
      bytes[0] = number;
      cells.cell(1, bytes, 0, bytes.length);
    };
    for (let number = 1; number <= 64; number += 1) add(number);
    add(1);
    expect(learnt).toHaveLength(64);
    expect(() => add(65)).toThrow("values-many");
  });
});
