import { expect, it } from "vitest";
import { respondentForms } from "../../../../pipelines/ingest/suspicion/respondent-forms.ts";

it("remembers ids that may be another's written otherwise, by the form that both share", () => {
  const { forms, see } = respondentForms((id) => `hidden ${id}`);
  const ids = ["007", "7.0", "12,00", "00", "0", "70", "7.10", "0.5", "a0", "0a", "7", "1.0x0"];
  for (const id of ids) see(id, `own ${id}`);
  see("0099", "own 007");
  expect([...forms]).toEqual([
    ["own 007", "hidden 7"],
    ["own 7.0", "hidden 7"],
    ["own 12,00", "hidden 12"],
    ["own 00", "hidden 0"],
  ]);
});
