import type { Cells } from "../../stats/moments/moments.ts";
import { type ProductColumn, withProducts } from "../../stats/moments/product-columns.ts";
import type { Covariate, Study } from "../../study/study.ts";
import { controlArm } from "../design/design.ts";
import { ancovaModel, type EffectModel } from "./effect-model.ts";
import { byCell, type EffectSource } from "./model-columns.ts";

/** Columns of the cells that a covariate makes: its number, or an indicator of every code but the first. */
export function columnsOfCovariate({ columns }: Cells, covariate: Covariate): readonly number[] {
  const names =
    covariate.kind === "numeric"
      ? [covariate.id]
      : covariate.values.slice(1).map(({ code }) => `${covariate.id}=${code}`);
  return names.map((name) => columns.indexOf(name));
}

/** Name of the product of an arm's indicator and a column of a covariate. */
export const productName = (study: Study, arm: number, column: string): string =>
  `arm ${study.arms[arm]!.id} × ${column}`;

/**
 * The ANCOVA with the product of every arm and every column of a covariate, which may differ between leaders or between
 * respondents of a leader. The products stand last, so that an effect is dropped in favour of none.
 */
export function subgroupModel(source: EffectSource, covariate: Covariate): EffectModel {
  const { study, design, cells } = source;
  const plain = ancovaModel(source, "rows");
  const codes = byCell(cells, design.arm);
  const control = controlArm(study);
  const products = study.arms.flatMap((_, arm): ProductColumn[] =>
    arm === control
      ? []
      : columnsOfCovariate(cells, covariate).map((column) => ({
          name: productName(study, arm, cells.columns[column]!),
          column,
          codes,
          code: arm,
        })),
  );
  const first = cells.columns.length - 1;
  const columns = products.map(({ name }, k) => ({ name, kind: "row" as const, column: first + k }));
  return {
    ...plain,
    model: { ...plain.model, cells: withProducts(cells, products), columns: [...plain.model.columns, ...columns] },
  };
}
