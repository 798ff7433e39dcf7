import ts from "typescript";
import { expect, it } from "vitest";
import { releaseForm } from "../../src/store/release-manifest.ts";
import { contentHash } from "../../src/study/plan-hash.ts";

/** What a release freezes. */
const frozen = [
  ["src/reporting/research/model.ts", "ResearchModel"],
  ["src/reporting/management/model.ts", "ManagementModel"],
  ["src/reporting/leader/model.ts", "LeaderStudy"],
  ["src/reporting/leader/model.ts", "LeaderFacts"],
] as const;

/** Every key below a type and what it holds, alike for types that take the same JSON. */
const shapeOf = (checker: ts.TypeChecker, type: ts.Type, above: readonly ts.Type[] = []): unknown => {
  const inner = (one: ts.Type) => shapeOf(checker, one, [...above, type]);
  if (above.includes(type)) return "again";
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

it("has another number wherever the models that are frozen have other keys", () => {
  const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ".");
  const program = ts.createProgram([...new Set(frozen.map(([file]) => file))], { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const shapes = frozen.map(([file, name]) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    const symbol = module && checker.getExportsOfModule(module).find((one) => one.name === name);
    if (!symbol) throw new Error(`no ${name} in ${file}`);
    return [name, shapeOf(checker, checker.getDeclaredTypeOfSymbol(symbol))];
  });
  const keys = (JSON.stringify(shapes).match(/"keys\\*":/g) ?? []).length;
  expect(keys).toBeGreaterThan(40);
  // Once releases of this form may be about, raise `releaseForm` with the hash: they are then refused and made again.
  expect([releaseForm, contentHash(shapes)]).toEqual([
    1,
    "09707c7008fc51df18a176f8bd03f108d9c75035b4cae3a0f7eebe0ab3139df0",
  ]);
});
