import { expect, it } from "vitest";
import { leaderRows, modelOf } from "./fixture.ts";
import { render, textOf } from "./rendered.ts";

const responseOf = async (answered: number, employees: number, language: "da" | "en") => {
  const rows = leaderRows("L", [answered, answered, answered], [1, 1, 1]);
  const page = textOf(await render(modelOf({ ...rows, response: { ...rows.response, employees } }), language));
  return /\d+ (?:af|of) \d+ (?:har svaret|have answered) \([^)]*\)/.exec(page)?.[0];
};

it("gives a leader the exact share that answered, rounded and not floored", async () => {
  expect(await responseOf(5, 9, "da")).toBe("5 af 9 har svaret (56\u00a0%)");
  expect(await responseOf(14, 17, "da")).toBe("14 af 17 har svaret (82\u00a0%)");
  expect(await responseOf(13, 15, "en")).toBe("13 of 15 have answered (87%)");
});

it("gives room to write for the talk with employees", async () => {
  const page = await render(modelOf(leaderRows("L", [14, 14, 14], [1, 1, 1])));
  expect(page).toContain('<label for="talk">Samtalen med medarbejderne</label>');
  expect(page).toContain('<textarea id="talk" rows="3"');
});
