import { Parser } from "htmlparser2";

/** A number in a page, and what its element says that it is. */
export interface ServedNumber {
  readonly text: string;
  /** Whether the page says only that the value is below it. */
  readonly below: boolean;
  /** Facts that it is said to be one of; of what stands in an attribute all that the attribute has. */
  readonly facts: readonly string[];
  /** Kinds of plain numbers that it is said to be one of. */
  readonly plain: readonly string[];
  /** The elements around it, outermost first. */
  readonly path: string;
}

/** What a page shows that its release does not bear out. */
export interface Served {
  readonly numbers: number;
  /** Facts that the release does not hold, or that have another value there. */
  readonly unknownFacts: readonly string[];
  readonly differing: readonly string[];
  /** How many numbers say of themselves that they are plain, by kind. */
  readonly plain: Readonly<Record<string, number>>;
  /** Numbers that do not say what they are. */
  readonly withoutFact: readonly ServedNumber[];
}

const numbers = /[-−+]?\d+(?:[.,\u00a0\u202f]\d+)*/g;
const silent = new Set(["script", "style", "title", "template"]);
const spoken = ["alt", "title", "aria-label", "aria-description"];

/** Numbers that say nothing about anybody's answers; whole ones alone, where a fraction could be something else. */
const plainKinds: Readonly<Record<string, "whole" | "any">> = {
  threshold: "whole",
  confidence: "any",
  count: "whole",
  number: "whole",
  unit: "any",
  chance: "any",
  sentence: "whole",
  date: "whole",
  name: "whole",
  axis: "any",
};

type Source = Pick<ServedNumber, "facts" | "plain">;

const nothing: Source = { facts: [], plain: [] };

/** The numbers beside an axis are drawn by the chart itself. */
const isAxis = ({ class: names = "" }: Readonly<Record<string, string>>): boolean =>
  names.split(" ").includes("role-axis-label");

const sourceOf = (attributes: Readonly<Record<string, string>>, around: Source): Source => {
  const { "data-fact": fact, "data-plain": plain } = attributes;
  if (fact !== undefined) return { facts: [fact], plain: [] };
  if (plain !== undefined) return { facts: [], plain: [plain] };
  return isAxis(attributes) ? { facts: [], plain: ["axis"] } : around;
};

/** What the numbers of an element's own attributes are: `data-facts` lists facts, and plain numbers as `kind=value`. */
const listed = (attributes: Readonly<Record<string, string>>, own: Source): Source => {
  const list = JSON.parse(attributes["data-facts"] ?? "[]") as readonly string[];
  const kindOf = (each: string): string | undefined => /^(\w+)=[-\d.e]+$/.exec(each)?.[1];
  const facts = list.filter((each) => kindOf(each) === undefined);
  return list.length === 0 ? own : { facts, plain: list.flatMap((each) => kindOf(each) ?? []) };
};

/** Every number that a reader of the page can see or hear, with what its nearest element says that it is. */
export const numbersIn = (page: string): readonly ServedNumber[] => {
  const found: ServedNumber[] = [];
  const open: { readonly name: string; readonly source: Source }[] = [];
  const collect = (text: string, source: Source): void => {
    if (open.some(({ name }) => silent.has(name))) return;
    const path = open.map(({ name }) => name).join(" ");
    for (const match of text.matchAll(numbers)) {
      const below = /<\s*$/.test(text.slice(0, match.index));
      found.push({ text: match[0], below, ...source, path });
    }
  };
  let text = "";
  const flush = (): void => {
    collect(text, open.at(-1)?.source ?? nothing);
    text = "";
  };
  const parser = new Parser({
    onopentag: (name, attributes) => {
      flush();
      const source = sourceOf(attributes, open.at(-1)?.source ?? nothing);
      open.push({ name, source });
      for (const each of spoken) collect(attributes[each] ?? "", listed(attributes, source));
    },
    ontext: (piece) => {
      text += piece;
    },
    onclosetag: () => {
      flush();
      open.pop();
    },
  });
  parser.end(page);
  flush();
  return found;
};

const languageOf = (page: string): "da" | "en" => (/<html[^>]*\blang="?en/i.test(page) ? "en" : "da");

/** A number as it is written in the language of the page. */
const numberOf = (text: string, language: "da" | "en"): number => {
  const plain = text.replace("−", "-").replace(/[\u00a0\u202f]/g, "");
  return Number(language === "da" ? plain.replaceAll(".", "").replace(",", ".") : plain.replaceAll(",", ""));
};

const decimalsOf = (text: string, language: "da" | "en"): number =>
  text.split(language === "da" ? "," : ".")[1]?.length ?? 0;

const isPlain = ({ text, plain }: ServedNumber, language: "da" | "en"): boolean =>
  plain.some(
    (kind) => plainKinds[kind] === "any" || (plainKinds[kind] === "whole" && decimalsOf(text, language) === 0),
  );

const isValue = (value: number, { text, below }: ServedNumber, language: "da" | "en"): boolean => {
  const shown = numberOf(text, language);
  if (below) return value <= shown;
  const grain = 10 ** -decimalsOf(text, language);
  return [shown, -shown].some((each) => Math.abs(each - value) <= grain / 2 + 1e-9);
};

/** The numbers of frozen models by the names of their facts: `f` is the name of what stands in `v`, a part has it after a #. */
export const namedNumbers = (...models: readonly unknown[]): ReadonlyMap<string, number> => {
  const found = new Map<string, number>();
  const parts = (name: string, value: unknown): void => {
    if (typeof value === "number") found.set(name, value);
    else if (typeof value === "object" && value !== null)
      for (const [key, each] of Object.entries(value)) parts(`${name}#${key}`, each);
  };
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const { f, v } = value as { readonly f?: unknown; readonly v?: unknown };
    if (typeof f === "string" && v !== undefined) parts(f, v);
    else for (const each of Object.values(value)) walk(each);
  };
  models.forEach(walk);
  return found;
};

/**
 * Holds a page against the numbers of its release: a number of a fact must be that fact's value, to the digits that are
 * shown (its sign may be said in words); any other must say which kind it is that tells nothing about answers.
 */
export const auditServed = (page: string, facts: ReadonlyMap<string, number>): Served => {
  const language = languageOf(page);
  const found = numbersIn(page);
  const known = (each: ServedNumber) => each.facts.filter((fact) => facts.has(fact));
  const isBorneOut = (each: ServedNumber): boolean =>
    known(each).some((fact) => isValue(facts.get(fact)!, each, language)) || isPlain(each, language);
  const others = found.filter((each) => !isBorneOut(each));
  const plain = found
    .filter((each) => each.facts.length === 0 && isPlain(each, language))
    .flatMap((each) => each.plain);
  const ids = (all: readonly string[]) => [...new Set(all)];
  return {
    numbers: found.length,
    unknownFacts: ids(found.flatMap((each) => each.facts)).filter((fact) => !facts.has(fact)),
    differing: ids(others.flatMap(known)),
    plain: Object.fromEntries(ids(plain).map((kind) => [kind, plain.filter((each) => each === kind).length])),
    withoutFact: others.filter((each) => each.facts.length === 0),
  };
};
