import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";

export const client = { clientId: "spejl", clientSecret: "a secret of forty-three characters, or more" };

/** An issuer of work accounts on this machine, at which whoever `account` names is always at the keyboard. */
export const startIssuer = async (redirectUri: string) => {
  const claims = new Map<string, string>();
  let account = "";
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    cookies: { keys: ["one"] },
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
    stop: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};
