import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Refusal } from "../errors.ts";
import { composeSite, type Reports, type Setup } from "./compose.ts";
import { standingHeaders } from "./headers.ts";
import { openLater } from "./later.ts";
import { openLimits } from "./limits.ts";
import { holdStudy } from "./lock.ts";
import { sweepOutbox } from "./mail.ts";
import type { Draw } from "./pages/report-pages.ts";
import { sweepTexts } from "./programme/retention.ts";
import { openAccessLog } from "./state/access-log.ts";
import { linkMinutes, openLinks } from "./state/links.ts";
import { openPeople } from "./state/people.ts";
import { serverSecret } from "./state/secret.ts";
import { openSessions } from "./state/sessions.ts";

export interface Running {
  readonly port: number;
  /** A link by which a person signs in once, in whichever browser. */
  readonly invite: (person: string, lasts: number) => Promise<string>;
  /** Answers what has begun, takes no more, and is done within ten seconds. */
  readonly stop: () => Promise<void>;
}

const longestStop = 10_000;
const hour = 3_600_000;
const second = 1000;

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

/** What was opened and has to be closed where a start fails: left open, it would hold process, port and study. */
type Opened = (() => void)[];

const begin = async (setup: Setup, draw: Draw, reports: Reports, opened: Opened): Promise<Running> => {
  const { studyFolder, stateFolder } = setup;
  const now = Date.now;
  const secret = await serverSecret(stateFolder);
  const lock = await holdStudy(studyFolder, stateFolder);
  opened.push(lock.close);
  const people = openPeople(stateFolder);
  const [links, sessions, log] = await Promise.all([
    openLinks(stateFolder, now),
    openSessions(stateFolder, people, now),
    openAccessLog(stateFolder, now),
  ]);
  const later = openLater(reports.failed);
  let isStopping = false;
  const start = (origin: string) =>
    composeSite({
      setup,
      draw,
      origin,
      secret,
      people,
      links,
      sessions,
      log,
      limits: openLimits(),
      later: later.run,
      now,
      reports,
      isStopping: () => isStopping,
    });

  let listener: ReturnType<typeof getRequestListener> | null = null;
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(standingHeaders(setup.origin))) response.setHeader(name, value);
    if (listener === null) response.writeHead(503).end();
    else listener(request, response);
  });
  opened.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const port = await listen(server, setup.host, setup.port);
  const origin = setup.port === 0 ? setup.origin.replace(/:0$/, `:${port}`) : setup.origin;
  const site = await start(origin);
  listener = getRequestListener(site.fetch, { overrideGlobalObjects: false });
  lock.serves(origin);
  await log.append({ person: null, action: "serve", object: "server", release: null, result: "started" });
  reports.anchor(log.head());
  const today = (): string => setup.pretended ?? new Date(now()).toISOString();
  const sweep = () =>
    Promise.all([
      links.sweep(),
      sessions.sweep(),
      sweepTexts(stateFolder, secret, today().slice(0, 10)),
      sweepOutbox(stateFolder, linkMinutes, now()),
    ]).catch(reports.failed);
  await sweep();
  const hourly = setInterval(() => {
    sweep();
    reports.anchor(log.head());
  }, hour);

  let wrong = "";
  // What is wrong with a release stays wrong each second: it is said once.
  const look = async (): Promise<void> => {
    const fault: unknown = await site.look().catch((each) => each);
    if (fault !== undefined && String(fault) !== wrong) reports.failed(fault);
    wrong = fault === undefined ? "" : String(fault);
  };
  look();
  const often = setInterval(look, second);

  return {
    port,
    invite: async (person, lasts) => `${origin}/link/${await links.make(person, null, lasts)}`,
    stop: async () => {
      isStopping = true;
      clearInterval(hourly);
      clearInterval(often);
      const end = performance.now() + longestStop;
      const letters = later.done(longestStop);
      await close(server);
      // Whoever was answered meanwhile may have asked for one more.
      await Promise.all([letters, later.done(end - performance.now())]);
      await log.append({ person: null, action: "serve", object: "server", release: null, result: "stopped" });
      reports.anchor(log.head());
      await log.close();
      lock.close();
    },
  };
};

/** Serves a study's latest release, with pages as they are drawn elsewhere, until it is stopped. */
export const serve = async (setup: Setup, draw: Draw, reports: Reports): Promise<Running> => {
  const opened: Opened = [];
  try {
    return await begin(setup, draw, reports, opened);
  } catch (fault) {
    for (const close of opened.reverse()) close();
    throw fault;
  }
};
