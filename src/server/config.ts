import { Refusal } from "../errors.ts";
import { checkAgainst } from "../study/issues.ts";
import { boolean, file, mapping, name, numberWithin } from "../study/leaves.ts";
import { parseSource } from "../study/source.ts";

const isOrigin = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  // A cookie that no stranger may see needs TLS, or a way that never leaves the machine.
  return origin === text && (protocol === "https:" || (protocol === "http:" && hostname === "localhost"));
};

const isIssuer = (text: string): boolean =>
  URL.canParse(text) && (text.startsWith("https://") || new URL(text).hostname === "localhost");

/** Claims that can change hands: who gets a predecessor's address would get the report with it. */
const fleeting = ["email", "preferred_username", "upn", "name", "unique_name"];

const port = numberWithin("port", (value) => Number.isInteger(value) && value >= 1 && value <= 65535);

const config = mapping({
  origin: name.refine(isOrigin, { error: "origin" }),
  listen: mapping({ host: name.optional(), port: port.optional() }).optional(),
  trustProxy: boolean.optional(),
  oidc: mapping({
    issuer: name.refine(isIssuer, { error: "issuer" }),
    clientId: name,
    secretFile: file.optional(),
    match: name.refine((claim) => !fleeting.includes(claim), { error: "lasting-claim" }),
  }).optional(),
  mail: mapping({
    from: name.refine((text) => text.includes("@"), { error: "mail-address" }),
    smtp: mapping({
      host: name,
      port: port.optional(),
      requireTLS: boolean.optional(),
      user: name.optional(),
      passwordFile: file.optional(),
    }).optional(),
  }).optional(),
});

export type ServerFile = ReturnType<typeof readServerFile>;

/** What the machine's `serve.yaml` says. Throws a Refusal with everything that is wrong with it. */
export const readServerFile = (fileName: string, text: string) => {
  const { value, problems } = checkAgainst(config, parseSource(fileName, text));
  if (value === null || problems.length > 0) throw new Refusal(...problems);
  return value;
};
