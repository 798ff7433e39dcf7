import type { Language } from "../../errors.ts";
import { type Dashboard, managementDashboard } from "../../reporting/management/dashboard.ts";
import type { ManagementModel } from "../../reporting/management/model.ts";
import type { Assets } from "../../reporting/page/assets.ts";
import { type Release, readModel } from "../../store/releases.ts";

const mostKept = 4;

/** The dashboards of the releases that are read now, each made once. */
export const openDashboards = (assets: Assets, linked: { readonly style: string; readonly script: string }) => {
  const kept = new Map<string, Promise<Dashboard>>();
  const place = { page: "/management", csv: "/management/cells.csv", linked: { ...linked, policy: "" } };
  const make = async (release: Release, language: Language): Promise<Dashboard> =>
    managementDashboard(await readModel<ManagementModel>(release, "management"), language, assets, place);
  return (release: Release, language: Language): Promise<Dashboard> => {
    const key = `${release.id} ${language}`;
    const found = kept.get(key) ?? make(release, language);
    kept.set(key, found);
    found.catch(() => kept.delete(key));
    for (const [oldest] of kept) if (kept.size > mostKept) kept.delete(oldest);
    return found;
  };
};

export type Dashboards = ReturnType<typeof openDashboards>;
