import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Refusal } from "../../src/errors.ts";
import type { Setup } from "../../src/server/compose.ts";
import { readServerFile, type ServerFile } from "../../src/server/config.ts";
import { writeSchedule } from "../../src/server/state/schedule.ts";
import { serverSecret, stateFolder } from "../../src/server/state/secret.ts";
import { readStudy, readText } from "../../src/store/study-files.ts";
import type { Study } from "../../src/study/study.ts";
import { scheduleOf } from "../programme/schedule.ts";
import { pathFromHere, type Terminal } from "../terminal/terminal.ts";
import { say } from "../terminal/words.ts";
import { openDemo } from "./demo.ts";
import type { FromDrawing, FromServer, ToServer } from "./messages.ts";
import { hasPeople, takePeople } from "./people.ts";
import { permissionFlags } from "./permissions.ts";

export interface ServeOptions {
  readonly port?: number;
  readonly demo: boolean;
}

const usualPort = 8400;
const noAddress = "spejl@localhost";

const configIn = async (folder: string): Promise<ServerFile | null> => {
  const file = join(folder, "serve.yaml");
  if (!existsSync(file)) return null;
  const { text } = await readText(file);
  return readServerFile(file, text);
};

const mailOf = async (folder: string, config: ServerFile | null): Promise<Setup["mail"]> => {
  const { from = noAddress, smtp } = config?.mail ?? {};
  if (smtp === undefined) return { kind: "outbox", from };
  const password =
    smtp.passwordFile === undefined ? null : (await readText(resolve(folder, smtp.passwordFile))).text.trim();
  const { host, port = 587, requireTLS = true, user = null } = smtp;
  return { kind: "smtp", from, server: { host, port, requireTLS, user, password } };
};

const accountsOf = async (folder: string, config: ServerFile | null): Promise<Setup["accounts"]> => {
  if (config?.oidc === undefined) return null;
  const { issuer, clientId, secretFile, match } = config.oidc;
  const secret = secretFile === undefined ? null : (await readText(resolve(folder, secretFile))).text.trim();
  return { issuer, clientId, clientSecret: secret, match };
};

const originOf = (config: ServerFile | null, port: number): string => config?.origin ?? `http://localhost:${port}`;

/** Where a study's server will be that does not run yet. */
export const plannedOrigin = async (folder: string): Promise<string> => {
  const config = await configIn(folder);
  return originOf(config, config?.listen?.port ?? usualPort);
};

/** A server with its people, as `serve.yaml` and `people.csv` have them; alone on the machine where there are none. */
const ownSetup = async (study: Study, port: number | undefined): Promise<Setup> => {
  const folder = resolve(study.folder);
  const config = await configIn(folder);
  const state = stateFolder(folder);
  await serverSecret(state);
  if (hasPeople(folder)) await takePeople(folder);
  await writeSchedule(state, await scheduleOf(study));
  const listened = port ?? config?.listen?.port ?? usualPort;
  return {
    studyFolder: folder,
    stateFolder: state,
    title: study.title,
    language: study.language,
    origin: originOf(config, listened),
    host: config?.listen?.host ?? "127.0.0.1",
    port: listened,
    trustProxy: config?.trustProxy ?? false,
    mail: await mailOf(folder, config),
    accounts: await accountsOf(folder, config),
    pretended: null,
  };
};

const startProcess = (name: string, flags: readonly string[], words: readonly string[]): ChildProcess => {
  const own = fileURLToPath(import.meta.url);
  const entry = fileURLToPath(new URL(`./${name}${extname(own)}`, import.meta.url));
  return spawn(process.execPath, [...flags, entry, ...words], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    // Pages go through as the bytes that they are.
    serialization: "advanced",
  });
};

/**
 * Runs a server until it ends, as two processes of few rights: one answers and keeps the state, the other draws pages
 * and keeps nothing. Stops them when this process is told to stop.
 */
const run = (
  message: ToServer,
  listening: (heard: Extract<FromServer, { kind: "listening" }>) => void,
  mailed: (what: string) => void,
) =>
  new Promise<void>((ended, failed) => {
    const { studyFolder, stateFolder } = message.setup;
    const server = startProcess("process", permissionFlags(studyFolder, [stateFolder]), []);
    const drawing = startProcess("drawing-process", permissionFlags(studyFolder, []), [studyFolder]);
    let fault: Error | null = null;
    server.on("message", (heard: FromServer) => {
      if (heard.kind === "listening") listening(heard);
      else if (heard.kind === "mail") mailed(heard.what);
      else if (heard.kind === "refused") fault = new Refusal(...heard.problems);
      else if (drawing.connected) drawing.send(heard);
    });
    drawing.on("message", (drawn: FromDrawing) => {
      if (server.connected) server.send(drawn);
    });
    const pass = (signal: NodeJS.Signals) => server.kill(signal);
    process.on("SIGTERM", pass);
    process.on("SIGINT", pass);
    server.on("error", failed);
    drawing.on("error", failed);
    drawing.on("exit", (code, signal) => {
      if (!server.connected) return;
      fault = new Error(`The process that draws pages ended with ${code ?? signal}`);
      server.disconnect();
    });
    server.on("exit", (code, signal) => {
      if (drawing.connected) drawing.disconnect();
      if (code === 0 && fault === null) ended();
      else failed(fault ?? new Error(`The server's process ended with ${code ?? signal}`));
    });
    server.send(message);
  });

const printListening = (
  origin: string,
  links: readonly { readonly person: string; readonly link: string }[],
  terminal: Terminal,
) => {
  if (terminal.json) return terminal.print({ origin, links });
  terminal.note(`${say("serving", terminal.language)} ${origin}`);
  const width = Math.max(0, ...links.map(({ person }) => person.length));
  for (const { person, link } of links) terminal.note(`  ${person.padEnd(width)}  ${link}`);
  terminal.note(say("stopServing", terminal.language));
};

/** `spejl serve`: the reports of the latest release, to whom they are for. */
export const serveStudy = async (folder: string, { port, demo }: ServeOptions, terminal: Terminal): Promise<void> => {
  const study = await readStudy(folder);
  const prepared = demo ? await openDemo(study, port ?? usualPort) : null;
  const setup = prepared?.setup ?? (await ownSetup(study, port));
  await mkdir(join(setup.studyFolder, ".spejl", "releases"), { recursive: true, mode: 0o700 });
  const log = demo ? null : terminal.json ? ("stderr" as const) : ("stdout" as const);
  try {
    await run(
      { setup, invited: prepared?.invited ?? [], log },
      ({ port: heard, links }) => printListening(setup.origin.replace(/:0$/, `:${heard}`), links, terminal),
      (what) =>
        terminal.note(
          demo
            ? `${say("linkAsked", terminal.language)} ${what}`
            : `${say("mailWaits", terminal.language)} ${pathFromHere(what)}`,
        ),
    );
  } finally {
    await prepared?.remove();
  }
};
