import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { jsonSchemas } from "../../pipelines/schema.ts";
import { asset } from "../../src/store/assets.ts";
import * as worked from "../study/worked-example.ts";

it.each([...jsonSchemas()])("%s is what the parser accepts", (path, text) => {
  expect(asset(path)).toBe(text);
});

const accepts = (path: string, yaml: string): boolean =>
  z.fromJSONSchema(JSON.parse(asset(path))).safeParse(parse(yaml)).success;

it("lets an editor accept what the parser accepts, as YAML types it", () => {
  expect(accepts("data/study.schema.json", worked.study)).toBe(true);
  expect(accepts("data/study.schema.json", worked.study.replace("language: da", "langage: da"))).toBe(false);
  expect(accepts("data/study.schema.json", worked.study.replace("leaders: 3", "leaders: 2"))).toBe(false);
  expect(accepts("data/instrument.schema.json", worked.instrument)).toBe(true);
  expect(accepts("data/instrument.schema.json", worked.instrument.replace("id: tf2", "id: 2"))).toBe(true);
});

it.each(["study.yaml", "instrument.yaml"])("%s of a new study points editors to its schema", (file) => {
  const text = readFileSync(new URL(`../../data/new/${file}`, import.meta.url), "utf8");
  expect(text).toMatch(/^# yaml-language-server: \$schema=(study|instrument)\.schema\.json\n/);
});
