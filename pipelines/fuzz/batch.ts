import { fuzzStudies } from "./fuzz-studies.ts";

const [seed = 1, from = 0, to = 1] = process.argv.slice(2).map(Number);
process.stdout.write(JSON.stringify(await fuzzStudies(seed, from, to)));
