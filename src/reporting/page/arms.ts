import type { Arm, Text } from "../../study/study.ts";

/** How an arm looks everywhere: mark and text colour, marker and dash, so that none of it rests on colour alone. */
export interface ArmStyle {
  readonly arm: string;
  readonly name: Text;
  readonly control: boolean;
  readonly color: string;
  readonly textColor: string;
  readonly shape: "square" | "triangle-up" | "circle" | "diamond" | "cross" | "triangle-down";
  readonly dash: readonly number[];
  /** The colour in words, for the caption of the effects figure. */
  readonly colorName: Text;
}

type Look = Pick<ArmStyle, "color" | "textColor" | "shape" | "colorName">;

const looks = {
  transactional: { color: "#124C9C", textColor: "#124C9C", shape: "square", colorName: { da: "blå", en: "blue" } },
  transformational: {
    color: "#B5232A",
    textColor: "#B5232A",
    shape: "triangle-up",
    colorName: { da: "rød", en: "red" },
  },
  combined: { color: "#229478", textColor: "#176B56", shape: "circle", colorName: { da: "grøn", en: "green" } },
  control: { color: "#BC8A00", textColor: "#7A5500", shape: "diamond", colorName: { da: "gul", en: "yellow" } },
} as const satisfies Record<string, Look>;

const others: readonly Look[] = [
  looks.transactional,
  looks.transformational,
  looks.combined,
  { color: "#5C6580", textColor: "#4A5163", shape: "cross", colorName: { da: "grå", en: "grey" } },
  { color: "#8C6D46", textColor: "#6E5434", shape: "triangle-down", colorName: { da: "brun", en: "brown" } },
];

const order = ["transactional", "transformational", "combined"];
const rank = ({ id, control }: Arm): number =>
  control ? order.length + 1 : order.includes(id) ? order.indexOf(id) : order.length;

/** The arms in the order of every figure (known ids first, control last), each with its look. */
export const armStyles = (arms: readonly Arm[]): readonly ArmStyle[] => {
  const sorted = [...arms].sort((a, b) => rank(a) - rank(b));
  const taken = new Set(sorted.flatMap(({ id, control }) => (control ? [] : order.includes(id) ? [id] : [])));
  const free = others.filter((look) => !order.some((id) => taken.has(id) && looks[id as keyof typeof looks] === look));
  let next = 0;
  return sorted.map(({ id, control, name }) => {
    const look = control
      ? looks.control
      : order.includes(id)
        ? looks[id as keyof typeof looks]
        : free[next++ % free.length]!;
    return { arm: id, name, control, dash: control ? [5, 3] : [], ...look };
  });
};
