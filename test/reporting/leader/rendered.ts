import type { Language } from "../../../src/errors.ts";
import type { LeaderModel } from "../../../src/reporting/leader/model.ts";
import { renderLeader } from "../../../src/reporting/leader/page.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import { readPage } from "../released.ts";
import { states } from "./fixture.ts";

/** A state's model by its name. */
export const named = (name: string): LeaderModel => {
  const model = states[name];
  if (!model) throw new Error(`No state ${name}`);
  return model;
};

/** The page of a model as it is served. */
export const served = (model: LeaderModel, language: Language = "da") =>
  renderLeader(model, "file", language, reportAssets);

/** The same without the elements that say what its numbers are. */
export const render = async (model: LeaderModel, language: Language = "da") => readPage(await served(model, language));

/** The page without its styles and fonts. */
export const content = (page: string): string => page.replace(/<style>.*?<\/style>/s, "");

/** The words of a page. */
export const textOf = (page: string): string =>
  content(page)
    .replace(/<[^>]+>/g, " ")
    .replace(/[ \n]+/g, " ");

/** The words in the first element of a kind: `h1`, `h2 id="gap-t"`, `p class="lede"`. */
export const wordsIn = (page: string, element: string): string =>
  new RegExp(`<${element}[^>]*>(.*?)</${element.split(" ")[0]}>`, "s").exec(page)?.[1] ?? "";
