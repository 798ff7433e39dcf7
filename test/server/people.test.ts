import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { peopleIn } from "../../pipelines/serve/people.ts";
import { Refusal } from "../../src/errors.ts";
import { readServerFile } from "../../src/server/config.ts";
import { mailHash, signInHash } from "../../src/server/state/people.ts";
import { smallStudy } from "../pipelines/small-study.ts";
import { spejl, spejlJson } from "../pipelines/spejl.ts";

const secret = "0".repeat(64);
const header = "id;viewers;leader;mail;sign_in";
const read = (...lines: readonly string[]) => peopleIn("people.csv", [header, ...lines].join("\r\n"), secret);
const problemsOf = (work: () => unknown) => {
  try {
    work();
  } catch (fault) {
    if (fault instanceof Refusal) return fault.problems;
    throw fault;
  }
  return [];
};

describe("people.csv", () => {
  it("names people by what they see as, and keeps no address in the clear", () => {
    const people = read("anna;leader management;L1;Anna@Example.org;4711", "bo;researcher;;;");
    expect(people).toEqual([
      {
        id: "anna",
        viewers: ["leader", "management"],
        leader: "L1",
        mail: mailHash(secret, "anna@example.org"),
        signIn: signInHash(secret, "4711"),
      },
      { id: "bo", viewers: ["researcher"], leader: null, mail: null, signIn: null },
    ]);
    expect(JSON.stringify(people)).not.toMatch(/example|4711/i);
  });
  it("may be a table with commas, a mark of its encoding, and columns in any order", () => {
    const text = '\uFEFFviewers,id,leader,note\nleader,anna,L1,"a, b"\n';
    expect(peopleIn("people.csv", text, secret)).toMatchObject([{ id: "anna", viewers: ["leader"], leader: "L1" }]);
  });
  it("is refused with every fault in it, each with its line, and nobody's address", () => {
    const problems = problemsOf(() =>
      read(
        "anna;leader;;;",
        "bo;boss;;;",
        ";coach;;;",
        "anna;coach;;no address;",
        "cai;coach;;c@x.dk;7",
        "dea;coach;;C@x.dk;7",
      ),
    );
    expect(problems.map((one) => [one.code, "place" in one ? [one.place.line, one.place.column] : null])).toEqual([
      ["value-missing", [2, "leader"]],
      ["value-invalid", [3, "viewers"]],
      ["value-missing", [4, "id"]],
      ["value-invalid", [5, "mail"]],
      ["id-duplicate", [5, "id"]],
      ["value-invalid", [7, "mail"]],
      ["value-invalid", [7, "sign_in"]],
    ]);
    expect(JSON.stringify(problems)).not.toMatch(/x\.dk/i);
  });
  it("is refused without the columns that it needs, or with a quote that is never closed", () => {
    expect(
      problemsOf(() => peopleIn("people.csv", "name;mail\nanna;a@x.dk\n", secret)).map(({ code }) => code),
    ).toEqual(["column-absent", "column-absent"]);
    const bare = problemsOf(() => peopleIn("people.csv", "anna;leader;L1;anna@x.dk;\n", secret));
    expect(bare.map(({ code }) => code)).toEqual(["header-absent"]);
    expect(JSON.stringify(bare)).not.toContain("anna");
    expect(problemsOf(() => read('anna;"leader;L1;;')).map(({ code }) => code)).toEqual(["quote-unclosed"]);
  });
});

describe("spejl people and spejl invite", () => {
  it("take who may sign in from the file, and make a link that works once", () => {
    const study = smallStudy({ "people.csv": `${header}\nanna;leader;L1;anna@example.org;\nbo;coach;;;\n` });
    mkdirSync(join(study, ".spejl"));
    expect(spejlJson("people", study)).toEqual({ status: 0, document: { people: 2, added: 2, changed: 0, ended: 0 } });
    writeFileSync(join(study, "people.csv"), `${header}\nanna;leader;L2;anna@example.org;\n`);
    expect(spejl("people", study).stdout).toBe("1 people: 0 new, 1 changed, 1 no longer there\n");
    const { status, document } = spejlJson<{ link: string }>("invite", "anna", study);
    expect([status, document.link]).toEqual([0, expect.stringMatching(/^http:\/\/localhost:8400\/link\/[\w-]{43}$/)]);
    const refused = spejl("invite", "ana", study);
    expect([refused.status, refused.stderr]).toEqual([3, expect.stringContaining("Did you mean `anna`?")]);
    expect(readFileSync(join(study, ".spejl", "server", "people.json"), "utf8")).not.toContain("example.org");
    expect(readFileSync(join(study, ".spejl", "log.jsonl"), "utf8")).toMatch(/"command":"people".*\n.*"added":2/);
  });
});

describe("serve.yaml", () => {
  const problems = (text: string) => problemsOf(() => readServerFile("serve.yaml", text)).map(({ code }) => code);
  it.each([
    "origin: https://spejl.example.dk",
    "origin: http://localhost:8400",
    "origin: https://spejl.example.dk\noidc: { issuer: https://login.example.dk, clientId: spejl, match: oid }",
  ])("may say %s", (text) => {
    expect(problems(text)).toEqual([]);
  });
  it.each([
    ["origin: http://spejl.example.dk", "value-invalid"],
    ["origin: https://spejl.example.dk/path", "value-invalid"],
    ["listen: { port: 8400 }", "value-missing"],
    ["origin: https://x.dk\nlisten: { port: 70000 }", "value-invalid"],
    [
      "origin: https://x.dk\noidc: { issuer: https://login.example.dk, clientId: spejl, match: email }",
      "value-invalid",
    ],
    ["origin: https://x.dk\noidc: { issuer: http://login.example.dk, clientId: spejl, match: oid }", "value-invalid"],
    ["origin: https://x.dk\nmial: {}", "unknown-key"],
  ])("may not say %s", (text, code) => {
    expect(problems(text)).toEqual([code]);
  });
});
