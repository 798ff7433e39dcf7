import { linkMinutes, openLinks } from "../../../src/server/state/links.ts";
import { asReader, serveStudy, stopServing } from "../../crowd/crowd.ts";
import { type Answered, ask } from "../../crowd/requests.ts";
import type { Bench, Finding, Tried } from "../kinds.ts";
import { onServer } from "./trial.ts";

/** A browser that has opened a page with a form: its cookie, and the form's hidden field. */
const browserOf = (page: Answered | null) => {
  const [line = ""] = page?.headers["set-cookie"] ?? [];
  return { cookie: line.split(";")[0]!, form: /name="form" value="([^"]*)"/.exec(page?.body ?? "")?.[1] ?? "" };
};

const post = (
  origin: string,
  path: string,
  { cookie, form }: ReturnType<typeof browserOf>,
  fields: Readonly<Record<string, string>> = {},
) =>
  ask(origin, {
    path,
    method: "POST",
    headers: {
      ...asReader(null),
      cookie,
      origin,
      "sec-fetch-site": "same-origin",
      "content-type": "application/x-www-form-urlencoded",
    },
    body: `${new URLSearchParams({ form, ...fields })}`,
  });

const presses = 1000;

/** A link whose button a thousand press at once, through the network: it signs in one. */
export const redeemedLinks = (bench: Bench): Promise<Tried> =>
  onServer(bench, 10, async ({ study, state }) => {
    const server = await serveStudy(study);
    const links = await openLinks(state, Date.now);
    const findings: Finding[] = [];
    for (let k = 0; k < bench.points; k += 1) {
      const path = `/link/${await links.make("p1", null, linkMinutes * 60_000)}`;
      const browser = browserOf(await ask(server.origin, { path, headers: asReader(null) }));
      const all = await Promise.all(Array.from({ length: presses }, () => post(server.origin, path, browser)));
      const count = (status: number): number => all.filter((one) => one?.status === status).length;
      const [signedIn, gone] = [count(303), count(410)];
      if (signedIn !== 1 || gone !== presses - 1)
        findings.push({ at: "links", broken: `${signedIn} signed in, ${gone} of ${presses} were refused` });
      process.stderr.write(`links ${k + 1} / ${bench.points}\r`);
    }
    await stopServing(server);
    return { trials: bench.points, findings, said: `${presses} presses each` };
  });

const pairs = 40;

/**
 * Who asks for a link with an address that is known and one that is not, in an order drawn by lot, cannot tell them by
 * the time of the answer: the known one is slower in half of the pairs, give or take two standard errors.
 */
export const timedSignIns = (bench: Bench): Promise<Tried> => {
  const tried = pairs * bench.points;
  return onServer(bench, tried, async ({ study, readers }) => {
    const server = await serveStudy(study);
    const browser = browserOf(await ask(server.origin, { path: "/sign-in", headers: asReader(null) }));
    const timed = async (mail: string): Promise<number> => {
      const since = performance.now();
      const answer = await post(server.origin, "/sign-in", browser, { mail });
      if (answer?.status !== 200) throw new Error(`the form was answered with ${answer?.status}`);
      return performance.now() - since;
    };
    let slower = 0;
    for (let k = 0; k < tried; k += 1) {
      const [known, unknown] = [readers[k]!.mail, `nobody${k}@example.org`];
      const isFirst = bench.chance.once(2);
      const first = await timed(isFirst ? known : unknown);
      const second = await timed(isFirst ? unknown : known);
      if (isFirst ? first > second : second > first) slower += 1;
      process.stderr.write(`sign-ins ${k + 1} / ${tried}\r`);
    }
    await stopServing(server);
    const [share, two] = [slower / tried, 2 * Math.sqrt(0.25 / tried)];
    const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
    const said = `the known address was slower in ${percent(share)}, chance 50 % ± ${percent(two)}`;
    const findings = Math.abs(share - 0.5) > two ? [{ at: "sign-ins", broken: said }] : [];
    return { trials: tried, findings, said };
  });
};
