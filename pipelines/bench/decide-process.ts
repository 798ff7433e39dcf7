import { decide } from "../../src/disclosure/lattice/decide.ts";
import { suppressedIn } from "../../src/disclosure/lattice/decided.ts";
import { rulesOf } from "../../src/disclosure/rules.ts";
import { drawnTeams, type Evenness, type Organisation, scalesOf } from "./drawn-teams.ts";

/** What a release of an organisation shows of its groups, decided in a process of its own: sizes as JSON, how units are drawn. */
const [sizes = "", evenness = "even"] = process.argv.slice(2);
const organisation = JSON.parse(sizes) as Organisation;
const groupings = ["organisation", "arm", "department", "unit"];
const pattern = decide({
  atoms: drawnTeams(organisation, evenness as Evenness, 1),
  scales: scalesOf(organisation),
  groupings,
  rules: rulesOf({ respondents: 5, leaders: 3, strict: false }),
  past: [],
});
process.stdout.write(JSON.stringify(suppressedIn(pattern, groupings)));
