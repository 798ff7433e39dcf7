import { toolCommand } from "../terminal/tool.ts";
import { whole } from "../terminal/usage.ts";
import { attacks } from "./attacks.ts";
import { tryCoalitions } from "./coalitions.ts";
import { deciding, ordinaryRules, strictRules } from "./decided.ts";
import { careless, cautious } from "./publishers.ts";
import { tryDecided, tryDecidedSmall, tryLarge, tryMethods, tryPlants, trySequences, widthsBelow } from "./trials.ts";
import { costOf, costText } from "./utility.ts";

const options = toolCommand(
  "audit-trials",
  "hold what finds leaks in publications against brute force and against planted leaks",
  "--organisations 20 --plants 20 --seed 2",
)
  .option("--organisations <n>", "organisations drawn by lot", whole, 200)
  .option("--sequences <n>", "sequences of releases; as many as organisations where it is not said", whole)
  .option("--plants <n>", "planted leaks, of all kinds in turn", whole, 200)
  .option("--seed <n>", "seed of the lot", whole, 1)
  .option("--large", "also time one organisation of 5,000 leaders", false)
  .parse()
  .opts<{
    readonly organisations: number;
    readonly sequences?: number;
    readonly plants: number;
    readonly seed: number;
    readonly large: boolean;
  }>();

const { organisations, plants: planted, seed, large } = options;
const manySequences = options.sequences ?? organisations;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const timed = <T>(work: () => T): { readonly result: T; readonly seconds: string } => {
  const since = performance.now();
  const result = work();
  return { result, seconds: `${((performance.now() - since) / 1000).toFixed(1)} s` };
};

const methods = timed(() =>
  tryMethods(organisations, seed, careless, (k) => process.stderr.write(`${k + 1} / ${organisations}\r`)),
);
for (const disagreement of methods.result.disagreements) say(disagreement);
say(
  `${methods.result.organisations} organisations, ${methods.result.views} views, ${methods.result.sets} leaking sets: ${methods.result.disagreements.length} disagreements (${methods.seconds})`,
);

const leaks = timed(() => tryPlants(planted, seed));
for (const { name, ...plant } of leaks.result)
  say(`  ${plant.found} of ${plant.planted} ${name}, ${plant.alarms} false alarms`);
const [all, found, alarms] = (["planted", "found", "alarms"] as const).map((key) =>
  leaks.result.reduce((sum, each) => sum + each[key], 0),
);
say(`${found} of ${all} planted leaks found, ${alarms} alarms on their twins (${leaks.seconds})`);

const sequences = timed(() => trySequences(manySequences, seed, () => cautious));
say(
  `${sequences.result.sequences} sequences of ${sequences.result.releases} releases and ${sequences.result.facts} facts: ${sequences.result.unsafe.length} unsafe ${sequences.result.unsafe.join(" ")} (${sequences.seconds})`,
);

/** In points of a scale from 1 to 5. */
const widthText = (narrowest: number | null): string =>
  `${narrowest === null ? "at least " : ""}${(4 * (narrowest ?? widthsBelow)).toFixed(2)} of a scale's 4 points`;

const decided = timed(() =>
  tryDecided(organisations, seed, (k) => process.stderr.write(`${k + 1} / ${organisations}\r`)),
);
say(
  `suppressor: ${decided.result.organisations} organisations, ${decided.result.views} views, ${decided.result.facts} facts, ${decided.result.targets} bounded means, the narrowest open over ${widthText(decided.result.narrowest)}: ${decided.result.unsafe.length} unsafe ${decided.result.unsafe.join(" ")} (${decided.seconds})`,
);
const decidedSmall = timed(() => tryDecidedSmall(organisations, seed));
for (const disagreement of decidedSmall.result.disagreements) say(disagreement);
say(
  `suppressor, by brute force: ${decidedSmall.result.organisations} small organisations, ${decidedSmall.result.views} views: ${decidedSmall.result.sets} leaking sets, ${decidedSmall.result.disagreements.length} disagreements (${decidedSmall.seconds})`,
);
const decidedOver = timed(() => trySequences(manySequences, seed, deciding));
say(
  `suppressor: ${decidedOver.result.sequences} sequences of ${decidedOver.result.releases} releases and ${decidedOver.result.facts} facts: ${decidedOver.result.unsafe.length} unsafe ${decidedOver.result.unsafe.join(" ")} (${decidedOver.seconds})`,
);

const strict = timed(() => tryCoalitions(organisations, seed, strictRules));
say(
  `strict: ${strict.result.organisations} organisations: ${strict.result.unsafe.length} unsafe, two leaders together work out a third in ${strict.result.withCoalitions} (${strict.seconds})`,
);
const loose = timed(() => tryCoalitions(organisations, seed, ordinaryRules));
say(
  `ordinary: two leaders together work out a third in ${loose.result.withCoalitions} of ${loose.result.organisations} organisations, ${loose.result.groups} groups of three (${loose.seconds})`,
);

for (const groupings of [
  ["organisation", "department", "unit"],
  ["organisation", "arm", "department"],
])
  say(
    `suppressed of what is large enough, ${groupings.join(" | ")}: ${costText(costOf(organisations, seed, groupings))}`,
  );

const attacked = attacks(organisations, seed);
for (const { read, tried, plain, today } of attacked)
  say(`  ${read}: by plain rules ${plain} of ${tried}, today ${today}`);

if (large) {
  const { leaders, findings, counts, seconds } = tryLarge(seed, careless);
  say(
    `${leaders} leaders, ${counts.facts} facts, ${counts.views} views: ${findings} findings in ${seconds.toFixed(1)} s`,
  );
}

const wrong = [
  ...attacked.filter(({ today }) => today > 0),
  ...methods.result.disagreements,
  ...sequences.result.unsafe,
  ...decided.result.unsafe,
  ...decidedSmall.result.disagreements,
  ...decidedOver.result.unsafe,
  ...strict.result.unsafe,
  ...loose.result.unsafe,
];
if (wrong.length + strict.result.withCoalitions + decidedSmall.result.sets > 0 || found !== all || alarms !== 0)
  process.exitCode = 1;
