import { createInflate } from "node:zlib";
import type { FileRecord, Refusal } from "../../errors.ts";
import type { ByteSource } from "./byte-source.ts";
import { damaged } from "./faults.ts";
import { type Header, int32 } from "./header.ts";

/** A block of compressed data: how many bytes it has in the file, and how many once it is unpacked. */
export interface Block {
  readonly packed: number;
  readonly unpacked: number;
}

const headerLength = 24;
const entryLength = 24;
const mostBlocks = 1 << 16;
/** Every known program writes blocks of 4 MB. */
const largestBlock = 1 << 24;

const int64 = (bytes: Buffer, at: number, little: boolean): number =>
  Number(little ? bytes.readBigInt64LE(at) : bytes.readBigInt64BE(at));

const sizesFit = (packed: number, unpacked: number, blockSize: number): boolean =>
  unpacked > 0 && unpacked <= blockSize && packed > 0 && packed <= unpacked + unpacked / 8 + 1024;

/** The blocks as the trailer lists them; they must stand one after another from the header of the data to the trailer. */
const listBlocks = (file: string, trailer: Buffer, start: number, end: number, header: Header): readonly Block[] => {
  const integer = (at: number): number => int64(trailer, at, header.little);
  const small = (at: number): number => int32(trailer, at, header.little);
  const count = small(20);
  const blockSize = small(16);
  let fits = integer(0) === -header.bias && integer(8) === 0 && blockSize <= largestBlock;
  fits &&= trailer.length === headerLength + entryLength * count;
  let packedAt = start + headerLength;
  let unpackedAt = start;
  const blocks: Block[] = [];
  for (let at = headerLength; fits && at < trailer.length; at += entryLength) {
    const block = { unpacked: small(at + 16), packed: small(at + 20) };
    fits = integer(at) === unpackedAt && integer(at + 8) === packedAt;
    fits &&= sizesFit(block.packed, block.unpacked, blockSize);
    unpackedAt += block.unpacked;
    packedAt += block.packed;
    blocks.push(block);
  }
  if (!fits || packedAt !== end) throw damaged(file, "spss-blocks", { kind: "zlib-trailer", byte: end });
  return blocks;
};

/** Reads the header of the data, passes over the blocks and reads the trailer, with which the file must end. */
export const readBlockList = async (file: string, source: ByteSource, header: Header): Promise<readonly Block[]> => {
  const start = source.position();
  const bytes = await source.take(headerLength);
  const head: FileRecord = { kind: "zlib-header", byte: start };
  if (bytes.length < headerLength) throw damaged(file, "truncated", head);
  const [declaredStart, end, length] = [0, 8, 16].map((at) => int64(bytes, at, header.little));
  const between = end! - start - headerLength;
  const entries = (length! - headerLength) / entryLength;
  if (declaredStart !== start || !(between >= 0) || !(entries >= 0 && entries <= mostBlocks))
    throw damaged(file, "spss-blocks", head);
  const tail: FileRecord = { kind: "zlib-trailer", byte: end! };
  if (!(await source.skip(between))) throw damaged(file, "truncated", tail);
  const trailer = await source.take(length!);
  if (trailer.length < length!) throw damaged(file, "truncated", tail);
  if ((await source.take(1)).length > 0) throw damaged(file, "spss-blocks", tail);
  return listBlocks(file, trailer, start, end!, header);
};

const pieceBytes = 1 << 16;

/** Piece by piece, so that a block holds no more memory than its compressed bytes. */
const unpackBlock = async function* (packed: Buffer, block: Block, fault: () => Refusal): AsyncGenerator<Buffer> {
  const stream = createInflate({ chunkSize: pieceBytes });
  stream.end(packed);
  let unpacked = 0;
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      unpacked += piece.length;
      if (unpacked > block.unpacked) break;
      yield piece;
    }
  } catch {
    throw fault();
  }
  if (unpacked !== block.unpacked || stream.bytesWritten !== block.packed) throw fault();
};

/** The data of the blocks, each unpacked to no more than the bytes that it declares. */
export const unpackBlocks = async function* (
  file: string,
  source: ByteSource,
  blocks: readonly Block[],
): AsyncGenerator<Buffer> {
  await source.skip(headerLength);
  for (const [index, block] of blocks.entries()) {
    const record: FileRecord = { kind: "zlib-block", number: index + 1, byte: source.position() };
    yield* unpackBlock(await source.take(block.packed), block, () => damaged(file, "spss-blocks", record));
  }
};
