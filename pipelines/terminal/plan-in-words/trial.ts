import type { Language } from "../../../src/errors.ts";
import type { Study } from "../../../src/study/study.ts";
import { byLeader, lines, placeholder, raters, type Say, units } from "./facts.ts";

export const armNames = ({ arms }: Study, language: Language): string =>
  arms.length === 0
    ? language === "da"
      ? "Ingen arme."
      : "No arms."
    : lines(
        arms.map(
          ({ id, name, control }) =>
            `${name[language]} (${id}${control ? `; ${language === "da" ? "kontrol" : "control"}` : ""})`,
        ),
      );

export const allocationText =
  (language: Language): Say =>
  ({ study, enrolment }) => {
    const da = language === "da";
    if (study.allocation === null) return da ? "Ingen arme." : "No arms.";
    if (!study.allocation.randomised)
      return da
        ? `Ikke tilfældig: arme blev givet til ${units(enrolment, language)} uden lodtrækning. Forskelle mellem armene er ikke i sig selv effekter.`
        : `Not by chance: arms were given to ${units(enrolment, language)} without a draw. Differences between arms are not in themselves effects.`;
    const within =
      enrolment.blocks.length === 0
        ? da
          ? "uden blokke"
          : "without blocks"
        : da
          ? `inden for ${enrolment.blocks.length} blokke (${enrolment.blocks.join(", ")})`
          : `within ${enrolment.blocks.length} blocks (${enrolment.blocks.join(", ")})`;
    const { record } = enrolment;
    const how = record
      ? da
        ? `Trukket ${record.assigned.slice(0, 10)} af \`spejl randomise\` med frø ${record.seed}; lodtrækningen kan gentages.`
        : `Drawn ${record.assigned.slice(0, 10)} by \`spejl randomise\` from seed ${record.seed}; the draw can be repeated.`
      : placeholder(language, da ? "hvem trak lod, hvornår og hvordan" : "who drew, when and how");
    return da
      ? `Lodtrækning af ${units(enrolment, language)}, ${within}. ${how}`
      : `Random assignment of ${units(enrolment, language)}, ${within}. ${how}`;
  };

export const sizeText =
  (language: Language): Say =>
  ({ enrolment }) => {
    const da = language === "da";
    if (enrolment.leaders === null)
      return placeholder(language, da ? "antal ledere og enheder" : "numbers of leaders and units");
    const leaders = da ? `${enrolment.leaders} ledere` : `${enrolment.leaders} leaders`;
    return !byLeader(enrolment)
      ? `${leaders}, ${enrolment.units} ${da ? "enheder" : "units"} (${enrolment.by})`
      : leaders;
  };

export const armSizes =
  (language: Language): Say =>
  ({ enrolment }) => {
    const da = language === "da";
    if (enrolment.arms.length === 0)
      return placeholder(language, da ? "ledere og enheder i hver arm" : "leaders and units in each arm");
    return lines(
      enrolment.arms.map(({ arm, leaders, units: count }) =>
        [
          `${arm}: ${leaders} ${da ? "ledere" : "leaders"}`,
          ...(byLeader(enrolment) ? [] : [`${count} ${da ? "enheder" : "units"}`]),
        ].join(", "),
      ),
    );
  };

export const designText =
  (language: Language): Say =>
  ({ study, enrolment }) => {
    const da = language === "da";
    const baseline = study.waves.find((wave) => wave.baseline)?.id;
    const kind =
      study.arms.length === 0
        ? da
          ? "Undersøgelse uden arme"
          : "Survey without arms"
        : study.allocation?.randomised
          ? da
            ? "Klyngerandomiseret forsøg"
            : "Cluster-randomised trial"
          : da
            ? "Sammenligning af arme uden lodtrækning"
            : "Comparison of arms without random assignment";
    const level = da ? `Klynger: ${units(enrolment, language)}.` : `Clusters: ${units(enrolment, language)}.`;
    const measured = da
      ? `${study.waves.length} målinger${baseline ? `, heraf ${baseline} som baseline` : ""}.`
      : `${study.waves.length} waves${baseline ? `, of which ${baseline} is the baseline` : ""}.`;
    return `${kind}. ${level} ${measured}`;
  };

export const collectionText =
  (language: Language): Say =>
  ({ study }) =>
    lines(
      study.waves.map((wave) => {
        const asked = [
          ...new Set(
            study.deliveries.filter((one) => one.wave === wave.id).map(({ rater }) => raters[language][rater]),
          ),
        ];
        const who =
          asked.length === 0
            ? placeholder(language, language === "da" ? "hvem der svarer" : "who answers")
            : asked.join(", ");
        return `${wave.id}${wave.baseline ? " (baseline)" : ""}: ${wave.from} – ${wave.to}; ${who}`;
      }),
    );
