import { auditGround, type Work } from "./algebra.ts";
import { movedByFew } from "./common-numbers.ts";
import { columnsOfLeak, type Finding, isKnown, type Leak } from "./finding.ts";
import { type Bounds, intervalsOf } from "./intervals.ts";
import { leakingFacts } from "./leaking-facts.ts";
import { retold } from "./own-pages.ts";
import { audienceOf, type Fact, type Limits, lowestLimits, type Publication } from "./publication.ts";
import { type Part, refine } from "./refine.ts";
import { deriveRows, type Rows, scaleName } from "./rows.ts";
import { respondentsIn, type System, systemsOf } from "./system.ts";
import { thinFacts } from "./thin-facts.ts";
import { type View, viewsOf, withOwnTeams } from "./views.ts";

/** How far the slow methods go. */
export interface Effort extends Work {
  /** Linear programs for systems with at most so many columns. */
  readonly intervalColumns: number;
  /** Linear programs for the views of at most so many leaders. */
  readonly intervalViewers: number;
  /** What is known of leaders' means is worked out in full where it leaves less than this part of the range open. */
  readonly widthsBelow: number;
  /** Findings whose facts are brought down to a set of which none can be left out. */
  readonly explained: number;
}

/** Everything for small organisations, what can be done in minutes for large ones. */
export const ordinaryEffort: Effort = {
  exactWork: 200_000,
  viewWork: 2_000_000,
  intervalColumns: 300,
  intervalViewers: 60,
  widthsBelow: lowestLimits.width,
  explained: 50,
};

/** What a release waits for: leaders' views of all but small organisations only where a first look is suspicious. */
export const quickEffort: Effort = { ...ordinaryEffort, viewWork: 100_000 };

/** What an audit found, and how far it went. */
export interface Audit {
  readonly isSafe: boolean;
  readonly findings: readonly Finding[];
  /** Facts that rest on no atom of their release. */
  readonly baseless: readonly string[];
  readonly counts: {
    readonly releases: number;
    readonly facts: number;
    readonly rows: number;
    readonly parts: number;
    readonly views: number;
    readonly exact: number;
    readonly modularOnly: number;
    readonly disagreements: number;
    readonly unsearched: number;
    /** Smallest groups of at most three leaders on whom a combination rests: two of three, together, know the third; null where there are too many to try. */
    readonly coalitions: number | null;
    /** Views that linear programs went through, and the leaders' means that they bounded. */
    readonly intervalViews: number;
    readonly targets: number;
    readonly singleFactTargets: number;
    /** The least part of the range that is open of any of them, where it is less than was asked for; else null. */
    readonly narrowest: number | null;
    readonly contradictions: number;
  };
}

const nameOf = ({ viewer }: View): string => (viewer === null ? "management" : audienceOf(viewer));

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

/** The least of some numbers; null where there is none. */
const least = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((each) => each !== null);
  return known.length === 0 ? null : Math.min(...known);
};

const partsIn = (leak: Leak, columns: readonly number[]): readonly Part[] => [
  ...new Set(columns.flatMap((column) => leak.system.blocks[leak.system.columns[column]!.block]!.parts)),
];

/** Systems of the same structure differ in scale and values only: what leaks in one leaks in all. */
const alike = (system: System, systems: readonly System[]): readonly System[] => {
  const same = systems.filter(({ structure }) => structure === system.structure);
  return same.length > 0 ? same : [system];
};

const findingsOf = (view: View, leak: Leak, systems: readonly System[], isExplained: boolean): readonly Finding[] => {
  const columns = columnsOfLeak(leak);
  const parts = partsIn(leak, columns);
  const touching = (system: System): readonly Fact[] =>
    system.rows
      .filter(({ coefficients }) => columns.some((column) => coefficients.has(column)))
      .map(({ row }) => row.fact);
  return alike(leak.system, systems).map((system) => {
    const facts = isExplained ? leakingFacts(system, columns) : touching(system);
    return {
      kind: leak.kind,
      view: nameOf(view),
      scale: scaleName(system.columns[0]!.scale),
      waves: [...new Set(parts.map(({ wave }) => wave))],
      leaders: [...new Set(parts.flatMap(({ leaders }) => leaders))],
      respondents: respondentsIn(columns.map((column) => system.blocks[system.columns[column]!.block]!)),
      facts: facts.map(({ fact }) => fact),
      minimal: isExplained,
    };
  });
};

const auditIntervals = (view: View, systems: readonly System[], bounds: Bounds) => {
  const all = systems.flatMap((system) => intervalsOf(system, view.viewer, bounds));
  const findings = all.flatMap(({ pinned }) =>
    pinned.map(({ leader, wave, facts, ...target }): Finding => {
      const ids = facts.map(({ fact }) => fact);
      const who = { view: nameOf(view), waves: [wave], leaders: [leader] };
      return { kind: "interval", ...target, ...who, facts: ids, minimal: false };
    }),
  );
  return {
    findings,
    targets: sum(all.map(({ targets }) => targets)),
    singleFacts: sum(all.map(({ singleFacts }) => singleFacts)),
    narrowest: least(all.map(({ narrowest }) => narrowest)),
    contradictions: all.filter(({ contradiction }) => contradiction).length,
  };
};

