import { drawAnswer, expectedAnswer, type GradedItem } from "../../src/stats/measurement/graded-response.ts";

/** How one construct is answered and what moves it. Latent traits have variance 1 over employees. */
export interface Construct {
  readonly id: string;
  readonly items: readonly (GradedItem & { readonly id: string; readonly reversed: boolean; readonly long: boolean })[];
  /** Share of the latent variance that lies between leaders. */
  readonly cluster: number;
  /** Correlation with the general impression of a leader, between 0 and 1. */
  readonly general: number;
  /** Whether leaders answer it about themselves. */
  readonly self: boolean;
  /** Shift of a leader who attended everything, at the end, in latent standard deviations. */
  readonly shift: Readonly<Record<string, number>>;
}

const lowest = 1;
const highest = 5;
const discriminations = [2.1, 1.8, 2.3, 1.6, 2];
const easiness = [0, 0.15, -0.1, 0.1, -0.15];

interface Sketch extends Omit<Construct, "items"> {
  readonly prefix: string;
  readonly count: number;
  readonly thresholds: readonly number[];
  readonly reversed: readonly number[];
  /** Items that the short questionnaire leaves out. */
  readonly long: readonly number[];
}

const construct = ({ prefix, count, thresholds, reversed, long, ...rest }: Sketch): Construct => ({
  ...rest,
  items: Array.from({ length: count }, (_, i) => ({
    id: `${prefix}${i + 1}`,
    reversed: reversed.includes(i + 1),
    long: long.includes(i + 1),
    discrimination: discriminations[i]!,
    thresholds: thresholds.map((threshold) => threshold + easiness[i]!),
  })),
});

const common = [-2.3, -1.3, -0.35, 1.1];
const leadership = { cluster: 0.26, general: 0.7, self: true, count: 4, thresholds: common, reversed: [], long: [] };

/** In questionnaire order. */
export const constructs: readonly Construct[] = [
  {
    ...leadership,
    id: "transformational",
    prefix: "tf",
    count: 5,
    reversed: [4],
    shift: { transactional: 0.04, transformational: 0.44, combined: 0.36 },
  },
  {
    ...leadership,
    id: "verbal-rewards",
    prefix: "vr",
    shift: { transactional: 0.47, transformational: 0.12, combined: 0.38 },
  },
  {
    ...leadership,
    id: "material-rewards",
    prefix: "mr",
    general: 0.4,
    thresholds: [-1.1, -0.2, 0.7, 1.9],
    shift: { transactional: 0.42, transformational: 0, combined: 0.34 },
  },
  {
    ...leadership,
    id: "sanctions",
    prefix: "sa",
    general: 0.2,
    thresholds: [-1.6, -0.7, 0.3, 1.6],
    reversed: [4],
    shift: { transactional: 0.32, transformational: 0, combined: 0.25 },
  },
  {
    ...leadership,
    id: "active-vision",
    prefix: "vi",
    long: [3, 4],
    shift: { transactional: 0.1, transformational: 0.4, combined: 0.34 },
  },
  {
    ...leadership,
    id: "boundary-crossing",
    prefix: "bc",
    general: 0.6,
    long: [3, 4],
    shift: { transactional: 0.05, transformational: 0.2, combined: 0.2 },
  },
  {
    ...leadership,
    id: "co-creation",
    prefix: "cc",
    general: 0.6,
    long: [3, 4],
    shift: { transactional: 0.05, transformational: 0.18, combined: 0.2 },
  },
  {
    ...leadership,
    id: "motivation",
    prefix: "mo",
    cluster: 0.1,
    general: 0.6,
    self: false,
    thresholds: [-2.6, -1.7, -0.7, 0.8],
    shift: { transactional: 0.06, transformational: 0.16, combined: 0.15 },
  },
].map(construct);

export const selfConstructs = constructs.filter((each) => each.self);

/** An answer as a code of the questionnaire; 0 is a blank. */
export const codes = { blank: 0, dontKnow: 6, preferNotToSay: 7, notAsked: 99 } as const;

/** The code that an item gets at a trait value; `missed` and `answered` are uniform numbers in [0, 1). */
export function answerCode(item: Construct["items"][number], trait: number, missed: number, answered: number): number {
  if (missed < 0.034) return missed < 0.02 ? codes.dontKnow : missed < 0.024 ? codes.preferNotToSay : codes.blank;
  const answer = drawAnswer(item, trait, answered);
  return item.reversed ? lowest + highest - answer : answer;
}

const gridLow = -8;
const gridStep = 1 / 128;
const gridPoints = 16 / gridStep + 1;

export type ExpectedScore = (trait: number) => number;

/** Expected score on 0–100 of a construct by trait value, over the share of respondents who get the short form. */
export function expectedScore(items: Construct["items"], shortForm: number): ExpectedScore {
  const asked = items.filter((item) => !item.long);
  const grid = Float64Array.from({ length: gridPoints }, (_, i) => {
    const trait = gridLow + i * gridStep;
    return (1 - shortForm) * meanScore(items, trait) + shortForm * meanScore(asked, trait);
  });
  return (trait) => {
    const at = Math.min(Math.max((trait - gridLow) / gridStep, 0), gridPoints - 2);
    const left = Math.floor(at);
    return grid[left]! + (at - left) * (grid[left + 1]! - grid[left]!);
  };
}

const meanScore = (items: readonly GradedItem[], trait: number): number =>
  items.reduce((sum, item) => sum + (expectedAnswer(item, trait) - lowest) / (highest - lowest), 0) *
  (100 / items.length);
