import { type Place, Refusal } from "../../errors.ts";
import { damaged, exceeded, limits } from "./damage.ts";
import { type Attributes, ignoreText, localName, walkXml } from "./xml.ts";
import { type Archive, openArchive, partName } from "./zip.ts";

/** The parts of a workbook that hold a table. */
export interface WorkbookParts {
  readonly archive: Archive;
  readonly sheets: readonly { readonly name: string; readonly hidden: boolean; readonly part: string }[];
  readonly sharedStrings: string | null;
  readonly styles: string | null;
  /** Whether days are counted from 1904, as old Macintosh workbooks do. */
  readonly from1904: boolean;
}

interface Relationship {
  /** The last word of its type, which is the same in both namespaces. */
  readonly type: string;
  readonly target: string;
  readonly external: boolean;
}

const folderOf = (part: string): string => part.slice(0, part.lastIndexOf("/") + 1);

const resolved = (from: string, target: string): string => {
  const steps: string[] = [];
  const absolute = /^[\\/]/.test(target) ? target : folderOf(from) + target;
  for (const step of partName(absolute).split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "." && step !== "") steps.push(step);
  }
  return steps.join("/");
};

const relationshipsOf = (place: Place, archive: Archive, part: string): ReadonlyMap<string, Relationship> => {
  const file = `${folderOf(part)}_rels/${part.slice(folderOf(part).length)}.rels`;
  const found = new Map<string, Relationship>();
  if (!archive.names.has(file)) return found;
  const open = (path: readonly string[], { Id, Type, Target, TargetMode }: Attributes): void => {
    if (path.at(-1) !== "Relationship" || Id === undefined || Target === undefined) return;
    const type = Type?.slice(Type.lastIndexOf("/") + 1) ?? "";
    found.set(Id, { type, target: resolved(part, Target), external: TargetMode?.toLowerCase() === "external" });
  };
  walkXml(place, archive.read(file), { open, text: ignoreText, close: ignoreText });
  return found;
};

const macroEnabled = (archive: Archive): boolean => {
  const types = "[content_types].xml";
  if ([...archive.names].some((name) => name.endsWith("vbaproject.bin"))) return true;
  return (
    archive.names.has(types) &&
    /application\/vnd\.ms-excel\.(sheet|template)\.macroEnabled\.main\+xml/i.test(
      new TextDecoder().decode(archive.read(types)),
    )
  );
};

const isOtherSpreadsheet = (names: ReadonlySet<string>): boolean =>
  names.has("xl/workbook.bin") || (names.has("content.xml") && names.has("meta-inf/manifest.xml"));

/** The part that lists the sheets; refuses an archive that is no workbook, or one of another kind. */
const workbookPart = (place: Place, archive: Archive): string => {
  const refuse = (what: "macro-workbook" | "other-spreadsheet" | "zip") =>
    new Refusal({ code: "not-a-table", place, what });
  if (isOtherSpreadsheet(archive.names)) throw refuse("other-spreadsheet");
  if (![...archive.names].some((name) => name.startsWith("xl/") || name === "_rels/.rels")) throw refuse("zip");
  if (macroEnabled(archive)) throw refuse("macro-workbook");
  const office = [...relationshipsOf(place, archive, "").values()].find(({ type }) => type === "officeDocument");
  if (office && !office.external && /^(word|ppt|visio)\//.test(office.target)) throw refuse("zip");
  return office?.target ?? "xl/workbook.xml";
};

interface ListedSheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly id: string;
}

/** The relationship's id is the only prefixed `id`; the prefix is the writer's choice. */
const relationshipId = (attributes: Attributes): string => {
  const name = Object.keys(attributes).find((each) => each.includes(":") && localName(each) === "id");
  return name === undefined ? "" : (attributes[name] ?? "");
};

const readSheetList = (place: Place, part: Uint8Array) => {
  const sheets: ListedSheet[] = [];
  let from1904 = false;
  const open = (path: readonly string[], attributes: Attributes): void => {
    const name = path.at(-1);
    if (name === "workbookPr") from1904 = /^(1|true|on)$/i.test(attributes["date1904"] ?? "");
    if (name !== "sheet" || path.at(-2) !== "sheets") return;
    const hidden = /^(hidden|veryHidden)$/i.test(attributes["state"] ?? "");
    sheets.push({ name: attributes["name"] ?? "", hidden, id: relationshipId(attributes) });
    if (sheets.length > limits.entries) throw exceeded(place, "entries");
  };
  walkXml(place, part, { open, text: ignoreText, close: ignoreText });
  return { sheets, from1904 };
};

/** Opens a workbook and finds its parts. Sheets of charts and dialogues hold no table and are left out. */
export const openWorkbook = (place: Place, bytes: Uint8Array): WorkbookParts => {
  const archive = openArchive(place, bytes);
  const workbook = workbookPart(place, archive);
  const related = relationshipsOf(place, archive, workbook);
  const { sheets, from1904 } = readSheetList(place, archive.read(workbook));
  const partOf = (id: string): Relationship => {
    const relationship = related.get(id);
    if (!relationship) throw damaged(place, "part-missing");
    if (relationship.external) throw damaged(place, "part-external");
    return relationship;
  };
  const only = (type: string): string | null => {
    const found = [...related.values()].find((each) => each.type === type);
    if (found?.external) throw damaged(place, "part-external");
    return found?.target ?? null;
  };
  return {
    archive,
    sheets: sheets.flatMap(({ id, ...sheet }) => {
      const { type, target } = partOf(id);
      return type === "worksheet" ? [{ ...sheet, part: target }] : [];
    }),
    sharedStrings: only("sharedStrings"),
    styles: only("styles"),
    from1904,
  };
};
