import { join } from "node:path";
import { employeeColumns, employeeHeader, indicatorHeader, rosterColumns, selfHeader } from "./columns.ts";
import { danish, openSink, type Sink } from "./deliveries.ts";
import type { Programme } from "./settings.ts";
import { files } from "./study-file.ts";

/** The tables that are being written; employees and leaders have a file per wave. */
export interface Sinks {
  readonly roster: Sink;
  readonly employees: readonly Sink[];
  readonly self: readonly Sink[];
  readonly indicator: Sink;
}

export const deliveriesOf = ({ employees, self, indicator }: Sinks): readonly Sink[] => [
  ...employees,
  ...self,
  indicator,
];

export async function openSinks(directory: string, { waves, arms }: Programme): Promise<Sinks> {
  const opened = (file: string, header: readonly string[]) => openSink(join(directory, file), danish, header);
  return {
    roster: await opened(files.roster, [...new Set(Object.values(rosterColumns(arms.length)))]),
    employees: await Promise.all(
      waves.map((wave, w) => {
        const columns = employeeColumns(w, waves.length);
        return openSink(join(directory, files.employees(wave)), columns.dialect, employeeHeader(columns));
      }),
    ),
    self: await Promise.all(waves.map((wave) => opened(files.leaders(wave), selfHeader))),
    indicator: await opened(files.indicator, indicatorHeader),
  };
}
