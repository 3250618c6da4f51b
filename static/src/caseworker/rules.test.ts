import { describe, expect, it } from "vitest";
import * as rules from "./rules";

function answer(claims: object): string {
  const body = btoa(JSON.stringify(claims)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return `header.${body}.signature`;
}

describe("a CPR number", () => {
  it.each(["0101701234", "010170-1234", "010170 1234", " 0101701234 "])("%o is one", (written) => {
    expect(rules.cprOf(written)).toBe("0101701234");
  });

  it.each(["", "010170123", "01017012345", "010170--1234", "010170-123x", "０１０１７０１２３４"])("%o is none", (written) => {
    expect(rules.cprOf(written)).toBeNull();
  });
});

describe("a case number", () => {
  it.each([
    ["26-11837", "26-11837"],
    [" sag 7 ", "sag 7"],
    ["12345678901", "12345678901"],
  ])("%o is one", (written, read) => {
    expect(rules.caseOf(written)).toBe(read);
  });

  it.each(["", "  ", "0101701234", "borger 010170-1234", "x".repeat(201)])("%o is none", (written) => {
    expect(rules.caseOf(written)).toBeNull();
  });
});

describe("an answer", () => {
  it("says yes only for the very word", () => {
    const said = rules.saidBy(answer({ status: "VALID", as_of: "2026-11-25T09:30:00Z", exp: 1795599300 }));
    expect(said).toEqual({ isValid: true, asOf: new Date("2026-11-25T09:30:00Z"), until: new Date(1795599300000) });
    for (const status of ["NOT_VALID", "valid", "", null, true]) {
      expect(rules.saidBy(answer({ status, as_of: "2026-11-25T09:30:00Z", exp: 1 })).isValid).toBe(false);
    }
  });

  it.each(["", "a.b.c", answer([]), answer({ status: "VALID" }), "a.bnVsbA.c"])("%o is none", (text) => {
    expect(() => rules.saidBy(text)).toThrow();
  });
});

it("every name is new and fits the server", () => {
  const [first, second] = [rules.newName(), rules.newName()];
  expect(first).not.toBe(second);
  expect(first).toMatch(/^[0-9a-f]{32}$/);
});
