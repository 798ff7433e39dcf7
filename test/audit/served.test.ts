import { describe, expect, it } from "vitest";
import { auditServed, namedNumbers, numbersIn } from "../../src/audit/served.ts";

const facts = new Map([
  ["f1", 3.8],
  ["f2", -12],
  ["p", 0.00003],
]);
const page = (body: string, language = "da"): string =>
  `<!doctype html><html lang="${language}"><body>${body}</body></html>`;

describe("a served page", () => {
  it("is borne out where every number is the value of its fact", () => {
    const served = auditServed(
      page(
        '<p><data data-fact="f1">3,8</data> er <b data-fact="f2">12</b> lavere, p <b data-fact="p">&lt; 0,0001</b></p>',
      ),
      facts,
    );
    expect(served).toMatchObject({ numbers: 3, unknownFacts: [], differing: [], withoutFact: [] });
  });

  it("reads numbers as the page's language writes them", () => {
    expect(auditServed(page('<b data-fact="f1">3.8</b>', "en"), facts).differing).toEqual([]);
    expect(auditServed(page('<b data-fact="f1">3.8</b>', "da"), facts).differing).toEqual(["f1"]);
  });

  it("is not where a number is another than its fact, or of a fact that nobody knows", () => {
    const served = auditServed(page('<b data-fact="f1">3,9</b><b data-fact="f9">1,2</b>'), facts);
    expect(served.differing).toEqual(["f1"]);
    expect(served.unknownFacts).toEqual(["f9"]);
  });

  it("lists numbers that do not say what they are, wherever they can be seen or heard", () => {
    const body = '<svg aria-label="omkring 61,2"><text>47</text></svg><p title="33">I 2026: 25 svar</p>';
    const served = auditServed(page(body), facts);
    expect(served.withoutFact.map(({ text }) => text)).toEqual(["61,2", "47", "33", "2026", "25"]);
  });

  it("takes a number for plain where it says so, of a kind that it can be", () => {
    const served = auditServed(
      page(
        '<b data-plain="threshold">5</b><b data-plain="count">61,2</b><b data-plain="mean">61</b><g class="mark-text role-axis-label"><text>2,5</text></g>',
      ),
      facts,
    );
    expect(served.plain).toEqual({ threshold: 1, axis: 1 });
    expect(served.withoutFact.map(({ text }) => text)).toEqual(["61,2", "61"]);
  });

  it("holds what is heard against all facts that its element lists", () => {
    const heard = (label: string, list: readonly string[]) =>
      auditServed(page(`<svg aria-label="${label}" data-facts='${JSON.stringify(list)}'></svg>`), facts);
    expect(heard("3,8 og 12 af 4 hold", ["f1", "f2", "count=4"])).toMatchObject({ differing: [], withoutFact: [] });
    expect(heard("3,8 af 4", ["f1", "count=4"])).toMatchObject({ unknownFacts: [], differing: [] });
    expect(heard("3,8 af 4", ["f1", "count=x"]).unknownFacts).toEqual(["count=x"]);
    expect(heard("3,9", ["f1", "f2"]).differing).toEqual(["f1", "f2"]);
    expect(heard("3,8", ["f9"]).unknownFacts).toEqual(["f9"]);
    expect(heard("3,8", []).withoutFact.map(({ text }) => text)).toEqual(["3,8"]);
  });

  it("reads no style and no script, and puts a number together over an entity", () => {
    const body = "<style>p { margin: 47px }</style><script>let x = 48</script><p>1&nbsp;234,5</p>";
    expect(numbersIn(page(body)).map(({ text }) => text)).toEqual(["1\u00a0234,5"]);
  });
});

