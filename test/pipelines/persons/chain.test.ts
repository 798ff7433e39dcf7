import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { chainedLine, emptyLog, holdsHead, type LogEntry, readChain } from "../../../src/store/log/chain.ts";
import { numbersFrom } from "../made-survey.ts";

const entry = (n: number): LogEntry => ({
  n,
  at: new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString(),
  actor: n % 3 ? "anna" : "bjørn",
  command: n % 2 ? "run" : "report leader",
  result: "done",
  about: n % 5 ? [] : [`person-${n}`],
  objects: { rows: n, deliveries: ["a", "b"] },
});

const linesOf = (count: number): readonly string[] => {
  const lines: string[] = [];
  let former = emptyLog.hash;
  for (let n = 1; n <= count; n += 1) {
    const line = chainedLine(entry(n), former);
    former = line.slice(9, 73);
    lines.push(line);
  }
  return lines;
};

const lines = linesOf(40);
const whole = Buffer.from(lines.join(""));
const { head } = readChain(whole);

/** What somebody may do to a log, each at a place drawn by lot. */
const manipulations: Readonly<Record<string, (draw: (below: number) => number) => Buffer>> = {
  flip: (draw) => {
    const bytes = Buffer.from(whole);
    const at = draw(bytes.length);
    bytes[at] = bytes[at]! ^ (1 << draw(8));
    return bytes;
  },
  delete: (draw) => Buffer.from(lines.toSpliced(draw(lines.length), 1).join("")),
  swap: (draw) => {
    const [one, other] = [draw(lines.length), draw(lines.length - 1)];
    const second = other >= one ? other + 1 : other;
    const swapped = [...lines];
    [swapped[one], swapped[second]] = [lines[second]!, lines[one]!];
    return Buffer.from(swapped.join(""));
  },
  insert: (draw) => Buffer.from(lines.toSpliced(draw(lines.length + 1), 0, lines[draw(lines.length)]!).join("")),
  "forge an entry that follows": (draw) => {
    const at = draw(lines.length);
    const former = at === 0 ? emptyLog.hash : lines[at - 1]!.slice(9, 73);
    return Buffer.from(lines.toSpliced(at, 1, chainedLine({ ...entry(at + 1), actor: "mallory" }, former)).join(""));
  },
  shorten: (draw) => Buffer.from(lines.slice(0, draw(lines.length)).join("")),
  "cut anywhere": (draw) => whole.subarray(0, draw(whole.length)),
  "remove a byte": (draw) => {
    const at = draw(whole.length);
    return Buffer.concat([whole.subarray(0, at), whole.subarray(at + 1)]);
  },
};

describe("the chain of the log", () => {
  it("holds for a log as it was written, and says its head", () => {
    const reading = readChain(whole);
    expect(reading).toMatchObject({ broken: [], torn: 0, head: { entries: 40, hash: lines.at(-1)!.slice(9, 73) } });
    expect(reading.entries).toEqual(lines.map((_, index) => entry(index + 1)));
    expect(holdsHead(reading, head)).toBe(true);
  });

  it.each(Object.entries(manipulations))("shows every attempt to %s", (_, manipulate) => {
    const draw = numbersFrom(20260101);
    let unseen = 0;
    for (let attempt = 0; attempt < 1500; attempt += 1) {
      const reading = readChain(manipulate(draw));
      if (reading.broken.length === 0 && holdsHead(reading, head) === true) unseen += 1;
    }
    expect(unseen).toBe(0);
  });

  it("says the line at which it breaks, and goes on behind it", () => {
    const altered = lines.with(6, lines[6]!.replace('"rows":7', '"rows":8'));
    expect(readChain(Buffer.from(altered.join(""))).broken).toEqual([7]);
  });

  it("does not take a shortened log for a whole one once its last entry is noted elsewhere, and never without", () => {
    const shortened = readChain(Buffer.from(lines.slice(0, 30).join("")));
    expect(shortened.broken).toEqual([]);
    expect(holdsHead(shortened, head)).toBeNull();
  });

  it("counts what a stop left of a line, which is no entry", () => {
    expect(readChain(whole.subarray(0, whole.length - 9))).toMatchObject({ broken: [], head: { entries: 39 } });
    expect(readChain(whole.subarray(0, whole.length - 9)).torn).toBeGreaterThan(0);
  });
});
