import { expect, it } from "vitest";
import { folderOf, ingestOf } from "../staged-study.ts";

const study = (item: string, covariate: string): string => `study: names
language: en
organisation: [unit]
waves: [{ id: only, from: 2020-01-01, to: 2020-01-31 }]
instrument: { instrument: names, scales: [{ id: one, range: [1, 3], items: [{ id: ${item} }] }] }
roster: { file: roster.csv, columns: { leader: leader } }
covariates: [{ id: ${covariate}, from: employee, range: [0, 9] }, { id: isPrototypeOf, from: roster, range: [0, 9] }]
deliveries:
  - { file: a.csv, wave: only, rater: employee, columns: { leader: leader } }
  - { file: b.csv, wave: only, rater: self }
analysis: { primary: [one] }
`;

/** Names that every object has of its own accord. */
it.each(["constructor", "toString", "valueOf", "hasOwnProperty"])(
  "takes the id %s for no more than an id",
  async (name) => {
    const covariate = name === "valueOf" ? "toString" : "valueOf";
    const report = await ingestOf(
      folderOf({
        "study.yaml": study(name, covariate),
        "roster.csv": "leader,unit,isPrototypeOf\nL1,A,1\n",
        "a.csv": `leader,${name},${covariate}\nL1,2,3\n`,
        "b.csv": `leader,${name}\nL1,3\n`,
      }),
    );
    expect(report.deliveries.map(({ accepted }) => accepted)).toEqual([1, 1]);
  },
);
