import { valueIn } from "../disclosure/published.ts";
import type { Arrow } from "../estimation/estimate.ts";
import { type ChartSpec, chart } from "./chart.ts";
import { covers } from "./ellipse.ts";
import { type Html, html, trusted } from "./html.ts";
import { type Drawing, figure } from "./page.ts";
import { arrowsData, arrowsDomain, type Domain, type Measure, type Range } from "./research-arrows.ts";
import { type MainEffect, mainEffects } from "./research-finding.ts";
import { balanceData, type ForestGroup, type ForestLayout, forestData } from "./research-forest.ts";
import type { ArrowsPart, ReportedOutcome, ResearchModel } from "./research-model.ts";
import { type ResearchVoice, within } from "./research-voice.ts";
import { atStart } from "./words.ts";

/** A figure once its number is known, or the sentence that says why there is none. */
export type Part = { readonly draw: (number: number) => Promise<Html> } | { readonly absent: string };

const specOf = (name: string, voice: ResearchVoice): ChartSpec =>
  JSON.parse(voice.assets.text(`reports/research/charts/${name}.vl.json`));

const measureOf =
  ({ theme }: ResearchVoice): Measure =>
  (text, size, weight) =>
    theme.width(text, size, weight >= 550);

const synthetic = (model: ResearchModel, voice: ResearchVoice): string =>
  model.synthetic ? voice.say("synthetic") : "";

const sentences = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join(" ");

type Shown = Extract<ArrowsPart, { state: "shown" }>;

const unitWords = ({ index, low, high }: ReportedOutcome, voice: ResearchVoice): string =>
  index ? voice.say("unitIndex") : voice.say("unitRange", { low: voice.number(low, 0), high: voice.number(high, 0) });

const changed = (arrow: Arrow): boolean =>
  arrow.ellipse !== null &&
  !covers({ x: arrow.x.after, y: arrow.y.after }, arrow.ellipse, { x: arrow.x.before, y: arrow.y.before });

const arrowsTitle = ({ arrows }: Shown, voice: ResearchVoice): string => {
  const known = arrows.filter(({ ellipse }) => ellipse !== null);
  const count = known.filter(changed).length;
  if (known.length === 0) return voice.say("arrowsTitle.unknown");
  if (count === 0) return voice.say("arrowsTitle.none");
  if (count === arrows.length) return voice.say("arrowsTitle.all");
  return voice.say("arrowsTitle.some", { count, total: known.length });
};

const decimalsOf = (range: Range): number => (Number.isInteger(range.low) && Number.isInteger(range.high) ? 0 : 1);

const excerptWords = (range: Range, scale: ReportedOutcome, voice: ResearchVoice): string =>
  voice.say("arrowsExcerpt", {
    low: voice.number(range.low, decimalsOf(range)),
    high: voice.number(range.high, decimalsOf(range)),
    from: voice.number(scale.low, 0),
    to: voice.number(scale.high, 0),
  });

const isExcerpt = (domain: Domain, { x, y }: Shown): boolean =>
  domain.x.low > x.low || domain.x.high < x.high || domain.y.low > y.low || domain.y.high < y.high;

const waveWords = (model: ResearchModel, voice: ResearchVoice) => ({
  before: within(voice.wave(model.baseline ?? "")),
  after: within(voice.wave(model.waves.at(-1)?.id ?? "")),
});

