import { expect, it } from "vitest";
import { attacks } from "../../../pipelines/audit/attacks.ts";

it("every attack that plain rules let through fails today", () => {
  const tried = attacks(12, 3);
  expect(tried.map(({ read, plain, today }) => [read, plain > 0, today])).toEqual(
    tried.map(({ read }) => [read, true, 0]),
  );
});
