import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type MadeFile, writeSystemFile } from "../../../pipelines/fuzz/system-file.ts";
import { Refusal } from "../../../src/errors.ts";
import { readSpss } from "../../../src/formats/spss/spss.ts";
import { readAll } from "./read.ts";

const survey: MadeFile = {
  compression: "blocks",
  blockSize: 400,
  variables: [{ name: "Q" }, { name: "T", width: 8 }],
  cases: Array.from({ length: 1000 }, (_, k) => [k, k % 3 === 0 ? `t${k}` : ""]),
};
const whole = writeSystemFile(survey);
const headerAt = whole.lastIndexOf(Buffer.from([0xe7, 3, 0, 0, 0, 0, 0, 0])) + 8;
const trailerAt = Number(whole.readBigInt64LE(headerAt + 8));

const changed = (change: (bytes: Buffer) => void): Buffer => {
  const other = Buffer.from(whole);
  change(other);
  return other;
};

/** The file with its first block replaced, and a trailer that knows of it. */
const withFirstBlock = (packed: Buffer, unpacked: number): Buffer => {
  const length = whole.readInt32LE(trailerAt + 24 + 20);
  const start = headerAt + 24;
  const trailer = Buffer.from(whole.subarray(trailerAt));
  const shift = packed.length - length;
  const unpackedShift = unpacked - trailer.readInt32LE(24 + 16);
  trailer.writeInt32LE(unpacked, 24 + 16);
  trailer.writeInt32LE(packed.length, 24 + 20);
  for (let at = 48; at < trailer.length; at += 24) {
    trailer.writeBigInt64LE(trailer.readBigInt64LE(at) + BigInt(unpackedShift), at);
    trailer.writeBigInt64LE(trailer.readBigInt64LE(at + 8) + BigInt(shift), at + 8);
  }
  const head = Buffer.from(whole.subarray(0, start));
  head.writeBigInt64LE(BigInt(trailerAt + shift), headerAt + 8);
  return Buffer.concat([head, packed, whole.subarray(start + length, trailerAt), trailer]);
};
const firstBlock = (): Buffer => {
  const length = whole.readInt32LE(trailerAt + 24 + 20);
  return whole.subarray(headerAt + 24, headerAt + 24 + length);
};

const opened = (bytes: Uint8Array) =>
  readSpss("svar.zsav", async function* () {
    yield bytes;
  });
const refused = (cause: string, record: object) => ({
  problems: [{ code: "file-damaged", format: "spss", cause, record }],
});
const header = { kind: "zlib-header", byte: headerAt };
const trailer = { kind: "zlib-trailer", byte: expect.any(Number) };
const first = { kind: "zlib-block", number: 1, byte: headerAt + 24 };

describe("compressed blocks", () => {
  it("are read in order, also where a case begins in one and ends in another", async () => {
    const { rows } = await readAll(whole, 50);
    expect(rows).toEqual(Array.from({ length: 1000 }, (_, k) => [String(k), k % 3 === 0 ? `t${k}` : ""]));
    expect(await readAll(withFirstBlock(firstBlock(), 400))).toMatchObject({ rows });
  });

  it.each([
    ["the header of the data stands elsewhere", changed((bytes) => bytes.writeBigInt64LE(1n, headerAt)), header],
    ["the trailer stands before the data", changed((bytes) => bytes.writeBigInt64LE(0n, headerAt + 8)), header],
    ["the trailer is of no length", changed((bytes) => bytes.writeBigInt64LE(0n, headerAt + 16)), header],
    ["the trailer is longer than memory", changed((bytes) => bytes.writeBigInt64LE(1n << 50n, headerAt + 16)), header],
    ["the trailer has another bias", changed((bytes) => bytes.writeBigInt64LE(-99n, trailerAt)), trailer],
    ["blocks are larger than memory", changed((bytes) => bytes.writeInt32LE(0x7fffffff, trailerAt + 16)), trailer],
    [
      "there are more blocks than the trailer lists",
      changed((bytes) => bytes.writeInt32LE(999, trailerAt + 20)),
      trailer,
    ],
    ["a block begins elsewhere", changed((bytes) => bytes.writeBigInt64LE(1n, trailerAt + 24)), trailer],
    ["a block begins elsewhere in the file", changed((bytes) => bytes.writeBigInt64LE(1n, trailerAt + 32)), trailer],
    ["a block is larger than all blocks", withFirstBlock(firstBlock(), 401), trailer],
    ["a block is far larger than what is in it", withFirstBlock(Buffer.alloc(2000), 400), trailer],
    ["the last block ends before the trailer", changed((bytes) => bytes.writeInt32LE(9, bytes.length - 4)), trailer],
    ["something follows the trailer", Buffer.concat([whole, Buffer.alloc(1)]), trailer],
  ])("are refused before any case is read where %s", async (_, bytes, record) => {
    await expect(opened(bytes)).rejects.toMatchObject(refused("spss-blocks", record));
  });

  it.each([
    ["a block unpacks to less than it says", withFirstBlock(firstBlock(), 399)],
    ["a block unpacks to more than it says", withFirstBlock(deflateSync(Buffer.alloc(1 << 24)).subarray(0, 1400), 400)],
    ["a block is more than its data", withFirstBlock(Buffer.concat([firstBlock(), Buffer.alloc(9)]), 400)],
    ["a block is no compressed data", withFirstBlock(Buffer.alloc(100, 7), 400)],
  ])("are refused where %s", async (_, bytes) => {
    await expect(readAll(bytes)).rejects.toMatchObject(refused("spss-blocks", first));
  });

  it("are refused where the file ends before the trailer", async () => {
    for (const bytes of [whole.subarray(0, trailerAt), whole.subarray(0, -1), whole.subarray(0, headerAt + 30)]) {
      await expect(readAll(bytes)).rejects.toBeInstanceOf(Refusal);
      await expect(readAll(bytes)).rejects.toMatchObject(refused("truncated", trailer));
    }
  });

  it("name the block that is damaged, and the header that is cut", async () => {
    const last = trailerAt - whole.readInt32LE(whole.length - 4);
    const bytes = changed((other) => other.fill(7, last, last + 20));
    const number = whole.readInt32LE(trailerAt + 20);
    expect(number).toBeGreaterThan(2);
    await expect(readAll(bytes)).rejects.toMatchObject(
      refused("spss-blocks", { kind: "zlib-block", number, byte: last }),
    );
    await expect(readAll(whole.subarray(0, headerAt + 9))).rejects.toMatchObject(refused("truncated", header));
  });

  it("never unpack to more than they say, however much is in them", async () => {
    const packed = deflateSync(Buffer.alloc(1 << 20, 101));
    const file = await opened(withFirstBlock(packed, 400));
    let given = 0;
    const readOut = async () => {
      for await (const chunk of file.records()) given += chunk.length;
    };
    await expect(readOut()).rejects.toMatchObject(refused("spss-blocks", first));
    expect(packed.length).toBeLessThan(1474);
    expect(given).toBe(0);
  });
});
