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
