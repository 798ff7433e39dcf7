import { Parser } from "htmlparser2";
import type { Fact } from "./publication.ts";

/** A number in a page, and the fact that it says it is; null where it says none. */
export interface ServedNumber {
  readonly text: string;
  readonly fact: string | null;
  /** The elements around it, outermost first. */
  readonly path: string;
}

/** What a page shows that the ledger does not bear out. */
export interface Served {
  readonly numbers: number;
  /** Numbers of a fact that the ledger does not hold, or that another value stands for there. */
  readonly unknownFacts: readonly string[];
  readonly differing: readonly string[];
  /** How many numbers without a fact were taken for each kind that may be shown without. */
  readonly plain: Readonly<Record<string, number>>;
  /** All other numbers without a fact. */
  readonly withoutFact: readonly ServedNumber[];
}

const numbers = /[-−+]?\d+(?:[.,\u00a0\u202f]\d+)*/g;
const silent = new Set(["script", "style", "title", "template"]);
const spoken = ["alt", "title", "aria-label", "aria-description"];

/** Every number that a reader of the page can see or hear, with the fact that its nearest element names. */
export const numbersIn = (page: string): readonly ServedNumber[] => {
  const found: ServedNumber[] = [];
  const open: { readonly name: string; readonly fact: string | null }[] = [];
  const collect = (text: string): void => {
    if (open.some(({ name }) => silent.has(name))) return;
    const { fact = null } = open.at(-1) ?? {};
    const path = open.map(({ name }) => name).join(" ");
    for (const [number] of text.matchAll(numbers)) found.push({ text: number, fact, path });
  };
  let text = "";
  const flush = (): void => {
    collect(text);
    text = "";
  };
  const parser = new Parser({
    onopentag: (name, attributes) => {
      flush();
      const fact = attributes["data-fact"] ?? open.at(-1)?.fact ?? null;
      open.push({ name, fact });
      for (const each of spoken) collect(attributes[each] ?? "");
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

/** Numbers that say nothing about anybody's answers; the first kind that fits is what a number is taken for. */
const plainKinds: Readonly<Record<string, (value: number, text: string) => boolean>> = {
  year: (value, text) => /^\d{4}$/.test(text) && value >= 1900 && value < 2100,
  "count in steps": (value, text) => /^\d+$/.test(text) && value % 5 === 0,
  "threshold, day or number of a figure": (value, text) => /^\d+$/.test(text) && value <= 31,
};

const plainKind = (text: string, language: "da" | "en"): string | null =>
  Object.entries(plainKinds).find(([, isPlain]) => isPlain(numberOf(text, language), text))?.[0] ?? null;

const isValue = ({ value, step }: Fact, text: string, language: "da" | "en"): boolean => {
  if (value === null) return false;
  const grain = Math.max(step, 10 ** -decimalsOf(text, language));
  const shown = numberOf(text, language);
  return Math.abs(shown - value) <= grain / 2 + 1e-9 || Math.abs(shown + value) <= grain / 2 + 1e-9;
};

/**
 * Holds a page against the facts of the ledger: a number with a fact must be that fact's value, to the digits that are
 * shown (its sign may be said in words); a number without one must be of a kind that says nothing about answers.
 */
export const auditServed = (page: string, facts: ReadonlyMap<string, Fact>): Served => {
  const language = languageOf(page);
  const found = numbersIn(page);
  const ofFacts = found.filter(({ fact }) => fact !== null);
  const known = ofFacts.filter(({ fact }) => facts.has(fact!));
  const others = found.filter(({ fact }) => fact === null);
  const kinds = others.map(({ text }) => plainKind(text, language));
  const count = (kind: string): number => kinds.filter((each) => each === kind).length;
  return {
    numbers: found.length,
    unknownFacts: [...new Set(ofFacts.map(({ fact }) => fact!))].filter((fact) => !facts.has(fact)),
    differing: known.filter(({ fact, text }) => !isValue(facts.get(fact!)!, text, language)).map(({ fact }) => fact!),
    plain: Object.fromEntries(Object.keys(plainKinds).map((kind) => [kind, count(kind)])),
    withoutFact: others.filter((_, k) => kinds[k] === null),
  };
};
