import ts from "typescript";
import { describe, expect, it } from "vitest";
import { leaderNumbers, sharedNumbers } from "../../src/reporting/leader/model.ts";
import { managementNumbers } from "../../src/reporting/management/model.ts";
import { researchNumbers } from "../../src/reporting/research/model.ts";
import { releaseForm } from "../../src/store/release-manifest.ts";
import { contentHash } from "../../src/study/plan-hash.ts";

/** What a release freezes. */
const frozen = [
  ["src/reporting/research/model.ts", "ResearchModel", researchNumbers],
  ["src/reporting/research/public-model.ts", "PublicModel", researchNumbers],
  ["src/reporting/management/model.ts", "ManagementModel", managementNumbers],
  ["src/reporting/leader/model.ts", "LeaderStudy", sharedNumbers],
  ["src/reporting/leader/model.ts", "LeaderFacts", leaderNumbers],
] as const;

const isPublished = (type: ts.Type): boolean => type.symbol?.name === "Published";

/** Every key below a type and what it holds, alike for types that take the same JSON. */
const shapeOf = (checker: ts.TypeChecker, type: ts.Type, above: readonly ts.Type[] = []): unknown => {
  const inner = (one: ts.Type) => shapeOf(checker, one, [...above, type]);
  if (above.includes(type)) return "again";
  if (isPublished(type)) return { published: checker.getTypeArguments(type as ts.TypeReference).map(inner) };
  if (type.isUnion()) return type.types.map((one) => JSON.stringify(inner(one))).sort();
  if (checker.isArrayType(type) || checker.isTupleType(type))
    return [checker.getTypeArguments(type as ts.TypeReference).map(inner)];
  const properties = checker.getPropertiesOfType(type).filter(({ name }) => !name.startsWith("__@"));
  const isRecord = (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0;
  const isPlain = type.isIntersection() && type.types.some((one) => (one.flags & ts.TypeFlags.Object) === 0);
  if (!isRecord || isPlain) return checker.typeToString(type);
  const index = checker.getIndexInfosOfType(type).map((one) => inner(one.type));
  const keys = properties.map((property) => [
    property.name,
    (property.flags & ts.SymbolFlags.Optional) !== 0,
    inner(checker.getTypeOfSymbol(property)),
  ]);
  return { index, keys: keys.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)) };
};

const compile = () => {
  const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ".");
  const program = ts.createProgram([...new Set(frozen.map(([file]) => file))], { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const typeOf = (file: string, name: string): ts.Type => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    const symbol = module && checker.getExportsOfModule(module).find((one) => one.name === name);
    if (!symbol) throw new Error(`no ${name} in ${file}`);
    return checker.getDeclaredTypeOfSymbol(symbol);
  };
  return { checker, typeOf };
};

let known: ReturnType<typeof compile> | undefined;
const compiled = () => {
  known ??= compile();
  return known;
};

/** Places of the numbers that a type has beside published ones; lists at their first place, any key as `key`. */
const bareIn = (checker: ts.TypeChecker, type: ts.Type, place = ""): readonly string[] => {
  const below = (one: ts.Type, name: string) => bareIn(checker, one, place === "" ? name : `${place}/${name}`);
  if (isPublished(type) || place.split("/").length > 12) return [];
  if (type.isUnion()) return type.types.flatMap((one) => bareIn(checker, one, place));
  if ((type.flags & ts.TypeFlags.NumberLike) !== 0) return [place];
  if (checker.isArrayType(type) || checker.isTupleType(type))
    return checker.getTypeArguments(type as ts.TypeReference).flatMap((one) => below(one, "0"));
  if ((type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) === 0) return [];
  return [
    ...checker.getIndexInfosOfType(type).flatMap((one) => below(one.type, "key")),
    ...checker.getPropertiesOfType(type).flatMap((one) => below(checker.getTypeOfSymbol(one), one.name)),
  ];
};

describe.each(frozen)("%s", (file, name, plain) => {
  it(`has in ${name} no number that would not be frozen`, () => {
    const { checker, typeOf } = compiled();
    const bare = bareIn(checker, typeOf(file, name));
    expect(bare.length).toBeGreaterThan(1);
    expect(bare.filter((place) => !plain.some((each) => each.test(place)))).toEqual([]);
  });
});

it("has another number wherever the models that are frozen have other keys", () => {
  const { checker, typeOf } = compiled();
  const shapes = frozen.map(([file, name]) => [name, shapeOf(checker, typeOf(file, name))]);
  const keys = (JSON.stringify(shapes).match(/"keys\\*":/g) ?? []).length;
  expect(keys).toBeGreaterThan(40);
  // Once releases of this form may be about, raise `releaseForm` with the hash: they are then refused and made again.
  expect([releaseForm, contentHash(shapes)]).toEqual([
    5,
    "2f054f274c96d1933db5b93a0c9d53b3b5e1782699604fe93e604b635a71d7ef",
  ]);
});
