import { fromRelease } from "../disclosure/published.ts";
import { addressOf, type Choice, choose } from "../reporting/management/cube/choice.ts";
import { filtersOf, isOpen, shownWords } from "../reporting/management/cube/explorer.ts";
import { viewCsv } from "../reporting/management/cube/table.ts";
import { type View, viewOf } from "../reporting/management/cube/view.ts";
import { viewFigure } from "../reporting/management/cube/view-figure.ts";
import type { DashboardData } from "../reporting/management/dashboard.ts";
import { aboutOutcome } from "../reporting/management/dashboard-outcome.ts";
import { type ManagementVoice, managementVoice } from "../reporting/management/voice.ts";
import { toText } from "../reporting/page/html.ts";
import { bare } from "../reporting/page/source.ts";
import { fragmentOf } from "./markup.ts";
import { packedCells } from "./packed-cells.ts";
import { browserPen, type Drawings } from "./pen.ts";
import { pictureOf } from "./picture.ts";

const part = <E extends Element>(selector: string): E => document.querySelector<E>(selector)!;

const data = fromRelease<DashboardData>(part("#data").textContent ?? "");
const cells = packedCells(data.cube);
const drawable = { ...data, cells };
const { language, words } = data;
/** At a server the address says what is shown; a page on a disk has what stands after the #. */
const isServed = location.protocol !== "file:";
const form = part<HTMLFormElement>("form.filters");
const drawings: Drawings = new Map();

const voiceOf = (choice: Choice): ManagementVoice =>
  managementVoice(aboutOutcome(drawable, choice, cells), language, words, browserPen(language, drawings));

const asked = (): URLSearchParams =>
  new URLSearchParams(isServed || location.hash === "#explore" ? location.search : location.hash.slice(1));

const inForm = (): URLSearchParams =>
  new URLSearchParams([...new FormData(form)].map(([name, value]): [string, string] => [name, String(value)]));

/** Brings the filters up to what is chosen, and leaves the one that is in use where it is. */
const setFilters = (choice: Choice, voice: ManagementVoice): void => {
  for (const filter of filtersOf(choice, drawable, voice)) {
    const select = form.elements.namedItem(filter.key) as HTMLSelectElement;
    const now = [...select.options].map(({ value, text }) => `${value}\n${text}`).join("\n");
    if (now !== filter.options.map(({ value, text }) => `${value}\n${bare(text)}`).join("\n"))
      select.replaceChildren(...filter.options.map(({ value, text }) => new Option(bare(text), value)));
    select.value = filter.value;
    select.parentElement!.hidden = !isOpen(filter);
  }
};

const replace = (selector: string, markup: string): void => part(selector).replaceChildren(fragmentOf(markup));

let shown: { readonly choice: Choice; readonly view: View; readonly voice: ManagementVoice };
let turn = 0;

/** Shows a choice; one that is overtaken by the next before it is drawn is left. */
const show = async (choice: Choice): Promise<void> => {
  turn += 1;
  const own = turn;
  const voice = voiceOf(choice);
  const view = viewOf(choice, drawable);
  shown = { choice, view, voice };
  setFilters(choice, voice);
  drawings.clear();
  const figure = toText(await viewFigure(view, drawable, voice));
  if (own !== turn) return;
  const said = shownWords(choice, drawable, voice);
  replace("#view", figure);
  replace("h1 .chosen", toText(said));
  const query = addressOf(choice).toString();
  if (isServed) {
    part<HTMLAnchorElement>("#csv").href = `${part<HTMLAnchorElement>("#csv").pathname}?lang=${language}&${query}`;
    const other = document.querySelector<HTMLAnchorElement>("#other-language");
    if (other) other.href = `?lang=${other.hreflang}&${query}`;
  }
  part("#png").toggleAttribute("hidden", drawings.size === 0);
  // Last, so that what is heard is there to be seen.
  if (part("#shown").textContent !== bare(said)) replace("#shown", toText(said));
};

const choices = (search: URLSearchParams): Choice => choose(search, drawable);

form.addEventListener("change", () => {
  const choice = choices(inForm());
  const query = addressOf(choice);
  if (isServed) history.pushState(null, "", `?${new URLSearchParams([["lang", language], ...query])}`);
  else history.pushState(null, "", `#${query}`);
  void show(choice);
});
form.addEventListener("submit", (event) => event.preventDefault());
window.addEventListener("popstate", () => void show(choices(asked())));

const save = (link: HTMLAnchorElement, name: string, content: Blob): void => {
  link.href = URL.createObjectURL(content);
  link.download = name;
};

/** On a disk nothing answers for a file: it is made at the moment it is asked for. */
if (!isServed)
  part<HTMLAnchorElement>("#csv").addEventListener("click", ({ currentTarget }) => {
    const csv = new Blob([viewCsv(shown.view, shown.voice)], { type: "text/csv;charset=utf-8" });
    save(currentTarget as HTMLAnchorElement, `${words.fileName}.csv`, csv);
  });

const textOf = (selector: string): string => document.querySelector(selector)?.textContent ?? "";

part<HTMLButtonElement>("#png").addEventListener("click", async () => {
  const drawn = drawings.get("trend-half") ?? drawings.get("rows-680");
  if (!drawn) return;
  const caption = { title: textOf("#trend h2"), sub: textOf("#trend .sub"), note: textOf("#trend figcaption .note") };
  const picture = pictureOf(await drawn(), caption);
  const content = await new Promise<Blob | null>((made) => picture.toBlob(made, "image/png"));
  if (!content) return;
  const link = document.createElement("a");
  save(link, `${words.fileName}.png`, content);
  link.click();
});

const start = async (): Promise<void> => {
  // Words are measured in the font that they are drawn in.
  await Promise.all([document.fonts.load('400 14px "Source Sans 3 Variable"'), document.fonts.ready]);
  form.querySelector("button")?.setAttribute("hidden", "");
  form.hidden = false;
  part("#csv").removeAttribute("hidden");
  await show(choices(asked()));
};

void start();
