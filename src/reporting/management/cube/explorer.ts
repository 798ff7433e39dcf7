import { escapeHtml, type Html, html, trusted } from "../../page/html.ts";
import { bare, named } from "../../page/source.ts";
import { inSentence } from "../../page/words.ts";
import type { ManagementVoice } from "../voice.ts";
import {
  addressOf,
  type Choice,
  type Choosable,
  departmentsIn,
  hasArms,
  showsFor,
  unitKey,
  unitsIn,
  wavesFor,
} from "./choice.ts";

/** One choice of a filter. */
export interface Option {
  /** As it stands in an address; empty where all are meant. */
  readonly value: string;
  readonly text: string;
}

/** A filter with what can be chosen in it; one that leaves no choice is not shown. */
export interface Filter {
  readonly key: keyof Choice;
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: string;
}

const unitLabel = (group: Parameters<typeof unitKey>[0], voice: ManagementVoice): string =>
  group.units.length === 1
    ? named(group.units[0]!)
    : voice.say("filterOthers", { count: voice.tally(group.units.length) });

/** The filters with what is chosen in each, in their order. */
export const filtersOf = (choice: Choice, of: Choosable, voice: ManagementVoice): readonly Filter[] => {
  const { say } = voice;
  const departments = departmentsIn(of);
  const all: readonly Filter[] = [
    {
      key: "scale",
      label: say("filter.scale"),
      options: of.cells.outcomes.map(({ scale, name }) => ({ value: scale ?? "", text: voice.text(name) })),
      value: choice.scale,
    },
    {
      key: "department",
      label: say(`filter.level.${voice.outermost}`),
      options: [{ value: "", text: say("whole") }, ...departments.map((id) => ({ value: id, text: named(id) }))],
      value: choice.department ?? "",
    },
    {
      key: "unit",
      label: say("filter.unit"),
      options: [
        { value: "", text: say("filter.unit.all") },
        ...unitsIn(of, choice.department, choice.show).map((group) => ({
          value: unitKey(group),
          text: unitLabel(group, voice),
        })),
      ],
      value: choice.unit ?? "",
    },
    {
      key: "by",
      label: say("filter.by"),
      options: [
        { value: "all", text: say("filter.by.all") },
        ...(choice.unit === null && hasArms(of, choice.department, choice.show)
          ? [{ value: "arm", text: say("filter.by.arm") }]
          : []),
      ],
      value: choice.by,
    },
    {
      key: "wave",
      label: say("filter.wave"),
      options: [
        { value: "", text: say("filter.wave.all") },
        ...wavesFor(of, choice.show).map(({ id, name }) => ({ value: id, text: voice.text(name) })),
      ],
      value: choice.wave ?? "",
    },
    {
      key: "show",
      label: say("filter.show"),
      options: showsFor(of, choice.scale).map((value) => ({ value, text: say(`show.${value}`) })),
      value: choice.show,
    },
  ];
  return all;
};

export const isOpen = ({ options }: Filter): boolean => options.length > 1;

/** An option holds words alone: its numbers are those of names, which the list says of all. */
const optionOf = ({ value, text }: Option, chosen: string): Html => {
  const words = trusted(escapeHtml(bare(text)));
  return value === chosen
    ? html`<option value="${value}" selected>${words}</option>`
    : html`<option value="${value}">${words}</option>`;
};

/** A filter as it stands in the form; hidden where it leaves no choice. */
const filterOf = (filter: Filter): Html => {
  const { key, label, options, value } = filter;
  const select = html`<label for="filter-${key}">${label}</label><select id="filter-${key}" name="${key}" data-plain="name">${options.map((option) => optionOf(option, value))}</select>`;
  return isOpen(filter) ? html`<div>${select}</div>` : html`<div hidden>${select}</div>`;
};

/** Where the explorer of a page finds its answers without a script. */
export interface Addresses {
  /** The page itself; null where nothing answers a form, as on a disk. */
  readonly page: string | null;
  /** The rows that are shown, as a file; null where nothing answers. */
  readonly csv: string | null;
}

/** The place that a choice is about, within a sentence. */
export const placeOf = ({ department, unit, show }: Choice, of: Choosable, voice: ManagementVoice): string => {
  if (department === null) return inSentence(voice.say("whole"));
  const group = unitsIn(of, department, show).find((each) => unitKey(each) === unit);
  return group ? `${unitLabel(group, voice)} (${named(department)})` : named(department);
};

/** Says what is shown: what a form or a script has changed is heard, too. */
export const shownWords = (choice: Choice, of: Choosable, voice: ManagementVoice): string => {
  const { say } = voice;
  const wave = of.waves.find(({ id }) => id === choice.wave);
  return say("shown", {
    scale: voice.scale,
    show: inSentence(say(`show.${choice.show}`)),
    place: placeOf(choice, of, voice),
    by: say(`shown.by.${choice.by}`),
    waves: wave ? say("shown.wave", { wave: voice.text(wave.name) }) : say("shown.waves"),
  });
};

/** Filters, what they show, and the ways out of the page; `figure` is what the choice shows. */
export const explorer = (
  choice: Choice,
  of: Choosable,
  figure: Html,
  addresses: Addresses,
  voice: ManagementVoice,
): Html => {
  const { say, language } = voice;
  const filters = html`${filtersOf(choice, of, voice).map(filterOf)}`;
  const form =
    addresses.page === null
      ? html`<form class="filters" hidden aria-label="${say("filters")}">${filters}</form>`
      : html`<form class="filters" method="get" action="${addresses.page}#explore" aria-label="${say("filters")}"><input type="hidden" name="lang" value="${language}">${filters}<button>${say("showButton")}</button></form>`;
  const query = new URLSearchParams([["lang", language], ...addressOf(choice)]).toString();
  const csv =
    addresses.csv === null
      ? html`<a id="csv" hidden href="#">${say("csv")}</a>`
      : html`<a id="csv" href="${addresses.csv}?${query}">${say("csv")}</a>`;
  return html`<section id="explore" class="card" aria-label="${say("filters")}">
${form}
<p id="shown" class="note" role="status">${shownWords(choice, of, voice)}</p>
<div id="view">${figure}</div>
<p class="exports">${csv}<button id="png" type="button" hidden>${say("png")}</button></p>
</section>`;
};
