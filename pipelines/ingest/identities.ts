import type { DeliveredFile } from "../../src/store/deliveries/delivered-table.ts";
import type { IdentityColumns } from "../../src/store/persons/person-records.ts";
import type { MappedDelivery } from "./columns.ts";

/** A delivery whose columns have been found, wherever its file lies. */
export type OpenedDelivery = Omit<MappedDelivery, "file"> & { readonly file: DeliveredFile };

/**
 * Conditions by which a table's records of leaders about themselves are told from those of others: of columns that both
 * have conditions on. One of an own column, such as whether somebody finished, tells nothing of who answered.
 */
const ownConditions = ({ columns }: OpenedDelivery, others: readonly OpenedDelivery[]): IdentityColumns["own"] => {
  if (others.length === 0) return [];
  const conditions = columns.where.map(({ column, condition }) => ({ column, condition }));
  const shared = conditions.filter(({ column }) =>
    others.some((other) => other.columns.where.some((one) => one.column === column)),
  );
  return shared.length > 0 ? shared : conditions;
};

/** Where a table says who answered, in each of the deliveries that read it. */
export const identitiesOf = (mapped: readonly OpenedDelivery[]): readonly IdentityColumns[] => {
  const others = mapped.filter(({ delivery }) => delivery.rater !== "self");
  return mapped.map((one) => {
    const isSelf = one.delivery.rater === "self";
    const leader = one.columns.leader?.column ?? null;
    return {
      respondent: one.columns.respondent?.column ?? null,
      leader: isSelf ? leader : null,
      own: isSelf ? ownConditions(one, others) : [],
      rated: isSelf ? null : leader,
    };
  });
};

/** Deliveries of a file that read the same table of it. */
export const byTable = <D extends OpenedDelivery>(mapped: readonly D[]): readonly (readonly D[])[] => {
  const tables = new Map<string, D[]>();
  for (const one of mapped) {
    const table = JSON.stringify([one.file.path, one.delivery.reading]);
    tables.set(table, [...(tables.get(table) ?? []), one]);
  }
  return [...tables.values()];
};
