import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
  );

const outside = ["src", "pipelines"]
  .flatMap(filesBelow)
  .filter((file) => file.endsWith(".ts") && !file.startsWith(join("src", "disclosure")))
  .map((file) => ({ file, text: readFileSync(file, "utf8") }));

describe("a published value", () => {
  it("is made by disclosure control alone", () => {
    const makers = /import[^;]*\b(letOut|shown)\b[^;]*disclosure\/published/;
    expect(outside.filter(({ text }) => makers.test(text)).map(({ file }) => file)).toEqual([]);
  });
  it("is never claimed by a cast", () => {
    expect(outside.filter(({ text }) => /\bas (unknown as )?Published</.test(text)).map(({ file }) => file)).toEqual(
      [],
    );
  });
  it("is taken from a release by the store alone", () => {
    const readers = outside.filter(({ text }) => /\bfromRelease\b/.test(text)).map(({ file }) => file);
    expect(readers).toEqual([join("src", "store", "releases.ts")]);
  });
});