const arrowsAlt = (model: ResearchModel, part: Shown, domain: Domain, voice: ResearchVoice): string => {
  const x = within(voice.text(part.x.name));
  const y = within(voice.text(part.y.name));
  const value = (number: number, { decimals }: ReportedOutcome) => voice.number(number, decimals);
  const order = model.arms.map(({ arm }) => arm);
  const arms = [...part.arrows]
    .sort((a, b) => order.indexOf(a.arm) - order.indexOf(b.arm))
    .map((arrow) =>
      voice.say("arrowsAltArm", {
        ...{ arm: voice.arm(arrow.arm), x, y },
        ...{ x1: value(arrow.x.before, part.x), x2: value(arrow.x.after, part.x) },
        ...{ y1: value(arrow.y.before, part.y), y2: value(arrow.y.after, part.y) },
      }),
    );
  const axes = isExcerpt(domain, part)
    ? voice.say("arrowsAltAxes", { x: excerptWords(domain.x, part.x, voice), y: excerptWords(domain.y, part.y, voice) })
    : "";
  const count = voice.number(part.arrows.length, 0);
  return voice.say("arrowsAlt", { ...waveWords(model, voice), count, x, y, arms: arms.join(" "), axes }).trim();
};

const drawArrows = (
  model: ResearchModel,
  part: Shown,
  voice: ResearchVoice,
  id: string,
  total: number,
): Promise<string> => {
  const narrow = total < 520;
  const measure = measureOf(voice);
  const domain = arrowsDomain(part.arrows, part);
  const scale = (outcome: ReportedOutcome) => ({ scale: voice.text(outcome.name), unit: unitWords(outcome, voice) });
  const line = voice.say("arrowsAxis", scale(part.y));
  const two = [
    voice.say("arrowsAxisPart", { scale: scale(part.y).scale }),
    voice.say("arrowsAxisRest", { unit: scale(part.y).unit }),
  ];
  const fits = measure(line, 12.5, 600) <= total - 4;
  const excerpt = isExcerpt(domain, part);
  const x = voice.say("arrowsAxis", scale(part.x));
  const edges = { left: narrow ? 28 : 34, top: fits ? 26 : 43, right: narrow ? 4 : 8, bottom: 44 };
  const locator = voice.say("arrowsLocator", { low: voice.number(part.x.low, 0), high: voice.number(part.x.high, 0) });
  const { height, data } = arrowsData(part.arrows, model.arms, domain, part, {
    width: total - edges.left - edges.right,
    narrow,
    excerpt,
    left: edges.left,
    titles: { x: measure(x, 12.5, 600) <= total - 8 ? x : scale(part.x).scale, y: fits ? [line] : two },
    locator: narrow || !excerpt ? [] : locator.split("|"),
    nameOf: ({ name }) => voice.text(name),
    countOf: ({ leaders }) => voice.say("leaders", { count: voice.number(leaders, 0) }),
    measure,
  });
  return chart(specOf("arrows", voice), data, {
    ...{ theme: voice.theme, id, width: total - edges.left - edges.right, height, language: voice.language },
    description: arrowsAlt(model, part, domain, voice),
    params: { edges, ticks: 7, stroke: narrow ? 3 : 3.5 },
  });
};

/** The effects figure by itself, 760 px wide; null where the study has none. */
export const drawSignature = (model: ResearchModel, voice: ResearchVoice): Promise<string> | null =>
  model.arrows.state === "shown" ? drawArrows(model, model.arrows, voice, "signature", 760) : null;

const drawBoth = async (draw: (id: string, total: number) => Promise<string>, id: string): Promise<Drawing> => ({
  wide: await draw(`${id}-w`, 760),
  narrow: await draw(`${id}-n`, 358),
});

const arrowsKey = (model: ResearchModel, voice: ResearchVoice): Html =>
  html`<span>${trusted(
    '<svg width="44" height="14" aria-hidden="true"><path d="M11 7H32" stroke="#4A5163" stroke-width="3.5"/><circle cx="6.5" cy="7" r="4.5" fill="#FFF" stroke="#4A5163" stroke-width="2.25"/><path d="M42 7L30 1L32.500 7L30 13Z" fill="#4A5163"/></svg>',
  )}${voice.say("keyArrow", waveWords(model, voice))}</span><span>${trusted(
    '<svg width="28" height="18" aria-hidden="true"><ellipse cx="14" cy="9" rx="13" ry="8" fill="#4A5163" fill-opacity=".13" stroke="#4A5163" stroke-opacity=".55"/></svg>',
  )}${voice.say("keyEllipse", { confidence: voice.confidence })}</span>`;

