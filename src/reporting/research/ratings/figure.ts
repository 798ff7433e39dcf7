import type { LeaderGroup } from "../../../disclosure/leader-groups.ts";
import { type Shown, valueIn } from "../../../disclosure/published.ts";
import { chart } from "../../page/chart.ts";
import { type Html, html, trusted } from "../../page/html.ts";
import { figure } from "../../page/page.ts";
import {
  byUnit,
  chanceWords,
  drawBoth,
  measureOf,
  type Part,
  planStatus,
  sentences,
  specOf,
  synthetic,
} from "../drawing.ts";
import { type ResearchVoice, within } from "../voice.ts";
import { type RatingsFrame, type RatingsMark, ratingsData, ratingsDomain } from "./layout.ts";
import type { CorrelationNumbers, RatingsModel, RatingsRow } from "./model.ts";

type Means = Shown<RatingsRow["means"]>;
interface ShownRow extends RatingsRow {
  readonly numbers: Means;
}

/** The scales whose means may be shown, the largest difference first. */
const shownRows = ({ ratings }: RatingsModel): readonly ShownRow[] =>
  ratings
    .flatMap((row) => {
      const numbers = valueIn(row.means);
      return numbers ? [{ ...row, numbers }] : [];
    })
    .sort((a, b) => share(b) - share(a));

const share = ({ numbers, low, high }: ShownRow): number => numbers.gap / (high - low);
const above = ({ numbers }: ShownRow): boolean => numbers.interval.low > 0;
const below = ({ numbers }: ShownRow): boolean => numbers.interval.high < 0;

const titleOf = (rows: readonly ShownRow[], voice: ResearchVoice): string => {
  const total = rows.length;
  const [higher, lower] = [rows.filter(above).length, rows.filter(below).length];
  if (higher + lower === 0) return voice.say("ratingsTitle.none");
  if (total === 1)
    return voice.say(higher ? "ratingsTitle.oneAbove" : "ratingsTitle.oneBelow", { scale: voice.text(rows[0]!.name) });
  if (higher === total) return voice.say("ratingsTitle.above", { total });
  return lower === total
    ? voice.say("ratingsTitle.below", { total })
    : voice.say("ratingsTitle.some", { count: higher + lower, total });
};

const gapWords = ({ numbers, decimals }: ShownRow, voice: ResearchVoice): string =>
  `${voice.signed(numbers.gap, decimals)} (${voice.range(numbers.interval, decimals)})`;

const markOf = (row: ShownRow, voice: ResearchVoice): RatingsMark => {
  const { numbers, decimals } = row;
  return {
    name: voice.text(row.name),
    intended: numbers.intended,
    perceived: numbers.perceived,
    half: { below: numbers.interval.high - numbers.gap, above: numbers.gap - numbers.interval.low },
    written: {
      intended: voice.number(numbers.intended, decimals),
      perceived: voice.number(numbers.perceived, decimals),
      gap: gapWords(row, voice),
    },
    clear: above(row) || below(row),
  };
};

const tickDecimals = ({ low, high }: ShownRow): number => ((high - low) % 10 === 0 ? 0 : 1);

const frameOf = (row: ShownRow, total: number, voice: ResearchVoice): RatingsFrame => ({
  total,
  narrow: total < 520,
  scale: { low: row.low, high: row.high },
  measure: measureOf(voice),
  heads: {
    intended: voice.say("ratingsHeadOwn"),
    perceived: voice.say("ratingsHeadEmployees"),
    gap: voice.say("ratingsHeadGap", { confidence: voice.confidence }),
  },
  tick: (value) => voice.number(value, tickDecimals(row)),
});

const altOf = (rows: readonly ShownRow[], voice: ResearchVoice): string => {
  const most = largest(rows);
  const words = voice.say("ratingsAlt", {
    count: rows.length,
    finding: titleOf(rows, voice),
    scale: voice.text(most.name),
    gap: gapWords(most, voice),
    intended: voice.number(most.numbers.intended, most.decimals),
    perceived: voice.number(most.numbers.perceived, most.decimals),
  });
  return sentences(words, voice.say("altTable"));
};

const largest = (rows: readonly ShownRow[]): ShownRow =>
  rows.reduce((best, row) => (Math.abs(share(row)) > Math.abs(share(best)) ? row : best));

const draw = async (rows: readonly ShownRow[], voice: ResearchVoice, id: string, total: number): Promise<string> => {
  const drawings = byUnit(rows, (row) => row).map((own, index) => {
    const { data, height, params } = ratingsData(
      own.map((row) => markOf(row, voice)),
      frameOf(own[0]!, total, voice),
    );
    return chart(specOf("ratings", voice), data, {
      theme: voice.theme,
      id: `${id}${index}`,
      width: total,
      height,
      params,
      language: voice.language,
      description: altOf(own, voice),
    });
  });
  return (await Promise.all(drawings)).join("\n");
};

const keyOf = (voice: ResearchVoice): Html =>
  html`<span>${trusted(
    '<svg width="16" height="16" aria-hidden="true"><path d="M8 2L14 8L8 14L2 8Z" fill="#FFF" stroke="#1B2130" stroke-width="2"/></svg>',
  )}${voice.say("keyOwn")}</span><span>${trusted(
    '<svg width="16" height="16" aria-hidden="true"><circle cx="8" cy="8" r="6" fill="#5A2A5B"/></svg>',
  )}${voice.say("keyPerceived")}</span><span>${trusted(
    '<svg width="28" height="16" aria-hidden="true"><path d="M5 8H23" stroke="#5A2A5B" stroke-opacity=".32" stroke-width="8" stroke-linecap="round"/></svg>',
  )}${voice.say("keyGap", { confidence: voice.confidence })}</span>`;

