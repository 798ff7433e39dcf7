import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { auditDisclosure, disclosureText, isClean } from "../../../pipelines/audit/disclosure.ts";
import { readLedger } from "../../../pipelines/audit/read-ledger.ts";
import type { Atom, Fact, Release } from "../../../src/audit/publication.ts";
import { Refusal } from "../../../src/errors.ts";
import { smallStudy } from "../small-study.ts";

const team = (release: string, leader: string, members: readonly string[]): Atom => ({
  atom: `${release}:${leader}`,
  wave: "after",
  leader,
  groups: { organisation: "", arm: "control" },
  n: { support: members.length },
  members,
});

const people = (leader: string): readonly string[] => Array.from({ length: 8 }, (_, k) => `${leader}-${k}`);

const mean = (release: string, value: number): Fact => ({
  ...{ fact: `${release}:all`, audience: "management", statistic: "mean", scale: "support", rater: "employee" },
  ...{ grouping: "organisation", cell: "", wave: "after", value, step: 0.1 },
});

const leaders = ["L1", "L2", "L3", "L4"];
const first: Release = {
  release: "r1",
  atoms: leaders.map((leader) => team("r1", leader, people(leader))),
  facts: [mean("r1", 52.1)],
  pages: [{ leader: "L1", wave: "after", scales: ["support"], answers: null }],
};
const second: Release = {
  release: "r2",
  atoms: leaders.map((leader) => team("r2", leader, leader === "L1" ? [...people(leader), "late"] : people(leader))),
  facts: [mean("r2", 52.4)],
  pages: [],
};

const lines = (records: readonly unknown[]): string => records.map((each) => `${JSON.stringify(each)}\n`).join("");
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const writeLedger = (folder: string, releases: readonly Release[]): string => {
  const ledger = join(folder, ".spejl", "ledger");
  mkdirSync(ledger, { recursive: true });
  const entries = releases.map(({ release, ...written }) => {
    const [atoms, facts, pages] = ["atoms", "facts", "pages"].map((part) => `${release}.${part}.jsonl`) as [
      string,
      string,
      string,
    ];
    writeFileSync(join(ledger, atoms), lines(written.atoms));
    writeFileSync(join(ledger, facts), lines(written.facts));
    writeFileSync(join(ledger, pages), lines(written.pages ?? []));
    const hashes = {
      atomsSha256: sha256(lines(written.atoms)),
      factsSha256: sha256(lines(written.facts)),
      pagesSha256: sha256(lines(written.pages ?? [])),
    };
    return { release, wave: "after", atoms, facts, pages, ...hashes, pattern: "" };
  });
  writeFileSync(join(ledger, "ledger.jsonl"), lines(entries));
  return ledger;
};

const problems = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (refusal: unknown) => (refusal instanceof Refusal ? refusal.problems : Promise.reject(refusal)),
  );

describe("the ledger", () => {
  it("is read as it was written", async () => {
    const folder = smallStudy();
    writeLedger(folder, [first, second]);
    expect(await readLedger(folder)).toEqual([first, second]);
  });

  it("is refused where there is none", async () => {
    const folder = smallStudy();
    expect(await problems(readLedger(folder))).toEqual([{ code: "ledger-missing", study: folder }]);
  });

  it("is refused where a file was changed, is gone or holds no record", async () => {
    const folder = smallStudy();
    const ledger = writeLedger(folder, [first]);
    const facts = join(ledger, "r1.facts.jsonl");
    writeFileSync(facts, lines([mean("r1", 52.3)]));
    expect(await problems(readLedger(folder))).toEqual([
      { code: "ledger-damaged", place: { file: facts }, cause: "altered" },
    ]);
    const book = join(ledger, "ledger.jsonl");
    writeFileSync(book, '{"release":"r1"}\n');
    expect(await problems(readLedger(folder))).toEqual([
      { code: "ledger-damaged", place: { file: book, line: 1 }, cause: "unreadable" },
    ]);
    const gone = { release: "r1", wave: "after", atoms: "x.jsonl", facts: "y.jsonl", pages: "z.jsonl" };
    writeFileSync(book, lines([{ ...gone, atomsSha256: "", factsSha256: "", pagesSha256: "" }]));
    expect(await problems(readLedger(folder))).toEqual([
      { code: "ledger-damaged", place: { file: join(ledger, "x.jsonl") }, cause: "absent" },
    ]);
  });
});

describe("the audit of a study", () => {
  it("is clean where nothing can be worked back and every number has its fact", async () => {
    const folder = smallStudy();
    writeLedger(folder, [first]);
    mkdirSync(join(folder, "reports"));
    writeFileSync(join(folder, "reports", "management.html"), '<html lang="da"><b data-fact="r1:all">52,1</b></html>');
    writeFileSync(join(folder, "reports", "research.html"), "<p>1.2345</p>");
    const found = await auditDisclosure(folder);
    expect(isClean(found)).toBe(true);
    expect(found.pages.map(({ page, numbers }) => [page, numbers])).toEqual([
      [join(folder, "reports", "management.html"), 1],
    ]);
    expect(disclosureText(found, "en")).toContain("Nothing that was published can be worked back to too few.");
  });

  it("finds one late answer between two releases, and a page with another number", async () => {
    const folder = smallStudy();
    writeLedger(folder, [first, second]);
    mkdirSync(join(folder, "reports"));
    writeFileSync(
      join(folder, "reports", "management.html"),
      '<html lang="da"><b data-fact="r2:all">59,9</b> 3,3</html>',
    );
    const found = await auditDisclosure(folder);
    expect(isClean(found)).toBe(false);
    expect(found.audit.findings).toContainEqual(
      expect.objectContaining({ kind: "respondents", view: "management", leaders: ["L1"], respondents: 1 }),
    );
    expect(found.pages[0]).toMatchObject({ differing: ["r2:all"], withoutFact: [{ text: "3,3" }] });
    const text = disclosureText(found, "da");
    expect(text).toContain("hviler på for få respondenter");
    expect(text).not.toContain("59,9");
  });
});
