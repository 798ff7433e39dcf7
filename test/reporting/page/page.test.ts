import { describe, expect, it } from "vitest";
import { renderLeader } from "../../../src/reporting/leader/page.ts";
import { renderManagement } from "../../../src/reporting/management/page.ts";
import { researchModel } from "../../../src/reporting/research/facts.ts";
import { renderResearch } from "../../../src/reporting/research/page.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import { states } from "../leader/fixture.ts";
import { model } from "../management/fixture.ts";
import { analysis, measurements, study, versions } from "../research/fixture.ts";

const research = researchModel(study, analysis, measurements, versions, "2019-12-21");
const pages = {
  leader: () => renderLeader(states["shown"]!, "file", "da", reportAssets),
  management: () => renderManagement(model, "da", reportAssets),
  research: () => renderResearch(research, "da", reportAssets),
};

describe.each(Object.entries(pages))("the page of %s", (_, render) => {
  it("may fetch nothing and run nothing, is not indexed, and tells no other site where it was read", async () => {
    const head = (await render()).split("</head>")[0]!;
    expect(head).toContain(`http-equiv="Content-Security-Policy" content="default-src 'none';`);
    expect(head).not.toMatch(/script-src|connect-src|https?:/);
    expect(head).toContain('<meta name="robots" content="noindex">');
    expect(head).toContain('<meta name="referrer" content="no-referrer">');
  });
  it("fetches and runs nothing that this would stop", async () => {
    expect(await render()).not.toMatch(/<script|<link|<iframe|@import|\son\w+="|(?:src|href)="(?!#|data:)/);
  });
  it("says its language and its title, and leads past the head to the content", async () => {
    const page = await render();
    expect(page).toMatch(/^<!doctype html>\n<html lang="da">/);
    expect(page).toMatch(/<title>[^<]+<\/title>/);
    expect(page.match(/class="skip" href="#content"/g)).toHaveLength(1);
    expect(page.match(/<main id="content"/g)).toHaveLength(1);
    expect(page).not.toContain("{{");
  });
});
