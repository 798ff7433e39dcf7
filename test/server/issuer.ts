import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";

export const client = { clientId: "spejl", clientSecret: "a secret of forty-three characters, or more" };

const newKey = (): KeyObject => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const [ownKey, strangeKey] = [newKey(), newKey()];
const kid = "own";

type Claims = Readonly<Record<string, unknown>>;
/** What an issuer that is not as it should be says instead. */
export interface Forgery {
  readonly claims?: (claims: Claims) => Claims;
  /** Whose signature: the issuer's, a stranger's, or nobody's. */
  readonly signed?: "own" | "strange" | "none";
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

const forged = (token: string, { claims = (same) => same, signed = "own" }: Forgery): string => {
  const said = JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString()) as Claims;
  const head = signed === "none" ? { alg: "none" } : { alg: "RS256", kid };
  const content = `${part(head)}.${part(claims(said))}`;
  if (signed === "none") return `${content}.`;
  const signature = sign("RSA-SHA256", Buffer.from(content), signed === "own" ? ownKey : strangeKey);
  return `${content}.${signature.toString("base64url")}`;
};

/** Puts a forgery in the place of the token that an answer carries. */
const forgeAnswer = (response: ServerResponse, forgery: Forgery): void => {
  const end = response.end.bind(response);
  response.end = ((body: string | Buffer) => {
    const tokens = JSON.parse(String(body)) as { readonly id_token: string };
    const changed = JSON.stringify({ ...tokens, id_token: forged(tokens.id_token, forgery) });
    response.setHeader("content-length", Buffer.byteLength(changed));
    return end(changed);
  }) as typeof response.end;
};

/** An issuer of work accounts on this machine, at which whoever `account` names is always at the keyboard. */
export const startIssuer = async (redirectUri: string) => {
  const claims = new Map<string, string>();
  let account = "";
  let forgery: Forgery | null = null;
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [redirectUri],
        post_logout_redirect_uris: [new URL("/sign-in", redirectUri).href],
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    cookies: { keys: ["one"] },
    jwks: { keys: [{ ...ownKey.export({ format: "jwk" }), kid, alg: "RS256", use: "sig" }] },
    // Longer than a flow, so that it is not the issuer who ends one.
    ttl: { AuthorizationCode: 3600 },
    claims: { openid: ["sub", "oid"] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub, oid: claims.get(sub) }) }),
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    loadExistingGrant: async (context: { oidc: { session: { accountId: string }; client: { clientId: string } } }) => {
      const grant = new provider.Grant({
        clientId: context.oidc.client.clientId,
        accountId: context.oidc.session.accountId,
      });
      grant.addOIDCScope("openid");
      await grant.save();
      return grant;
    },
  });
  const callback = provider.callback();
  server.on("request", (request, response) => {
    if (forgery !== null && request.url === "/token") forgeAnswer(response, forgery);
    if (!request.url!.startsWith("/interaction/")) return callback(request, response);
    provider
      .interactionFinished(request, response, { login: { accountId: account } }, { mergeWithLastSubmission: false })
      .catch((fault: unknown) => response.destroy(fault as Error));
  });
  /** Goes through sign-in at the issuer as a browser would; the address to which it sends back. */
  const signIn = async (start: string, sub: string): Promise<string> => {
    account = sub;
    const jar = new Map<string, string>();
    let address = start;
    for (let hops = 0; hops < 10 && address.startsWith(issuer); hops += 1) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
      const response = await fetch(address, { redirect: "manual", headers: { cookie } });
      for (const line of response.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === "") jar.delete(name);
        else jar.set(name, value);
      }
      address = new URL(response.headers.get("location") ?? "about:blank", address).href;
    }
    return address;
  };
  return {
    issuer,
    claims,
    signIn,
    forge: (next: Forgery | null): void => {
      forgery = next;
    },
    stop: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};
