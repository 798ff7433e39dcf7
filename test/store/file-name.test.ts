import { basename, join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { fileNameOf } from "../../src/store/file-name.ts";

it("leaves a plain id as it is", () => {
  expect(fileNameOf("L1001_a-b.2")).toBe("L1001_a-b.2");
});

it("spells out what a path cannot hold, and shortens what is long to the beginning and a sum", () => {
  expect(fileNameOf(".a/b.c%\nø")).toBe("%2Ea%2Fb.c%25%0A%C3%B8");
  expect(fileNameOf("x".repeat(200))).toBe("x".repeat(200));
  expect(fileNameOf("x".repeat(201))).toMatch(/^x{100}-[0-9a-f]{32}$/);
});

it.each([
  "../../etc/passwd",
  "..",
  ".",
  ".hidden",
  "a/b",
  "a\\b",
  "a\0b",
  "C:x",
  "æ",
  "x".repeat(5000),
  "ø".repeat(200),
])("never leads out of its folder: %j", (id) => {
  const name = fileNameOf(id);
  expect(name).toMatch(/^[A-Za-z0-9_%-][A-Za-z0-9_.%-]*$/);
  expect(basename(join("folder", name))).toBe(name);
  expect(Buffer.byteLength(`${name}.html.partial`)).toBeLessThan(256);
});

it("gives different ids different names", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (one, other) => {
      fc.pre(Buffer.from(one).compare(Buffer.from(other)) !== 0);
      expect(fileNameOf(one)).not.toBe(fileNameOf(other));
    }),
  );
  expect(fileNameOf(`${"x".repeat(300)}a`)).not.toBe(fileNameOf(`${"x".repeat(300)}b`));
});
