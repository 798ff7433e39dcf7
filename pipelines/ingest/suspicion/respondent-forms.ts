import { bareId } from "../../../src/study/nearest.ts";

/** Respondents whose id may be another's written otherwise, each by pseudonym: of the id as it is, and of the bare one. */
export type RespondentForms = ReadonlyMap<string, string>;

/** So many are remembered; a file in which more ids are such shows it long before. */
const mostForms = 1 << 16;

/** As a spreadsheet or a program may write a number. */
const otherForm = /^(0\d+|\d+[.,]0+)$/;
const zero = 48;

/** Remembers ids with leading zeros or a fraction of zeros. */
export const respondentForms = (pseudonym: (id: string) => string) => {
  const forms = new Map<string, string>();
  return {
    forms,
    see: (id: string, hidden: string): void => {
      if (id.charCodeAt(0) !== zero && id.charCodeAt(id.length - 1) !== zero) return;
      if (forms.size >= mostForms || !otherForm.test(id) || forms.has(hidden)) return;
      forms.set(hidden, pseudonym(bareId(id)));
    },
  };
};
