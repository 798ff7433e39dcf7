import { foldText, tidyText } from "../study/fold.ts";
import type { MissingKind } from "../study/study.ts";

type Meaning = { readonly kind: MissingKind; readonly phrases: readonly RegExp[] };

/**
 * Whole phrases only, so that an answer that merely contains one is left alone. A phrase that is also the end of a
 * common answer scale ("Not sure", "Trifft nicht zu", "Does not apply") is not here.
 */
const meanings: readonly Meaning[] = [
  {
    kind: "dont-know",
    phrases: [
      /^(det )?ved (jeg )?(ikke|ej)$/,
      /^jeg ved (det )?(ikke|ej)$/,
      /^ved (det )?ikke$/,
      /^(jeg )?kan ikke (vurdere|bedømme|svare)( det| dette| på det)?$/,
      /^((jeg|eg) )?(vet|veit) (ikke|ikkje)$/,
      /^((jeg|eg) )?kan (ikke|ikkje) vurdere( det| dette)?$/,
      /^(jag )?vet (ej|inte)$/,
      /^(jag )?kan (ej|inte) (bedöma|svara)( det| detta)?$/,
      /^(das )?wei(ß|ss) (ich )?(es )?nicht$/,
      /^ich wei(ß|ss) (es )?nicht$/,
      /^((das )?kann ich|ich kann( das)?|kann) nicht beurteilen$/,
      /^(i )?(do not|dont) know$/,
      /^(i )?(cannot|can not|cant) (say|judge|rate|assess)( this| that)?$/,
      /^unable to (say|judge|rate|assess)$/,
    ],
  },
  {
    kind: "prefer-not-to-say",
    phrases: [
      /^(jeg )?(ønsker|foretrækker) (ikke|ej) at (svare|besvare|oplyse|sige)( det| dette| på dette| på spørgsmålet| spørgsmålet)?$/,
      /^(jeg )?foretrækker at (ikke|undlade at) (svare|besvare|oplyse|sige)( det| dette)?$/,
      /^(jeg )?vil (helst )?(ikke|ej) (svare|besvare|oplyse|sige)( det| dette| på dette| på spørgsmålet)?$/,
      /^((jeg|eg) )?(ønsker|ønskjer) (ikke|ikkje) å (svare|oppgi|oppgje|si|seie)( det| dette| på dette)?$/,
      /^((jeg|eg) )?vil (helst )?(ikke|ikkje) (svare|oppgi|oppgje|si|seie)( det| dette| på dette)?$/,
      /^((jeg|eg) )?foretrekker (å ikke|ikke å) (svare|oppgi|si)$/,
      /^(jag )?vill (helst )?(inte|ej) (svara|uppge|säga)( det| detta| på frågan)?$/,
      /^(jag )?önskar (inte|ej) (att )?(svara|uppge)( det| detta)?$/,
      /^(jag )?föredrar att inte (svara|uppge|säga)( det| detta)?$/,
      /^keine angaben?$/,
      /^k ?a$/,
      /^(ich )?(möchte|will) (ich )?(das |dies |es )?(lieber )?nicht (antworten|beantworten|sagen|angeben)$/,
      /^(ich )?möchte (dazu )?keine angaben? machen$/,
      /^((i|id|i would|would) )?(prefer|rather) not( to)? (say|answer|respond|disclose|state|specify|share)( this)?$/,
      /^(i )?(do not|dont) (wish|want) to (say|answer|respond|disclose|state)( this)?$/,
      /^(i )?(refuse|decline) to (say|answer|respond|state)$/,
      /^refused$/,
    ],
  },
  {
    kind: "not-applicable",
    phrases: [
      /^(ikke|ikkje|ej|inte) (relevant|aktuelt|aktuel|aktuellt)( (for|för) (mig|meg|meg selv|os|oss|min leder))?$/,
      /^nicht (relevant|anwendbar)$/,
      /^not (applicable|relevant)( (to|for) (me|us))?$/,
      /^n ?\/ ?a$/,
      /^n ?a$/,
    ],
  },
  { kind: "not-asked", phrases: [/^ikke (stillet|spurgt)$/, /^(ikke|ikkje) spurt$/, /^not asked$/] },
  {
    kind: "blank",
    phrases: [
      /^(ubesvaret|ubesvart|obesvarad)$/,
      /^(ikke|ej|inte) (besvaret|besvart|besvarad)$/,
      /^(not answered|no answer|seen but (unanswered|not answered)( question)?)$/,
      /^keine antwort$/,
    ],
  },
];

/** What says nothing alone, and takes nothing away from a "don't know" that it follows. */
const companions = /^(not sure|unsure|usikker|ikke sikker|osäker|unsicher|no opinion|ingen mening|ingen holdning)$/;

const meaningOf = (phrase: string): MissingKind | null =>
  meanings.find(({ phrases }) => phrases.some((one) => one.test(phrase)))?.kind ?? null;

/** Apostrophes and full stops are written or not; a bracket explains; a number at the front repeats the code. */
const barePhrase = (label: string): string => {
  const folded = foldText(label).replace(/^\d+ ?[.:=)-] ?/, "");
  const outside = tidyText(folded.replace(/\([^()]*\)/g, " "));
  return tidyText((outside === "" ? folded : outside).replace(/['".!?*()]/g, ""));
};

/** No label of this length means only that an answer is missing. */
const longest = 200;

/** The kind of missing that a label stands for by its words, as surveys write it in the Nordic languages, German and English. */
export const missingByLabel = (label: string): MissingKind | null => {
  if (label.length > longest) return null;
  const phrase = barePhrase(label);
  const whole = meaningOf(phrase);
  if (whole !== null) return whole;
  const [first, ...others] = phrase.split(/ ?[/,;|] ?| - | (?:eller|or|oder|och|og|and) /);
  const kind = meaningOf(first ?? "");
  return others.every((part) => meaningOf(part) !== null || companions.test(part)) ? kind : null;
};