const arrowsNote = (model: ResearchModel, part: Shown, voice: ResearchVoice): string => {
  const domain = arrowsDomain(part.arrows, part);
  const seen = model.arms.filter(({ arm }) => part.arrows.some((arrow) => arrow.arm === arm));
  const colors = atStart(
    voice.list(
      seen.map(({ arm, colorName }) =>
        voice.say("arrowsColor", { color: voice.text(colorName), arm: within(voice.arm(arm)) }),
      ),
    ),
  );
  const excerpt = { x: excerptWords(domain.x, part.x, voice), y: excerptWords(domain.y, part.y, voice) };
  return sentences(
    isExcerpt(domain, part) ? voice.say("arrowsNote", { colors, ...excerpt }) : voice.say("arrowsNoteFull", { colors }),
    part.x.high - part.x.low === part.y.high - part.y.low ? voice.say("arrowsEqual") : "",
    part.arrows.some(({ ellipse }) => ellipse === null) ? voice.say("arrowsNoEllipse") : "",
    part.suppressed.length > 0 ? voice.say("hiddenArms", { arms: voice.list(part.suppressed.map(voice.arm)) }) : "",
    synthetic(model, voice),
  );
};

const arrowsTable = (model: ResearchModel, part: Shown, voice: ResearchVoice) => {
  const waves = [model.baseline ?? "", model.waves.at(-1)?.id ?? ""].map(voice.wave);
  const sides = [part.x, part.y] as const;
  const columns = sides.flatMap((side) => {
    const scale = voice.text(side.name);
    return [
      ...waves.map((wave) => voice.say("columnAt", { scale, wave: within(wave) })),
      voice.say("columnChange", { scale }),
      voice.say("columnChangeSe", { scale }),
    ];
  });
  const cells = (arrow: Arrow) =>
    (["x", "y"] as const).flatMap((axis) => {
      const { decimals } = part[axis];
      const { before, after } = arrow[axis];
      const variance = axis === "x" ? arrow.ellipse?.xx : arrow.ellipse?.yy;
      const se = variance === undefined ? null : Math.sqrt(variance);
      return [
        ...[voice.number(before, decimals), voice.number(after, decimals)],
        ...[voice.signed(after - before, decimals), voice.number(se, decimals + 1)],
      ];
    });
  return {
    caption: voice.say("arrowsTable"),
    columns: [voice.say("columnArm"), voice.say("columnLeaders"), ...columns],
    rows: model.arms.flatMap(({ arm }) =>
      part.arrows
        .filter((arrow) => arrow.arm === arm)
        .map((arrow) => [voice.arm(arm), voice.number(arrow.leaders, 0), ...cells(arrow)]),
    ),
  };
};

/** Figure of the arms' change in the plane of two scales. */
export const arrowsFigure = (model: ResearchModel, voice: ResearchVoice): Part => {
  const part = model.arrows;
  if (part.state === "absent") return { absent: voice.say(`absent.arrows.${part.why}`) };
  const names = { x: within(voice.text(part.x.name)), y: within(voice.text(part.y.name)) };
  return {
    draw: async (number) =>
      figure({
        id: "arrows",
        title: voice.say("figureTitle", { number, finding: arrowsTitle(part, voice) }),
        sub: voice.say("arrowsSub", {
          before: voice.wave(model.baseline ?? ""),
          after: voice.wave(model.waves.at(-1)?.id ?? ""),
          ...names,
          leaders: voice.number(
            part.arrows.reduce((sum, { leaders }) => sum + leaders, 0),
            0,
          ),
        }),
        drawing: await drawBoth((id, total) => drawArrows(model, part, voice, id, total), "arrows"),
        key: arrowsKey(model, voice),
        reading: voice.say("arrowsReading", names),
        note: arrowsNote(model, part, voice),
        table: arrowsTable(model, part, voice),
        showTable: voice.say("showTable"),
      }),
  };
};

