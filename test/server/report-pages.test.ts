import { describe, expect, it } from "vitest";
import {
  type Draw,
  openReportPages,
  type ServedPage,
  type ServedReport,
  type Wanted,
} from "../../src/server/pages/report-pages.ts";
import { type MadeSite, madeSite, publish } from "./made-site.ts";

const pageOf = (bytes: number): ServedPage => ({ body: new Uint8Array(bytes), headers: {} });
const wantedOf = (leader: string): Wanted => ({
  release: "w1-000000000000",
  report: { kind: "leader", leader, place: "signed-in" },
  language: "da",
});

/** Draws at once, but for what is held until it is let go; and tells what was drawn. */
const heldDrawing = (isHeld: (report: ServedReport) => boolean) => {
  const drawn: Wanted[] = [];
  const held: (() => void)[] = [];
  let [now, most] = [0, 0];
  const from =
    (draw: Draw): Draw =>
    async (wanted) => {
      drawn.push(wanted);
      now += 1;
      most = Math.max(most, now);
      if (isHeld(wanted.report)) await new Promise<void>((go) => held.push(go));
      const page = await draw(wanted);
      now -= 1;
      return page;
    };
  const letGo = (): void => {
    for (const go of held.splice(0)) go();
  };
  return { from, drawn, letGo, atOnce: () => most };
};

const withSite = async (
  isHeld: (report: ServedReport) => boolean,
  trial: (made: MadeSite, drawing: ReturnType<typeof heldDrawing>) => Promise<void>,
): Promise<void> => {
  const drawing = heldDrawing(isHeld);
  const made = await madeSite("unlimited", {}, drawing.from);
  try {
    await trial(made, drawing);
  } finally {
    drawing.letGo();
    await made.remove();
  }
};

const get = async ({ ask, signedIn }: MadeSite, id: string, path: string): Promise<number> =>
  (await ask(path, { cookies: await signedIn(id) })).status;

describe("pages of reports", () => {
  it("are drawn once for all who ask meanwhile, and are kept", async () => {
    let drawn = 0;
    const pages = openReportPages(async () => {
      drawn += 1;
      await Promise.resolve();
      return pageOf(10);
    }, 100);
    const [one, other] = await Promise.all([pages.page(wantedOf("L1")), pages.page(wantedOf("L1"))]);
    expect(other).toBe(one);
    expect(await pages.page(wantedOf("L1"))).toBe(one);
    expect(drawn).toBe(1);
  });
  it("go when there is no room, those first that were not asked for longest", async () => {
    const drawn: Wanted[] = [];
    const pages = openReportPages(async (wanted) => {
      drawn.push(wanted);
      return pageOf(40);
    }, 100);
    for (const leader of ["L1", "L2", "L1", "L3", "L1", "L2"]) await pages.page(wantedOf(leader));
    expect(drawn).toEqual(["L1", "L2", "L3", "L2"].map(wantedOf));
    pages.clear();
    expect(pages.hasRoom()).toBe(true);
    await pages.page(wantedOf("L1"));
    expect(drawn).toHaveLength(5);
  });
  it("are tried again where they could not be drawn, and where there was no such leader", async () => {
    const found: (ServedPage | null | Error)[] = [new Error("gone"), null, pageOf(1)];
    const pages = openReportPages(async () => {
      const next = found.shift();
      if (next instanceof Error) throw next;
      return next!;
    }, 100);
    await expect(pages.page(wantedOf("L1"))).rejects.toThrow("gone");
    expect(await pages.page(wantedOf("L1"))).toBeNull();
    expect(await pages.page(wantedOf("L1"))).toEqual(pageOf(1));
  });
});

describe("a page that is being drawn", () => {
  it("keeps nobody waiting but who asked for it", () =>
    withSite(
      (report) => report.kind === "leader" && report.leader === "L1",
      async (made, { letGo }) => {
        await publish(made.folder, ["L1", "L2"]);
        let isDone = false;
        const waiting = get(made, "anna", "/report").then((status) => {
          isDone = true;
          return status;
        });
        expect(await get(made, "bo", "/report")).toBe(200);
        expect(await get(made, "cai", "/management")).toBe(200);
        expect(await get(made, "anna", "/")).toBe(200);
        expect((await made.ask("/sign-in")).status).toBe(200);
        expect(isDone).toBe(false);
        letGo();
        expect(await waiting).toBe(200);
      },
    ));
});

describe("a release that has become the latest", () => {
  const none = (): boolean => false;
  it("has its pages drawn one by one before anybody asks, for whom there are any", () =>
    withSite(none, async (made, { drawn, atOnce }) => {
      const release = await publish(made.folder, ["L1", "L2", "L3"]);
      await made.site.look();
      // Of anna and gro as one leader, and of bo; nobody is leader L3.
      expect(drawn.map(({ report, language }) => [language, report.kind])).toEqual(
        ["da", "en"].flatMap((language) =>
          ["management", "research", "leader", "leader"].map((kind) => [language, kind]),
        ),
      );
      expect(new Set(drawn.map((wanted) => wanted.release))).toEqual(new Set([release]));
      expect(atOnce()).toBe(1);
      const before = drawn.length;
      for (const [id, path] of [
        ["anna", "/report"],
        ["gro", "/report"],
        ["bo", "/report?lang=en"],
        ["cai", "/management"],
        ["dea", "/research"],
      ] as const)
        expect(await get(made, id, path)).toBe(200);
      await made.site.look();
      expect(drawn).toHaveLength(before);
      expect(made.faults).toEqual([]);
    }));
  it("takes over from one whose pages are still being drawn, of which no more are", async () => {
    const drawn: string[] = [];
    const held: (() => void)[] = [];
    const made = await madeSite("unlimited", {}, () => async ({ release, report }) => {
      drawn.push(`${release} ${report.kind}`);
      await new Promise<void>((go) => held.push(go));
      return pageOf(1);
    });
    const drawing = async (pages: number): Promise<void> => {
      while (held.length < pages) await new Promise(setImmediate);
    };
    const first = await publish(made.folder, ["L1"], "Den ene");
    const before = made.site.look();
    await drawing(1);
    const second = await publish(made.folder, ["L1"], "Den anden");
    const after = made.site.look();
    await drawing(2);
    held[0]!();
    await before;
    for (let page = 2; page <= 7; page += 1) {
      held[page - 1]!();
      await (page < 7 ? drawing(page + 1) : after);
    }
    const kinds = ["management", "research", "leader", "management", "research", "leader"];
    expect(drawn).toEqual([`${first} management`, ...kinds.map((kind) => `${second} ${kind}`)]);
    await made.remove();
  });
  it("is drawn no further than there is room", async () => {
    const drawn: Wanted[] = [];
    const made = await madeSite("unlimited", {}, () => async (wanted) => {
      drawn.push(wanted);
      return pageOf(30 * 1024 * 1024);
    });
    await publish(made.folder, ["L1", "L2"]);
    await made.site.look();
    expect(drawn.map(({ report }) => report.kind)).toEqual(["management", "research"]);
    await made.remove();
  });
});
