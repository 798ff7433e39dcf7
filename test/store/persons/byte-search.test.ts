import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { needle, searchBytes } from "../../../src/store/persons/byte-search.ts";

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Whether a text is found, however the bytes come; where it differs by chunk, that. */
const isFound = async (bytes: Buffer, wanted: string, apart = true): Promise<boolean | string> => {
  const found = new Set<boolean>();
  for (const size of [1, 2, 3, 5, 7, 16, bytes.length])
    found.add((await searchBytes(inChunks(bytes, size), needle("id", wanted, apart))).found.has("id"));
  return found.size === 1 ? [...found][0]! : "differs by chunk";
};

const utf8 = (text: string): Buffer => Buffer.from(text, "utf8");
const utf16 = (text: string): Buffer => Buffer.from(text, "utf16le");

describe("a search of bytes", () => {
  it.each([
    ["id;anna-77;3", true],
    ["anna-77", true],
    ["id;anna-771;3", false],
    ["id;Xanna-77;3", false],
    ["id;anna-77-b;3", false],
    ["id;åanna-77;3", false],
    ["id;anna-77ø", false],
    ["id;\u00a0anna-77\u2009;3", true],
    ["id;“anna-77”;3", true],
    ["id;𝒜anna-77", false],
    ["id;🙂anna-77🙂", true],
    ["", false],
  ])("finds a word of its own in %j: %s", async (text, expected) => {
    expect(await isFound(utf8(text), "anna-77")).toBe(expected);
    expect(await isFound(utf16(text), "anna-77")).toBe(expected);
  });

  it.each([
    ["912345 ", false],
    [" 12345 ", true],
    ["å12345 ", false],
    [" 123459", false],
  ])(
    "takes a neighbour into account that lies before the seam of two chunks: %j is found: %s",
    async (text, expected) => {
      for (const written of [utf8(text), utf16(text)])
        for (let before = 0; before < 64; before += 1) {
          const bytes = Buffer.concat([Buffer.alloc(64), written, Buffer.alloc(64)]);
          const chunks = inChunks(bytes, 64 + before);
          expect((await searchBytes(chunks, needle("id", "12345", true))).found.has("id"), `${before}`).toBe(expected);
        }
    },
  );

  it("finds what is part of a word where that is asked for", async () => {
    expect(await isFound(utf8("xanna-77x"), "anna-77", false)).toBe(true);
  });

  it("finds a text as markup, JSON and quoted cells write it", async () => {
    const id = 'Bo "B" & <søn>';
    for (const spelled of [
      "<t>Bo &quot;B&quot; &amp; &lt;søn&gt;</t>",
      JSON.stringify({ id }),
      'x;"Bo ""B"" & <søn>";y',
      id,
    ])
      expect(await isFound(utf8(spelled), id)).toBe(true);
  });
});