const effectWords = ({ numbers, outcome }: MainEffect, voice: ResearchVoice): string => {
  const estimate = voice.signed(numbers.estimate, outcome.decimals);
  return numbers.interval ? `${estimate} (${voice.range(numbers.interval, outcome.decimals)})` : estimate;
};

const excludesZero = ({ numbers }: MainEffect): boolean =>
  numbers.interval !== null && (numbers.interval.low > 0 || numbers.interval.high < 0);

const forestTitle = (effects: readonly MainEffect[], voice: ResearchVoice): string => {
  const total = effects.filter(({ numbers }) => numbers.interval).length;
  const count = effects.filter(excludesZero).length;
  if (count === 0) return voice.say("forestTitle.none", { total });
  return count === total ? voice.say("forestTitle.all", { total }) : voice.say("forestTitle.some", { count, total });
};

const sameOutcome = (a: ReportedOutcome, b: ReportedOutcome): boolean => a.scale === b.scale && a.rater === b.rater;

/** Outcomes in one unit share an axis; others get a plot of their own. */
const byUnit = (effects: readonly MainEffect[]): readonly (readonly MainEffect[])[] => {
  const groups = new Map<string, MainEffect[]>();
  for (const effect of effects) {
    const { index, low, high } = effect.outcome;
    const unit = index ? "index" : `${low}–${high}`;
    groups.set(unit, [...(groups.get(unit) ?? []), effect]);
  }
  return [...groups.values()];
};

const forestGroups = (
  effects: readonly MainEffect[],
  model: ResearchModel,
  voice: ResearchVoice,
): readonly ForestGroup[] =>
  model.outcomes.flatMap((outcome) => {
    const own = effects.filter((effect) => sameOutcome(effect.outcome, outcome));
    if (own.length === 0) return [];
    const rows = own.map((effect) => ({
      label: voice.arm(effect.effect.arm),
      written: effectWords(effect, voice),
      style: model.arms.find(({ arm }) => arm === effect.effect.arm)!,
      ...effect.numbers,
    }));
    return [{ heading: voice.outcome(outcome), rows }];
  });

const forestAlt = (groups: readonly ForestGroup[], voice: ResearchVoice): string =>
  voice.say("forestAlt", {
    rows: groups
      .map(({ heading, rows }) =>
        voice.say("forestAltRow", {
          outcome: heading,
          effects: rows.map(({ label, written }) => `${label} ${written}`).join("; "),
        }),
      )
      .join(" "),
  });

const drawForest = async (
  effects: readonly MainEffect[],
  model: ResearchModel,
  voice: ResearchVoice,
  id: string,
  total: number,
) => {
  const drawings = byUnit(effects).map((own, index) => {
    const groups = forestGroups(own, model, voice);
    const { outcome } = own[0]!;
    const axis = outcome.index
      ? voice.say("forestAxis")
      : voice.say("forestAxisRange", { low: voice.number(outcome.low, 0), high: voice.number(outcome.high, 0) });
    const hasPrimary = own.some((effect) => effect.outcome.role === "primary");
    const layout: ForestLayout = {
      ...{ total, narrow: total < 520, axis, measure: measureOf(voice) },
      band: hasPrimary ? model.plan.smallestEffectOfInterest : null,
    };
    const { data, width, height, params } = forestData(groups, layout);
    return chart(specOf("forest", voice), data, {
      ...{ theme: voice.theme, id: `${id}${index}`, width, height, params, language: voice.language },
      description: forestAlt(groups, voice),
    });
  });
  return (await Promise.all(drawings)).join("\n");
};

