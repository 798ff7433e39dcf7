import type { FileRecord } from "../../errors.ts";
import type { ByteSource } from "./byte-source.ts";
import { extensionKind } from "./faults.ts";
import type { Header } from "./header.ts";
import { type LabelRecord, readLabels } from "./label-records.ts";
import { type RecordReader, recordReader } from "./record-reader.ts";
import { readVariable, slotsOf, type VariableRecord } from "./variable-records.ts";

/** A record of type 7 that is read. */
export interface Extension {
  readonly bytes: Buffer;
  readonly record: FileRecord;
}

/** All that stands before the cases, texts not yet decoded. */
export interface Dictionary {
  readonly variables: readonly VariableRecord[];
  readonly labels: readonly LabelRecord[];
  /** By subtype; several of one subtype are read as one. */
  readonly extensions: ReadonlyMap<number, Extension>;
  /** Counts what is made of the extensions towards the same limit. */
  readonly spend: RecordReader["spend"];
}

/** Code page, special numbers, long names, very long strings, encoding, labels and missing values of long strings. */
const extensionsRead: ReadonlySet<number> = new Set([3, 4, 13, 14, 20, 21, 22]);
const documentLine = 80;

/** Bytes of an entry, and how many entries there are at least, where a record without them would be passed over. */
const layouts: ReadonlyMap<number, { readonly size: number; readonly least: number }> = new Map([
  [3, { size: 4, least: 8 }],
  [4, { size: 8, least: 3 }],
]);

const readExtension = async (reader: RecordReader, extensions: Map<number, Extension>): Promise<void> => {
  reader.begun("extension");
  const subtype = await reader.integer();
  const record = reader.begun(extensionKind(subtype));
  const size = await reader.integer();
  const count = await reader.integer();
  if (size < 0 || count < 0) throw reader.fault("spss-count");
  if (!extensionsRead.has(subtype)) return reader.skip(size * count);
  const layout = layouts.get(subtype);
  if (layout && (size !== layout.size || count < layout.least)) throw reader.fault("spss-count");
  const before = extensions.get(subtype);
  const bytes = await reader.keep(size * count);
  if (before) reader.spend(before.bytes.length);
  extensions.set(subtype, before ? { ...before, bytes: Buffer.concat([before.bytes, bytes]) } : { bytes, record });
};

const readDocuments = async (reader: RecordReader): Promise<void> => {
  reader.begun("documents");
  await reader.skip(documentLine * (await reader.integer()));
};

/** Reads variables and sees that a string is followed by as many records as it needs. */
const variableList = (reader: RecordReader) => {
  const variables: VariableRecord[] = [];
  let open = 0;
  const read = async (): Promise<void> => {
    reader.begun("variable", variables.length + (open > 0 ? 0 : 1));
    const variable = await readVariable(reader);
    if ((variable === null) !== open > 0) throw reader.fault("spss-dictionary");
    open = variable ? slotsOf(variable.width) - 1 : open - 1;
    if (variable) variables.push(variable);
  };
  const finish = (): readonly VariableRecord[] => {
    if (open > 0 || variables.length === 0) throw reader.fault("spss-dictionary");
    return variables;
  };
  return { read, finish };
};

/** The records after the header, up to the first byte of the cases. */
export const readDictionary = async (file: string, source: ByteSource, header: Header): Promise<Dictionary> => {
  const reader = recordReader(file, source, header.little);
  const variables = variableList(reader);
  const labels: LabelRecord[] = [];
  const extensions = new Map<number, Extension>();
  for (let type = await reader.type(); type !== 999; type = await reader.type()) {
    if (type === 2) await variables.read();
    else if (type === 3) labels.push(await readLabels(reader, labels.length + 1));
    else if (type === 6) await readDocuments(reader);
    else if (type === 7) await readExtension(reader, extensions);
    else throw reader.fault("spss-record-type");
  }
  const all = variables.finish();
  await reader.skip(4);
  return { variables: all, labels, extensions, spend: reader.spend };
};
