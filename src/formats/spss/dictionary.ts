import type { ByteSource } from "./byte-source.ts";
import { damaged } from "./faults.ts";
import type { Header } from "./header.ts";
import { type LabelRecord, readLabels } from "./label-records.ts";
import { type RecordReader, recordReader } from "./record-reader.ts";
import { readVariable, slotsOf, type VariableRecord } from "./variable-records.ts";

/** All that stands before the cases, texts not yet decoded. */
export interface Dictionary {
  readonly variables: readonly VariableRecord[];
  readonly labels: readonly LabelRecord[];
  /** By subtype; several of one subtype are read as one. */
  readonly extensions: ReadonlyMap<number, Buffer>;
  /** Counts what is made of the extensions towards the same limit. */
  readonly spend: RecordReader["spend"];
}

/** Code page, special numbers, long names, very long strings, encoding, labels and missing values of long strings. */
const extensionsRead: ReadonlySet<number> = new Set([3, 4, 13, 14, 20, 21, 22]);
const documentLine = 80;

const readExtension = async (reader: RecordReader, extensions: Map<number, Buffer>): Promise<void> => {
  const subtype = await reader.integer();
  const size = await reader.integer();
  const count = await reader.integer();
  if (size < 0 || count < 0) throw damaged(reader.file, "spss-dictionary");
  if (!extensionsRead.has(subtype)) return reader.skip(size * count);
  const before = extensions.get(subtype);
  const bytes = await reader.keep(size * count);
  if (before) reader.spend(before.length);
  extensions.set(subtype, before ? Buffer.concat([before, bytes]) : bytes);
};

/** Reads variables and sees that a string is followed by as many records as it needs. */
const variableList = (reader: RecordReader) => {
  const variables: VariableRecord[] = [];
  let open = 0;
  const read = async (): Promise<void> => {
    const variable = await readVariable(reader);
    if ((variable === null) !== open > 0) throw damaged(reader.file, "spss-dictionary");
    open = variable ? slotsOf(variable.width) - 1 : open - 1;
    if (variable) variables.push(variable);
  };
  const finish = (): readonly VariableRecord[] => {
    if (open > 0 || variables.length === 0) throw damaged(reader.file, "spss-dictionary");
    return variables;
  };
  return { read, finish };
};

/** The records after the header, up to the first byte of the cases. */
export const readDictionary = async (file: string, source: ByteSource, header: Header): Promise<Dictionary> => {
  const reader = recordReader(file, source, header.little);
  const variables = variableList(reader);
  const labels: LabelRecord[] = [];
  const extensions = new Map<number, Buffer>();
  for (let type = await reader.integer(); type !== 999; type = await reader.integer()) {
    if (type === 2) await variables.read();
    else if (type === 3) labels.push(await readLabels(reader));
    else if (type === 6) await reader.skip(documentLine * (await reader.integer()));
    else if (type === 7) await readExtension(reader, extensions);
    else throw damaged(file, "spss-dictionary");
  }
  await reader.skip(4);
  return { variables: variables.finish(), labels, extensions, spend: reader.spend };
};
