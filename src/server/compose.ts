import type { Context } from "hono";
import type { Language } from "../errors.ts";
import type { Text } from "../study/study.ts";
import { accountHandlers, type Issuer } from "./accounts.ts";
import { administrationHandlers } from "./administration.ts";
import { serveAssets } from "./assets.ts";
import { openHealth } from "./health.ts";
import { type Mail, openPost } from "./mail.ts";
import { sayIn, voicesOf } from "./pages/form-page.ts";
import { type Draw, openReportPages } from "./pages/report-pages.ts";
import { warmUp } from "./pages/warm-up.ts";
import { type Handlers, policyApp, type RequestLine } from "./policy.ts";
import { coachHandlers } from "./programme/coach.ts";
import { leaderHandlers } from "./programme/leader.ts";
import { ownReport, readingHandlers } from "./reading.ts";
import { openRefusals } from "./refusals.ts";
import { followEarlier, followRelease } from "./release.ts";
import { type SignInParts, signInHandlers } from "./sign-in.ts";
import { openSite } from "./site.ts";
import { openAttendance } from "./state/attendance.ts";
import { openIdentities } from "./state/identities.ts";
import { linkMinutes } from "./state/links.ts";
import type { Person } from "./state/people.ts";
import { openSchedule } from "./state/schedule.ts";
import { openTexts } from "./state/texts.ts";

/** All that a server is told; it reads no file of the study but its releases. */
export interface Setup {
  readonly studyFolder: string;
  readonly stateFolder: string;
  readonly title: Text;
  readonly language: Language;
  /** What browsers call it, e.g. `https://spejl.example.dk`. */
  readonly origin: string;
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Whether the last address of X-Forwarded-For is that of the browser. */
  readonly trustProxy: boolean;
  readonly mail: Mail;
  /** Who issues work accounts; null where nobody does. */
  readonly accounts: Issuer | null;
  /** The moment that a demonstration's programme is at, e.g. `2019-03-07T09:00`; null for now. */
  readonly pretended: string | null;
}

/** What a server tells of itself while it runs. */
export interface Reports {
  readonly request: (line: RequestLine) => void;
  readonly failed: (fault: unknown) => void;
  /** The last entry of the access log: noted elsewhere, it shows whether the log was shortened. */
  readonly anchor: (head: { readonly entries: number; readonly hash: string }) => void;
  /** Where a mail lies that nobody sends on by itself, or the link of a demonstration. */
  readonly mail: (what: string) => void;
}

/** What a site is made of. */
export interface SiteParts extends SignInParts {
  readonly setup: Setup;
  readonly draw: Draw;
  readonly now: () => number;
  readonly reports: Reports;
  readonly isStopping: () => boolean;
}

/** As clocks on the spot show it, in the zone of the machine. */
const momentOf = (time: number): string => {
  const date = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
  return date.toISOString().slice(0, 16);
};

const mostCached = 64 * 1024 * 1024;

/** Behind a proxy the last address is the one that the proxy saw; those before it are what a stranger wrote. */
const addressOf =
  (trustProxy: boolean) =>
  ({ req, env }: Context): string => {
    const forwarded = trustProxy ? req.header("x-forwarded-for")?.split(",").at(-1)?.trim() : undefined;
    const { incoming } = env as { readonly incoming?: { readonly socket: { readonly remoteAddress?: string } } };
    return forwarded ?? incoming?.socket.remoteAddress ?? "";
  };

/** Every page behind the policy. */
export const composeSite = async (parts: SiteParts) => {
  const { setup, origin, secret, people, sessions, log, limits, reports } = parts;
  const { studyFolder, stateFolder, title, language } = setup;
  const { assets, style, handlers: assetHandlers } = serveAssets();
  const words = (wanted: Language) => sayIn(wanted, assets);
  const voiceOf = voicesOf(assets, title, style);
  const site = openSite(voiceOf, assets, secret);
  const refusals = openRefusals(voiceOf, site.plain);
  const pages = openReportPages(parts.draw, mostCached);
  const current = followRelease(studyFolder, async (id) => {
    await log.append({ person: null, action: "serve", object: "release", release: id, result: "current" });
    reports.anchor(log.head());
  });
  const post = await openPost(setup.mail, stateFolder, { words, study: title, minutes: linkMinutes }, reports.mail);
  const signIn = { ...parts, site, post, hasAccounts: setup.accounts !== null };
  const programme = {
    site,
    refusals,
    people,
    secret,
    schedule: openSchedule(stateFolder),
    texts: await openTexts(stateFolder),
    attendance: openAttendance(stateFolder),
    host: new URL(origin).hostname,
    now: () => setup.pretended ?? momentOf(parts.now()),
  };
  const identities = await openIdentities(stateFolder, people, secret);
  const handlers: Handlers = {
    ...openHealth(stateFolder, current),
    ...assetHandlers(refusals),
    ...signInHandlers(signIn),
    ...accountHandlers(
      { ...signIn, now: parts.now, failed: reports.failed },
      { issuer: setup.accounts, identities, refusals },
    ),
    ...readingHandlers({
      ...{ site, refusals, current, programme, pages },
      earlier: followEarlier(studyFolder, reports.failed),
    }),
    ...leaderHandlers(programme),
    ...coachHandlers(programme),
    ...administrationHandlers({ site, people, studyFolder, stateFolder, current }),
  };
  const policy = policyApp({
    origin,
    language,
    secret,
    sessions,
    log,
    limits,
    refusals,
    addressOf: addressOf(setup.trustProxy),
    now: parts.now,
    said: reports.request,
    failed: reports.failed,
    isStopping: parts.isStopping,
  });
  for (const [name, handler] of Object.entries(handlers)) {
    const [method = "", path = ""] = name.split(" ");
    policy.add(method, path, handler);
  }
  let seen: string | null = null;
  return {
    ...policy.site(),
    /** Sees whether another release is the latest, and then draws its pages before anybody asks. */
    look: async (): Promise<void> => {
      const release = await current();
      if (release === null || release.id === seen) return;
      seen = release.id;
      pages.clear();
      const isLatest = (): boolean => seen === release.id && !parts.isStopping();
      const reportOf = (person: Person, leader: string) => ownReport(programme, person, leader);
      await warmUp({ pages, people: people.all, reportOf, language, failed: reports.failed }, release, isLatest);
    },
  };
};
