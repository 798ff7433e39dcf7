import { createHash } from "node:crypto";
import type { Covariate, Scale, Study } from "./study.ts";

const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(",")}}`;
};

const bare = (scale: Scale) => {
  const { name: _, ...rest } = scale;
  return rest.kind === "items" ? { ...rest, items: rest.items.map(({ id, reversed }) => ({ id, reversed })) } : rest;
};

const bareCovariate = ({ name: _, ...rest }: Covariate) =>
  rest.kind === "categorical" ? { ...rest, values: rest.values.map(({ code }) => code) } : rest;

/** SHA-256 (hexadecimal) of everything in a study that decides which numbers come out; names and wordings do not. */
export const planHash = (study: Study): string => {
  const deciding = {
    plan: study.plan,
    seed: study.seed,
    arms: study.arms.map(({ id, control }) => ({ id, control })),
    waves: study.waves.map(({ id, from, to, baseline }) => ({ id, from, to, baseline })),
    scales: study.instrument.scales.map(bare),
    missing: study.instrument.missing,
    covariates: study.covariates.map(bareCovariate),
  };
  return createHash("sha256").update(canonical(deciding)).digest("hex");
};
