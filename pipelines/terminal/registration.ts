import type { Language } from "../../src/errors.ts";
import { type PlanFacts, placeholder, type Topic } from "./plan-in-words/facts.ts";
import { tellTopic } from "./plan-in-words/topics.ts";

export const registrationFormats = ["osf", "aea", "markdown"] as const;
export type RegistrationFormat = (typeof registrationFormats)[number];

/** A heading of a form, and what a study says under it; what only people know is asked for. */
interface Field {
  readonly heading: string;
  readonly topics: readonly Topic[];
  readonly ask?: string;
}
interface Section {
  readonly heading: string;
  readonly fields: readonly Field[];
}

const field = (heading: string, ...topics: readonly Topic[]): Field => ({ heading, topics });
const asked = (heading: string, ask: string, ...topics: readonly Topic[]): Field => ({ heading, topics, ask });

const osf: readonly Section[] = [
  {
    heading: "Study Information",
    fields: [
      field("Title", "title"),
      asked("Description", "background and research question", "design"),
      field("Hypotheses", "questions"),
    ],
  },
  {
    heading: "Design Plan",
    fields: [
      field("Study type", "design"),
      asked("Blinding", "who does not know the arms"),
      asked("Is there any additional blinding in this study?", "further blinding, or none"),
      field("Study design", "design", "arms"),
      field("Randomization", "allocation"),
    ],
  },
  {
    heading: "Sampling Plan",
    fields: [
      field("Existing Data", "existing"),
      field("Explanation of existing data", "lock"),
      asked("Data collection procedures", "how leaders and employees are invited", "collection"),
      field("Sample size", "size", "arm-sizes"),
      asked("Sample size rationale", "for instance from `spejl power`"),
      asked("Stopping rule", "when collection ends"),
    ],
  },
  {
    heading: "Variables",
    fields: [
      asked("Manipulated variables", "what the training of each arm is", "arms"),
      field("Measured variables", "primary", "secondary", "covariates"),
      field("Indices", "scoring"),
    ],
  },
  {
    heading: "Analysis Plan",
    fields: [
      field("Statistical models", "estimator", "covariates", "beside"),
      field("Transformations", "scoring"),
      field("Inference criteria", "inference"),
      field("Data exclusion", "exclusion"),
      field("Missing data", "missing"),
      field("Exploratory analysis", "exploratory"),
    ],
  },
  { heading: "Other", fields: [field("Other", "lock")] },
];

const aea: readonly Section[] = [
  {
    heading: "General Information",
    fields: [
      field("Title", "title"),
      asked("Country", "where"),
      asked("Status", "in development, on going, completed or withdrawn"),
      asked("Keywords", "keywords"),
      asked("JEL code(s)", "codes"),
      asked("Abstract", "abstract", "design"),
      asked("Start date and end date of the trial", "dates of the trial, if others than those of the waves", "period"),
      asked("Primary Investigator and Other Primary Investigators", "names and affiliations"),
      asked("Sponsors and Partners", "names"),
    ],
  },
  {
    heading: "Experimental Details",
    fields: [
      asked("Intervention(s)", "what the training of each arm is, its start and its end", "arms"),
      field("Primary Outcomes (end points)", "primary"),
      field("Primary Outcomes (explanation)", "scoring"),
      field("Secondary Outcomes (end points)", "secondary"),
      field("Experimental Design", "design", "collection"),
      field("Experimental Design Details", "estimator", "covariates", "beside", "inference", "missing", "exclusion"),
      field("Randomization Method", "allocation"),
      field("Randomization Unit", "level"),
      field("Was the treatment clustered?", "clustered"),
    ],
  },
  {
    heading: "Sample Size",
    fields: [
      field("Planned Number of Clusters", "size"),
      asked("Planned Number of Observations", "answers of employees"),
      field("Sample size (or number of clusters) by treatment arms", "arm-sizes"),
      asked("Minimum detectable effect size for main outcomes", "for instance from `spejl power`"),
    ],
  },
  { heading: "IRB", fields: [asked("IRB name, approval date and number", "ethical approval")] },
  { heading: "Analysis Plan", fields: [field("Analysis Plan Documents", "lock", "exploratory")] },
];

const plain = (language: Language): readonly Section[] => {
  const da = language === "da";
  const of = (danish: string, english: string, ...topics: readonly Topic[]): Field =>
    field(da ? danish : english, ...topics);
  return [
    { heading: da ? "Planen" : "The plan", fields: [of("Lås", "Lock", "lock")] },
    {
      heading: da ? "Spørgsmål" : "Questions",
      fields: [of("Hypoteser", "Hypotheses", "questions"), of("Sekundære udfald", "Secondary outcomes", "secondary")],
    },
    {
      heading: "Design",
      fields: [
        of("Design", "Design", "design"),
        of("Arme", "Arms", "arms"),
        of("Tildeling", "Allocation", "allocation"),
        of("Størrelse", "Sample size", "size", "arm-sizes"),
        of("Målinger", "Waves", "collection"),
      ],
    },
    {
      heading: da ? "Mål" : "Measures",
      fields: [of("Score", "Scoring", "scoring"), of("Kovariater", "Covariates", "covariates")],
    },
    {
      heading: da ? "Analyse" : "Analysis",
      fields: [
        of("Metode", "Estimator", "estimator"),
        of("Ved siden af", "Beside it", "beside"),
        of("Inferens", "Inference", "inference"),
        of("Udeladelser", "Exclusions", "exclusion"),
        of("Manglende svar", "Missing data", "missing"),
        of("Udforskende", "Exploratory", "exploratory"),
      ],
    },
  ];
};

const titles = {
  osf: () => "OSF registration",
  aea: () => "AEA RCT Registry",
  markdown: (language: Language) => (language === "da" ? "Analyseplan" : "Analysis plan"),
} as const;

/** A form with its headings filled in. */
export interface Registration {
  readonly format: RegistrationFormat;
  readonly language: Language;
  readonly title: string;
  readonly sections: readonly {
    readonly heading: string;
    readonly fields: readonly { readonly heading: string; readonly text: string }[];
  }[];
}

/** Fills a registry's headings from the study's folder. Registries are in English, whatever the language. */
export const registrationOf = (facts: PlanFacts, format: RegistrationFormat, wanted: Language): Registration => {
  const language = format === "markdown" ? wanted : "en";
  const sections = format === "osf" ? osf : format === "aea" ? aea : plain(language);
  return {
    format,
    language,
    title: `${titles[format](language)}: ${facts.study.title[language]}`,
    sections: sections.map(({ heading, fields }) => ({
      heading,
      fields: fields.map(({ heading: name, topics, ask }) => ({
        heading: name,
        text: [
          ...topics.map((topic) => tellTopic(topic, facts, language)),
          ...(ask === undefined ? [] : [placeholder(language, ask)]),
        ].join("\n\n"),
      })),
    })),
  };
};

/** The form as Markdown. */
export const registrationText = ({ title, sections }: Registration): string =>
  [
    `# ${title}`,
    ...sections.flatMap(({ heading, fields }) => [
      `## ${heading}`,
      ...fields.flatMap(({ heading: name, text }) => (name === heading ? [text] : [`### ${name}`, text])),
    ]),
  ].join("\n\n");
