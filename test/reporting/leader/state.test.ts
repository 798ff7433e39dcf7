import { describe, expect, it } from "vitest";
import { stateOf } from "../../../src/reporting/leader/state.ts";
import { madeDelivery } from "../../made-delivery.ts";
import { leaderRows, modelOf, states, studyRows } from "./fixture.ts";
import { content, named, render, textOf, wordsIn } from "./rendered.ts";

/** What each state's page is headed, and the advice or explanation that goes with it. */
const said: Readonly<Record<string, readonly [state: string, title: string, lede: string]>> = {
  shown: [
    "both",
    "Dine medarbejdere svarer højest på",
    "Ikke en karakter. På aktiv visionsledelse er dit eget svar 20",
  ],
  few: ["few", "Der er for få svar til at vise medarbejdernes tal", "arbejde videre med dem"],
  "own-missing": ["own-missing", "Medarbejderne har svaret, dit eget svar mangler", "Svar selv næste gang"],
  "own-missing-now": [
    "own-missing",
    "Medarbejderne har svaret, dit eget svar mangler",
    "åben til 26. januar 2026: Svar",
  ],
  "own-not-asked": ["own-not-asked", "Dine medarbejdere svarer højest på", "Lederne er ikke spurgt i denne måling"],
  "employees-not-asked": ["employees-not-asked", "Medarbejderne er ikke spurgt", "overveje, hvad du vil spørge"],
  "own-missing-alone": ["own-missing-alone", "Dit eget svar mangler i denne måling", "Kun lederne er spurgt"],
  "few-own-missing": ["few-own-missing", "Dit eget svar mangler, og for få", "vises kun, når mindst 5 har svaret"],
  "few-own-not-asked": ["few-own-not-asked", "Der er for få svar", "vises kun, når mindst 5 har svaret"],
  left: ["left", "Du havde forladt posten, da målingen åbnede", "viser de målinger, hvor du var leder"],
  "left-nothing": ["left", "Du havde forladt posten, da målingen åbnede", "ingen tidligere tal"],
  ahead: ["ahead", "Du var ikke tiltrådt, da målingen åbnede", "kan tidligst komme med den næste"],
  "not-asked": ["not-asked", "Du og dine medarbejdere er ikke spurgt", "Du har ikke overset noget"],
};

describe("the states of a leader's page", () => {
  it.each(Object.entries(said))("%s has its own heading and advice", async (name, [state, title, lede]) => {
    const page = content(await render(named(name)));
    expect(stateOf(named(name))).toBe(state);
    expect(wordsIn(page, "h1")).toContain(title);
    expect(wordsIn(page, 'p class="lede"')).toContain(lede);
  });
  it("never say that somebody did not answer, which nobody can know who was not asked", async () => {
    for (const [name, model] of Object.entries(states)) {
      expect(textOf(await render(model)), name).not.toMatch(/har ikke (selv )?svaret/);
      expect(textOf(await render(model, "en")), name).not.toMatch(/did not answer/);
    }
  });
  it("show a leader who left the earlier waves, and ask nothing of a team that is no longer theirs", async () => {
    const page = await render(named("left"));
    expect(page).toContain('<figure id="development"');
    expect(page).not.toContain('<figure id="gap"');
    expect(textOf(page)).not.toMatch(/spørg dine medarbejdere|samtalen med|har svaret|skjult/i);
    expect(textOf(page)).toContain("Hvad tager du med fra de målinger, hvor du var leder?");
  });
  it("hide the same of a team that was left, however few have answered since", () => {
    const of = (n: number) => {
      const rows = leaderRows("L", [13, 14, n], [1, 1, 0]);
      return modelOf({ ...rows, response: { ...rows.response, from_date: null, to_date: "2025-09-30" } }).facts.scales;
    };
    expect(of(4)).toEqual(of(0));
    expect(of(4)[0]!.employees.at(-1)).toBeNull();
  });
  it("count who held the post on the day on which the wave opened", () => {
    const state = (from_date: string | null, to_date: string | null) => {
      const rows = leaderRows("L", [0, 0, 0], [0, 0, 0]);
      return stateOf(modelOf({ ...rows, response: { ...rows.response, from_date, to_date } }));
    };
    expect(state(null, "2026-01-05")).toBe("few-own-missing");
    expect(state(null, "2026-01-04")).toBe("left");
    expect(state("2026-01-05", null)).toBe("few-own-missing");
    expect(state("2026-01-06", null)).toBe("ahead");
  });
  it("take a leader without employees as one whose employees were not asked", () => {
    const rows = leaderRows("L", [0, 0, 0], [1, 1, 1]);
    expect(stateOf(modelOf({ ...rows, response: { ...rows.response, employees: 0 } }))).toBe("employees-not-asked");
  });
  it("take a delivery as asking, whether or not anybody has answered", () => {
    const spread = studyRows.spread.filter(({ wave, rater }) => wave !== "w3" || rater === "employee");
    const delivery = madeDelivery({ file: "x", wave: "w3", rater: "self" });
    const rows = leaderRows("L", [13, 14, 14], [1, 1, 0]);
    expect(stateOf(modelOf(rows, {}, { spread }))).toBe("own-not-asked");
    expect(stateOf(modelOf(rows, { deliveries: [delivery] }, { spread }))).toBe("own-missing");
  });
  it("say before the first answer whether more can come", async () => {
    const nobody = { ...leaderRows("L", [0, 0, 0], [0, 0, 0]), answers: [] };
    const of = (open: boolean) => modelOf(nobody, {}, { spread: [], means: [], open });
    expect(wordsIn(content(await render(of(true))), "h1")).toBe("Der er endnu ingen svar at vise");
    expect(wordsIn(content(await render(of(false))), "h1")).toBe("Der er ingen svar at vise");
  });
});
