import { createHash } from "node:crypto";

/** File systems take 255 bytes; an ending and `.partial` stand behind the name. */
const longest = 200;
const kept = 100;

const escaped = (id: string): string =>
  Array.from(Buffer.from(id), (byte, place) => {
    const letter = String.fromCharCode(byte);
    const plain = /[A-Za-z0-9_-]/.test(letter) || (letter === "." && place > 0);
    return plain ? letter : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");

/** A file's name for an id of any characters: the same for the same id, another for another, never a path. */
export const fileNameOf = (id: string): string => {
  const name = escaped(id);
  if (name.length <= longest) return name;
  return `${name.slice(0, kept)}-${createHash("sha256").update(id).digest("hex").slice(0, 32)}`;
};
