import { html } from "../reporting/page/html.ts";
import type { Limits } from "./limits.ts";
import type { Post } from "./mail.ts";
import { lede, paragraph } from "./pages/form-page.ts";
import type { Handlers } from "./policy.ts";
import type { Site } from "./site.ts";
import type { AccessLog } from "./state/access-log.ts";
import { type Links, linkMinutes } from "./state/links.ts";
import { mailHash, type People } from "./state/people.ts";
import { isToken, randomToken } from "./state/secret.ts";
import type { Sessions } from "./state/sessions.ts";
import { type Answer, browserCookie, cookie, noCookie, redirect, sessionCookie, type Visit } from "./visit.ts";

/** What a server has of which people sign in. */
export interface SignInParts {
  /** What browsers call it, the port included that was found free. */
  readonly origin: string;
  readonly secret: string;
  readonly people: People;
  readonly links: Links;
  readonly sessions: Sessions;
  readonly log: AccessLog;
  readonly limits: Limits;
  /** Does work later, so that an answer does not tell by its time what it led to. */
  readonly later: (work: () => Promise<void>) => void;
}

export interface SignIn extends SignInParts {
  readonly site: Site;
  readonly post: Post;
  /** Whether a work account can be used. */
  readonly hasAccounts: boolean;
}

const longestAddress = 254;

const gone = ({ site }: SignIn, { language }: Visit): Answer => {
  const voice = site.voiceOf(language);
  const { say } = voice;
  const content = html`${lede(say("linkGoneText"))}<p><a class="button" href="/sign-in?lang=${language}">${say("linkGoneAgain")}</a></p>`;
  return { status: 410, body: site.plain(say("linkGoneTitle"), content, voice) };
};

const askPage = ({ site, hasAccounts }: SignIn, visit: Visit): Answer => {
  const { language } = visit;
  const { say } = site.voiceOf(language);
  const browser = visit.browser !== null && isToken(visit.browser) ? visit.browser : randomToken();
  const asker = { session: visit.session, browser };
  const account = html`<section class="ask"><p>${say("signInOther")}</p><p><a class="button" href="/oidc?lang=${language}">${say("signInOtherButton")}</a></p></section>`;
  const content = html`${lede(say("signInLede"))}
<form class="ask" method="post" action="/sign-in?lang=${language}">${site.field(asker)}<label for="mail">${say("signInMail")}</label><input id="mail" name="mail" type="email" autocomplete="email" required maxlength="254"><button>${say("signInSend")}</button></form>
${hasAccounts ? account : null}`;
  const answer = site.page(visit, "/sign-in", say("signInTitle"), content);
  return { ...answer, cookies: [cookie(browserCookie, browser)] };
};

/** What asking for a link leads to: a mail for who is known, and nothing that the asker could see for who is not. */
const sendLink = async (signIn: SignIn, address: string, browser: string, visit: Visit): Promise<void> => {
  const { people, secret, links, post, origin, log } = signIn;
  const person = await people.byMail(mailHash(secret, address));
  if (person === null) return;
  const token = await links.make(person.id, browser, linkMinutes * 60_000);
  await log.append({ person: person.id, action: "link", object: "/sign-in", release: null, result: "sent" });
  await post.send(address, `${origin}/link/${token}?lang=${visit.language}`, visit.language);
};

const ask = async (signIn: SignIn, visit: Visit): Promise<Answer> => {
  const { site, limits, later } = signIn;
  const { say } = site.voiceOf(visit.language);
  const address = (visit.form.get("mail") ?? "").trim();
  const { browser } = visit;
  if (browser !== null && address.includes("@") && address.length <= longestAddress)
    later(async () => {
      if ((await limits.mailTo(address.toLowerCase())) === null) await sendLink(signIn, address, browser, visit);
    });
  const content = html`${lede(say("sentText", { minutes: linkMinutes }))}${paragraph(say("sentNone"))}`;
  return site.page({ ...visit, person: null }, null, say("sentTitle"), content);
};

const showLink = async (signIn: SignIn, visit: Visit): Promise<Answer> => {
  const { site, links } = signIn;
  const { parameter: token, language } = visit;
  if (!(await links.isGood(token, visit.browser))) return gone(signIn, visit);
  const { say } = site.voiceOf(language);
  // A link that was handed over in person comes to a browser that never asked.
  const browser = visit.browser !== null && isToken(visit.browser) ? visit.browser : randomToken();
  const content = html`${lede(say("linkText"))}
<form class="ask" method="post" action="/link/${token}?lang=${language}">${site.field({ session: visit.session, browser })}<button>${say("linkButton")}</button></form>`;
  const answer = site.page({ ...visit, person: null }, null, say("linkTitle"), content);
  return { ...answer, cookies: [cookie(browserCookie, browser)] };
};

/** Begins a session for a person, and ends the one that the browser had. */
export const begin = async ({ sessions }: SignIn, id: string, visit: Visit, people: People): Promise<Answer | null> => {
  const person = await people.byId(id);
  if (person === null) return null;
  if (visit.session !== null) await sessions.end(visit.session);
  const session = await sessions.begin(person);
  const cookies = [cookie(sessionCookie, session), noCookie(browserCookie)];
  return { ...redirect(`/?lang=${visit.language}`, cookies), person: id };
};

const redeem = async (signIn: SignIn, visit: Visit): Promise<Answer> => {
  const id = await signIn.links.redeem(visit.parameter, visit.browser);
  return (id === null ? null : await begin(signIn, id, visit, signIn.people)) ?? gone(signIn, visit);
};

const signOut = async ({ sessions, hasAccounts }: SignIn, visit: Visit): Promise<Answer> => {
  if (visit.session !== null) await sessions.end(visit.session);
  const after = hasAccounts ? "/oidc/signed-out" : "/sign-in";
  return redirect(`${after}?lang=${visit.language}`, [noCookie(sessionCookie)]);
};

type Routes = "GET /sign-in" | "POST /sign-in" | "GET /link/:token" | "POST /link/:token" | "POST /sign-out";

export const signInHandlers = (signIn: SignIn): Pick<Handlers, Routes> => ({
  "GET /sign-in": async (visit) => askPage(signIn, visit),
  "POST /sign-in": (visit) => ask(signIn, visit),
  "GET /link/:token": (visit) => showLink(signIn, visit),
  "POST /link/:token": (visit) => redeem(signIn, visit),
  "POST /sign-out": (visit) => signOut(signIn, visit),
});
