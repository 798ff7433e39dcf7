import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { recordsOf } from "../../../src/store/deliveries/records.ts";
import { openBytes } from "./read-file.ts";

const utf8 = (text: string): Buffer => Buffer.from(text, "utf8");
const western = (text: string): Buffer => Buffer.from(text, "latin1");

describe.each([
  ["line feeds", "\n"],
  ["both", "\r\n"],
  ["carriage returns", "\r"],
])("lines that end in %s", (_, end) => {
  it("are each read in their own encoding", async () => {
    const file = await openBytes(
      Buffer.concat([utf8(`id;unit${end}1;Børn${end}`), western(`2;Ældre${end}3;Sø${end}`), utf8(`4;Kør${end}`)]),
    );
    const { records } = await recordsOf(file);
    expect(records.map(({ cells }) => cells[1])).toEqual(["Børn", "Ældre", "Sø", "Kør"]);
    expect(file.warnings()).toEqual([{ code: "encodings-mixed", place: { file: "file.csv", line: 3 } }]);
  });

  it("are counted where letters were lost", async () => {
    const file = await openBytes(`id;unit${end}1;A${end}${end}2;B\uFFFDrn${end}`);
    expect(file.warnings()).toEqual([{ code: "letters-lost", place: { file: "file.csv", line: 4 } }]);
  });

  it("are counted where there is no text", async () => {
    const opened = openBytes(`id;unit${end}1;A${end}2;\0${end}`);
    await expect(opened).rejects.toMatchObject({ problems: [{ code: "file-binary", place: { line: 3 } }] });
  });
});

it("are counted where a file is read in pieces that end between carriage return and line feed", async () => {
  const line = `1;${"x".repeat(60)}\r\n`;
  const before = `${"y".repeat((1 << 20) - 1 - 5 * line.length)}\r\n`;
  const file = await openBytes(`${line.repeat(5)}${before}2;B\uFFFDrn\r\n`);
  expect(file.warnings()).toEqual([{ code: "letters-lost", place: { file: "file.csv", line: 7 } }]);
});

it("are counted once where one is too long to be read whole", async () => {
  const opened = openBytes(`id;unit\n1;${"x".repeat(5 << 20)}\n2;\0\n`);
  await expect(opened).rejects.toMatchObject({ problems: [{ code: "file-binary", place: { line: 3 } }] });
});