const forestKey = (model: ResearchModel, voice: ResearchVoice): Html =>
  html`<span>${trusted(
    '<svg width="46" height="14" aria-hidden="true"><path d="M1 7H45" stroke="#4A5163" stroke-width="1.75"/><path d="M13 7H33" stroke="#4A5163" stroke-width="5"/><circle cx="23" cy="7" r="6" fill="#4A5163" stroke="#FFF" stroke-width="1.250"/></svg>',
  )}${voice.say("keyEstimate", { confidence: voice.confidence })}</span>${
    model.plan.smallestEffectOfInterest === null
      ? null
      : html`<span>${trusted('<svg width="22" height="14" aria-hidden="true"><rect width="22" height="14" fill="#E9E5DB"/></svg>')}${voice.say(
          "keyBand",
          {
            value: voice.number(
              model.plan.smallestEffectOfInterest,
              Number.isInteger(model.plan.smallestEffectOfInterest) ? 0 : 1,
            ),
          },
        )}</span>`
  }`;

const forestTable = (effects: readonly MainEffect[], model: ResearchModel, voice: ResearchVoice) => ({
  caption: voice.say("forestTable", { wave: voice.wave(model.waves.at(-1)?.id ?? "") }),
  columns: [
    ...[voice.say("columnOutcome"), voice.say("columnArm"), voice.say("columnEstimate")],
    ...[voice.say("columnInterval", { confidence: voice.confidence }), voice.say("columnHalf"), voice.say("columnP")],
    ...[
      voice.say("columnAdjusted"),
      voice.say("columnStandardised"),
      voice.say("columnLeaders"),
      voice.say("columnRespondents"),
    ],
  ],
  rows: effects.map(({ effect, outcome, numbers }) => [
    ...[voice.outcome(outcome), voice.arm(effect.arm), voice.signed(numbers.estimate, outcome.decimals)],
    ...[
      voice.range(numbers.interval, outcome.decimals),
      voice.range(numbers.half, outcome.decimals),
      voice.p(numbers.p),
    ],
    ...[
      voice.p(numbers.pAdjusted),
      numbers.standardised === null ? voice.say("none") : voice.signed(numbers.standardised, 2),
    ],
    ...[voice.number(effect.leaders, 0), voice.number(effect.respondents, 0)],
  ]),
});

/** Figure of the differences from the control arm at the last wave. */
export const forestFigure = (model: ResearchModel, voice: ResearchVoice): Part => {
  if (model.arms.length === 0) return { absent: voice.say("absent.forest.no-arms") };
  const effects = mainEffects(model);
  const [first] = effects;
  if (!first) return { absent: voice.say("absent.forest.none") };
  const band = model.plan.smallestEffectOfInterest !== null;
  const differences = [
    ...new Set(effects.filter(({ outcome }) => outcome.rater === null).map(({ outcome }) => outcome)),
  ];
  return {
    draw: async (number) =>
      figure({
        id: "effects",
        title: voice.say("figureTitle", { number, finding: forestTitle(effects, voice) }),
        sub: voice.say("forestSub", {
          wave: voice.wave(first.effect.wave),
          estimator: voice.estimator(model.plan.estimator),
          se: first.effect.seType ?? model.plan.standardErrors,
        }),
        drawing: await drawBoth((id, total) => drawForest(effects, model, voice, id, total), "effects"),
        key: forestKey(model, voice),
        reading: sentences(voice.say("forestReading"), band ? voice.say("forestReadingBand") : ""),
        note: sentences(
          voice.say("forestNote"),
          ...differences.map(({ name }) => voice.say("forestNoteDifference", { outcome: voice.text(name) })),
          synthetic(model, voice),
        ),
        table: forestTable(effects, model, voice),
        showTable: voice.say("showTable"),
      }),
  };
};

const limit = 0.1;

const balanceRows = (model: ResearchModel) =>
  model.balance.flatMap((row) => {
    const numbers = valueIn(row.numbers);
    return numbers ? [{ ...row, numbers }] : [];
  });

type BalanceRows = ReturnType<typeof balanceRows>;

