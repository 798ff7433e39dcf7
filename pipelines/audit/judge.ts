import { type Audit, audit, type Effort } from "../../src/audit/audit.ts";
import { type Limits, lowestLimits, type Publication, type Release } from "../../src/audit/publication.ts";
import type { Study } from "../../src/study/study.ts";

/** The thresholds that a study's publications are held to. */
export const limitsOf = ({ disclosure }: Pick<Study, "disclosure">): Limits => ({
  respondents: Math.max(disclosure.strict ? 7 : lowestLimits.respondents, disclosure.respondents),
  leaders: Math.max(disclosure.strict ? 4 : lowestLimits.leaders, disclosure.leaders),
  width: lowestLimits.width,
});

/** Scales that are the mean of others. */
export const compositesOf = ({ instrument }: Pick<Study, "instrument">): Publication["composites"] =>
  Object.fromEntries(instrument.scales.flatMap((scale) => (scale.kind === "scales" ? [[scale.id, scale.of]] : [])));

/** The publication as a reader with the instrument at hand knows it. */
const publicationOf = (releases: readonly Release[], study: Pick<Study, "instrument">): Publication => ({
  releases,
  ranges: Object.fromEntries(
    study.instrument.scales.map(({ id, index, low, high }) => [id, index ? { low: 0, high: 100 } : { low, high }]),
  ),
  composites: compositesOf(study),
});

/** Judges releases of a study together. */
export const judge = (releases: readonly Release[], study: Study, effort: Effort): Audit =>
  audit(publicationOf(releases, study), limitsOf(study), effort);
