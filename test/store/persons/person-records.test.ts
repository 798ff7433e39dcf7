import { describe, expect, it } from "vitest";
import { type IdentityColumns, linesOf } from "../../../src/store/persons/person-records.ts";
import { asItShows } from "../../../src/study/study.ts";
import { openBytes } from "../deliveries/read-file.ts";

/** Leaders' own answers beside employees', told apart by the second column. */
const text = "who,about,rater\nanna,L1,employee\n,L1,self\nL1,L2,self\n,L2,employee\n";
const columns: IdentityColumns = {
  respondent: 0,
  leader: 1,
  own: [{ column: 2, condition: "self" }],
  rated: null,
};

describe("the records of a person", () => {
  const linesFor = async (id: string) =>
    linesOf(await openBytes(Buffer.from(text), asItShows), [columns], (one) => one === id);
  it("are those that name the person, also beside a leader", async () => {
    expect(await linesFor("anna")).toEqual([2]);
  });
  it("are, where nobody is named, a leader's own, and not what others answered about the leader", async () => {
    expect(await linesFor("L1")).toEqual([3, 4]);
    expect(await linesFor("L2")).toEqual([]);
  });
  it("are not those that name nobody", async () => {
    expect(await linesFor("")).toEqual([]);
  });

  it("are looked for in records that do not fit the header only where the table says who answered", async () => {
    const broken = "who,about,note\nanna1,L1,x\nanna1,L1\nx,anna1,L1,y\n";
    const named = { respondent: 0, leader: null, own: [], rated: 1 };
    const nobody = { ...named, respondent: null };
    const found = async (one: IdentityColumns) =>
      linesOf(await openBytes(broken, asItShows), [one], (id) => id === "anna1");
    expect(await found(named)).toEqual([2, 3]);
    expect(await found(nobody)).toEqual([]);
  });
});
