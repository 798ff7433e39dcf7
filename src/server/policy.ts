import type { Context } from "hono";
import { Hono } from "hono";
import { type Language, Refusal } from "../errors.ts";
import { policyOf, standingHeaders } from "./headers.ts";
import type { Limits } from "./limits.ts";
import type { Refusals } from "./refusals.ts";
import { nameOf, type Route, type RouteName, routes } from "./routes.ts";
import type { AccessLog, Action } from "./state/access-log.ts";
import { isDiskFull } from "./state/log-reserve.ts";
import type { Person } from "./state/people.ts";
import { isSame, keyed } from "./state/secret.ts";
import type { Sessions } from "./state/sessions.ts";
import { type Answer, browserCookie, sessionCookie, type Visit } from "./visit.ts";

export type Handler = (visit: Visit) => Promise<Answer>;

/** One line of the request log; never an address with its parameters, and nobody's name. */
export interface RequestLine {
  readonly time: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  readonly viewer: string;
}

export interface Gate {
  readonly origin: string;
  readonly language: Language;
  readonly secret: string;
  readonly sessions: Sessions;
  readonly log: AccessLog;
  readonly limits: Limits;
  readonly refusals: Refusals;
  readonly addressOf: (context: Context) => string;
  readonly now: () => number;
  readonly said: (line: RequestLine) => void;
  /** A fault that no refusal explains. */
  readonly failed: (fault: unknown) => void;
  readonly isStopping: () => boolean;
}

const mostBytes = 64 * 1024;

/** Proves that a form was sent from the browser that it was made for. */
export const formToken = (secret: string, { session, browser }: Pick<Visit, "session" | "browser">): string =>
  keyed(secret, "form", session ?? browser ?? "");

const cookieIn = (context: Context, name: string): string | null => {
  const parts = (context.req.header("cookie") ?? "").split("; ");
  return parts.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
};

const languageOf = (context: Context, fallback: Language): Language => {
  const asked = context.req.query("lang");
  if (asked === "da" || asked === "en") return asked;
  const first = /\b(da|en)\b/i.exec(context.req.header("accept-language") ?? "")?.[1]?.toLowerCase();
  return first === "da" || first === "en" ? first : fallback;
};

/** A form of this site, by what the browser itself says of where it was sent from. */
const isOwnForm = (context: Context, origin: string): boolean => {
  const site = context.req.header("sec-fetch-site");
  return site === undefined ? context.req.header("origin") === origin : site === "same-origin";
};

