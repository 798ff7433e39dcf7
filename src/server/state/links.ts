import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { createFile, recordIn, removeOnce } from "./files.ts";
import { hashOf, isToken, randomToken } from "./secret.ts";

interface Link {
  readonly person: string;
  /** Milliseconds of the clock. */
  readonly expires: number;
  /** Hash of the cookie of the browser that asked; null for a link that was handed over in person. */
  readonly browser: string | null;
}

/** Links by which a person signs in once. The disk holds their hashes only. */
export interface Links {
  readonly make: (person: string, browser: string | null, lasts: number) => Promise<string>;
  /** Whether a link can be redeemed in this browser; looking does not use it up. */
  readonly isGood: (token: string, browser: string | null) => Promise<boolean>;
  /** The person of a link that this call alone has used up; null for every other. */
  readonly redeem: (token: string, browser: string | null) => Promise<string | null>;
  /** Takes away what has run out. */
  readonly sweep: () => Promise<void>;
}

export const linkMinutes = 15;

export const openLinks = async (stateFolder: string, now: () => number): Promise<Links> => {
  const folder = join(stateFolder, "links");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const place = (token: string): string => join(folder, hashOf(token));
  const good = async (token: string, browser: string | null): Promise<Link | null> => {
    const link = isToken(token) ? await recordIn<Link>(place(token)) : null;
    if (link === null || link.expires <= now()) return null;
    const isAsker = link.browser === null || (browser !== null && hashOf(browser) === link.browser);
    return isAsker ? link : null;
  };
  return {
    make: async (person, browser, lasts) => {
      const token = randomToken();
      const link: Link = { person, expires: now() + lasts, browser: browser && hashOf(browser) };
      await createFile(place(token), JSON.stringify(link));
      return token;
    },
    isGood: async (token, browser) => (await good(token, browser)) !== null,
    redeem: async (token, browser) => {
      const link = await good(token, browser);
      return link !== null && (await removeOnce(place(token))) ? link.person : null;
    },
    sweep: async () => {
      for (const name of await readdir(folder)) {
        const link = await recordIn<Link>(join(folder, name));
        if (link === null || link.expires <= now()) await removeOnce(join(folder, name));
      }
    },
  };
};
