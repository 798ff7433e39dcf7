/** Words above and below a chart that has left its page: what it shows, and of whom. */
export interface Caption {
  readonly title: string;
  readonly sub: string;
  readonly note: string;
}

const serif = '"Source Serif 4 Variable", Georgia, serif';
const sans = '"Source Sans 3 Variable", "Segoe UI", Arial, sans-serif';

/** A text in lines no wider than a picture. */
const linesOf = (text: string, width: number, context: CanvasRenderingContext2D): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.split(/[ \n]+/)) {
    const joined = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && context.measureText(joined).width <= width) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  return lines;
};

/** A chart on white with its words, at twice the size of the screen. */
export const pictureOf = (chart: HTMLCanvasElement, { title, sub, note }: Caption): HTMLCanvasElement => {
  const picture = document.createElement("canvas");
  const context = picture.getContext("2d")!;
  const margin = 40;
  const width = chart.width + 2 * margin;
  const parts = [
    { text: title, font: `600 38px ${serif}`, line: 48, color: "#1B2130" },
    { text: sub, font: `400 28px ${sans}`, line: 40, color: "#4A5163" },
    { text: note, font: `400 26px ${sans}`, line: 36, color: "#666D7E" },
  ].map((part) => {
    context.font = part.font;
    return { ...part, lines: linesOf(part.text, width - 2 * margin, context) };
  });
  const heights = parts.map(({ lines, line }) => lines.length * line);
  picture.width = width;
  picture.height = chart.height + heights.reduce((sum, each) => sum + each, 0) + 4 * margin;
  context.fillStyle = "#FFF";
  context.fillRect(0, 0, width, picture.height);
  context.textBaseline = "top";
  let y = margin;
  for (const [at, { lines, line, font, color }] of parts.entries()) {
    if (at === parts.length - 1) {
      context.drawImage(chart, margin, y + margin / 2);
      y += chart.height + margin;
    }
    context.font = font;
    context.fillStyle = color;
    for (const text of lines) {
      context.fillText(text, margin, y);
      y += line;
    }
  }
  return picture;
};
