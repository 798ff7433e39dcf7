import { html } from "../reporting/page/html.ts";
import { dataTable } from "../reporting/page/page.ts";
import { lede, paragraph } from "./pages/form-page.ts";
import type { Handlers } from "./policy.ts";
import type { Site } from "./site.ts";
import { type Access, readAccess } from "./state/access-log.ts";
import type { People } from "./state/people.ts";
import type { Answer, Visit } from "./visit.ts";

export interface Administration {
  readonly site: Site;
  readonly people: People;
  readonly stateFolder: string;
}

const mostShown = 200;

const timeOf = (at: string): string => at.slice(0, 19).replace("T", " ");

const lastSignIns = (entries: readonly Access[]): ReadonlyMap<string, string> =>
  new Map(
    entries.flatMap(({ person, action, result, at }) =>
      person !== null && action === "sign-in" && result === "303" ? [[person, at] as const] : [],
    ),
  );

const peoplePage = async ({ site, people, stateFolder }: Administration, visit: Visit): Promise<Answer> => {
  const { say } = site.voiceOf(visit.language);
  const all = await people.all();
  const last = lastSignIns((await readAccess(stateFolder))?.entries ?? []);
  const table = dataTable({
    caption: say("peopleCaption", { count: all.length }),
    columns: [say("columnPerson"), say("columnViewers"), say("columnLeader"), say("columnMail"), say("columnLast")],
    rows: all.map(({ id, viewers, leader, mail }) => [
      id,
      viewers.map((viewer) => say(`viewer.${viewer}`)).join(", "),
      leader ?? "–",
      say(mail === null ? "no" : "yes"),
      last.has(id) ? timeOf(last.get(id)!) : say("never"),
    ]),
  });
  return site.page(visit, "/people", say("peopleTitle"), html`${lede(say("peopleLede"))}${table}`);
};

const accessPage = async ({ site, stateFolder }: Administration, visit: Visit): Promise<Answer> => {
  const { say } = site.voiceOf(visit.language);
  const { entries = [], broken = [] } = (await readAccess(stateFolder)) ?? {};
  const recent = entries.slice(-mostShown).reverse();
  const chain =
    broken.length === 0
      ? say("accessWhole", { count: entries.length })
      : say("accessBroken", { lines: broken.slice(0, 12).join(", ") });
  const table = dataTable({
    caption: say("accessCaption", { count: recent.length }),
    columns: [
      say("columnNumber"),
      say("columnTime"),
      say("columnPerson"),
      say("columnAction"),
      say("columnObject"),
      say("columnRelease"),
      say("columnResult"),
    ],
    rows: recent.map(({ n, at, person, action, object, release, result }) => [
      String(n),
      timeOf(at),
      person ?? say("server"),
      say(`action.${action}`),
      object,
      release ?? "–",
      result,
    ]),
  });
  return site.page(visit, "/access", say("accessTitle"), html`${lede(say("accessLede"))}${paragraph(chain)}${table}`);
};

export const administrationHandlers = (
  administration: Administration,
): Pick<Handlers, "GET /people" | "GET /access"> => ({
  "GET /people": (visit) => peoplePage(administration, visit),
  "GET /access": (visit) => accessPage(administration, visit),
});
