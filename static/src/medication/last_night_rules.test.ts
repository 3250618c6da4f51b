import { expect, test } from "vitest";
import { dayTaken } from "./last_night_rules";

const said = (slot: string, at: string | null) => ({ date: "2026-10-24", slot, at, made_at: "2026-10-25T00:10:00+02:00" });

test("a dose of the night is taken on the evening of its date, or on the next day before noon", () => {
  for (const slot of ["night", "22:00"]) {
    for (const at of ["2026-10-24T23:50:00+02:00", "2026-10-25T00:10:00+02:00", null]) {
      expect(["23:50", "12:00", "00:00", "02:30", "06:00"].map((time) => dayTaken(said(slot, at), time))).toEqual(["2026-10-24", "2026-10-24", "2026-10-25", "2026-10-25", "2026-10-25"]);
    }
  }
});

test("any other dose stays on the day on which it was said to be taken", () => {
  expect(dayTaken(said("evening", "2026-10-24T20:00:00+02:00"), "00:20")).toBe("2026-10-24");
  expect(dayTaken(said("any", "2026-10-25T00:10:00+02:00"), "00:05")).toBe("2026-10-25");
  expect(dayTaken(said("02:00", null), "02:10")).toBe("2026-10-25");
});
