import { describe, expect, it } from "vitest";
import { auditServed, namedNumbers } from "../../src/audit/served.ts";
import { researchModel } from "../../src/reporting/research/facts.ts";
import { publicModel } from "../../src/reporting/research/public-facts.ts";
import { renderPublic } from "../../src/reporting/research/public-page.ts";
import { reportAssets } from "../../src/store/report-assets.ts";
import { states } from "./leader/fixture.ts";
import { served } from "./leader/rendered.ts";
import { model as dashboard, modelOf, servedPage } from "./management/fixture.ts";
import { releasedPublic } from "./released.ts";
import { analysis, measurements, study, versions } from "./research/fixture.ts";

const research = researchModel(study, analysis, measurements, versions, "2019-12-21");
const given = releasedPublic(publicModel(research));
const signed = { name: "A. Name 2", date: "2020-02-03" };
const withoutArms = modelOf({ arms: [], figure: null });
const without = modelOf({ plan: { ...study.plan, primary: [] } });

/** Every page that leaves the project group, with the model that it is made of. */
const pages: readonly (readonly [string, unknown, (language: "da" | "en") => string | Promise<string>])[] = [
  ...Object.entries(states).map(
    ([name, model]) => [`leader, ${name}`, model, (language: "da" | "en") => served(model, language)] as const,
  ),
  ["management", dashboard, (language) => servedPage(dashboard, language)],
  ["management without arms", withoutArms, (language) => servedPage(withoutArms, language)],
  ["management without outcomes", without, (language) => servedPage(without, language)],
  ["public", given, (language) => renderPublic(given, signed, language, reportAssets)],
];

describe.each(pages)("the page: %s", (_, model, render) => {
  it.each(["da", "en"] as const)("says of every number which fact or plain number it is, in %s", async (language) => {
    const found = auditServed(await render(language), namedNumbers(JSON.parse(JSON.stringify(model))));
    expect(found).toMatchObject({ unknownFacts: [], differing: [], withoutFact: [] });
  });
});

it("finds the numbers of a page whose elements were taken away, or whose model is another", async () => {
  const page = await servedPage(dashboard, "da");
  const facts = namedNumbers(JSON.parse(JSON.stringify(dashboard)));
  const stripped = auditServed(page.replace(/ data-fact="[^"]*"/g, ""), facts);
  expect(stripped.withoutFact.length).toBeGreaterThan(50);
  const other = new Map([...facts].map(([name, value]) => [name, value + 0.7]));
  expect(auditServed(page, other).differing.length).toBeGreaterThan(20);
  expect(auditServed(page, new Map()).unknownFacts.length).toBeGreaterThan(20);
});
