/** A cell of a CSV file in quotes. */
export const quotedCell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** A cell of a CSV file, in quotes where it needs them. */
export const csvCell = (text: string, separator: string): string =>
  text.includes(separator) || /["\r\n]/.test(text) ? quotedCell(text) : text;
