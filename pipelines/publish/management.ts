import { rulesOf } from "../../src/disclosure/rules.ts";
import type { ManagementFacts } from "../../src/reporting/management/facts.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import { read } from "../../src/store/vault/read.ts";
import type { Study } from "../../src/study/study.ts";
import { cellMeans, cellResponses } from "../../src/tables/aggregated.ts";

/** What the management dashboard rests on, before disclosure control: means and responses by arm and department. */
export const managementFacts = async (vault: Vault, study: Study): Promise<ManagementFacts> => {
  const department = study.organisation[0] ?? "";
  return {
    means: await read(vault, cellMeans, "pipelines/publish/management-means.sql", { department }),
    responses: await read(vault, cellResponses, "pipelines/publish/management-responses.sql", {
      department,
      waves: study.waves.map(({ id }) => id),
      opens: study.waves.map(({ from }) => from),
      respondents: rulesOf(study.disclosure).respondents,
    }),
  };
};
