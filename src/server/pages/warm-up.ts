import type { Language } from "../../errors.ts";
import type { Release } from "../../store/releases.ts";
import type { Person } from "../state/people.ts";
import type { ReportPages, ServedReport } from "./report-pages.ts";

/** What pages are made of before anybody asks for them. */
export interface WarmUp {
  readonly pages: ReportPages;
  readonly people: () => Promise<readonly Person[]>;
  /** A leader's own report, as that person would be shown it. */
  readonly reportOf: (person: Person, leader: string) => Promise<ServedReport>;
  /** The language that most will ask in. */
  readonly language: Language;
  readonly failed: (fault: unknown) => void;
}

/**
 * Draws the pages of a new release that somebody will ask for, while there is room and it is the latest. One at a time:
 * who asks meanwhile waits for at most one of them besides the own.
 */
export const warmUp = async (
  { pages, people, reportOf, language, failed }: WarmUp,
  release: Release,
  isLatest: () => boolean,
): Promise<void> => {
  const index = await release.index();
  const own = (await people()).flatMap((person): (() => Promise<ServedReport>)[] => {
    const { leader, viewers } = person;
    const has = leader !== null && viewers.includes("leader") && index.has(leader);
    return has ? [() => reportOf(person, leader)] : [];
  });
  const reports: readonly (() => Promise<ServedReport>)[] = [
    async () => ({ kind: "management", asked: "" }),
    async () => ({ kind: "research" }),
    ...own,
  ];
  const languages: readonly Language[] = language === "da" ? ["da", "en"] : ["en", "da"];
  for (const spoken of languages)
    for (const report of reports) {
      if (!isLatest() || !pages.hasRoom()) return;
      const wanted = { release: release.id, report: await report(), language: spoken };
      await pages.page(wanted).catch((fault) => isLatest() && failed(fault));
    }
};
