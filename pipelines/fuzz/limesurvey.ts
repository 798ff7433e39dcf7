import { Buffer } from "node:buffer";
import { byteFault } from "./byte-faults.ts";
import type { Chance } from "./chance.ts";
import { type Choice, codedTable, withColumns } from "./coded-columns.ts";
import { anything, type Bound, type Faulty, harmless, straying } from "./faults.ts";
import type { Table } from "./made-study.ts";
import { textFault } from "./text-faults.ts";
import type { VendorForm } from "./vendor-forms.ts";

const system = ["submitdate", "lastpage", "startlanguage", "seed", "ipaddr"];

const escaped = (text: string): string => text.replaceAll("]]>", "]]]]><![CDATA[>");
const row = (fields: Readonly<Record<string, string | number>>): string =>
  `<row>${Object.entries(fields)
    .map(([name, value]) => `<${name}><![CDATA[${escaped(String(value))}]]></${name}>`)
    .join("")}</row>`;
const rows = (table: string, of: readonly string[]): string =>
  `<${table}><fields><fieldname>qid</fieldname></fields><rows>${of.join("\n")}</rows></${table}>`;

/** How the answers of the survey are valued and ordered. */
interface Valued {
  readonly value: (choice: Choice) => number;
  readonly order: (place: number) => number;
}

const structure = (
  { header }: Table,
  choices: readonly (readonly Choice[] | null)[],
  { value, order }: Valued,
): string => {
  const questions = header.map((title, k) =>
    row({ qid: k + 1, parent_qid: 0, title, type: choices[k] ? "L" : "S", question: title, question_order: k }),
  );
  const answers = choices.flatMap((all, k) =>
    (all ?? []).map((one, place) =>
      row({
        ...{ qid: k + 1, code: one.code, answer: one.label, assessment_value: value(one) },
        ...{ sortorder: order(place), language: "da", scale_id: 0 },
      }),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<document><LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>145</DBVersion><languages><language>da</language></languages>${rows("questions", questions)}${rows("answers", answers)}</document>`;
};

const entities = Array.from(
  { length: 9 },
  (_, k) => `<!ENTITY l${k + 1} "${k === 0 ? "ha" : `&l${k};`.repeat(10)}">`,
).join("");

type XmlFault = (xml: string, chance: Chance) => string;
const xmlFaults: Readonly<Record<string, XmlFault>> = {
  laughs: (xml) => xml.replace("<document>", `<!DOCTYPE d [${entities}]><document>&l9;`),
  external: (xml) => xml.replace("<document>", '<!DOCTYPE d SYSTEM "file:///etc/passwd"><document>'),
  deep: (xml) => xml.replace("<document>", `<document>${"<a>".repeat(5000)}`),
  group: (xml) => xml.replace(">Survey<", ">Group<"),
  unclosed: (xml, { below }) => xml.slice(0, below(xml.length)),
  entity: (xml) => xml.replace("<![CDATA[", "&lol;<![CDATA["),
  latin: (xml) => xml.replace("UTF-8", "ISO-8859-1"),
  twice: (xml) => xml + xml,
  text: (xml, chance) => textFault(xml, chance).made,
};

const lssFile = (xml: string, chance: Chance): Faulty<Buffer> => {
  if (chance.once(8)) {
    const [name, fault] = chance.pick(Object.entries(xmlFaults));
    return { name: `lss-${name}`, made: Buffer.from(fault(xml, chance)), ...anything };
  }
  const whole = { name: "", made: Buffer.from((chance.once(3) ? "\uFEFF" : "") + xml), ...harmless };
  return chance.once(16) ? byteFault(whole.made, chance) : whole;
};

/** How codes and values go together: with the words of the instrument codes need no values; with others they do. */
const codings: readonly {
  readonly codeOf: (answer: number) => string;
  readonly worded: boolean;
  readonly value: Valued["value"];
}[] = [
  { codeOf: String, worded: true, value: () => 0 },
  { codeOf: (answer) => `A${answer}`, worded: true, value: () => 0 },
  { codeOf: (answer) => `A${answer}`, worded: false, value: () => 0 },
  { codeOf: (answer) => `TL${6 - answer}`, worded: false, value: ({ answer }) => answer ?? 0 },
  { codeOf: (answer) => String(6 - answer), worded: false, value: ({ answer }) => answer ?? 0 },
  { codeOf: String, worded: false, value: ({ answer }) => 10 * (answer ?? 0) },
];

/** Values that are lost, the same or in another order change what unworded codes mean. */
const valueFaults: Readonly<Record<string, (valued: Valued, chance: Chance) => Valued>> = {
  "values-lost": (valued, { below }) => {
    const lost = 1 + below(5);
    return { ...valued, value: (one) => (one.answer === lost ? 0 : valued.value(one)) };
  },
  "values-gone": (valued) => ({ ...valued, value: () => 0 }),
  "values-wild": (valued, { pick }) => {
    const wild = pick([-1, 0.5, 1e9, Number.NaN, 3]);
    return { ...valued, value: () => wild };
  },
  "order-wrong": (valued) => ({ ...valued, order: (place) => -place }),
};

/** A table as LimeSurvey writes it, with the survey's structure, of which something may be wrong. */
export const limesurvey = (table: Table, chance: Chance): VendorForm => {
  const { codeOf, worded, value } = chance.pick(codings);
  const coded = codedTable(table, chance, codeOf, worded ? null : (answer) => `Trin ${"abcde"[answer - 1]}`);
  const [fault, change] = chance.pick(Object.entries(valueFaults));
  const isChanged = chance.once(4);
  const plain: Valued = { value, order: (place) => place };
  const lss = lssFile(structure(table, coded.choices, isChanged ? change(plain, chance) : plain), chance);
  const bound: Bound = isChanged && !worded ? straying(Number.POSITIVE_INFINITY) : harmless;
  const made = withColumns(coded.table, system, (k) => ["2020-01-10 10:00:00", "3", "da", String(k), "10.0.0.1"]);
  return {
    name: isChanged ? `limesurvey ${fault}` : "limesurvey",
    table: made,
    beside: { "survey.lss": lss },
    ...bound,
  };
};
