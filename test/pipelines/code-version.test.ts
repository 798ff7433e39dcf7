import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { codeVersion, reachedFrom, stageFiles, versionOf } from "../../pipelines/code-version.ts";
import { packageRoot } from "../../src/store/assets.ts";
import { folderOf } from "./staged-study.ts";

const stages = ["ingest", "score", "summarize", "estimate", "publish"] as const;
const namesOf = (stage: string): readonly string[] =>
  [...stageFiles(stage).keys()].map((file) => relative(packageRoot, file)).sort();

describe("the files of a stage", () => {
  it("are its own code and queries, and what they import from near and far", () => {
    expect(namesOf("ingest")).toEqual(
      expect.arrayContaining([
        ...["ingest/ingest.ts", "ingest/records.ts", "ingest/responses.sql", "ingest/parquet-rows.sql"].map(
          (name) => `pipelines/${name}`,
        ),
        ...["formats/records.ts", "formats/spss/labels.ts", "store/vault/read.ts", "study/fold.ts", "errors.ts"].map(
          (name) => `src/${name}`,
        ),
      ]),
    );
    expect(namesOf("score")).toEqual(
      expect.arrayContaining(["pipelines/score/score.ts", "pipelines/stage.sql", "src/study/items.ts"]),
    );
  });

  it.each(stages)("are all queries beside the code of %s", (stage) => {
    const queries = readdirSync(join(packageRoot, "pipelines", stage)).filter((name) => name.endsWith(".sql"));
    expect(queries.length).toBeGreaterThan(0);
    expect(namesOf(stage)).toEqual(expect.arrayContaining(queries.map((name) => `pipelines/${stage}/${name}`)));
  });

  it("are none of another stage's own", () => {
    for (const stage of ["ingest", "score", "summarize"])
      for (const other of ["estimate", "publish"])
        expect(namesOf(stage).filter((name) => name.startsWith(`pipelines/${other}/`))).toEqual([]);
    expect(namesOf("score").filter((name) => name.startsWith("src/formats/spss/"))).toEqual([]);
  });

  it("are, of a page, also its template and its words", () => {
    const names = namesOf("publish");
    expect(names.some((name) => name.startsWith("reports/"))).toBe(true);
  });

  it("have a version of their own, the same each time", () => {
    expect(new Set(stages.map(codeVersion)).size).toBe(stages.length);
    expect(stages.map((stage) => versionOf(stageFiles(stage)))).toEqual(stages.map(codeVersion));
  });
});

describe("the version of files", () => {
  const files = {
    "first.ts": 'import {\n  a,\n} from "./second.ts";\nexport * from "./third.ts";\nimport "./fourth.ts";\n',
    "second.ts": 'import type { A } from "./fifth.ts";\nconst late = () => import("./sixth.ts");\n',
    "third.ts": 'import { z } from "zod";\nimport { first } from "./first.ts";\nimport "./absent.ts";\n',
    ...Object.fromEntries(["fourth.ts", "fifth.ts", "sixth.ts", "stranger.ts"].map((name) => [name, "export {};\n"])),
  };
  const reached = (changed: Readonly<Record<string, string>>) =>
    reachedFrom([join(folderOf({ ...files, ...changed }), "first.ts")]);
  const texts = (found: ReadonlyMap<string, string>) =>
    versionOf(new Map([...found].map(([file, text]) => [file.replace(/^.*\//, `${packageRoot}/`), text])));

  it("is of all that can run from the first, each once", () => {
    const names = [...reached({}).keys()].map((file) => file.replace(/^.*\//, "")).sort();
    expect(names).toEqual(["fifth.ts", "first.ts", "fourth.ts", "second.ts", "sixth.ts", "third.ts"]);
  });

  it.each(["first.ts", "second.ts", "third.ts", "fourth.ts", "fifth.ts", "sixth.ts"] as const)(
    "changes with %s",
    (name) => {
      expect(texts(reached({ [name]: `${files[name as keyof typeof files]}// more\n` }))).not.toBe(texts(reached({})));
    },
  );

  it("does not change with a file that nothing reaches, nor with the folder", () => {
    expect(texts(reached({ "stranger.ts": "export const a = 1;\n" }))).toBe(texts(reached({})));
  });

  it("changes where a file has another name", () => {
    expect(versionOf(new Map([["/a.ts", "x"]]))).not.toBe(versionOf(new Map([["/b.ts", "x"]])));
  });
});
