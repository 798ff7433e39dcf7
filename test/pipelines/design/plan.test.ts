import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { smallStudy } from "../small-study.ts";
import { spejl, spejlJson } from "../spejl.ts";

interface Plan {
  readonly hash: string;
  readonly locked: string | null;
  readonly lockedAfter: readonly string[];
  readonly delivered: readonly string[];
  readonly differences: readonly { readonly path: string }[];
  readonly estimates: { readonly asPlanned: number; readonly deviation: number } | null;
}
interface Estimates {
  readonly plan: { readonly hash: string; readonly locked: string | null; readonly lockedAfter: readonly string[] };
  readonly estimates: readonly { readonly estimator: string; readonly planned: string | null }[];
}

const edit = (folder: string, from: string, to: string): void => {
  const file = join(folder, "study.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
};

describe("spejl plan", () => {
  it("locks a plan with its date; later estimates are as planned or deviate, each by itself", () => {
    const folder = smallStudy();
    const { status, document: lock } = spejlJson<Plan>("plan", "lock", folder);
    expect(status).toBe(0);
    expect(lock.locked).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const same = spejlJson<Estimates>("estimate", folder).document;
    expect(same.plan).toEqual({ hash: lock.hash, locked: lock.locked, lockedAfter: [] });
    expect(new Set(same.estimates.map(({ planned }) => planned))).toEqual(new Set(["as-planned"]));
    edit(
      folder,
      "primary: [support]",
      "primary: [support], robustness: [cluster-means, wild-bootstrap], standardErrors: CR1",
    );
    const later = spejlJson<Estimates>("estimate", folder).document;
    expect(Object.fromEntries(later.estimates.map(({ estimator, planned }) => [estimator, planned]))).toEqual({
      ancova: "deviation",
      "cluster-means": "deviation",
      "wild-bootstrap": "deviation",
    });
    expect(spejl("estimate", folder, "--no-color").stdout).toMatch(/cluster-means .* deviation$/m);
    const shown = spejlJson<Plan>("plan", "show", folder).document;
    expect(shown.differences.map(({ path }) => path)).toEqual(["analysis.robustness", "analysis.standardErrors"]);
    expect(shown.estimates).toEqual({ asPlanned: 0, deviation: 3 });
  });

  it("locked when answers were in proves nothing about them, and every page says so", () => {
    const folder = smallStudy();
    const open = spejlJson<Estimates>("run", folder).document as unknown as { readonly estimate: Estimates };
    expect(open.estimate.plan).toMatchObject({ locked: null, lockedAfter: [] });
    expect(new Set(open.estimate.estimates.map(({ planned }) => planned))).toEqual(new Set([null]));
    expect(spejl("plan", "lock", folder).status).toBe(0);
    expect(spejl("run", folder).status).toBe(0);
    const late = spejlJson<Estimates>("estimate", folder).document;
    expect(late.plan.lockedAfter).toEqual(["after"]);
    expect(new Set(late.estimates.map(({ planned }) => planned))).toEqual(new Set(["locked-after-answers"]));
    const page = readFileSync(join(folder, "reports", "research.html"), "utf8");
    expect(page).not.toContain("preregistered");
    expect(page.match(/after the answers of After/g)!.length).toBeGreaterThanOrEqual(2);
  });

  it("keeps the lock when the store is made anew, and records what was known", () => {
    const folder = smallStudy();
    expect(spejlJson<Plan>("plan", "lock", folder).document).toMatchObject({ lockedAfter: [], delivered: ["after"] });
    expect(existsSync(join(folder, ".spejl"))).toBe(false);
    const late = smallStudy();
    expect(spejl("ingest", late).status).toBe(0);
    expect(spejlJson<Plan>("plan", "lock", late).document.lockedAfter).toEqual(["after"]);
    expect(spejl("plan", "show", late).stdout).toContain("after responses had been ingested from after");
  });

  it("does not lock twice, but says so where nothing changed", () => {
    const folder = smallStudy();
    const first = spejlJson<Plan>("plan", "lock", folder).document;
    const again = spejlJson<Plan & { isNew: boolean }>("plan", "lock", folder);
    expect(again.status).toBe(0);
    expect(again.document).toMatchObject({ isNew: false, locked: first.locked });
    edit(folder, "primary: [support]", "primary: [support], confidence: 0.9");
    const refused = spejlJson<{ problems: readonly { code: string; message: string }[] }>("plan", "lock", folder);
    expect(refused.status).toBe(3);
    expect(refused.document.problems[0]).toMatchObject({
      code: "plan-locked",
      message: expect.stringContaining("analysis.confidence"),
    });
  });

  it("refuses a lock that was changed, and estimates nothing by it", () => {
    const folder = smallStudy();
    expect(spejl("plan", "lock", folder).status).toBe(0);
    const file = join(folder, "plan.lock.json");
    const whole = readFileSync(file, "utf8");
    for (const text of [
      whole.replace('"CR2"', '"CR1"'),
      whole.replace(/"locked": "20\d\d/, '"locked": "2019'),
      "{",
      "",
    ]) {
      writeFileSync(file, text);
      for (const command of [["plan", "show"], ["estimate"]]) {
        const { status, document } = spejlJson<{ problems: readonly { code: string }[] }>(...command, folder);
        expect({ status, code: document.problems[0]?.code }).toEqual({ status: 3, code: "plan-lock-altered" });
      }
    }
  });

  it("says the plan in words, and what else it can do", () => {
    const { status, stdout } = spejl("plan", "show", smallStudy());
    expect(status).toBe(0);
    expect(stdout).toContain("employee support");
    expect(stdout).toContain("training against control");
    expect(stdout).toContain("not locked");
    expect(spejl("plan", "unlock").status).toBe(2);
    expect(spejl("plan", "--help").stdout).toContain("spejl plan lock my-study");
  });
});
