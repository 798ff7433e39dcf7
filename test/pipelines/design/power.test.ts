import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { smallStudy } from "../small-study.ts";
import { spejl, spejlJson } from "../spejl.ts";

interface Assumption {
  readonly value: number;
  readonly source: string;
}
interface Power {
  readonly study: string | null;
  readonly arms: readonly { readonly id: string; readonly leaders: Assumption }[];
  readonly assumptions: Readonly<Record<string, Assumption | null>>;
  readonly comparisons: readonly {
    readonly arm: string;
    readonly leaders: number;
    readonly df: number | null;
    readonly minimumDetectable: number | null;
    readonly minimumDetectableAdjusted: number | null;
    readonly minimumDetectablePoints: number | null;
    readonly effect: number | null;
    readonly power: number | null;
    readonly simulated: { readonly power: number; readonly se: number; readonly replications: number } | null;
  }[];
}

const alone = ["power", "--leaders", "30", "--employees", "8", "--icc", "0.1", "--r2", "0.3"] as const;

describe("spejl power", () => {
  it("needs no study: options alone, by formula and by simulation", () => {
    const { status, document } = spejlJson<Power>(...alone, "--sd", "20", "--simulations", "200");
    expect(status).toBe(0);
    const [only] = document.comparisons;
    expect(only!.power).toBeCloseTo(0.8, 9);
    expect(only!.effect).toBe(only!.minimumDetectable);
    expect(only!.minimumDetectablePoints).toBeCloseTo(20 * only!.minimumDetectable!, 9);
    expect(only!.df).toBeCloseTo(57 / (1 + 4 / 60), 10);
    expect(only!.simulated!.replications).toBe(200);
    expect(Math.abs(only!.simulated!.power - 0.8)).toBeLessThan(5 * only!.simulated!.se);
  });

  it("repeats itself with the same seed", () => {
    const run = () => spejlJson<Power>(...alone, "--simulations", "30", "--seed", "4").document.comparisons;
    expect(run()).toEqual(run());
  });

  it("takes more to find less: leaders, answers, arms and losses count as they should", () => {
    const detectable = (...more: readonly string[]) =>
      spejlJson<Power>(...alone, "--simulations", "0", ...more).document.comparisons[0]!.minimumDetectable!;
    const plain = detectable();
    expect(detectable("--leaders", "60")).toBeLessThan(plain);
    expect(detectable("--response", "0.5")).toBeGreaterThan(plain);
    expect(detectable("--attrition", "0.25")).toBeGreaterThan(plain);
    expect(detectable("--icc", "0.3")).toBeGreaterThan(plain);
    expect(detectable("--size-variation", "0.8")).toBeGreaterThan(plain);
    expect(detectable("--r2", "0.6")).toBeLessThan(plain);
    const three = spejlJson<Power>(...alone, "--simulations", "0", "--arms", "3").document.comparisons;
    expect(three).toHaveLength(2);
    expect(three[0]!.minimumDetectableAdjusted!).toBeGreaterThan(three[0]!.minimumDetectable!);
  });

  it("takes from a study what its data say, and says where each number is from", () => {
    const folder = smallStudy();
    const before = spejlJson<Power>("power", folder, "--simulations", "0").document;
    expect(before.assumptions.icc).toEqual({ value: 0.1, source: "assumed" });
    expect(existsSync(join(folder, ".spejl"))).toBe(false);
    expect(spejl("ingest", folder).status).toBe(0);
    const after = spejlJson<Power>("power", folder, "--simulations", "0", "--icc", "0.25").document;
    expect(after.assumptions.employees).toEqual({ value: 6, source: "data" });
    expect(after.assumptions.icc).toEqual({ value: 0.25, source: "option" });
    expect(after.assumptions.attrition).toEqual({ value: 0, source: "data" });
    expect(after.arms).toEqual([
      { id: "control", leaders: { value: 8, source: "data" } },
      { id: "training", leaders: { value: 8, source: "data" } },
    ]);
  });

  it("draws a picture that stands for itself", () => {
    const folder = smallStudy();
    const file = join(folder, "figures", "power.svg");
    expect(spejl(...alone, "--simulations", "0", "--out", file, "--lang", "da").status).toBe(0);
    const svg = readFileSync(file, "utf8");
    expect(svg).toMatch(/^<svg[^>]*role="img" aria-label="Kurver over styrken[^"]*0,[23]/);
    expect(svg).toContain("Styrke og antal ledere");
    expect(svg).toContain("planlagt: 30");
  });

  it("has no number where a lone leader leaves none, and no NaN", () => {
    const { document } = spejlJson<Power>("power", "--leaders", "1", "--simulations", "5");
    expect(document.comparisons[0]).toMatchObject({ minimumDetectable: null, power: null, simulated: null });
    expect(spejl("power", "--leaders", "1", "--simulations", "0").stdout).not.toMatch(/NaN|null|undefined/);
  });

  it.each([
    ["--icc", "1"],
    ["--r2", "1.2"],
    ["--attrition", "1"],
    ["--response", "0"],
    ["--power", "0.2"],
    ["--arms", "1"],
    ["--employees", "0"],
  ])("refuses %s %s as wrong usage, naming the range", (name, value) => {
    const { status, stderr } = spejl("power", name, value);
    expect(status).toBe(2);
    expect(stderr).toContain(`${name} ${value}`);
  });

  it("counts units where these are given to arms whole, or says that it cannot", () => {
    const roster = (text: string): string =>
      text
        .trim()
        .split("\n")
        .map(
          (line, k) =>
            `${line.replace(/control|training/, () => ((k - 1) % 4 < 2 ? "control" : "training"))},${k === 0 ? "pair" : `P${Math.floor((k - 1) / 2)}`}`,
        )
        .join("\n");
    const folder = smallStudy({
      "roster.csv": roster,
      "study.yaml": (text) => `${text}allocation: { by: pair }\n`,
    });
    const power = () => spejlJson<Power & { units: unknown }>("power", folder, "--simulations", "0").document;
    expect(power()).toMatchObject({ units: { by: "pair", counted: false } });
    expect(spejl("power", folder, "--simulations", "0").stdout).toContain("assumes that leaders are drawn");
    expect(spejl("ingest", folder).status).toBe(0);
    const known = power();
    expect(known.units).toEqual({ by: "pair", counted: true });
    expect(known.arms.map(({ leaders }) => leaders)).toEqual([
      { value: 4, source: "data" },
      { value: 4, source: "data" },
    ]);
    expect(known.assumptions.employees).toEqual({ value: 12, source: "data" });
    expect(spejl("power", folder, "--simulations", "0").stdout).toContain("leaders above are units");
    expect(spejlJson<{ units: unknown }>("power", smallStudy(), "--simulations", "0").document.units).toBeNull();
  });
});
