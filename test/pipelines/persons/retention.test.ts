import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { monthsAfter } from "../../../src/study/days.ts";
import { smallStudy } from "../small-study.ts";
import { spejl, spejlJson } from "../spejl.ts";

/** The last wave of the small study ended on 31 January 2021. */
const keeping = (months: string) => smallStudy({ "study.yaml": (text) => `${text}retention: { ${months} }\n` });

interface Said {
  readonly retention: readonly { readonly code: string; readonly message: string }[];
}

describe("retention", () => {
  it("counts months to the same day, or the last that there is", () => {
    expect(monthsAfter("2021-01-31", 1)).toBe("2021-02-28");
    expect(monthsAfter("2021-01-31", 37)).toBe("2024-02-29");
    expect(monthsAfter("2020-12-15", 1)).toBe("2021-01-15");
    expect(monthsAfter("2021-01-31", 0)).toBe("2021-01-31");
  });

  it("is said by run and audit, and nothing goes before its time", () => {
    const folder = keeping("raw: 24, key: 1200");
    const { retention } = spejlJson<Said>("run", folder).document;
    expect(retention.map(({ message }) => message)).toEqual([
      "The kept deliveries should have been deleted on 2023-01-31 by `retention`.",
    ]);
    expect(spejlJson<Said>("audit", folder).document.retention).toHaveLength(1);
    expect(spejl("erase", "--overdue", folder).status).toBe(2);
    expect(existsSync(join(folder, ".spejl", "deliveries"))).toBe(true);
    expect(spejl("erase", "--overdue", folder, "--yes").status).toBe(0);
    expect(existsSync(join(folder, ".spejl", "deliveries"))).toBe(false);
    expect(existsSync(join(folder, ".spejl", "pseudonym.key"))).toBe(true);
    expect(spejlJson<Said>("audit", folder).document.retention).toEqual([]);
    expect(spejl("ingest", folder).status).toBe(0);
    expect(existsSync(join(folder, ".spejl", "deliveries"))).toBe(false);
  }, 120_000);

  it.each(["key", "responses"])(
    "refuses deliveries by name once the %s is gone; reports stay",
    (what) => {
      const folder = keeping(`${what}: 12`);
      expect(spejl("run", folder).status).toBe(0);
      expect(spejl("erase", "--overdue", folder, "--yes").status).toBe(0);
      expect(existsSync(join(folder, ".spejl", "pseudonym.key"))).toBe(what !== "key");
      expect(existsSync(join(folder, ".spejl", "vault.duckdb"))).toBe(what !== "responses");
      const { status, document } = spejlJson<{ problems: readonly { code: string }[] }>("ingest", folder);
      expect([status, document.problems[0]?.code]).toEqual([3, "retention-ended"]);
      expect(spejl("report", "management", folder).status).toBe(0);
    },
    120_000,
  );
});
