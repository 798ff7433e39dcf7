import { joined, numbered } from "../design/clusters.ts";
import { controlArm } from "../design/design.ts";
import { ancovaModel, type EffectModel } from "./effect-model.ts";
import { type EffectSource, included, leadersIn } from "./model-columns.ts";
import { ancova, type ModelSpec } from "./model-specs.ts";

/** Class of every leader of a trained arm who is measured at the wave; −1 for the others. */
function trainedClasses(source: EffectSource): Int32Array {
  const { study, design, cells, wave } = source;
  const model = { cells, cluster: included(source, [wave]), clusters: design.clusters, columns: [] };
  const measured = leadersIn({ ...model, level: "rows" });
  const control = controlArm(study);
  return design.class.map((one, leader) => (measured.has(leader) && design.arm[leader] !== control ? one : -1));
}

/** Whether any class holds two measured leaders of a trained arm: without one there is nothing to cluster. */
export function hasClasses(source: EffectSource): boolean {
  const inClass = trainedClasses(source).filter((one) => one >= 0);
  return new Set(inClass).size < inClass.length;
}

/** ANCOVA with the leaders of a class in one cluster. */
function classClusteredModel(source: EffectSource): EffectModel {
  const { design } = source;
  const classes = trainedClasses(source);
  const clustered = { ...design, ...numbered(joined(design.cluster, classes)) };
  return ancovaModel({ ...source, design: clustered }, "rows");
}

/**
 * Partial nesting for robust standard errors: leaders who were trained in the same class are one cluster, every control
 * leader is one alone; where units were given to arms whole, what holds both the classes and the units whole. What the
 * classes have in common then counts as uncertainty, without a model of it.
 */
export const ancovaByClass: ModelSpec = { ...ancova, build: classClusteredModel };
