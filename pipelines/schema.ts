import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { packageRoot } from "../src/store/assets.ts";
import { instrumentFile } from "../src/study/instrument-schema.ts";
import { studyFile } from "../src/study/schema.ts";

const schemas = {
  "data/study.schema.json": studyFile,
  "data/instrument.schema.json": instrumentFile,
} as const;

/** The JSON Schemas that editors check the study file and the instrument by, by path in the package. */
export const jsonSchemas = (): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(schemas).map(([path, schema]) => [
      path,
      `${JSON.stringify(z.toJSONSchema(schema, { io: "input" }), null, 2)}\n`,
    ]),
  );

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [path, text] of jsonSchemas()) await writeFile(join(packageRoot, path), text);
