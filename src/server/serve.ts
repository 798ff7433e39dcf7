import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Context } from "hono";
import { type Language, Refusal } from "../errors.ts";
import type { Text } from "../study/study.ts";
import { administrationHandlers } from "./administration.ts";
import { serveAssets } from "./assets.ts";
import { standingHeaders } from "./headers.ts";
import { openHealth } from "./health.ts";
import { openLater } from "./later.ts";
import { openLimits } from "./limits.ts";
import { holdStudy } from "./lock.ts";
import { type Mail, openPost } from "./mail.ts";
import { sayIn, voicesOf } from "./pages/form-page.ts";
import { openReportPages } from "./pages/report-pages.ts";
import { type Handlers, policyApp, type RequestLine } from "./policy.ts";
import { readingHandlers } from "./reading.ts";
import { openRefusals } from "./refusals.ts";
import { followRelease } from "./release.ts";
import { signInHandlers } from "./sign-in.ts";
import { openSite } from "./site.ts";
import { openAccessLog } from "./state/access-log.ts";
import { linkMinutes, openLinks } from "./state/links.ts";
import { openPeople } from "./state/people.ts";
import { serverSecret } from "./state/secret.ts";
import { openSessions } from "./state/sessions.ts";

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

export interface Running {
  readonly port: number;
  /** A link by which a person signs in once, in whichever browser. */
  readonly invite: (person: string, lasts: number) => Promise<string>;
  /** Answers what has begun, takes no more, and is done within ten seconds. */
  readonly stop: () => Promise<void>;
}

const mostCached = 64 * 1024 * 1024;
const longestStop = 10_000;
const hour = 3_600_000;

const addressOf =
  (trustProxy: boolean) =>
  ({ req, env }: Context): string => {
    const forwarded = trustProxy ? req.header("x-forwarded-for")?.split(",").at(-1)?.trim() : undefined;
    return (
      forwarded ?? (env as { incoming?: { socket: { remoteAddress?: string } } }).incoming?.socket.remoteAddress ?? ""
    );
  };

const listen = (server: Server, host: string, port: number): Promise<number> =>
  new Promise((listening, failed) => {
    server.once("error", (fault: NodeJS.ErrnoException) =>
      failed(fault.code === "EADDRINUSE" ? new Refusal({ code: "port-taken", port }) : fault),
    );
    server.listen(port, host, () => {
      const address = server.address();
      listening(typeof address === "object" && address !== null ? address.port : port);
    });
  });

/** Answers what has begun and closes; what has not ended by then is cut. */
const close = (server: Server): Promise<void> =>
  new Promise((closed) => {
    const end = setTimeout(() => server.closeAllConnections(), longestStop);
    server.close(() => {
      clearTimeout(end);
      closed();
    });
    server.closeIdleConnections();
  });

/** Serves a study's latest release until it is stopped. */
export const serve = async (setup: Setup, reports: Reports): Promise<Running> => {
  const { studyFolder, stateFolder, title, language } = setup;
  const now = Date.now;
  const secret = await serverSecret(stateFolder);
  const lock = await holdStudy(studyFolder, stateFolder);
  const people = openPeople(stateFolder);
  const [links, sessions, log] = await Promise.all([
    openLinks(stateFolder, now),
    openSessions(stateFolder, people, now),
    openAccessLog(stateFolder, now),
  ]);
  const { assets, style, handlers: assetHandlers } = serveAssets();
  const words = (wanted: Language) => sayIn(wanted, assets);
  const voiceOf = voicesOf(assets, title, style);
  const site = openSite(voiceOf, assets, secret);
  const refusals = openRefusals(voiceOf, site.plain);
  const limits = openLimits();
  const current = followRelease(studyFolder, async (id) => {
    await log.append({ person: null, action: "serve", object: "release", release: id, result: "current" });
    reports.anchor(log.head());
  });
  const post = await openPost(setup.mail, stateFolder, { words, study: title, minutes: linkMinutes }, reports.mail);
  const later = openLater(reports.failed);
  let isStopping = false;

  const start = (origin: string): ReturnType<typeof getRequestListener> => {
    const handlers: Handlers = {
      ...openHealth(stateFolder, current),
      ...assetHandlers(refusals),
      ...signInHandlers({
        site,
        origin,
        secret,
        people,
        links,
        sessions,
        log,
        limits,
        post,
        later: later.run,
        hasAccounts: false,
      }),
      ...readingHandlers({ site, refusals, current, pages: openReportPages(assets, words, mostCached) }),
      ...administrationHandlers({ site, people, stateFolder }),
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
      now,
      said: reports.request,
      failed: reports.failed,
      isStopping: () => isStopping,
    });
    for (const [name, handler] of Object.entries(handlers)) {
      const [method = "", path = ""] = name.split(" ");
      policy.add(method, path, handler);
    }
    return getRequestListener(policy.site().fetch, { overrideGlobalObjects: false });
  };

  let listener: ReturnType<typeof getRequestListener> | null = null;
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(standingHeaders(setup.origin))) response.setHeader(name, value);
    if (listener === null) response.writeHead(503).end();
    else listener(request, response);
  });
  const port = await listen(server, setup.host, setup.port).catch((fault) => {
    lock.close();
    throw fault;
  });
  const origin = setup.port === 0 ? setup.origin.replace(/:0$/, `:${port}`) : setup.origin;
  listener = start(origin);
  await log.append({ person: null, action: "serve", object: "server", release: null, result: "started" });
  reports.anchor(log.head());
  const sweep = () => Promise.all([links.sweep(), sessions.sweep()]).catch(reports.failed);
  await sweep();
  const hourly = setInterval(() => {
    sweep();
    reports.anchor(log.head());
  }, hour);

  return {
    port,
    invite: async (person, lasts) => `${origin}/link/${await links.make(person, null, lasts)}`,
    stop: async () => {
      isStopping = true;
      clearInterval(hourly);
      await close(server);
      await later.done();
      await log.append({ person: null, action: "serve", object: "server", release: null, result: "stopped" });
      reports.anchor(log.head());
      await log.close();
      lock.close();
    },
  };
};
