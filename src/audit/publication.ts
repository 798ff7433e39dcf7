/** One leader's team in one wave, as one release used it: the finest part that its facts are sums of. */
export interface Atom {
  readonly atom: string;
  readonly wave: string;
  readonly leader: string;
  /** Who answered; `employee` where it is not said. */
  readonly rater?: string;
  readonly groups: Readonly<Record<string, string | null>>;
  /** Respondents with a score, for each scale. */
  readonly n: Readonly<Record<string, number>>;
  /** One token a respondent, the same in every release that used the same answers for the same leader and wave. */
  readonly members: readonly string[];
  /** Scale → for each of `members` which answers to it, null for none. Where a scale is left out, the token says it. */
  readonly versions?: Readonly<Record<string, readonly (string | null)[]>>;
}

/** The atoms with the same wave and `groups[grouping] === cell`. */
export interface Cell {
  readonly grouping: string;
  readonly cell: string;
  readonly wave: string;
}

/** One value that a reader of a release can see and that rests on answers. */
export interface Fact extends Cell {
  readonly fact: string;
  /** `management`, `research` or `leader:<id>`. */
  readonly audience: string;
  readonly statistic:
    | "mean"
    | "difference"
    | "rate"
    | "count"
    | "estimate"
    | "variance"
    | "within"
    | "overall"
    | "benchmark";
  readonly scale: string;
  readonly rater: string;
  readonly against?: Cell;
  /** Null for a fact that is assumed to be known and whose value the auditor cannot read. */
  readonly value: number | null;
  readonly step: number;
}

/** What a release showed of one team and wave on its leader's own page. */
export interface OwnPage {
  readonly leader: string;
  readonly wave: string;
  /** Scales that it showed a mean of. */
  readonly scales: readonly string[];
  /** The scale of whose items it showed the answers. */
  readonly answers: string | null;
  /** The earlier release whose numbers it still shows. */
  readonly since?: string;
}

/** What one release let out, and what it was made of. */
export interface Release {
  readonly release: string;
  readonly atoms: readonly Atom[];
  readonly facts: readonly Fact[];
  /** Null where it is not known what leaders' own pages showed: then all that they may is assumed. */
  readonly pages: readonly OwnPage[] | null;
}

/** The ends of a scale in the unit of its facts. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Everything that was published, in order, and what a reader knows of the scales. */
export interface Publication {
  readonly releases: readonly Release[];
  readonly ranges: Readonly<Record<string, Range>>;
  /** Scales that are the plain mean of other scales, for those who answered all of them. */
  readonly composites: Readonly<Record<string, readonly string[]>>;
}

/** The thresholds that the auditor holds a publication to. */
export interface Limits {
  /** Respondents that every combination of facts must rest on. */
  readonly respondents: number;
  /** Leaders that every combination of facts must rest on. */
  readonly leaders: number;
  /** The part of a scale's range within which no leader's mean may be pinned. */
  readonly width: number;
}

/** The lowest thresholds that a study may have. */
export const lowestLimits: Limits = { respondents: 5, leaders: 3, width: 0.25 };

/** The audience of one leader's own report. */
export const audienceOf = (leader: string): string => `leader:${leader}`;
