/** A complete study file and instrument. */
export const study = `study: ledelse-paa-tvaers
title: { da: Ledelse på tværs, en: Leading across }
language: da
seed: 20180601

organisation: [department, unit]

arms:
  - { id: control, control: true, name: { da: Kontrolgruppe, en: Control group } }
  - { id: transactional,    name: { da: Transaktionstræning,    en: Transactional training } }
  - { id: transformational, name: { da: Transformationstræning, en: Transformational training } }
  - { id: combined,         name: { da: Kombineret træning,     en: Combined training } }

waves:
  - { id: baseline, from: 2018-06-01, to: 2018-06-22, baseline: true, name: { da: Før, en: Before } }
  - { id: endline,  from: 2019-12-01, to: 2019-12-20, name: { da: Efter, en: After } }

phases:
  - { id: foundation, from: 2018-06-01, to: 2018-11-07, name: { da: Personligt ledelsesgrundlag, en: Foundation } }

instrument: instrument.yaml

roster:
  file: roster.csv
  columns: { leader: leder_id, arm: arm, block: sektor, department: forvaltning, unit: enhed,
             class: hold, group: sparringsgruppe, employees: antal_ansatte, attended: moeder, from: fra, to: til }

deliveries:
  - file: deliveries/foer-medarbejdere.csv
    wave: baseline
    rater: employee
    columns: { respondent: id, leader: leder }
    items: { tf1: q4_1, tf2: q4_2 }
  - { file: deliveries/foer-ledere.csv, wave: baseline, rater: self, columns: { leader: leder } }

covariates:
  - { id: gender, from: employee, values: { 2: man, 1: woman } }
  - { id: tenure, from: employee, range: [0, 50] }

analysis:
  primary: [transformational, transactional]
  secondary: [gap, motivation]
  estimator: ancova
  robustness: [difference-in-differences, mixed, leader-fixed-effects, wild-bootstrap, randomisation]
  standardErrors: CR2
  covariates: [gender, tenure]
  multiplicity: holm
  confidence: 0.95
  smallestEffectOfInterest: 2

figure: { x: transactional, y: transformational }

disclosure: { respondents: 5, leaders: 3, strict: false }
`;

export const instrument = `instrument: leadership
answers: { 1: { da: Helt uenig, en: Strongly disagree }, 2: Uenig, 3: Hverken, 4: Enig, 5: Helt enig }
missing: { 6: dont-know, 7: prefer-not-to-say, 99: not-asked }
scales:
  - id: transformational
    name: { da: Transformationsledelse, en: Transformational leadership }
    range: [1, 5]
    index: true
    answered: 0.5
    items:
      - { id: tf1, employee: { da: Min leder, en: My leader }, self: { da: Jeg, en: I } }
      - { id: tf2 }
      - { id: tf3, reversed: true, wording: { schools: På skolen, daycare: { da: I huset } } }
  - { id: verbal-rewards, range: [1, 5], items: [{ id: v1 }] }
  - { id: material-rewards, range: [1, 5], items: [{ id: m1 }] }
  - { id: sanctions, range: [1, 5], items: [{ id: s1 }] }
  - id: transactional
    of: [verbal-rewards, material-rewards, sanctions]
  - { id: motivation, range: [1, 5], items: [{ id: mo1 }] }
  - id: gap
    difference: [self transformational, employee transformational]
`;
