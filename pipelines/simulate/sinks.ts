import { join } from "node:path";
import { employeeColumns, employeeHeader, indicatorHeader, rosterColumns, selfHeader } from "./columns.ts";
import { danish, openSink, type Sink } from "./deliveries.ts";
import { attendanceHeader, type ProgrammeSinks, sessionsHeader } from "./schedule.ts";
import type { Programme } from "./settings.ts";
import { files } from "./study-file.ts";

/** The tables that are being written; employees and leaders have a file per wave. */
export interface Sinks {
  readonly roster: Sink;
  readonly employees: readonly Sink[];
  readonly self: readonly Sink[];
  readonly indicator: Sink;
  /** Null in a study too large for a schedule. */
  readonly programme: ProgrammeSinks | null;
}

/** The lists of leaders and sessions, which are no deliveries. */
export const listsOf = ({ roster, programme }: Sinks): readonly Sink[] => [
  roster,
  ...(programme === null ? [] : [programme.sessions, programme.attendance]),
];

export const deliveriesOf = ({ employees, self, indicator }: Sinks): readonly Sink[] => [
  ...employees,
  ...self,
  indicator,
];

export async function openSinks(directory: string, { waves, arms, scheduled }: Programme): Promise<Sinks> {
  const opened = (file: string, header: readonly string[]) => openSink(join(directory, file), danish, header);
  return {
    roster: await opened(files.roster, [...new Set(Object.values(rosterColumns(arms.length, scheduled)))]),
    employees: await Promise.all(
      waves.map((wave, w) => {
        const columns = employeeColumns(w, waves.length);
        return openSink(join(directory, files.employees(wave)), columns.dialect, employeeHeader(columns));
      }),
    ),
    self: await Promise.all(waves.map((wave) => opened(files.leaders(wave), selfHeader))),
    indicator: await opened(files.indicator, indicatorHeader),
    programme: scheduled
      ? {
          sessions: await opened(files.sessions, sessionsHeader),
          attendance: await opened(files.attendance, attendanceHeader),
          groups: new Set(),
        }
      : null,
  };
}
