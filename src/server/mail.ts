import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import type { Language } from "../errors.ts";
import type { Say } from "./pages/form-page.ts";
import { createFile, removeOnce } from "./state/files.ts";

export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly requireTLS: boolean;
  readonly user: string | null;
  readonly password: string | null;
}

/** Who takes letters: a mail server, a folder of the state, or whoever sits at the terminal of a demonstration. */
export type Mail =
  | { readonly kind: "smtp"; readonly from: string; readonly server: MailServer }
  | { readonly kind: "outbox"; readonly from: string }
  | { readonly kind: "terminal" };

/** How a link reaches who asked for it. */
export interface Post {
  readonly send: (address: string, link: string, language: Language) => Promise<void>;
}

interface Letter {
  readonly from: string;
  readonly words: (language: Language) => Say;
  readonly study: Readonly<Record<Language, string>>;
  readonly minutes: number;
}

const letterOf = ({ from, words, study, minutes }: Letter, to: string, link: string, language: Language) => {
  const say = words(language);
  const values = { study: study[language], minutes };
  return {
    from,
    to,
    subject: say("mailSubject", { study: study[language] }),
    text: `${say("mailText", values)}\n\n${link}\n\n${say("mailIgnore")}\n`,
  };
};

/** A server that is told to stop waits for letters on their way. */
const patience = 5_000;

/** Letters through the organisation's own mail server. */
const smtpPost = (letter: Letter, { host, port, requireTLS, user, password }: MailServer): Post => {
  const transport = createTransport({
    host,
    port,
    secure: port === 465,
    requireTLS,
    dnsTimeout: patience,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    ...(user === null ? {} : { auth: { user, pass: password ?? "" } }),
  });
  return {
    send: async (address, link, language) => {
      await transport.sendMail(letterOf(letter, address, link, language));
    },
  };
};

const outboxIn = (stateFolder: string): string => join(stateFolder, "outbox");

/** Takes away letters that nobody has sent on while their links were good: they hold addresses. */
export const sweepOutbox = async (stateFolder: string, minutes: number, now: number): Promise<void> => {
  const folder = outboxIn(stateFolder);
  for (const name of existsSync(folder) ? await readdir(folder) : []) {
    const { mtimeMs } = await stat(join(folder, name));
    if (mtimeMs + minutes * 60_000 <= now) await removeOnce(join(folder, name));
  }
};

/** Letters as files in a folder, for whoever hands them on; `told` is told of each. */
const outboxPost = async (stateFolder: string, letter: Letter, told: (file: string) => void): Promise<Post> => {
  const folder = outboxIn(stateFolder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const transport = createTransport({ streamTransport: true, buffer: true });
  return {
    send: async (address, link, language) => {
      const { message } = await transport.sendMail(letterOf(letter, address, link, language));
      const file = join(folder, `${randomBytes(8).toString("hex")}.eml`);
      await createFile(file, String(message));
      told(file);
    },
  };
};

/** Letters the way that a setup says; `told` hears where one lies, or the link of a demonstration. */
export const openPost = async (
  mail: Mail,
  stateFolder: string,
  letter: Omit<Letter, "from">,
  told: (what: string) => void,
): Promise<Post> => {
  if (mail.kind === "terminal") return { send: async (_, link) => told(link) };
  const whole = { ...letter, from: mail.from };
  return mail.kind === "smtp" ? smtpPost(whole, mail.server) : outboxPost(stateFolder, whole, told);
};
