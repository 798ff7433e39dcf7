export interface Range {
  readonly low: number;
  readonly high: number;
}

const steps = [1, 2, 2.5, 5, 10];
/** Round ends and a tick step for about five intervals that hold all `values` and zero. */
export const roundAxis = (values: readonly number[]) => {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const rough = Math.max(high - low, 1e-9) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = steps.find((each) => each * power >= rough - 1e-12)! * power;
  const count = (value: number) => Number((value / step).toPrecision(10));
  const first = Math.floor(count(low));
  const last = Math.ceil(count(high));
  const ticks = Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(10)),
  );
  return { low, high, ticks };
};

export const dayOf = (iso: string): number => Date.parse(`${iso.slice(0, 10)}T00:00:00Z`);
/** Middle of a wave in epoch milliseconds. */
export const middleOf = ({ from, to }: { readonly from: string; readonly to: string }): number =>
  (dayOf(from) + dayOf(to)) / 2;

/** Five ticks, both ends of the domain among them. */
export const levelTicks = ({ low, high }: Range): readonly number[] =>
  [0, 1, 2, 3, 4].map((quarter) => Number((low + ((high - low) * quarter) / 4).toPrecision(10)));
