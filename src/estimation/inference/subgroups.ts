import { modelRows } from "../../stats/moments/model-rows.ts";
import { leastSquares } from "../../stats/regression/least-squares.ts";
import { holm } from "../../stats/trial/multiplicity.ts";
import type { Study } from "../../study/study.ts";
import type { CellsOf } from "../design/cells-of.ts";
import { designFor } from "../design/clusters.ts";
import { againstControl } from "../design/comparisons.ts";
import { controlArm, type Design, followUpWaves } from "../design/design.ts";
import type { NotEstimable } from "../design/status.ts";
import type { FittedModel } from "../model/fitted-models.ts";
import { subgroupModel } from "../model/subgroup-model.ts";
import type { Subgroup } from "./subgroup.ts";
import { type SubgroupFrame, subgroupOfArm, subgroupRecord } from "./subgroup-effects.ts";
import { levelsOf } from "./subgroup-levels.ts";

/** The cells with a covariate among their columns. */
const cellsWith = ({ study, outcome, covariate }: SubgroupFrame, cellsOf: CellsOf) =>
  cellsOf(outcome, study.plan.covariates.includes(covariate.id) ? "complete" : `subgroup ${covariate.id}`);

function fitOf(frame: SubgroupFrame, design: Design, cellsOf: CellsOf): FittedModel | NotEstimable {
  const { study, outcome, wave, covariate } = frame;
  if (controlArm(study) < 0) return "no-control-arm";
  if (!followUpWaves(study).includes(wave)) return "no-follow-up-wave";
  const cells = cellsWith(frame, cellsOf);
  if (cells === null) return "no-data";
  const source = { study, design: designFor(study, design, outcome), cells, unadjusted: cellsOf(outcome, "all"), wave };
  const effects = subgroupModel(source, covariate);
  const rows = modelRows(effects.model);
  return rows.observations === 0 ? "no-data" : { source, effects, rows, fit: leastSquares(rows) };
}

function adjusted(rows: readonly Subgroup[]): readonly Subgroup[] {
  const tested = rows.filter(({ p }) => p !== null);
  const p = holm(tested.map((row) => row.p!));
  return rows.map((row) => (row.p === null ? row : { ...row, pAdjusted: p[tested.indexOf(row)]! }));
}

/**
 * Effects by subgroup as the plan names them: every primary outcome at the last wave, covariate and arm. Empty where the
 * plan names none, and for a study without arms. `planned` is left null.
 */
export function subgroups(study: Study, design: Design, cellsOf: CellsOf): readonly Subgroup[] {
  const named = study.covariates.filter(({ id }) => study.plan.subgroups?.includes(id));
  const wave = study.waves.length - 1;
  const rows = study.plan.primary.flatMap((outcome) =>
    named.flatMap((covariate) => {
      const frame: SubgroupFrame = { study, outcome, wave, covariate };
      const fitted = fitOf(frame, design, cellsOf);
      const levels = typeof fitted === "string" ? [] : levelsOf(fitted, covariate);
      return againstControl(study).map((comparison) =>
        typeof fitted === "string"
          ? subgroupRecord(frame, comparison, fitted)
          : subgroupOfArm(frame, fitted, levels, comparison),
      );
    }),
  );
  return adjusted(rows);
}
