import { describe, expect, it } from "vitest";
import { da } from "../app/strings.da";
import { en } from "../app/strings.en";
import * as dates from "./dates";
import * as rules from "./rules";

describe("age", () => {
  const now = new Date("2026-03-04T12:00:00Z");

  it("more than a day is old, and so is what we do not know", () => {
    expect(rules.isOld("2026-03-03T12:00:00Z", now)).toBe(false);
    expect(rules.isOld("2026-03-03T11:59:59Z", now)).toBe(true);
    expect(rules.isOld(null, now)).toBe(true);
  });
});

describe("names", () => {
  it("are shortened to first letters and a first name", () => {
    expect(rules.initials("Asta Maj Østergaard")).toBe("AØ");
    expect(rules.initials("Asta")).toBe("A");
    expect(rules.firstName(" Asta Maj ")).toBe("Asta");
  });
});

describe("names of medicines", () => {
  it("keep a number with the word that follows, and may break after a slash", () => {
    expect(rules.piecesOf("Metformin 500 mg")).toEqual(["Metformin 500\u00a0mg"]);
    expect(rules.piecesOf("Budesonid/formoterol 160/4,5 mikrogram/dosis")).toEqual([
      "Budesonid/",
      "formoterol 160/",
      "4,5\u00a0mikrogram/",
      "dosis",
    ]);
    expect(rules.piecesOf("Kaliumklorid/")).toEqual(["Kaliumklorid/"]);
  });
});

describe("dates", () => {
  it("are Copenhagen's, whatever the phone's zone is", () => {
    expect(dates.civilDate(new Date("2026-03-04T23:30:00Z"))).toBe("2026-03-05");
    expect(dates.hourOf(new Date("2026-07-04T22:30:00Z"))).toBe(0);
  });

  it("are said as each language says them", () => {
    const at = new Date("2026-03-04T08:05:00Z");
    expect([dates.timeText(at, "da"), dates.timeText(at, "en")]).toEqual(["09.05", "09:05"]);
    expect(dates.dayText("2026-03-04", "da", "2026-01-01")).toBe("4.\u00a0marts");
    expect(dates.dayText("2027-03-04", "en", "2026-01-01")).toBe("4\u00a0March\u00a02027");
    expect(dates.numberText(0.5, "da")).toBe("0,5");
  });

  it("count whole days over a change of the clock", () => {
    expect(dates.daysBetween("2026-03-28", "2026-03-30")).toBe(2);
    expect(dates.daysBetween("2026-03-30", "2026-03-28")).toBe(-2);
  });
});

describe("the words", () => {
  it("join what one gets in one sentence", () => {
    const plain = (text: string): string => text.replaceAll("\u00a0", " ");
    expect(plain(da.medication.blik(6, 1, 0))).toBe("Du får 6 lægemidler fast og 1 efter behov.");
    expect(plain(da.medication.blik(0, 1, 0))).toBe("Du får 1 lægemiddel efter behov.");
    expect(plain(da.medication.blik(1, 2, 3))).toBe("Du får 1 lægemiddel fast, 2 efter behov og 3 med anden dosering.");
    expect(plain(en.medication.blik(2, 0, 1))).toBe("You get 2 medicines regularly and 1 with another dosage.");
  });
});
