import type { Language } from "../../errors.ts";
import type { Assets } from "../page/assets.ts";
import { type Html, html, trusted } from "../page/html.ts";
import { type Linked, linkedPage } from "../page/page.ts";
import { wordsOf } from "../page/words.ts";
import { type Cells, type Choice, choose } from "./cube/choice.ts";
import { type Addresses, explorer, shownWords } from "./cube/explorer.ts";
import type { Cube } from "./cube/model.ts";
import { type PackedCube, packed } from "./cube/packed.ts";
import { viewCsv } from "./cube/table.ts";
import { viewOf } from "./cube/view.ts";
import { type Drawable, viewFigure } from "./cube/view-figure.ts";
import { aboutOutcome } from "./dashboard-outcome.ts";
import type { ManagementModel } from "./model.ts";
import { overviewCards } from "./page.ts";
import { voiceFrom } from "./pen.ts";
import type { ManagementVoice, Spoken, Words } from "./voice.ts";

/** All that a script needs to show any choice: what a release let out, and the words of one language. */
export interface DashboardData extends Omit<Drawable, "cells" | "outcome">, Spoken {
  readonly language: Language;
  readonly words: Words;
  readonly cube: PackedCube;
}

const cellsOf = ({ groups, outcomes }: Cube): Cells => ({
  groups,
  outcomes: outcomes.map(({ outcome }) => outcome),
  seriesOf: (outcome, group) => outcomes[outcome]!.series[group]!,
  isShown: (group) =>
    outcomes.some(({ series }) => {
      const { levels, changes } = series[group]!;
      return [...levels, ...changes].some((cell) => cell?.state === "shown");
    }),
  hasGaps: (outcome) => outcomes[outcome]!.series.some(({ gaps }) => gaps.some((cell) => cell?.state === "shown")),
});

/** As much of a model as its filters show. */
const drawableOf = (model: ManagementModel): Omit<Drawable, "cells"> & Spoken => {
  const { arms, confidence, departments, outcome, synthetic, trend, waves, responses, effects } = model;
  return {
    ...{ arms, confidence, outcome, synthetic, trend, waves },
    departments: { level: departments.level },
    rates: [responses.whole, ...responses.departments],
    differences: effects.comparisons.flatMap(({ outcome: { scale, rater }, arm, difference }) =>
      rater === "employee" && scale !== null ? [{ scale, arm, cell: difference }] : [],
    ),
  };
};

/** JSON that no page takes for an end of its script. */
const inPage = (data: unknown): Html => trusted(JSON.stringify(data).replaceAll("<", "\\u003c"));

/** Where a dashboard lies, and what lies beside it. */
export interface DashboardPlace extends Addresses {
  readonly linked: Linked;
}

/** The management dashboard with filters, about one release in one language. */
export interface Dashboard {
  readonly choose: (asked: URLSearchParams) => Choice;
  /** The page as it stands before a script runs, or where none does. */
  readonly page: (choice: Choice) => Promise<string>;
  /** The rows that it shows, for a spreadsheet. */
  readonly csv: (choice: Choice) => string;
  readonly fileName: string;
}

const lazily = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

export const managementDashboard = (
  model: ManagementModel,
  language: Language,
  assets: Assets,
  place: DashboardPlace,
): Dashboard => {
  const drawable: Drawable & Spoken = { ...drawableOf(model), cells: cellsOf(model.cube) };
  const voiceOf = (choice: Choice): ManagementVoice =>
    voiceFrom(aboutOutcome(drawable, choice, drawable.cells), language, assets);
  const cards = lazily(() => overviewCards(model, language, assets));
  const data = lazily((): Html => {
    const { outcome: _, cells: __, ...rest } = drawable;
    const cube = packed(
      model.cube,
      model.waves.map(({ id }) => id),
    );
    const words = wordsOf<Words>("management", language, assets);
    const all = { ...rest, outcome: model.outcome, language, words, cube } satisfies DashboardData;
    return html`<script type="application/json" id="data">${inPage(all)}</script>`;
  });
  return {
    choose: (asked) => choose(asked, drawable),
    fileName: `${wordsOf<Words>("management", language, assets).fileName}.csv`,
    csv: (choice) => viewCsv(viewOf(choice, drawable), voiceOf(choice)),
    page: async (choice) => {
      const { before, after, head, slots } = await cards();
      const voice = voiceOf(choice);
      const explored =
        model.cube.outcomes.length === 0
          ? null
          : explorer(choice, drawable, await viewFigure(viewOf(choice, drawable), drawable, voice), place, voice);
      const chosen = html`<span class="chosen">${shownWords(choice, drawable, voice)}</span>`;
      const title = explored === null ? slots.title : html`${slots.title} ${chosen}`;
      const body = html`${before}${explored}${after}${explored && data()}`;
      return linkedPage("management", { ...head, linked: place.linked }, { ...slots, title, body }, assets);
    },
  };
};
