import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import { html } from "../reporting/page/html.ts";
import { lede } from "./pages/form-page.ts";
import type { Handlers } from "./policy.ts";
import type { Refusals } from "./refusals.ts";
import { begin, type SignIn } from "./sign-in.ts";
import type { Account, Identities } from "./state/identities.ts";
import { signInHash } from "./state/people.ts";
import { hashOf, randomToken } from "./state/secret.ts";
import { type Answer, cookie, noCookie, redirect, type Visit } from "./visit.ts";

/** The organisation's issuer of work accounts (OpenID Connect). */
export interface Issuer {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | null;
  /** The claim that people.csv has under `sign_in`. */
  readonly match: string;
}

/** A sign-in that has been begun and not ended. */
interface Flow {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  readonly until: number;
}

const flowMinutes = 10;
const mostFlows = 10_000;

/** Flows by the hash of their browser's cookie, each used once; they do not outlive the process. */
const openFlows = (now: () => number) => {
  const flows = new Map<string, Flow>();
  return {
    put: (token: string, flow: Omit<Flow, "until">): void => {
      for (const [key, { until }] of flows) if (until <= now() || flows.size >= mostFlows) flows.delete(key);
      flows.set(hashOf(token), { ...flow, until: now() + flowMinutes * 60_000 });
    },
    take: (token: string): Flow | null => {
      const flow = flows.get(hashOf(token)) ?? null;
      flows.delete(hashOf(token));
      return flow !== null && flow.until > now() ? flow : null;
    },
  };
};

/** Finds the issuer when it is first needed, and again where it could not be found: it may be down when this starts. */
const openIssuer = ({ issuer, clientId, clientSecret }: Issuer): (() => Promise<Configuration>) => {
  let found: Promise<Configuration> | null = null;
  const authentication = clientSecret === null ? None() : ClientSecretPost(clientSecret);
  // Without the checks TLS alone says whose a token is; with them its signature does too.
  const checks = [enableNonRepudiationChecks];
  const options = { execute: issuer.startsWith("http://localhost") ? [...checks, allowInsecureRequests] : checks };
  return () => {
    found ??= discovery(new URL(issuer), clientId, undefined, authentication, options).catch((fault) => {
      found = null;
      throw fault;
    });
    return found;
  };
};

const failedPage = ({ site }: SignIn, { language }: Visit): Answer => {
  const voice = site.voiceOf(language);
  const content = html`${lede(voice.say("oidcFailedText"))}<p><a class="button" href="/sign-in?lang=${language}">${voice.say("oidcAgain")}</a></p>`;
  return {
    status: 403,
    body: site.plain(voice.say("oidcFailedTitle"), content, voice),
    cookies: [noCookie(flowCookie)],
  };
};

export const flowCookie = "__Host-spejl-signin";

/** Who has signed out here is offered the way out of the work account; a form may not lead to another site, a link may. */
const signedOutPage = ({ site }: SignIn, { language }: Visit, address: string): Answer => {
  const voice = site.voiceOf(language);
  const content = html`${lede(voice.say("oidcOutText"))}<p><a class="button" href="${address}">${voice.say("oidcOutButton")}</a></p><p><a href="/sign-in?lang=${language}">${voice.say("oidcAgain")}</a></p>`;
  return { status: 200, body: site.plain(voice.say("oidcOutTitle"), content, voice) };
};

type Routes = "GET /oidc" | "GET /oidc/callback" | "GET /oidc/signed-out";

/** Signing in with a work account: code flow with PKCE, state and nonce. A person is an issuer's subject, never a mail address. */
export const accountHandlers = (
  signIn: SignIn & { readonly now: () => number; readonly failed: (fault: unknown) => void },
  {
    issuer,
    identities,
    refusals,
  }: { readonly issuer: Issuer | null; readonly identities: Identities; readonly refusals: Refusals },
): Pick<Handlers, Routes> => {
  if (issuer === null) {
    const absent = async ({ language }: Visit): Promise<Answer> => refusals.notFound(language);
    return { "GET /oidc": absent, "GET /oidc/callback": absent, "GET /oidc/signed-out": absent };
  }
  const { origin, secret, people, now } = signIn;
  const flows = openFlows(now);
  const configuration = openIssuer(issuer);
  const callback = `${origin}/oidc/callback`;

  const depart = async (): Promise<Answer> => {
    const config = await configuration();
    const token = randomToken();
    const flow = { verifier: randomPKCECodeVerifier(), state: randomState(), nonce: randomNonce() };
    flows.put(token, flow);
    const address = buildAuthorizationUrl(config, {
      redirect_uri: callback,
      scope: "openid",
      code_challenge: await calculatePKCECodeChallenge(flow.verifier),
      code_challenge_method: "S256",
      state: flow.state,
      nonce: flow.nonce,
    });
    return redirect(address.href, [cookie(flowCookie, token)]);
  };

  const accountOf = async (
    query: URLSearchParams,
    { verifier, state, nonce }: Flow,
  ): Promise<Account & { readonly claim: string }> => {
    const tokens = await authorizationCodeGrant(await configuration(), new URL(`${callback}?${query}`), {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims()!;
    const claim = claims[issuer.match];
    return { issuer: claims.iss, subject: claims.sub, claim: typeof claim === "string" ? claim : "" };
  };

  const arrive = async (visit: Visit): Promise<Answer> => {
    const token = visit.cookie(flowCookie);
    const flow = token === null ? null : flows.take(token);
    if (flow === null) return failedPage(signIn, visit);
    const account = await accountOf(visit.query, flow).catch((fault: unknown) => {
      signIn.failed(fault);
      return null;
    });
    if (account === null) return failedPage(signIn, visit);
    const named = account.claim === "" ? null : signInHash(secret, account.claim);
    const person = await identities.person(account, named);
    const begun = person && (await begin(signIn, person.id, visit, people));
    return begun ? { ...begun, cookies: [...(begun.cookies ?? []), noCookie(flowCookie)] } : failedPage(signIn, visit);
  };

  /** An issuer that cannot be reached, or knows no such way, keeps nobody from having signed out here. */
  const signedOut = async (visit: Visit): Promise<Answer> => {
    const after = `/sign-in?lang=${visit.language}`;
    const config = await configuration().catch((fault: unknown) => {
      signIn.failed(fault);
      return null;
    });
    if (config === null || config.serverMetadata().end_session_endpoint === undefined) return redirect(after);
    const address = buildEndSessionUrl(config, { post_logout_redirect_uri: `${origin}/sign-in` });
    return signedOutPage(signIn, visit, address.href);
  };

  return { "GET /oidc": depart, "GET /oidc/callback": arrive, "GET /oidc/signed-out": signedOut };
};
