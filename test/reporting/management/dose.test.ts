import { expect, it } from "vitest";
import { readDashboard } from "../../../src/audit/served-dashboard.ts";
import { valueIn } from "../../../src/disclosure/published.ts";
import { researchModel } from "../../../src/reporting/research/facts.ts";
import { renderResearch } from "../../../src/reporting/research/page.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import { readPage } from "../released.ts";
import { analysis, measurements, study, versions } from "../research/fixture.ts";
import { facts, has, modelOf, pageOf } from "./fixture.ts";

/** Of two arms it is known how often leaders came; of one of them for two leaders only. */
const attended = {
  ...analysis,
  flow: {
    ...analysis.flow,
    arms: analysis.flow.arms.map((column) => {
      if (column.arm === "combined") return { ...column, takeUp: { known: 41, trained: 37, sessions: 7.4567 } };
      return column.arm === "transactional" ? { ...column, takeUp: { known: 2, trained: 2, sessions: 91.77 } } : column;
    }),
  },
};

it("says how often the leaders of an arm came, and of too few of them nothing", async () => {
  const model = modelOf({}, facts, attended);
  expect(model.dose.map(({ arm, attended: cell }) => [arm, valueIn(cell)])).toEqual([
    ["transactional", null],
    ["combined", { leaders: 41, sessions: 7.5 }],
  ]);
  const page = await pageOf(model, "da");
  has(page, "Ledernes fremmøde pr. træningsarm");
  has(page, "7,5");
  expect(page.includes("91,8")).toBe(false);
  expect(readDashboard(JSON.parse(JSON.stringify(model))).withoutFact).toEqual([]);
});

it("is left out where no attendance is known", async () => {
  expect(modelOf().dose).toEqual([]);
  expect((await pageOf(modelOf())).includes("attendance by training arm")).toBe(false);
});

it("stands in the research report's flow as a description", async () => {
  const page = readPage(
    await renderResearch(researchModel(study, attended, measurements, versions, "2019-12-21"), "en", reportAssets),
  );
  has(page, "7.5 sessions on average");
  has(page, "37 of 41 leaders");
  has(page, "it shows no effect of more sessions");
});
