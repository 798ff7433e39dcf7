import { describe, expect, it } from "vitest";
import type { Fact } from "../../src/audit/publication.ts";
import { auditServed, numbersIn } from "../../src/audit/served.ts";

const fact = (id: string, value: number, step: number): [string, Fact] => [
  id,
  {
    ...{ fact: id, audience: "management", statistic: "mean", scale: "s", rater: "employee", wave: "w1" },
    ...{ grouping: "organisation", cell: "", value, step },
  },
];
const facts = new Map([fact("f1", 3.8, 0.1), fact("f2", -12, 1)]);
const page = (body: string, language = "da"): string =>
  `<!doctype html><html lang="${language}"><body>${body}</body></html>`;

describe("a served page", () => {
  it("is borne out where every number is the value of its fact", () => {
    const served = auditServed(
      page('<p><data data-fact="f1">3,8</data> er <b data-fact="f2">12</b> lavere</p>'),
      facts,
    );
    expect(served).toMatchObject({ numbers: 2, unknownFacts: [], differing: [], withoutFact: [] });
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

  it("lists numbers without a fact, wherever they can be seen or heard", () => {
    const body = '<svg aria-label="omkring 61,2"><text>47</text></svg><p title="33">I 2026: 25 svar</p>';
    const served = auditServed(page(body), facts);
    expect(served.withoutFact.map(({ text }) => text)).toEqual(["61,2", "47", "33"]);
    expect(served.plain).toEqual({ year: 1, "count in steps": 1, "threshold, day or number of a figure": 0 });
  });

  it("reads no style and no script, and puts a number together over an entity", () => {
    const body = "<style>p { margin: 47px }</style><script>let x = 48</script><p>1&nbsp;234,5</p>";
    expect(numbersIn(page(body)).map(({ text }) => text)).toEqual(["1\u00a0234,5"]);
  });
});
