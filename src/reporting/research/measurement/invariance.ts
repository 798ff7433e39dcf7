import { valueIn } from "../../../disclosure/published.ts";
import { type Html, html } from "../../page/html.ts";
import { dataTable } from "../../page/page.ts";
import { sentences } from "../drawing.ts";
import { section } from "../section.ts";
import { type ResearchVoice, within } from "../voice.ts";
import type { InvarianceRow, InvarianceVerdict } from "./invariance-model.ts";
import type { MeasurementModel } from "./model.ts";

const verdictIn = (row: InvarianceRow): InvarianceVerdict | null => valueIn(row.fit)?.verdict ?? null;
const overs = ["wave", "arm", "rater"] as const;
/** What the report's means are compared over; leaders' own answers arm by arm stand in the table alone. */
const told = [
  { over: "wave", rater: "employee" },
  { over: "arm", rater: "employee" },
  { over: "wave", rater: "self" },
  { over: "rater", rater: null },
] as const;

/** Scales of some rows by whether their means may be compared in all that was tested, with the waves in which not. */
const sorted = (rows: readonly InvarianceRow[], voice: ResearchVoice) => {
  const scales = [...new Set(rows.map(({ scale }) => scale))];
  const found = scales.map((scale) => {
    const own = rows.filter((row) => row.scale === scale);
    const tested = own.filter((row) => verdictIn(row) !== null);
    const differs = tested.filter((row) => ["relations", "nothing"].includes(verdictIn(row)!));
    const open = tested.filter((row) => verdictIn(row) === "undecided");
    const told = differs.length > 0 ? differs : open;
    const waves = told.flatMap(({ wave }) => (wave === null ? [] : [within(voice.wave(wave))]));
    const scaleName = within(voice.text(own[0]!.name));
    const name =
      waves.length === 0 ? scaleName : voice.say("invarianceIn", { scale: scaleName, waves: waves.join(", ") });
    const state =
      tested.length === 0 ? "untested" : differs.length > 0 ? "different" : open.length > 0 ? "undecided" : "same";
    return { name, state };
  });
  const named = (wanted: (typeof found)[number]["state"]) =>
    found.filter(({ state }) => state === wanted).map(({ name }) => name);
  return {
    same: named("same"),
    different: named("different"),
    undecided: named("undecided"),
    untested: named("untested"),
  };
};

const lineOf = (rows: readonly InvarianceRow[], voice: ResearchVoice): Html | null => {
  const [first] = rows;
  if (!first) return null;
  const { same, different, undecided, untested } = sorted(rows, voice);
  const line = sentences(
    same.length === 0 ? "" : voice.say("invarianceSame", { scales: voice.list(same) }),
    different.length === 0 ? "" : voice.say("invarianceDifferent", { scales: voice.list(different) }),
    undecided.length === 0 ? "" : voice.say("invarianceUndecided", { scales: voice.list(undecided) }),
    untested.length === 0 ? "" : voice.say("invarianceUntested", { scales: voice.list(untested) }),
  );
  return html`<li><strong>${comparisonWords(first, voice)}:</strong> ${line}</li>`;
};

const comparisonWords = ({ over, rater }: Pick<InvarianceRow, "over" | "rater">, voice: ResearchVoice): string =>
  over === "rater"
    ? voice.say("invarianceOver.rater")
    : voice.say(`invarianceOver.${over}`, { rater: voice.rater(rater) });

/** What effects rest on: employees' answers over waves and between arms. */
const titleOf = (rows: readonly InvarianceRow[], voice: ResearchVoice): string => {
  const own = rows.filter((row) => row.over !== "rater" && row.rater === "employee" && verdictIn(row) !== null);
  const { same, different, undecided } = sorted(own, voice);
  const total = same.length + different.length + undecided.length;
  if (total === 0) return voice.say("invarianceTitle.none");
  const kinds = new Set(own.map(({ over }) => over));
  const scope = voice.say(`invarianceScope.${kinds.size === 2 ? "both" : kinds.has("arm") ? "arm" : "wave"}`);
  if (total === 1 && same.length === 1) return voice.say("invarianceTitle.one", { scope });
  if (same.length === total) return voice.say("invarianceTitle.all", { total, scope });
  return different.length === 0
    ? voice.say("invarianceTitle.undecided", { count: same.length, total, scope })
    : voice.say("invarianceTitle.some", { count: different.length, total, scope });
};

const isTold = ({ invariance }: MeasurementModel): boolean => invariance.some((row) => verdictIn(row) !== null);