/** The systems of a leader's view that the own report stands in, where its values are known. */
const ownSystems = ({ shared, own }: View, rows: Rows): readonly System[] => {
  const known = new Set(own.filter(({ fact }) => fact.value !== null));
  return known.size === 0
    ? []
    : systemsOf([...shared, ...known], rows).filter((system) => system.rows.some(({ row }) => known.has(row)));
};

const targetOf = ({ kind, scale, waves, leaders, respondents }: Finding): string =>
  JSON.stringify([kind, scale, waves, leaders, respondents]);

/** What the algebra found in all views, and in leaders' views only what management's does not give away. */
const algebraOf = (rows: Rows, limits: Limits, effort: Effort) => {
  const [management, ...leaders] = viewsOf(rows) as [View, ...View[]];
  const ground = auditGround(management, leaders.length, rows, limits, effort);
  const ofLeaders = leaders.map((view) => {
    const algebra = ground.ofLeader(view);
    const own = new Set(
      view.own.flatMap(({ coefficients }) => [...coefficients.keys()].map((each) => rows.unknowns[each]!.part.part)),
    );
    return {
      view,
      algebra,
      leaks: algebra.leaks.filter((leak) => !isKnown(leak, ground.algebra.leaks, ground.systems, own)),
    };
  });
  const judged = [{ view: management, algebra: ground.algebra, leaks: ground.algebra.leaks }, ...ofLeaders];
  const findings = judged
    .flatMap(({ view, leaks }) => leaks.map((leak) => ({ view, leak })))
    .flatMap(({ view, leak }, index) =>
      findingsOf(view, leak, view.viewer === null ? ground.systems : [], index < effort.explained),
    );
  const total = (key: "exact" | "modularOnly" | "disagreements" | "unsearched"): number =>
    sum(judged.map(({ algebra }) => algebra[key]));
  const counts = {
    views: judged.length,
    exact: total("exact"),
    modularOnly: total("modularOnly"),
    disagreements: total("disagreements"),
    unsearched: total("unsearched"),
    coalitions: ground.coalitions,
  };
  return { management, leaders, systems: ground.systems, findings, counts };
};

/** Linear programs over management's view and those of leaders, as many as the effort allows. */
const intervalsOfViews = (rows: Rows, algebra: ReturnType<typeof algebraOf>, bounds: Bounds, effort: Effort) => {
  const looking = algebra.leaders.length <= effort.intervalViewers ? algebra.leaders : [];
  const all = [
    auditIntervals(algebra.management, algebra.systems, bounds),
    ...looking.map((view) => auditIntervals(view, ownSystems(view, rows), bounds)),
  ];
  const ofManagement = new Set(all[0]!.findings.map(targetOf));
  return {
    findings: all.flatMap(({ findings }, k) =>
      k === 0 ? findings : findings.filter((each) => !ofManagement.has(targetOf(each))),
    ),
    counts: {
      intervalViews: all.length,
      targets: sum(all.map(({ targets }) => targets)),
      singleFactTargets: sum(all.map(({ singleFacts }) => singleFacts)),
      narrowest: least(all.map(({ narrowest }) => narrowest)),
      contradictions: sum(all.map(({ contradictions }) => contradictions)),
    },
  };
};

/**
 * Audits everything that was published: what management, and each leader who also sees the own team's report, could
 * work out from all releases together. Exact elimination, two primes and linear programs; shares nothing with what
 * decided on the publication.
 */
export const audit = (published: Publication, limits: Limits, effort: Effort): Audit => {
  const publication = withOwnTeams(published, limits);
  const parts = refine(publication);
  const rows = deriveRows(publication, parts);
  const algebra = algebraOf(rows, limits, effort);
  const variances = rows.nonLinear.filter(({ audience }) => audience === "management");
  const { intervalColumns: mostColumns, widthsBelow } = effort;
  const bounds = { publication, variances, limits, mostColumns, widthsBelow };
  const intervals = intervalsOfViews(rows, algebra, bounds, effort);
  const thin = thinFacts(
    publication,
    rows.nonLinear.filter(({ audience }) => audience !== "research"),
  );
  const moved = movedByFew(published.releases, limits, effort);
  const findings = [
    ...algebra.findings,
    ...intervals.findings,
    ...thin,
    ...retold(published.releases),
    ...moved.findings,
  ];
  const baseless = rows.baseless.map(({ fact }) => fact);
  const counts = {
    releases: publication.releases.length,
    facts: sum(published.releases.map(({ facts }) => facts.length)),
    rows: rows.rows.length,
    parts: parts.length,
    ...algebra.counts,
    ...intervals.counts,
  };
  const unclear = counts.disagreements + counts.unsearched + counts.contradictions + moved.unclear;
  return { isSafe: findings.length + baseless.length + unclear === 0, findings, baseless, counts };
};
