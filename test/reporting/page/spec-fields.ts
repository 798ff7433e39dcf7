interface Node {
  readonly data?: { readonly name?: string };
  readonly [key: string]: unknown;
}

/** Every field that a spec names, with the data set that it is read from. */
export const fieldsOf = (node: unknown, data: string | undefined): readonly (readonly [string, string])[] => {
  if (Array.isArray(node)) return node.flatMap((each) => fieldsOf(each, data));
  if (typeof node === "string")
    return [...node.matchAll(/datum\.(\w+)/g)].map(([, field]) => [data ?? "", field!] as const);
  if (typeof node !== "object" || node === null) return [];
  const own = (node as Node).data?.name ?? data;
  return Object.entries(node).flatMap(([key, value]) =>
    key === "field" && typeof value === "string"
      ? [[own ?? "", value] as const]
      : key === "labelExpr"
        ? []
        : fieldsOf(value, own),
  );
};
