import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { researchModel } from "../../src/reporting/research/facts.ts";
import { composeSite, type Setup } from "../../src/server/compose.ts";
import { type Limits, openLimits } from "../../src/server/limits.ts";
import { openDrawing } from "../../src/server/pages/drawing.ts";
import type { Draw } from "../../src/server/pages/report-pages.ts";
import type { RequestLine } from "../../src/server/policy.ts";
import { openAccessLog } from "../../src/server/state/access-log.ts";
import { openLinks } from "../../src/server/state/links.ts";
import { mailHash, openPeople, type Person, type Viewer, writePeople } from "../../src/server/state/people.ts";
import { type Schedule, writeSchedule } from "../../src/server/state/schedule.ts";
import { serverSecret } from "../../src/server/state/secret.ts";
import { openSessions } from "../../src/server/state/sessions.ts";
import { browserCookie, sessionCookie } from "../../src/server/visit.ts";
import { leaderParts, modelPart, pointTo, writeRelease } from "../../src/store/release-parts.ts";
import { publishedOrder } from "../../src/store/releases.ts";
import { states } from "../reporting/leader/fixture.ts";
import { model as management } from "../reporting/management/fixture.ts";
import { analysis, measurements, study, versions } from "../reporting/research/fixture.ts";

export const origin = "https://spejl.example.dk";

const shown = states["shown"]!;
const research = researchModel(study, analysis, measurements, versions, "2019-12-21");

/** A release with the reports of these leaders; another title is another release. */
export const publish = async (
  folder: string,
  leaders: readonly string[],
  title = shown.study.title.da,
  wave = "w3",
): Promise<string> => {
  const parts = [
    modelPart("research", research),
    modelPart("management", management),
    ...leaderParts({ ...shown.study, title: { da: title, en: title } }, async function* () {
      for (const leader of leaders) yield [{ ...shown.facts, leader }];
    }),
  ];
  const before = await publishedOrder(folder);
  const id = await writeRelease(folder, { date: "2026-01-26", versions, wave }, parts);
  await pointTo(folder, id, before);
  return id;
};

export const person = (id: string, viewers: readonly Viewer[], leader: string | null = null): Omit<Person, "mail"> => ({
  id,
  viewers: [...viewers],
  leader,
  signIn: null,
});

export const everybody = [
  person("anna", ["leader"], "L1"),
  person("bo", ["leader"], "L2"),
  person("cai", ["management"]),
  person("dea", ["researcher"]),
  person("eli", ["coach"]),
  person("fie", ["administrator"]),
  person("gro", ["leader", "management"], "L1"),
  person("ida", ["leader"], "gone"),
  person("hal", ["coach"]),
  person("jon", ["leader"], "L4"),
];

const period = (id: string, from: string, to: string, goals: readonly string[] = []) => ({
  id,
  from,
  to,
  name: { da: `Fase ${id}`, en: `Phase ${id}` },
  goals: [...goals],
});
const session = (id: string, group: string | null, from: string, to: string, coach: string | null = null) => ({
  id,
  phase: "vision",
  kind: group === null ? ("seminar" as const) : ("coaching" as const),
  group,
  from,
  to,
  coach,
  place: "Rådhuset; sal 2",
});

/** A group of Anna and Bo with Eli, and one of others with Hal; Jon has left his post. */
export const schedule: Schedule = {
  phases: [
    period("foundation", "2018-06-01", "2018-12-31"),
    period("vision", "2019-01-01", "2019-06-30", ["active-vision"]),
  ],
  goals: [{ id: "active-vision", name: { da: "Aktiv visionsledelse", en: "Active vision leadership" } }],
  parts: ["foundation", "focus", "arena", "actions", "dilemma"],
  until: "2019-12-31",
  sessions: [
    session("seminar", null, "2019-01-10", "2019-01-11"),
    session("first", "A", "2019-02-01T09:00", "2019-02-01T11:00", "eli"),
    session("second", "A", "2019-04-01T09:00", "2019-04-01T11:00", "eli"),
    session("other", "B/2 æ", "2019-02-01T09:00", "2019-02-01T11:00", "hal"),
  ],
  groups: [
    {
      id: "A",
      coach: "eli",
      leaders: [
        { leader: "L1", to: null },
        { leader: "L2", to: null },
        { leader: "L4", to: "2019-02-15" },
      ],
    },
    { id: "B/2 æ", coach: "hal", leaders: [{ leader: "L3", to: null }] },
  ],
  coachesMark: true,
  coachSeesReport: true,
  delivered: [["seminar", [["L1", true]]]],
};
export const otherGroup = `/groups/${encodeURIComponent("B/2 æ")}`;

export const mailOf = (id: string): string => `${id}@example.org`;