/** Whether the scales measure the same in all that is compared, in one line that leads to the tests. */
export const invarianceLine = (model: MeasurementModel, voice: ResearchVoice): Html | null =>
  isTold(model)
    ? html`<p class="sub invariance">${titleOf(model.invariance, voice)}. <a href="#invariance">${voice.say("invarianceLink")}</a></p>`
    : null;

/** Whether each scale measures the same in all that is compared, in plain words. */
const statementOf = (model: MeasurementModel, voice: ResearchVoice): Html => {
  const rows = model.invariance;
  const asked = told.map(({ over, rater }) => rows.filter((row) => row.over === over && row.rater === rater));
  const verdicts = asked.flat().map(verdictIn);
  const differs = verdicts.some((verdict) => verdict === "relations" || verdict === "nothing");
  const finding = differs ? "invarianceCare" : verdicts.includes("undecided") ? "invarianceOpen" : "invarianceFine";
  const count = rows.filter((row) => verdictIn(row) !== null).length;
  const meaning = sentences(
    voice.say("invarianceWhy"),
    voice.say(finding),
    voice.say("invarianceChance", { count, expected: voice.number(0.05 * count, 1) }),
  );
  return html`<p class="read">${meaning}</p><ul>${asked.map((own) => lineOf(own, voice))}</ul>`;
};

const columnsOf = (voice: ResearchVoice): readonly string[] =>
  (
    [
      "columnScale",
      "columnRater",
      "columnWave",
      "columnVerdict",
      "columnForm",
      "columnLoadings",
      "columnLoadingsChange",
      "columnIntercepts",
      "columnInterceptsChange",
      "columnPerGroup",
    ] as const
  ).map((key) => voice.say(key));

const groupWords = ({ over }: InvarianceRow, group: string, voice: ResearchVoice): string => {
  if (over === "wave") return voice.wave(group);
  return over === "arm" ? voice.arm(group) : voice.rater(group === "self" ? "self" : "employee");
};

const cellsOf = (row: InvarianceRow, voice: ResearchVoice): readonly string[] => {
  const shown = valueIn(row.fit);
  const none = row.status === "estimated" ? voice.say("hidden") : voice.status(row.status);
  if (!shown) return [none, ...Array.from({ length: 6 }, () => voice.say("none"))];
  const step = (level: "configural" | "metric" | "scalar") => shown.steps.find((each) => each.level === level);
  const fitAt = (level: "configural" | "metric" | "scalar") => {
    const found = step(level);
    return found ? `${voice.number(found.cfi, 3)} / ${voice.number(found.rmsea, 3)}` : voice.say("none");
  };
  const changeAt = (level: "metric" | "scalar") => {
    const { changeCfi = null, changeRmsea = null } = step(level) ?? {};
    if (changeCfi === null) return voice.say("none");
    return `${voice.signed(changeCfi, 3)} / ${changeRmsea === null ? voice.say("none") : voice.signed(changeRmsea, 3)}`;
  };
  return [
    voice.say(`verdict.${shown.verdict}`),
    fitAt("configural"),
    fitAt("metric"),
    changeAt("metric"),
    fitAt("scalar"),
    changeAt("scalar"),
    shown.groups.map(({ group, n }) => `${groupWords(row, group, voice)} ${voice.number(n, 0)}`).join("; "),
  ];
};

/** All comparisons with their fit, folded by what is compared. */
export const invarianceSection = (model: MeasurementModel, voice: ResearchVoice): Html | null => {
  if (model.invariance.length === 0) return null;
  const folds = overs.map((over) => {
    const rows = model.invariance.filter((row) => row.over === over);
    if (rows.length === 0) return null;
    const caption = voice.say(`invarianceFold.${over}`, { count: rows.length });
    const cells = rows.map((row) => [
      voice.text(row.name),
      row.rater === null ? voice.say("none") : voice.rater(row.rater),
      row.wave === null ? voice.say("none") : voice.wave(row.wave),
      ...cellsOf(row, voice),
    ]);
    return html`<details class="tbl every"><summary>${caption}</summary>${dataTable({ caption, columns: columnsOf(voice), rows: cells })}</details>`;
  });
  return section(
    "invariance",
    isTold(model) ? titleOf(model.invariance, voice) : voice.say("invarianceTitle.none"),
    html`${isTold(model) ? statementOf(model, voice) : null}${folds}<p class="note">${voice.say("invarianceTableNote")}</p>`,
  );
};
