import { type Place, Refusal } from "../errors.ts";

const delimited = ["csv", "tsv", "txt"] as const;

/** The format of a delivery by the ending of its name. Throws a Refusal for one that is not built yet, naming it. */
export const deliveryFormat = (file: string, place: Place): "delimited" => {
  const ending = /\.([^./\\]+)$/.exec(file)?.[1]?.toLowerCase() ?? "";
  if (ending === "" || (delimited as readonly string[]).includes(ending)) return "delimited";
  throw new Refusal({ code: "not-built-yet", place, what: `.${ending}`, available: delimited.map((one) => `.${one}`) });
};
