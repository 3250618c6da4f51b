import { expect, it } from "vitest";
import { edition, isDue, start } from "./worker";

it("asks for a new edition at most once an hour", () => {
  expect(isDue(0, 3_599_999)).toBe(false);
  expect(isDue(0, 3_600_000)).toBe(true);
});

it("registers nothing outside a built page", () => {
  expect(start).not.toThrow();
  expect(edition.value).toBe("current");
});
