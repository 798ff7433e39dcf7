import type { Access } from "../../src/server/state/access-log.ts";
import { type Person, readPeople } from "../../src/server/state/people.ts";
import { stateFolder } from "../../src/server/state/secret.ts";
import { waveOf } from "../../src/store/release-manifest.ts";
import { readStudy } from "../../src/store/study-files.ts";
import { csvCell } from "../../src/tables/csv-cell.ts";
import { guarded } from "../../src/tables/formula-guard.ts";
import { sayOf } from "../terminal/person-words.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { wholeAccess } from "./audited.ts";
import { logged } from "./logged.ts";

/** The day (UTC) on which a leader first read the own report of a wave. */
interface Exposed {
  readonly leader: string;
  readonly wave: string;
  readonly first_read: string;
}

/** What the access log tells of who got feedback when. */
interface Exposure {
  readonly rows: readonly Exposed[];
  /** Readings by somebody whom people.csv no longer names, or not as a leader. */
  readonly unknown: number;
  /** Entries that were pruned: what was first read may have been read before. */
  readonly pruned: number;
  /** Whether a server has run, and with it a log. */
  readonly served: boolean;
}

const ownReports: readonly string[] = ["/report", "/reports/:release"];

const isReading = ({ action, object, result, release }: Access): boolean =>
  action === "read" && ownReports.includes(object) && result === "200" && release !== null;

/** First readings by leader and wave, in this order. */
export const exposureIn = (
  entries: readonly Access[],
  people: readonly Person[],
): Pick<Exposure, "rows" | "unknown"> => {
  const leaders = new Map(people.map(({ id, leader }) => [id, leader]));
  const first = new Map<string, Exposed>();
  let unknown = 0;
  for (const { person, release, at } of entries.filter(isReading)) {
    const leader = leaders.get(person!) ?? null;
    if (leader === null) {
      unknown += 1;
      continue;
    }
    const wave = waveOf(release!);
    const key = JSON.stringify([leader, wave]);
    if (!first.has(key)) first.set(key, { leader, wave, first_read: at.slice(0, 10) });
  }
  const rows = [...first].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  return { rows, unknown };
};

const cell = (text: string): string => csvCell(guarded(text), ";");

const csvOf = (rows: readonly Exposed[]): string =>
  [
    "leader;wave;first_read",
    ...rows.map(({ leader, wave, first_read }) => [leader, wave, first_read].map(cell).join(";")),
  ].join("\n");

/** `spejl audit exposure`: when each leader first read the own report, for feedback is part of the treatment. */
export const exposure = async (folder: string, terminal: Terminal): Promise<void> => {
  const { language } = terminal;
  await readStudy(folder);
  const state = stateFolder(folder);
  const { rows, unknown, pruned, served } = await logged(
    folder,
    { command: "audit exposure" },
    async (): Promise<Exposure> => {
      const reading = await wholeAccess(state);
      const found = exposureIn(reading?.entries ?? [], await readPeople(state));
      return { ...found, pruned: reading?.from.entries ?? 0, served: reading !== null };
    },
    ({ rows }) => ({ rows: rows.length }),
  );
  if (terminal.json) return terminal.print({ exposure: rows, unknown, pruned });
  terminal.say(csvOf(rows));
  if (!served) terminal.note(sayOf("neverServed", language));
  if (unknown > 0) terminal.note(`${unknown} ${sayOf("readingsUnknown", language)}`);
  if (pruned > 0) terminal.note(`${pruned} ${sayOf("readingsPruned", language)}`);
};
