import { EventEmitter, once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type MailServer, openPost, sweepOutbox } from "../../src/server/mail.ts";
import { sayIn } from "../../src/server/pages/form-page.ts";
import { reportAssets } from "../../src/store/report-assets.ts";

const letter = {
  words: (language: "da" | "en") => sayIn(language, reportAssets),
  study: { da: "Ledelse på tværs", en: "Leading across" },
  minutes: 15,
};
const link = `https://spejl.example.dk/link/${"a".repeat(43)}?lang=da`;

/** A letter as its reader sees it: soft line ends joined, letters decoded. */
const readable = (message: string): string =>
  Buffer.from(
    message
      .replace(/=\r?\n/g, "")
      .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    "latin1",
  ).toString("utf8");

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mail-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("letters without a mail server", () => {
  it("wait in a folder for their owner alone, one file each", async () => {
    const told: string[] = [];
    const post = await openPost({ kind: "outbox", from: "spejl@example.dk" }, folder, letter, (file) =>
      told.push(file),
    );
    await post.send("anna@example.org", link, "da");
    await post.send("bo@example.org", link, "en");
    expect(readdirSync(join(folder, "outbox"))).toHaveLength(2);
    expect(statSync(told[0]!).mode & 0o777).toBe(0o600);
    const [first, second] = told.map((file) => readable(readFileSync(file, "latin1")));
    expect(first).toMatch(/^From: spejl@example\.dk\r?\nTo: anna@example\.org/m);
    expect(first).toContain(link);
    expect(first).toContain("inden 15 minutter");
    expect(second).toContain("within 15 minutes");
  });
  it("go once their links are good no more, for they hold addresses", async () => {
    const told: string[] = [];
    await sweepOutbox(folder, 15, Date.now());
    const post = await openPost({ kind: "outbox", from: "spejl@example.dk" }, folder, letter, (file) =>
      told.push(file),
    );
    await post.send("anna@example.org", link, "da");
    await post.send("bo@example.org", link, "en");
    const made = statSync(told[0]!).mtimeMs;
    utimesSync(told[1]!, made / 1000 + 60, made / 1000 + 60);
    await sweepOutbox(folder, 15, made + 15 * 60_000 - 1);
    expect(readdirSync(join(folder, "outbox"))).toHaveLength(2);
    await sweepOutbox(folder, 15, made + 15 * 60_000);
    expect(readdirSync(join(folder, "outbox")).map((name) => join(folder, "outbox", name))).toEqual([told[1]]);
  });
});

describe("letters through a mail server", () => {
  const started = async () => {
    const got: { to: string; text: string }[] = [];
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      onData: (stream, session, done) => {
        let text = "";
        stream.on("data", (bytes) => {
          text += bytes;
        });
        stream.on("end", () => {
          got.push({ to: session.envelope.rcptTo.map(({ address }) => address).join(), text: readable(text) });
          done();
        });
      },
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.server.address() as AddressInfo;
    const settings: MailServer = { host: "127.0.0.1", port, requireTLS: true, user: null, password: null };
    return { got, settings, stop: () => new Promise<void>((closed) => server.close(closed)) };
  };
  const send = async (server: MailServer): Promise<void> => {
    const post = await openPost({ kind: "smtp", from: "spejl@example.dk", server }, folder, letter, () => undefined);
    await post.send("anna@example.org", link, "da");
  };
  it("reach who asked, and nobody else", async () => {
    const { got, settings, stop } = await started();
    await send({ ...settings, requireTLS: false });
    expect(got).toEqual([{ to: "anna@example.org", text: expect.stringContaining(link) }]);
    await stop();
  });
  it("are not sent in the clear where the server cannot lock the line", async () => {
    const { got, settings, stop } = await started();
    await expect(send(settings)).rejects.toThrow(/TLS/i);
    expect(got).toEqual([]);
    await stop();
  });
  it("are given up where the server takes the call and never says a word", async () => {
    const called = new EventEmitter();
    const silent = createServer((socket) => called.emit("call", socket));
    await new Promise<void>((listening) => silent.listen(0, "127.0.0.1", listening));
    const { port } = silent.address() as AddressInfo;
    const taken = once(called, "call");
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const sent = send({ host: "127.0.0.1", port, requireTLS: true, user: null, password: null });
    const refused = expect(sent).rejects.toThrow("Greeting never received");
    const [socket] = (await taken) as [Socket];
    // The letter's own side may hear later that it is through.
    while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(5_000);
    vi.useRealTimers();
    await refused;
    socket.destroy();
    silent.close();
  });
});
