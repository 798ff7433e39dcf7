/** A text as it is shown: marks that nobody sees left out, every kind of space and line break one space, none at the ends. */
export const tidyText = (text: string): string =>
  text
    .replace(/\p{Cf}/gu, "")
    .normalize("NFC")
    .replace(/[\s\u0085]+/g, " ")
    .trim();

/** A text by which labels and names are compared: tidy, in lower case, with straight quotation marks and hyphens. */
export const foldText = (text: string): string =>
  tidyText(text)
    .toLowerCase()
    .normalize("NFC")
    .replace(/[‘’‚‛′´`ʼ＇]/g, "'")
    .replace(/[“”„‟″«»＂]/g, '"')
    .replace(/[‐‑‒–—―−﹘﹣－]/g, "-");
