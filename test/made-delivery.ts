import { asItShows, type Delivery } from "../src/study/study.ts";

/** A delivery of which the study file says no more than this. */
export const madeDelivery = (given: Pick<Delivery, "file" | "wave" | "rater"> & Partial<Delivery>): Delivery => ({
  complete: null,
  columns: {},
  items: {},
  notAsked: [],
  blank: "blank",
  codes: null,
  where: {},
  reading: asItShows,
  ...given,
});
