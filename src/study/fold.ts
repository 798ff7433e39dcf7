/** A text without what readers do not see: NFC, spaces of any kind as one, no zero-width characters, trimmed. */
export const cleanText = (text: string): string =>
  text
    .normalize("NFC")
    .replace(/[\u200B-\u200D\u2060\uFEFF\u00AD]/g, "")
    .replace(/\s+/g, " ")
    .trim();

/** As `cleanText`, in lower case and with plain quotation marks and dashes: by it labels are compared. */
export const foldText = (text: string): string =>
  cleanText(text)
    .toLowerCase()
    .replace(/[‘’´`]/g, "'")
    .replace(/[“”„]/g, '"')
    .replace(/[‐‑‒–—]/g, "-");
