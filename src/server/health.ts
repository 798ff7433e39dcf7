import { join } from "node:path";
import type { Handlers } from "./policy.ts";
import type { CurrentRelease } from "./release.ts";
import { writeStateFile } from "./state/files.ts";

const pause = 5_000;
/** A file without content fits on a full disk. */
const trial = "-".repeat(4096);

/** Whether the server can do its work: read a release, and write what it must keep. Asked often, it tries seldom. */
export const openHealth = (stateFolder: string, current: CurrentRelease): Pick<Handlers, "GET /healthz"> => {
  let known = { at: Number.NEGATIVE_INFINITY, canWrite: false };
  const canWrite = async (): Promise<boolean> => {
    if (performance.now() - known.at < pause) return known.canWrite;
    const wrote = await writeStateFile(join(stateFolder, "health"), trial).then(
      () => true,
      () => false,
    );
    known = { at: performance.now(), canWrite: wrote };
    return wrote;
  };
  const release = async (): Promise<{ readonly whole: boolean; readonly id: string | null }> => {
    const found = await current().catch(() => undefined);
    if (found === undefined) return { whole: false, id: null };
    const whole = (await found?.index().catch(() => null)) !== null;
    return { whole, id: found?.id ?? null };
  };
  return {
    "GET /healthz": async () => {
      const { whole, id } = await release();
      const ok = whole && (await canWrite());
      return {
        status: ok ? 200 : 503,
        body: `${JSON.stringify({ ok, release: id })}\n`,
        type: "application/json; charset=utf-8",
      };
    },
  };
};
