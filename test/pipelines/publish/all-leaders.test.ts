import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openMade } from "../../../pipelines/publish/rendered.ts";
import { spejl, spejlJson } from "../spejl.ts";

const leaders = 16;
let folder: string;
beforeAll(() => {
  folder = join(mkdtempSync(join(tmpdir(), "all-leaders-")), "study");
  expect(
    spejl("simulate", folder, "--leaders", `${leaders}`, "--employees", "6", "--arms", "0", "--waves", "1").status,
  ).toBe(0);
  expect(spejl("run", folder).status).toBe(0);
});
afterAll(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

const all = (...words: readonly string[]) =>
  spejlJson<{ folder: string; pages: number; found: number }>("report", "leader", "--all", folder, ...words).document;
const pagesIn = (out: string) => readdirSync(join(out, "leaders")).filter((name) => !name.startsWith("."));

describe("the pages of all leaders", () => {
  it.each(["pdf", "html"])("are whole after Ctrl-C, and the next run makes only the others (%s)", async (format) => {
    const out = join(folder, `out-${format}`);
    const made = join(out, "leaders", ".rendering.jsonl");
    const pdf = format === "pdf" ? ["--pdf"] : [];
    const words = ["report", "leader", "--all", folder, ...pdf, "--out", out];
    const run = spawn(process.execPath, ["dist/pipelines/cli.js", ...words], { stdio: "ignore" });
    const ended = new Promise<number | null>((resolve) => run.on("close", resolve));
    const watch = setInterval(() => {
      const lines = existsSync(made) ? readFileSync(made, "utf8").split("\n").length : 0;
      if (lines <= 4) return;
      clearInterval(watch);
      run.kill("SIGINT");
    }, 2);
    expect(await ended).toBe(130);
    const before = pagesIn(out);
    expect(before.length).toBeGreaterThan(2);
    expect(before.length).toBeLessThan(leaders);
    expect(before.filter((name) => !name.endsWith(`.${format}`))).toEqual([]);
    for (const name of before)
      expect(readFileSync(join(out, "leaders", name), "utf8").trimEnd(), name).toMatch(/(<\/html>|%%EOF)$/);
    const times = before.map((name) => statSync(join(out, "leaders", name)).mtimeMs);
    const { pages, found } = all(...pdf, "--out", out);
    expect([pages, pagesIn(out).length]).toEqual([leaders, leaders]);
    expect(found).toBeGreaterThan(2);
    const kept = before.filter((name, index) => statSync(join(out, "leaders", name)).mtimeMs === times[index]);
    expect(kept).toHaveLength(found);
    expect(existsSync(made)).toBe(false);
  });
  it("are all made anew where nothing was interrupted, and where the pages asked for are others", () => {
    const out = join(folder, "again");
    expect(all("--out", out).found).toBe(0);
    expect(all("--out", out).found).toBe(0);
    writeFileSync(join(out, "leaders", ".rendering.jsonl"), `of other pages\n"L1001"\n`);
    expect(all("--out", out)).toMatchObject({ pages: leaders, found: 0 });
  });
});

describe("what is written down of a run", () => {
  it("leaves out a line that a killed process tore, and pages that are gone", () => {
    const out = mkdtempSync(join(tmpdir(), "made-"));
    const file = join(out, ".rendering.jsonl");
    const made = openMade(out, ["x"]);
    made.add("L1");
    made.add("L2");
    writeFileSync(file, readFileSync(file, "utf8").slice(0, -2));
    const again = openMade(out, ["x"]);
    expect([again.has("L1", out), again.has("L2", out), again.has("L1", join(out, "gone"))]).toEqual([
      true,
      false,
      false,
    ]);
    expect(openMade(out, ["y"]).has("L1", out)).toBe(false);
    rmSync(out, { recursive: true });
  });
});

describe("a report as PDF", () => {
  it("is written for one leader, under the leader's name or the file's", () => {
    const [leader] = pagesIn(join(folder, "out-html")).map((name) => name.replace(".html", ""));
    const { document } = spejlJson<{ files: string[] }>("report", "leader", leader!, "--pdf", folder);
    expect(document.files).toEqual([join(folder, "reports", "leaders", `${leader}.pdf`)]);
    expect(readFileSync(document.files[0]!, "latin1")).toMatch(/^%PDF-1\.7/);
    const named = join(folder, "mine.pdf");
    expect(spejl("report", "leader", leader!, "--pdf", folder, "--out", named).status).toBe(0);
    expect(existsSync(named)).toBe(true);
  });
  it.each([
    [["management", "--pdf"]],
    [["research", "--pdf"]],
    [["leader", "L1", "--pdf", "--out", "x.html"]],
    [["leader", "L1", "--out", "x.pdf"]],
  ])("is refused where there is none: %j", (words) => {
    expect(spejl("report", ...words).status).toBe(2);
  });
});
