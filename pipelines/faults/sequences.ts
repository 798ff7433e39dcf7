import { cp, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { Refusal } from "../../src/errors.ts";
import { keyFile } from "../../src/store/persons/study-key.ts";
import { readStudy } from "../../src/store/study-files.ts";
import { openVault, type Vault } from "../../src/store/vault/open.ts";
import { type Chance, chanceOf } from "../fuzz/chance.ts";
import { ingest } from "../ingest/ingest.ts";
import type { IngestReport } from "../ingest/report.ts";
import { score } from "../score/score.ts";
import { summarize } from "../summarize/summarize.ts";
import type { Bench, Tried } from "./kinds.ts";
import { departments, leaders, type MadeDelivery, type MadeStudy, madeStudy, writeStudy } from "./made-study.ts";
import { lineEnds, separators } from "./settings.ts";

type Rows = MadeDelivery["rows"];

const changeOne = (made: MadeStudy, chance: Chance, change: (rows: Rows) => Rows): MadeStudy => {
  const changed = chance.below(made.deliveries.length);
  const deliveries = made.deliveries.map((one, k) => (k === changed ? { ...one, rows: change(one.rows) } : one));
  return { ...made, deliveries };
};

const withCell = (row: readonly string[], column: number, cell: string): readonly string[] =>
  row.map((was, k) => (k === column ? cell : was));

/** What happens to the files of a study over the years. */
export const steps: Readonly<Record<string, (made: MadeStudy, chance: Chance) => MadeStudy>> = {
  late: (made, chance) =>
    changeOne(made, chance, (rows) => [
      ...rows,
      [`late-${chance.below(40)}`, chance.pick(leaders), ...[1, 2, 3].map(() => String(1 + chance.below(5)))],
    ]),
  corrected: (made, chance) =>
    changeOne(made, chance, (rows) =>
      rows.map((row) => (chance.once(8) ? withCell(row, 2 + chance.below(3), String(1 + chance.below(5))) : row)),
    ),
  withdrawn: (made, chance) => changeOne(made, chance, (rows) => rows.filter(() => !chance.once(10))),
  "moved to another leader": (made, chance) =>
    changeOne(made, chance, (rows) =>
      rows.map((row) => (chance.once(15) ? withCell(row, 1, chance.pick(leaders)) : row)),
    ),
  "repeated row": (made, chance) => changeOne(made, chance, (rows) => [...rows, chance.pick(rows)]),
  "bad cell": (made, chance) =>
    changeOne(made, chance, (rows) => rows.map((row) => (chance.once(30) ? withCell(row, 2, "seven") : row))),
  "another order": (made, chance) => changeOne(made, chance, chance.shuffled),
  "another dialect": (made, chance) => ({
    ...made,
    lineEnd: chance.pick(lineEnds),
    separator: chance.pick(separators),
  }),
  "deliveries in another order": (made, chance) => ({ ...made, deliveries: chance.shuffled(made.deliveries) }),
  "a delivery in two files": (made, chance) => {
    const whole = chance.pick(made.deliveries);
    const cut = 1 + chance.below(whole.rows.length - 1);
    const part = { ...whole, file: `part-${made.deliveries.length}.csv`, rows: whole.rows.slice(cut) };
    const rest = made.deliveries.map((one) => (one === whole ? { ...one, rows: one.rows.slice(0, cut) } : one));
    return whole.rows.length < 20 ? made : { ...made, deliveries: [...rest, part] };
  },
  "leader in another department": (made, chance) => ({
    ...made,
    roster: made.roster.map((row) => (chance.once(6) ? withCell(row, 2, chance.pick(departments)) : row)),
  }),
  "leader no longer in the roster": (made, chance) => ({
    ...made,
    roster: made.roster.length < 12 ? made.roster : made.roster.filter((row) => row !== chance.pick(made.roster)),
  }),
  "the same again": (made) => made,
};

/** Files that are refused, after which the study is as it was. */
const broken: Readonly<Record<string, (made: MadeStudy, chance: Chance) => MadeStudy>> = {
  "no row that can be used": (made, chance) =>
    changeOne(made, chance, (rows) => rows.map((row) => withCell(row, 2, "9"))),
  "an arm that the study has not": (made) => ({ ...made, roster: made.roster.map((row) => withCell(row, 1, "other")) }),
  "a file with nothing in it": (made, chance) => changeOne(made, chance, () => []),
};

/** All but the numbers under which files were read, which count the readings. */
const tables = [
  "responses",
  "roster",
  "quarantine",
  "(SELECT * EXCLUDE (part) FROM duplicates)",
  "response_counts",
  "score_moments",
  "model_moments",
];

/** What the report of an ingest says of the files as they are, not of what came before. */
const lasting = ({ roster, deliveries, quarantine }: IngestReport) => ({
  roster,
  quarantine,
  deliveries: deliveries.map(({ unchanged, changed, removed, ...rest }) => rest),
});

export const silent = (): void => undefined;

export const rowsOf = async (vault: Vault, table: string): Promise<readonly string[]> => {
  const found = await vault.connection.runAndReadAll(`SELECT * FROM ${table}`);
  return found
    .getRowsJson()
    .map((row) => JSON.stringify(row))
    .sort();
};

/** Runs the stages up to the moments and gives what they leave. */
const endOf = async (folder: string): Promise<Readonly<Record<string, unknown>>> => {
  const study = await readStudy(folder);
  using vault = await openVault(folder);
  const ingested = await ingest(vault, study, silent);
  for (const { file, rows, accepted, rejected, skipped } of ingested.report.deliveries)
    if (rows !== accepted + rejected + skipped) throw new Error(`${file}: ${rows} rows do not add up`);
  const scored = await score(vault, study, ingested.key, silent);
  await summarize(vault, study, scored.key, silent);
  const end: Record<string, unknown> = { report: lasting(ingested.report) };
  for (const table of tables) end[table] = await rowsOf(vault, table);
  return end;
};

type End = Readonly<Record<string, unknown>>;

/** What the stages leave, or why they refuse the files, in words without the folder. */
const endOrRefusal = async (folder: string): Promise<End> => {
  try {
    return await endOf(folder);
  } catch (fault) {
    if (fault instanceof Refusal) return { refused: JSON.stringify(fault.problems).replaceAll(folder, "") };
    throw fault;
  }
};

/** The same of a study that never had other files, under the same key. */
const freshEnd = async (fresh: string, made: MadeStudy, keyOf: string): Promise<End> => {
  await writeStudy(fresh, made);
  await cp(keyFile(keyOf), keyFile(fresh));
  const end = await endOrRefusal(fresh);
  await rm(fresh, { recursive: true });
  return end;
};

const differences = (one: End, other: End): string =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((part) => !isDeepStrictEqual(one[part], other[part]))
    .join(", ");

/**
 * Files that come late, are corrected, withdrawn or written otherwise, step after step: the end is that of a fresh build.
 * Steps may meet so that their files are refused; then a fresh build refuses them in the same words, and they are taken back.
 */
export const sequences = async ({ points, chance, place, each }: Bench): Promise<Tried> => {
  const names = Object.keys(steps);
  let [ingests, refusals] = [0, 0];
  const findings = await each(
    Array.from({ length: points }, () => chance.below(2 ** 31)),
    async (seed) => {
      const own = chanceOf(seed, 0);
      const home = await mkdtemp(join(place, "sequence-"));
      const [folder, fresh] = [join(home, "study"), join(home, "fresh")];
      const taken: string[] = [];
      let made = madeStudy;
      const told = (what: string): string => `${taken.join(", ")}: ${what}`;
      try {
        await writeStudy(folder, made);
        await endOf(folder);
        for (let k = 2 + own.below(5); k > 0; k -= 1) {
          const name = own.pick(names);
          taken.push(name);
          const next = steps[name]!(made, own);
          if (own.once(4)) {
            const fault = own.pick(Object.keys(broken));
            taken.push(fault);
            await writeStudy(folder, broken[fault]!(next, own));
            if (!("refused" in (await endOrRefusal(folder)))) return told("is not refused");
          }
          await writeStudy(folder, next);
          const end = await endOrRefusal(folder);
          ingests += 1;
          if ("refused" in end) {
            refusals += 1;
            const other = differences(end, await freshEnd(fresh, next, folder));
            if (other !== "") return told(`${end.refused}, and a fresh build takes the files or refuses others`);
          } else made = next;
        }
        await writeStudy(folder, made);
        const other = differences(await endOrRefusal(folder), await freshEnd(fresh, made, folder));
        return other === "" ? null : told(`${other} as after no fresh build`);
      } catch (fault) {
        return told(fault instanceof Error ? fault.message : String(fault));
      } finally {
        await rm(home, { recursive: true, force: true });
      }
    },
  );
  return { trials: points, findings, said: `${ingests} changes of files, ${refusals} refused` };
};
