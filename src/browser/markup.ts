const namespaces: Readonly<Record<string, string>> = {
  svg: "http://www.w3.org/2000/svg",
  html: "http://www.w3.org/1999/xhtml",
};
const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
/** Elements without an end. */
const empty = new Set(["input", "br"]);

const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name]!);

const attributesOf = (element: Element, text: string): void => {
  for (const [, name, value = ""] of text.matchAll(/([\w:-]+)(?:="([^"]*)")?/g))
    element.setAttribute(name!, unescaped(value));
};

/**
 * Own markup as nodes. Well formed, made of text that was escaped: a page that lets no text become markup takes it so,
 * element by element.
 */
export const fragmentOf = (markup: string): DocumentFragment => {
  const fragment = document.createDocumentFragment();
  const open: (DocumentFragment | Element)[] = [fragment];
  for (const [, end, name, attributes = "", closed, text] of markup.matchAll(
    /<(\/?)([\w:-]+)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(\/?)>|([^<]+)/g,
  )) {
    const into = open.at(-1)!;
    if (text !== undefined) into.append(unescaped(text));
    else if (end === "/") open.pop();
    else {
      const isDrawing = name === "svg" || (into instanceof Element && into.namespaceURI === namespaces["svg"]);
      const element = document.createElementNS(namespaces[isDrawing ? "svg" : "html"]!, name!);
      attributesOf(element, attributes);
      into.append(element);
      if (closed !== "/" && !empty.has(name!)) open.push(element);
    }
  }
  return fragment;
};
