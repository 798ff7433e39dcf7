import type { Arm, Phase, Wave } from "../../src/study/study.ts";

/** A wave of the synthetic programme and how its files are called. */
export interface SyntheticWave extends Wave {
  readonly slug: string;
  /** Share of the training that lies before the wave, 0 to 1. */
  readonly trained: number;
}

export const phases: readonly Phase[] = [
  {
    id: "foundation",
    from: "2018-06-01",
    to: "2018-11-07",
    name: { da: "Personligt ledelsesgrundlag", en: "Personal leadership foundation" },
  },
  {
    id: "active-vision",
    from: "2018-11-08",
    to: "2019-02-06",
    name: { da: "Aktiv visionsledelse", en: "Active vision leadership" },
    goals: ["active-vision"],
  },
  {
    id: "boundary-crossing",
    from: "2019-02-07",
    to: "2019-08-21",
    name: { da: "Grænsekrydsende samarbejde", en: "Boundary-crossing collaboration" },
    goals: ["boundary-crossing"],
  },
  {
    id: "co-creation",
    from: "2019-08-22",
    to: "2019-12-18",
    name: { da: "Samskabelse af velfærd", en: "Co-creation of welfare" },
    goals: ["co-creation"],
  },
];

const control: Arm = { id: "control", control: true, share: 1, name: { da: "Kontrolgruppe", en: "Control group" } };
const transactional: Arm = {
  id: "transactional",
  control: false,
  share: 1,
  name: { da: "Transaktionstræning", en: "Transactional training" },
};
const transformational: Arm = {
  id: "transformational",
  control: false,
  share: 1,
  name: { da: "Transformationstræning", en: "Transformational training" },
};
const combined: Arm = {
  id: "combined",
  control: false,
  share: 1,
  name: { da: "Kombineret træning", en: "Combined training" },
};

const armsByCount: Readonly<Record<number, readonly Arm[]>> = {
  0: [],
  2: [control, transformational],
  3: [control, transactional, transformational],
  4: [control, transactional, transformational, combined],
};

/** The arms of a study with so many of them; undefined where the programme has no such study. */
export const armsOf = (count: number): readonly Arm[] | undefined => armsByCount[count];

const rounds = [
  { from: "2018-06-04", to: "2018-06-22", trained: 0 },
  { from: "2018-11-12", to: "2018-11-30", trained: 0.3 },
  { from: "2019-02-11", to: "2019-03-01", trained: 0.5 },
  { from: "2019-05-06", to: "2019-05-24", trained: 0.65 },
  { from: "2019-09-02", to: "2019-09-20", trained: 0.85 },
  { from: "2019-11-25", to: "2019-12-13", trained: 1 },
] as const;

const roundsByCount = [[5], [0, 5], [0, 2, 5], [0, 1, 3, 5], [0, 1, 2, 4, 5], [0, 1, 2, 3, 4, 5]];

/** One wave is a measurement after training; more begin with a baseline. Undefined outside 1 to 6. */
export const wavesOf = (count: number): readonly SyntheticWave[] | undefined =>
  roundsByCount[count - 1]?.map((round, position) => ({ ...rounds[round]!, ...wordsOf(position, count) }));

function wordsOf(position: number, count: number): Pick<SyntheticWave, "id" | "slug" | "baseline" | "name"> {
  if (position === count - 1)
    return { id: "endline", slug: "efter", baseline: false, name: { da: "Efter", en: "After" } };
  if (position === 0) return { id: "baseline", slug: "foer", baseline: true, name: { da: "Før", en: "Before" } };
  if (count === 3) return { id: "midway", slug: "midtvejs", baseline: false, name: { da: "Midtvejs", en: "Midway" } };
  const number = position + 1;
  return {
    id: `wave-${number}`,
    slug: `maaling-${number}`,
    baseline: false,
    name: { da: `Måling ${number}`, en: `Wave ${number}` },
  };
}

export const programmeEnd = "2019-12-18";
export const programmeStart = "2018-06-01";