const correlationWords = (found: CorrelationNumbers | null, voice: ResearchVoice): string =>
  found === null ? voice.say("none") : `${voice.number(found.estimate, 2)} (${voice.range(found.interval, 2)})`;

const groupWords = {
  over: "agreement.over",
  under: "agreement.under",
  agreeHigh: "agreement.agreeHigh",
  agreeLow: "agreement.agreeLow",
  "agreeHigh+agreeLow": "agreement.agree",
  "over+under": "agreement.differ",
  above: "clear.above",
  below: "clear.below",
  within: "clear.within",
  "above+below": "clear.beyond",
} as const;

/** "leder højere 60; leder lavere 51; enige 43": classes too small to be told apart are told together. */
const groupsWords = (cell: RatingsRow["groups"] | RatingsRow["clear"], voice: ResearchVoice): string => {
  const groups = valueIn<readonly LeaderGroup<string>[]>(cell);
  if (!groups) return voice.say("hidden");
  const word = (names: readonly string[]) => voice.say(groupWords[names.join("+") as keyof typeof groupWords]);
  return groups.map(({ groups: names, leaders }) => `${word(names)} ${voice.number(leaders, 0)}`).join("; ");
};

const tableOf = (rows: readonly RatingsRow[], voice: ResearchVoice) => ({
  caption: voice.say("ratingsTable"),
  columns: [
    voice.say("columnScale"),
    voice.say("columnOwn"),
    voice.say("columnEmployees"),
    voice.say("columnGap"),
    voice.say("columnInterval", { confidence: voice.confidence }),
    voice.say("columnCorrelation"),
    voice.say("columnCorrected"),
    voice.say("columnReliabilities"),
    voice.say("columnClear"),
    voice.say("columnAgreement"),
    voice.say("columnLeaders"),
    voice.say("columnRespondents"),
  ],
  rows: rows.map((row) => {
    const means = valueIn(row.means);
    const related = valueIn(row.correlation);
    const hidden = row.status === "estimated" ? voice.say("hidden") : voice.status(row.status);
    const { decimals } = row;
    return [
      voice.text(row.name),
      ...(means ? [voice.number(means.intended, decimals), voice.number(means.perceived, decimals)] : [hidden, hidden]),
      ...(means ? [voice.signed(means.gap, decimals), voice.range(means.interval, decimals)] : [hidden, hidden]),
      ...(related
        ? [
            correlationWords(related.raw, voice),
            correlationWords(related.corrected, voice),
            `${voice.number(related.reliability.intended, 2)} / ${voice.number(related.reliability.perceived, 2)}`,
          ]
        : [hidden, hidden, hidden]),
      groupsWords(row.clear, voice),
      groupsWords(row.groups, voice),
      voice.number(row.leaders, 0),
      voice.number(row.respondents, 0),
    ];
  }),
});

const clearWords = (row: ShownRow, voice: ResearchVoice): string => {
  const groups = valueIn(row.clear);
  const count = (name: string) => groups?.find((each) => each.groups.join() === name)?.leaders;
  const [higher, lower] = [count("above"), count("below")];
  if (higher === undefined || lower === undefined) return "";
  return voice.say("ratingsClear", {
    scale: within(voice.text(row.name)),
    leaders: voice.number(row.leaders, 0),
    above: voice.number(higher, 0),
    outside: voice.number(higher + lower, 0),
    chance: chanceWords(row.leaders, voice),
    below: voice.number(lower, 0),
  });
};

const excerptWords = (rows: readonly ShownRow[], voice: ResearchVoice): string =>
  byUnit(rows, (row) => row)
    .flatMap((own) => {
      const { low, high } = ratingsDomain(
        own.map((row) => markOf(row, voice)),
        own[0]!,
      );
      if (low === own[0]!.low && high === own[0]!.high) return [];
      const decimals = tickDecimals(own[0]!);
      const [from, to] = [voice.number(own[0]!.low, 0), voice.number(own[0]!.high, 0)];
      return [
        voice.say("ratingsExcerpt", { low: voice.number(low, decimals), high: voice.number(high, decimals), from, to }),
      ];
    })
    .join(" ");

const spread = (counts: readonly number[], voice: ResearchVoice): string => {
  const [least, most] = [voice.number(Math.min(...counts), 0), voice.number(Math.max(...counts), 0)];
  return least === most ? least : `${least}–${most}`;
};

/** Figure of leaders' own answers beside their employees', scale by scale, at the last wave. */
export const ratingsFigure = (model: RatingsModel, voice: ResearchVoice): Part => {
  if (model.ratings.length === 0) return { absent: voice.say("absent.ratings.none") };
  const rows = shownRows(model);
  if (rows.length === 0) return { absent: voice.say("absent.ratings.suppressed") };
  const rest = model.ratings.filter(({ means }) => means.state === "suppressed");
  return {
    draw: async (number) =>
      figure({
        id: "ratings",
        title: voice.say("figureTitle", { number, finding: titleOf(rows, voice) }),
        sub: voice.say("ratingsSub", {
          wave: voice.wave(rows[0]!.wave),
          leaders: spread(
            rows.map(({ leaders }) => leaders),
            voice,
          ),
          respondents: spread(
            rows.map(({ respondents }) => respondents),
            voice,
          ),
        }),
        drawing: await drawBoth((id, total) => draw(rows, voice, id, total), "ratings"),
        key: keyOf(voice),
        reading: sentences(voice.say("ratingsReading"), clearWords(largest(rows), voice)),
        note: sentences(
          excerptWords(rows, voice),
          voice.say("ratingsNote"),
          voice.say("ratingsTableNote"),
          planStatus([], model, voice),
          synthetic(model, voice),
        ),
        table: tableOf([...rows, ...rest], voice),
        showTable: voice.say("showTable"),
      }),
  };
};