/** The body of a form; null where it is too large. */
const formOf = async (context: Context): Promise<URLSearchParams | null> => {
  const chunks: Uint8Array[] = [];
  let bytes = Number(context.req.header("content-length") ?? 0);
  if (bytes > mostBytes) return null;
  bytes = 0;
  for await (const chunk of context.req.raw.body ?? []) {
    bytes += chunk.length;
    if (bytes > mostBytes) return null;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
};

const isAllowed = ({ viewers }: Route, person: Person | null): boolean =>
  viewers === "anyone" || viewers.some((viewer) => person?.viewers.includes(viewer));

/** Registers handlers behind the policy; what is not in the table of routes cannot be registered. */
export const policyApp = (gate: Gate) => {
  const app = new Hono();
  const { refusals } = gate;
  const registered = new Set<string>();
  const standing = standingHeaders(gate.origin);
  const host = new URL(gate.origin).host;

  const respond = (
    context: Context,
    { status, body, type, headers, cookies }: Answer,
    page: Route["page"],
  ): Response => {
    const all = new Headers(standing);
    if (page !== "asset" || status !== 200) all.set("content-security-policy", policyOf("form"));
    if (status !== 303) all.set("content-type", type ?? "text/html; charset=utf-8");
    for (const [name, value] of Object.entries(headers ?? {})) all.set(name, value);
    for (const one of cookies ?? []) all.append("set-cookie", one);
    if (gate.isStopping()) all.set("connection", "close");
    const isBare = context.req.method === "HEAD" || status === 303;
    return new Response(isBare ? null : (body as string), { status, headers: all });
  };

  /** What holds for every request, before it is known whether there is such a page. */
  const arrive = async (context: Context, route: Route | null) => {
    const language = languageOf(context, gate.language);
    const session = cookieIn(context, sessionCookie);
    const person = session === null || route?.page === "asset" ? null : await gate.sessions.person(session);
    const wait = async (): Promise<number | null> => {
      if (route?.page === "asset") return null;
      if (person !== null) return gate.limits.person(person.id);
      const address = gate.addressOf(context);
      return context.req.method === "POST" ? gate.limits.askFrom(address) : gate.limits.lookFrom(address);
    };
    const seconds = await wait();
    const isElsewhere = context.req.path !== "/healthz" && context.req.header("host") !== host;
    const refused = isElsewhere
      ? refusals.misdirected()
      : seconds === null
        ? null
        : refusals.tooMany(language, seconds);
    return { language, session: person === null ? null : session, person, refused };
  };

  const answered = async (
    route: Route,
    handler: Handler,
    context: Context,
  ): Promise<readonly [Answer, Person | null]> => {
    const { language, session, person, refused } = await arrive(context, route);
    if (refused !== null) return [refused, person];
    const note = (action: Action, result: string, answer?: Answer): Promise<void> =>
      gate.log.append({
        person: answer?.person ?? person?.id ?? null,
        action,
        object: answer?.object ?? route.path,
        release: answer?.release ?? null,
        result,
      });
    if (context.req.method !== route.method) return [refusals.notFound(language), person];
    if (!isAllowed(route, person)) {
      if (person !== null) await note("refused", "404");
      const isLate = person === null && route.action === "write" && isOwnForm(context, gate.origin);
      const sent = isLate ? await formOf(context) : null;
      const refused = refusals.notFound(language);
      return [sent === null ? refused : refusals.withText(refused, "out", language, sent), person];
    }
    const browser = cookieIn(context, browserCookie);
    let form = new URLSearchParams();
    if (route.method === "POST") {
      if (!isOwnForm(context, gate.origin)) return [refusals.forbidden(language), person];
      const sent = await formOf(context);
      if (sent === null) return [refusals.tooLarge(language), person];
      if (
        (session ?? browser) === null ||
        !isSame(sent.get("form") ?? "", formToken(gate.secret, { session, browser }))
      )
        return [refusals.withText(refusals.forbidden(language), "forbidden", language, sent), person];
      form = sent;
    }
    const parameter = Object.values(context.req.param() as Record<string, string>)[0] ?? "";
    const query = new URL(context.req.url).searchParams;
    const answering = handler({
      parameter,
      query,
      language,
      person,
      session,
      browser,
      cookie: (name) => cookieIn(context, name),
      form,
    });
    try {
      const answer = await answering;
      if (route.action !== null) await note(route.action, String(answer.status), answer);
      return [answer, person];
    } catch (fault) {
      if (route.action !== "write") throw fault;
      gate.failed(fault);
      const why = isDiskFull(fault) ? "full" : "broken";
      return [refusals.withText(refusals[why](language), why, language, form), person];
    }
  };

  const timed = async (
    context: Context,
    route: Route | null,
    work: () => Promise<readonly [Answer, Person | null]>,
  ) => {
    const since = performance.now();
    const [answer, person] = await work().catch((fault: unknown): readonly [Answer, null] => {
      gate.failed(fault);
      const language = languageOf(context, gate.language);
      const why = isDiskFull(fault) ? "full" : fault instanceof Refusal ? "unavailable" : "broken";
      return [refusals[why](language), null];
    });
    gate.said({
      time: new Date(gate.now()).toISOString(),
      method: context.req.method,
      route: route?.path ?? "none",
      status: answer.status,
      ms: Math.round(performance.now() - since),
      viewer: person?.viewers.join("+") ?? "nobody",
    });
    return respond(context, answer, route?.page ?? "form");
  };

  const add = (method: string, path: string, handler: Handler): void => {
    const route: Route | undefined = routes.find((each) => each.method === method && each.path === path);
    const name = `${method} ${path}`;
    if (route === undefined) throw new Error(`${name} is not in the table of routes`);
    if (registered.has(name)) throw new Error(`${name} is registered twice`);
    registered.add(name);
    app.on(method, path, (context) => timed(context, route, () => answered(route, handler, context)));
  };

  app.notFound((context) =>
    timed(context, null, async () => {
      const { language, person, refused } = await arrive(context, null);
      return [refused ?? refusals.notFound(language), person];
    }),
  );

  return {
    add,
    /** The finished site. Throws where a route of the table has no handler. */
    site: () => {
      const absent = routes.map(nameOf).filter((name) => !registered.has(name));
      if (absent.length > 0) throw new Error(`No handler for ${absent.join(", ")}`);
      return { fetch: app.fetch, registered: app.routes.map(({ method, path }) => `${method} ${path}`) };
    },
  };
};

export type Handlers = Readonly<Record<RouteName, Handler>>;
