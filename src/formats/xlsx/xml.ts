import { SaxesParser, type SaxesTagPlain } from "saxes";
import { type Place, Refusal } from "../../errors.ts";
import { markedEncoding } from "../encoding.ts";
import { damaged } from "./damage.ts";

export type Attributes = Readonly<Record<string, string>>;

/** What is done at each element; `path` holds the names of those around it, itself last, without prefixes. */
export interface XmlVisitor {
  readonly open: (path: readonly string[], attributes: Attributes) => void;
  readonly text: (text: string, path: readonly string[]) => void;
  readonly close: (path: readonly string[]) => void;
}

const chunkSize = 1 << 16;
const deepest = 100;
/** Pieces of a part in which no element starts or ends: one element, text or comment is never that long. */
const longestSilence = 16;

export const localName = (name: string): string => {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
};

const decoderOf = (part: Uint8Array): InstanceType<typeof TextDecoder> => {
  const encoding = markedEncoding(part)?.encoding;
  return new TextDecoder(encoding === "utf-16le" || encoding === "utf-16be" ? encoding : "utf-8", { fatal: true });
};

/**
 * Walks through an XML part, decoding it piece by piece. Elements are told by their local names, because a workbook may
 * be written in the transitional or the strict namespace, with or without a prefix. A document type definition is
 * refused, so no entity is ever defined.
 */
export const walkXml = (place: Place, part: Uint8Array, visitor: XmlVisitor): void => {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const path: string[] = [];
  let silence = 0;
  const refuse = (): never => {
    throw damaged(place, "xml-malformed");
  };
  // More than seven handlers would make the parser's object a slow one (V8), and reading five times as long.
  parser.on("error", refuse);
  parser.on("doctype", () => {
    throw damaged(place, "xml-doctype");
  });
  parser.on("opentag", (tag: SaxesTagPlain) => {
    silence = 0;
    path.push(localName(tag.name));
    if (path.length > deepest) refuse();
    visitor.open(path, tag.attributes);
  });
  parser.on("text", (text) => visitor.text(text, path));
  parser.on("cdata", (text) => visitor.text(text, path));
  parser.on("closetag", () => {
    silence = 0;
    visitor.close(path);
    path.pop();
  });
  try {
    const decoder = decoderOf(part);
    for (let at = 0; at < part.length; at += chunkSize) {
      silence += 1;
      if (silence > longestSilence) refuse();
      parser.write(decoder.decode(part.subarray(at, at + chunkSize), { stream: true }));
    }
    parser.write(decoder.decode());
    if (!/^utf-?(8|16)/i.test(parser.xmlDecl.encoding ?? "utf-8")) refuse();
    parser.close();
  } catch (error) {
    throw error instanceof Refusal ? error : notXml(place, error);
  }
};

/** The decoder throws a TypeError on bytes that are no text; anything else is a fault of ours. */
const notXml = (place: Place, error: unknown): unknown =>
  error instanceof TypeError && "code" in error ? damaged(place, "xml-malformed") : error;

export const ignoreText = (): void => {};
