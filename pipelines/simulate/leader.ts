import { constructs, selfConstructs } from "./answers.ts";
import { writeRow } from "./deliveries.ts";
import { breakRow, type Fault } from "./faults.ts";
import { type Assignment, assign, departments, placeOf, trainingOf, unitName } from "./organisation.ts";
import { attended, classTraits, departmentTraits, drawLeader, type Leader, present, sessions } from "./people.ts";
import { type Random, randomStream } from "./random.ts";
import { writeEmployee, writeSelf } from "./responses.ts";
import { groupName, writeAttendance } from "./schedule.ts";
import type { SimulateOptions } from "./settings.ts";
import type { Sinks } from "./sinks.ts";
import { files } from "./study-file.ts";
import { answers, drawTeam, type Employee, impression, type Mover } from "./team.ts";
import { addEmployee, addSelf, selfResponse, shiftOf, shortFormShare, type Truth } from "./truth.ts";

/** What the simulation of every leader needs and adds to. */
interface Simulation {
  readonly truth: Truth;
  readonly sinks: Sinks;
  readonly assignment: Assignment;
  readonly seed: number;
  readonly faults: Fault[];
}

/** Writes leaders one after the other; `write` must be called with 0, 1, 2 …, since an employee may move to the next. */
export function leaderWriter(
  { seed, leaders, employeesPerLeader }: SimulateOptions,
  truth: Truth,
  sinks: Sinks,
): { readonly write: (index: number) => void; readonly faults: readonly Fault[] } {
  const assignment = assign(seed, leaders, truth.arms.length);
  const simulation: Simulation = { truth, sinks, assignment, seed, faults: [] };
  const around = departmentTraits(seed);
  let arriving: Mover | null = null;
  const write = (index: number): void => {
    const random = randomStream(seed, "leader", index);
    const leader = drawLeader(index, employeesPerLeader, truth.waves, around, random);
    const team = drawTeam(leader, truth.waves, arriving, random);
    arriving = team.leaving;
    writeRoster(simulation, leader);
    const gained = trainingGains(simulation, leader);
    truth.waves.forEach((wave, w) => {
      if (present(leader, wave)) writeWave(simulation, leader, w, team.employees[w]!, gained[w]!, random);
    });
  };
  return { write, faults: simulation.faults };
}

/** Without an experiment everybody is trained; with one, all but the control arm. */
const isTrained = ({ truth, assignment }: Simulation, index: number): boolean =>
  truth.arms.length === 0 || !truth.arms[assignment.arm[index]!]!.control;

function writeRoster(simulation: Simulation, leader: Leader): void {
  const { truth, sinks, assignment } = simulation;
  const { index } = leader;
  const arm = assignment.arm[index]!;
  const place = placeOf(index);
  const trained = isTrained(simulation, index);
  const training = trainingOf(assignment.position[index]!, assignment.sizes[arm]!);
  const className = `${String.fromCharCode(65 + arm)}${training.class + 1}`;
  writeRow(sinks.roster, [
    place.leader,
    ...(truth.arms.length > 0 ? [truth.arms[arm]!.id] : []),
    departments[place.department]!,
    unitName(place.unit),
    trained ? className : "",
    trained ? groupName({ class: className, group: training.group }) : "",
    String(leader.size),
    ...(sinks.programme === null ? [trained ? String(attended(leader)) : "0"] : []),
    leader.from,
    leader.to ?? "",
  ]);
  if (trained && sinks.programme !== null)
    writeAttendance(sinks.programme, leader, { class: className, group: training.group });
}

/** By wave and construct, what training and class have added to the perceived leadership. */
function trainingGains(simulation: Simulation, leader: Leader): readonly Float64Array[] {
  const { truth, assignment, seed } = simulation;
  const { index } = leader;
  const number = assignment.arm[index]!;
  const arm = truth.arms[number];
  if (!isTrained(simulation, index)) return truth.waves.map(() => new Float64Array(constructs.length));
  const { class: of } = trainingOf(assignment.position[index]!, assignment.sizes[number]!);
  const climate = classTraits(seed, number, of);
  return truth.waves.map(({ trained }) =>
    climate.map(
      (gain, c) => gain * trained + (arm === undefined ? 0 : shiftOf(c, arm, trained, attended(leader) / sessions)),
    ),
  );
}

function writeWave(
  simulation: Simulation,
  leader: Leader,
  wave: number,
  employees: readonly Employee[],
  gained: Float64Array,
  random: Random,
): void {
  const { truth, sinks } = simulation;
  const share = attended(leader) / sessions;
  const change = new Float64Array(truth.arms.length);
  const traits = new Float64Array(constructs.length);
  let respondents = 0;
  for (const employee of employees) {
    if (!answers(employee, wave, random)) continue;
    respondents++;
    impression(employee, leader.perceived[wave]!, random, traits);
    addEmployee(truth, wave, share, traits, change);
    for (let c = 0; c < traits.length; c++) traits[c]! += gained[c]!;
    writeAnswers(simulation, leader, employee, wave, traits, random);
  }
  const own = leader.own[wave]!;
  if (own === null) return;
  addSelf(truth, wave, share, own, change, respondents);
  const seen = selfConstructs.map((_, c) => own[c]! + selfResponse * gained[c]!);
  writeSelf(sinks.self[wave]!, leader.index, Float64Array.from(seen), random);
}

function writeAnswers(
  { truth, sinks, faults }: Simulation,
  leader: Leader,
  employee: Employee,
  wave: number,
  traits: Float64Array,
  random: Random,
): void {
  const sink = sinks.employees[wave]!;
  const start = sink.rowStart;
  const shortForm = random.uniform() < shortFormShare(wave, truth.waves.length);
  writeEmployee(sink, employee, leader, truth.waves[wave]!, traits, shortForm, random);
  const kind = breakRow(sink, start, wave);
  if (kind !== null) faults.push({ file: files.employees(truth.waves[wave]!), line: sink.rows + 1, kind });
}