/** A folder with a study's release and its people, as a server finds it. */
export const madeFolder = async () => {
  const folder = mkdtempSync(join(tmpdir(), "server-"));
  const state = join(folder, ".spejl", "server");
  mkdirSync(join(folder, ".spejl", "releases"), { recursive: true });
  const secret = await serverSecret(state);
  await writePeople(
    state,
    everybody.map((each) => ({ ...each, mail: mailHash(secret, mailOf(each.id)) })),
  );
  await writeSchedule(state, schedule);
  return { folder, state, secret, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

const unlimited: Limits = {
  person: async () => null,
  lookFrom: async () => null,
  askFrom: async () => null,
  mailTo: async () => null,
};

export const setupOf = (folder: string, state: string): Setup => ({
  studyFolder: folder,
  stateFolder: state,
  title: { da: "Ledelse på tværs", en: "Leading across" },
  language: "da",
  origin,
  host: "127.0.0.1",
  port: 0,
  trustProxy: false,
  mail: { kind: "terminal" },
  accounts: null,
  pretended: "2019-03-01T08:00",
});

interface Asked {
  readonly method?: string;
  readonly cookies?: Readonly<Record<string, string | null>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string | readonly string[]>>;
}

const bodyOf = (form: NonNullable<Asked["form"]>): URLSearchParams =>
  new URLSearchParams(
    Object.entries(form).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])),
  );

/** A whole site without a network: requests go straight to what answers them. */
export const madeSite = async (
  limits: "limited" | "unlimited" = "unlimited",
  changed: Partial<Setup> = {},
  drawn: (draw: Draw) => Draw = (draw) => draw,
) => {
  const made = await madeFolder();
  const { folder, state, secret } = made;
  const now = () => Date.now();
  const people = openPeople(state);
  const [links, sessions, log] = [
    await openLinks(state, now),
    await openSessions(state, people, now),
    await openAccessLog(state, now),
  ];
  const said: RequestLine[] = [];
  const sent: string[] = [];
  const faults: unknown[] = [];
  const work: (() => Promise<void>)[] = [];
  const site = await composeSite({
    setup: { ...setupOf(folder, state), ...changed },
    draw: drawn(openDrawing(folder)),
    origin,
    secret,
    people,
    links,
    sessions,
    log,
    limits: limits === "limited" ? openLimits() : unlimited,
    later: (each) => work.push(each),
    now,
    reports: {
      request: (line) => said.push(line),
      failed: (fault) => faults.push(fault),
      anchor: () => undefined,
      mail: (link) => sent.push(link),
    },
    isStopping: () => false,
  });
  const ask = async (
    path: string,
    { method = "GET", cookies = {}, headers = {}, form }: Asked = {},
  ): Promise<Response> => {
    const cookie = Object.entries(cookies).flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`]));
    const request = new Request(`${origin}${path}`, {
      method,
      headers: {
        host: "spejl.example.dk",
        ...(cookie.length > 0 ? { cookie: cookie.join("; ") } : {}),
        ...(form ? { origin, "sec-fetch-site": "same-origin" } : {}),
        ...headers,
      },
      ...(form ? { body: bodyOf(form) } : {}),
    });
    return site.fetch(request, { incoming: { socket: { remoteAddress: "192.0.2.1" } } });
  };
  const signedIn = async (id: string): Promise<Readonly<Record<string, string>>> => ({
    [sessionCookie]: await sessions.begin((await people.byId(id))!),
  });
  /** What was put off until after the answer. */
  const workOff = async (): Promise<void> => {
    for (const each of work.splice(0)) await each();
  };
  const remove = async (): Promise<void> => {
    await log.close().catch(() => undefined);
    made.remove();
  };
  return { ...made, remove, site, ask, signedIn, workOff, people, links, sessions, log, said, sent, faults };
};

export type MadeSite = Awaited<ReturnType<typeof madeSite>>;

/** What a browser remembers of an answer, and the hidden field of the form in it. */
export const remembered = async (response: Response) => {
  const set = response.headers.getSetCookie().map((line) => line.split(";")[0]!.split("="));
  const body = await response.text();
  return {
    cookies: Object.fromEntries(set) as Record<string, string>,
    form: /name="form" value="([^"]*)"/.exec(body)?.[1] ?? "",
    body,
  };
};

/** Asks for a link as a browser would; that browser's cookie, and the links that were sent for it. */
export const askForLink = async ({ ask, workOff, sent }: MadeSite, mail: string) => {
  const { cookies, form } = await remembered(await ask("/sign-in"));
  const before = sent.length;
  const response = await ask("/sign-in", { method: "POST", cookies, form: { form, mail } });
  await workOff();
  const paths = sent.slice(before).map((link) => link.replace(origin, ""));
  return { browser: { [browserCookie]: cookies[browserCookie]! }, response, paths };
};