describe("a number as it is written", () => {
  const many = new Map([
    ["whole", 1234.5],
    ["million", 1234567],
    ["near", 3.84],
    ["tenth", 0.1],
    ["minus", -2],
  ]);
  const isBorneOut = (fact: string, text: string, language = "da") => {
    const { differing, withoutFact } = auditServed(page(`<b data-fact="${fact}">${text}</b>`, language), many);
    expect(withoutFact).toEqual([]);
    return differing.length === 0;
  };

  it.each([
    ["whole", "1.234,5", "da", true],
    ["whole", "1,234.5", "en", true],
    ["whole", "1,234.5", "en-GB", true],
    ["whole", "1\u202f234,5", "da", true],
    ["whole", "1.235", "da", true],
    ["whole", "1.234,5", "en", false],
    ["whole", "1.234,6", "da", false],
    ["million", "1.234.567", "da", true],
    ["million", "1,234,567", "en", true],
    ["near", "3,8", "da", true],
    ["near", "4", "da", true],
    ["near", "3,84", "da", true],
    ["near", "3,840", "da", true],
    ["near", "3,9", "da", false],
    ["near", "3,85", "da", false],
    ["near", "3,7", "da", false],
    ["minus", "−2", "da", true],
    ["minus", "2", "da", true],
    ["minus", "-3", "da", false],
    ["tenth", "&lt; 0,1", "da", true],
    ["tenth", "&lt;0,1", "da", true],
    ["tenth", "&lt; 0,09", "da", false],
    ["tenth", "&lt; 5", "da", true],
    ["tenth", "&lt;5 af 5", "da", false],
  ])("%s is %s (%s): %s", (fact, text, language, is) => {
    expect(isBorneOut(fact, text, language)).toBe(is);
  });

  it("is Danish where the page says nothing else, in its own place", () => {
    const { differing } = auditServed('<html><body lang="en"><b data-fact="near">3,8</b></body></html>', many);
    expect(differing).toEqual([]);
    expect(auditServed("<html lang=en><b data-fact='near'>3.8</b></html>", many).differing).toEqual([]);
  });
});

describe("what a number says that it is", () => {
  const plainOf = (body: string) => auditServed(page(body), facts).plain;

  it.each([
    ["threshold", "5", "2,5"],
    ["count", "5", "2,5"],
    ["number", "5", "2,5"],
    ["sentence", "5", "2,5"],
    ["date", "2019", "2,5"],
    ["name", "2", "2,5"],
    ["confidence", "2,5", null],
    ["unit", "2,5", null],
    ["chance", "2,5", null],
    ["axis", "2,5", null],
  ])("may be %s of %s, and not of %s", (kind, right, wrong) => {
    expect(plainOf(`<b data-plain="${kind}">${right}</b>`)).toEqual({ [kind]: 1 });
    if (wrong !== null) expect(plainOf(`<b data-plain="${kind}">${wrong}</b>`)).toEqual({});
  });

  it("is what the nearest element round it says", () => {
    const served = auditServed(
      page('<p data-fact="f1">3,8 <b data-plain="count">4</b> <i>3,8</i></p> <i>7</i>'),
      facts,
    );
    expect([served.differing, served.plain, served.withoutFact.map(({ text }) => text)]).toEqual([
      [],
      { count: 1 },
      ["7"],
    ]);
    expect(served.withoutFact[0]!.path).toBe("html body i");
  });

  it("is an axis by the class of it alone", () => {
    expect(plainOf('<g class="role-axis-label">5</g>')).toEqual({ axis: 1 });
    expect(plainOf('<g class="role-axis-labels">5</g>')).toEqual({});
  });

  it("is counted by kind, once for each number", () => {
    const three = '<b data-plain="count">4 5</b><b data-plain="date">2019</b>';
    expect(plainOf(three)).toEqual({ count: 2, date: 1 });
  });

  it("is in a list a plain number only where it is a kind and a value, and no more", () => {
    const unknown = (name: string) =>
      auditServed(page(`<svg aria-label="4" data-facts='["${name}"]'></svg>`), facts).unknownFacts;
    expect(unknown("count=4")).toEqual([]);
    expect(unknown("chance=-1.5e-7")).toEqual([]);
    for (const name of ["mean|count=4", "count=4|all", "=4", "count="]) expect(unknown(name)).toEqual([name]);
  });

  it.each(["alt", "title", "aria-label", "aria-description"])("is asked of what %s says", (attribute) => {
    expect(auditServed(page(`<img ${attribute}="61,2">`), facts).withoutFact).toHaveLength(1);
  });

  it.each(["script", "style", "title", "template"])("is not asked within %s", (name) => {
    expect(auditServed(page(`<${name}><b>61,2</b></${name}>`), facts).numbers).toBe(0);
  });
});

describe("the numbers of a model", () => {
  it("have the names of their facts, and each part of a record a name of its own", () => {
    const model = { n: 7, whole: { state: "shown", value: { f: "m", v: { mean: 3, ends: { low: 2, high: null } } } } };
    expect([...namedNumbers(model, { own: [{ f: "own/0", v: 4 }] })]).toEqual([
      ["m#mean", 3],
      ["m#ends#low", 2],
      ["own/0", 4],
    ]);
  });
});
