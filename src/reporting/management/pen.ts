import type { Language } from "../../errors.ts";
import type { Assets } from "../page/assets.ts";
import { chart } from "../page/chart.ts";
import type { ChartSpec } from "../page/chart-parts.ts";
import { themeOf } from "../page/theme.ts";
import { wordsOf } from "../page/words.ts";
import { type ManagementVoice, managementVoice, type Pen, type Spoken, type Words } from "./voice.ts";

const penOf = (language: Language, assets: Assets): Pen => {
  const theme = themeOf(assets);
  return {
    measure: (text, size, weight) => theme.width(text, size, weight >= 550),
    draw: (name, data, options) => {
      const spec: ChartSpec = JSON.parse(assets.text(`reports/management/charts/${name}.vl.json`));
      return chart(spec, data, { theme, language, ...options });
    },
  };
};

/** The voice of a page that is made here, of the files of the package. */
export const voiceFrom = (about: Spoken, language: Language, assets: Assets): ManagementVoice =>
  managementVoice(about, language, wordsOf<Words>("management", language, assets), penOf(language, assets));
