import { againIn, type Part } from "./refine.ts";
import { type Row, type Rows, scaleName } from "./rows.ts";

/** Parts that no row of a view tells apart: a combination rests on all of them or on none. */
export interface Block {
  readonly parts: readonly Part[];
  readonly leaders: readonly string[];
  /** Respondents: the fewest of any scale that the block is a column of, a person counted once. */
  readonly n: number;
  /** Those of them who are, or may be, in another block too. */
  readonly persons: ReadonlySet<string>;
}

/** Respondents of several blocks, a person counted once. */
export const respondentsIn = (all: readonly Block[]): number => {
  const blocks = [...new Set(all)];
  const persons = new Set(blocks.flatMap((block) => [...block.persons]));
  const again = blocks.reduce((total, block) => total + block.persons.size, 0) - persons.size;
  return blocks.reduce((total, { n }) => total + n, 0) - again;
};

/** The sum of a block on one scale. */
export interface Column {
  readonly block: number;
  readonly scale: string;
  readonly n: number;
}

/** A row over columns. */
export interface SystemRow {
  readonly row: Row;
  readonly coefficients: ReadonlyMap<number, number>;
}

/** One connected component of a view: rows, and the columns that they are made of. */
export interface System {
  readonly blocks: readonly Block[];
  readonly columns: readonly Column[];
  readonly rows: readonly SystemRow[];
  /** The same for two systems that differ in nothing but scale and values. */
  readonly structure: string;
}

/** Union-find with halved paths over 0 … count − 1. */
export const disjointSets = (count: number) => {
  const parent = new Int32Array(count);
  for (let k = 0; k < count; k++) parent[k] = k;
  const find = (k: number): number => {
    let root = k;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]!]!;
      root = parent[root]!;
    }
    return root;
  };
  const join = (a: number, b: number): void => {
    parent[find(a)] = find(b);
  };
  return { find, join };
};

const components = (rows: readonly Row[]): readonly (readonly Row[])[] => {
  const used = rows.filter(({ coefficients }) => coefficients.size > 0);
  const sets = disjointSets(used.length);
  const rowOf = new Map<number, number>();
  used.forEach(({ coefficients }, index) => {
    for (const unknown of coefficients.keys()) {
      const other = rowOf.get(unknown);
      if (other === undefined) rowOf.set(unknown, index);
      else sets.join(index, other);
    }
  });
  const byRoot = new Map<number, Row[]>();
  for (const [index, row] of used.entries()) {
    const root = sets.find(index);
    const found = byRoot.get(root);
    if (found) found.push(row);
    else byRoot.set(root, [row]);
  }
  return [...byRoot.values()];
};

interface Profile {
  readonly part: Part;
  /** Scale → the rows that the part stands in, and how. */
  readonly scales: Map<string, { readonly unknown: number; readonly n: number; entries: string }>;
}

const profilesOf = (rows: readonly Row[], { unknowns }: Rows): readonly Profile[] => {
  const profiles = new Map<Part, Profile>();
  rows.forEach(({ coefficients }, index) => {
    for (const [unknown, coefficient] of coefficients) {
      const { part, scale, rater, n } = unknowns[unknown]!;
      const profile = profiles.get(part) ?? { part, scales: new Map() };
      profiles.set(part, profile);
      const key = `${scale} ${rater}`;
      const entry = profile.scales.get(key) ?? { unknown, n, entries: "" };
      entry.entries += `${index}:${coefficient};`;
      profile.scales.set(key, entry);
    }
  });
  return [...profiles.values()];
};

const mergeProfiles = (profiles: readonly Profile[]): readonly (readonly Profile[])[] => {
  const merged = new Map<string, Profile[]>();
  for (const profile of profiles) {
    const key = [...profile.scales]
      .map(([scale, { entries }]) => `${scale}=${entries}`)
      .sort()
      .join("|");
    const found = merged.get(key);
    if (found) found.push(profile);
    else merged.set(key, [profile]);
  }
  return [...merged.values()];
};

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

/** The scales of parts that rows do not tell apart; those that other persons answered anew are blocks of their own. */
const scalesByPersons = (profiles: readonly Profile[]) => {
  const found = new Map<string, { readonly scales: string[]; persons: ReadonlySet<string>; again: number }>();
  for (const scale of profiles[0]!.scales.keys()) {
    const each = profiles.map(({ part }) => againIn(part, scaleName(scale)));
    const persons = new Set(each.flatMap((own) => [...own]));
    const key = [...persons].sort().join("\n");
    const known = found.get(key) ?? { scales: [], persons, again: sum(each.map(({ size }) => size)) - persons.size };
    known.scales.push(scale);
    found.set(key, known);
  }
  return [...found.values()];
};

const systemOf = (rows: readonly Row[], all: Rows): System => {
  const blocks: Block[] = [];
  const columns: Column[] = [];
  const columnOf = new Map<number, number>();
  for (const profiles of mergeProfiles(profilesOf(rows, all)))
    for (const { scales, persons, again } of scalesByPersons(profiles)) {
      const own = scales.map((scale) => {
        for (const profile of profiles) columnOf.set(profile.scales.get(scale)!.unknown, columns.length);
        const n = sum(profiles.map((profile) => profile.scales.get(scale)!.n));
        columns.push({ block: blocks.length, scale, n });
        return n;
      });
      const leaders = [...new Set(profiles.flatMap(({ part }) => part.leaders))];
      const n = Math.max(1, Math.min(...own) - again);
      blocks.push({ parts: profiles.map(({ part }) => part), leaders, n, persons });
    }
  const overColumns = rows.map((row) => ({
    row,
    coefficients: new Map([...row.coefficients].map(([unknown, each]) => [columnOf.get(unknown)!, each])),
  }));
  const shape = blocks
    .map(({ parts, n, persons }) => `${n}:${parts.map(({ part }) => part).join()}:${[...persons].join()}`)
    .join(" ");
  const lines = overColumns.map(({ coefficients }) => [...coefficients].join(" ")).join("\n");
  return { blocks, columns, rows: overColumns, structure: `${shape}\n${lines}` };
};

/** The connected components of some rows, parts that they do not tell apart merged. */
export const systemsOf = (rows: readonly Row[], all: Rows): readonly System[] =>
  components(rows).map((each) => systemOf(each, all));