const balanceTitle = (rows: BalanceRows, voice: ResearchVoice): string => {
  const count = rows.filter(({ numbers }) => Math.abs(numbers.standardisedDifference) > limit).length;
  if (count === 0) return voice.say("balanceTitle.all");
  return voice.say("balanceTitle.some", { count, total: rows.length, limit: voice.number(limit, 1) });
};

const drawBalance = (rows: BalanceRows, model: ResearchModel, voice: ResearchVoice, id: string, total: number) => {
  const names = [...new Set(rows.map(({ covariate }) => covariate))];
  const groups = names.map((name) => ({
    label: voice.covariate(name),
    marks: model.arms.flatMap((style) =>
      rows
        .filter(({ covariate, arm }) => covariate === name && arm === style.arm)
        .map(({ numbers }) => ({ style, difference: numbers.standardisedDifference })),
    ),
  }));
  const layout: ForestLayout = {
    ...{ total, narrow: total < 520, band: limit, axis: voice.say("balanceAxis"), measure: measureOf(voice) },
  };
  const { data, width, height, params } = balanceData(groups, layout);
  const largest = Math.max(...rows.map(({ numbers }) => Math.abs(numbers.standardisedDifference)));
  return chart(specOf("balance", voice), data, {
    ...{ theme: voice.theme, id, width, height, params, language: voice.language },
    description: voice.say("balanceAlt", { count: names.length, largest: voice.number(largest, 2) }),
  });
};

const markerPaths = {
  square: "M2 2H12V12H2Z",
  "triangle-up": "M7 1L13 12H1Z",
  "triangle-down": "M7 13L13 2H1Z",
  circle: "M7 1A6 6 0 1 1 6.990 1Z",
  diamond: "M7 0L14 7L7 14L0 7Z",
  cross: "M5 1H9V5H13V9H9V13H5V9H1V5H5Z",
};

/** A key of the arms' markers. */
export const armsKey = (arms: ResearchModel["arms"], name: (arm: string) => string): Html =>
  html`${arms.map(
    ({ arm, color, shape }) =>
      html`<span>${trusted(`<svg width="14" height="14" aria-hidden="true"><path d="${markerPaths[shape]}" fill="${color}"/></svg>`)}${name(arm)}</span>`,
  )}`;

const balanceTable = (rows: BalanceRows, voice: ResearchVoice) => ({
  caption: voice.say("balanceTable"),
  columns: [
    ...[
      voice.say("columnCovariate"),
      voice.say("columnArm"),
      voice.say("columnMean"),
      voice.say("columnReferenceMean"),
    ],
    ...[voice.say("columnSd"), voice.say("columnDifference")],
  ],
  rows: rows.map(({ covariate, arm, numbers }) => [
    ...[
      voice.covariate(covariate),
      voice.arm(arm),
      voice.number(numbers.mean, 2),
      voice.number(numbers.referenceMean, 2),
    ],
    ...[voice.number(numbers.sd, 2), voice.signed(numbers.standardisedDifference, 2)],
  ]),
});

/** Figure of how alike the arms were before the training. */
export const balanceFigure = (model: ResearchModel, voice: ResearchVoice): Part => {
  if (model.arms.length === 0) return { absent: voice.say("absent.balance.no-arms") };
  const rows = balanceRows(model);
  if (rows.length === 0) return { absent: voice.say("absent.balance.none") };
  const compared = model.arms.filter(({ arm }) => rows.some((row) => row.arm === arm));
  return {
    draw: async (number) =>
      figure({
        id: "balance",
        title: voice.say("figureTitle", { number, finding: balanceTitle(rows, voice) }),
        sub: voice.say("balanceSub"),
        drawing: await drawBoth((id, total) => drawBalance(rows, model, voice, id, total), "balance"),
        key: armsKey(compared, voice.arm),
        reading: voice.say("balanceReading", { limit: voice.number(limit, 1) }),
        note: synthetic(model, voice),
        table: balanceTable(rows, voice),
        showTable: voice.say("showTable"),
      }),
  };
};
