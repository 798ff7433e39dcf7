import { publishedIn } from "../../../disclosure/published.ts";
import { type Html, html } from "../../page/html.ts";
import { formatNumber } from "../../page/locale.ts";
import { dataTable } from "../../page/page.ts";
import { ofFact } from "../../page/source.ts";
import type { ManagementVoice } from "../voice.ts";
import type { Dose } from "./model.ts";

/** How often leaders came, by arm; null where the study does not know. */
export const doseTable = (dose: readonly Dose[], voice: ManagementVoice): Html | null => {
  if (!dose.some(({ attended }) => attended.state === "shown")) return null;
  const rows = dose.map(({ arm, attended }) => {
    const shown = publishedIn(attended);
    if (shown === null) return [voice.arm(arm), voice.say("hidden"), voice.say("hidden")];
    const sessions = ofFact(shown.part("sessions"), (value) => formatNumber(value, 1, voice.language));
    return [voice.arm(arm), sessions, voice.count(shown.part("leaders"))];
  });
  return html`<section aria-labelledby="dose-t"><h2 id="dose-t">${voice.say("doseTitle")}</h2>
<p class="sub">${voice.say("doseSub")}</p>
${dataTable({
  caption: voice.say("doseTable"),
  columns: [voice.say("columnArm"), voice.say("columnSessions"), voice.say("columnLeaders")],
  rows,
})}
<p class="note">${voice.say("doseNote")}</p></section>`;
};
