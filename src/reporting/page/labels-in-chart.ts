import type { Theme } from "./theme.ts";

/** A text at a place of a chart, in px; `colour` is a token of the theme. */
export interface Label {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly align: "left" | "center" | "right";
  readonly weight: number;
  readonly size: number;
  readonly colour: string;
}

export const ink = "#1B2130";
export const ink2 = "#4A5163";
export const ink3 = "#666D7E";
export const plum = "#5A2A5B";

/** Breaks a text at spaces into lines no wider than `width` px; a longer word stands alone. */
export const wrap = (text: string, width: number, size: number, bold: boolean, theme: Theme): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && theme.width(longer, size, bold) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
};

/** A text in as many lines as `width` asks for, centred on `y`. */
export const block = (label: Label, width: number, theme: Theme): readonly Label[] => {
  const lineHeight = label.size * 1.15;
  const lines = wrap(label.text, width, label.size, label.weight >= 550, theme);
  return lines.map((text, index) => ({ ...label, text, y: label.y + (index - (lines.length - 1) / 2) * lineHeight }));
};
