import { describe, expect, it } from "vitest";
import type { Consent } from "../api/types";
import { da } from "./reason.strings.da";
import { en } from "./reason.strings.en";
import * as rules from "./rules";

const NOW = new Date("2026-11-25T12:00:00+01:00");

function consent(more: Partial<Consent> = {}): Consent {
  return {
    id: "1",
    status: "active",
    decision: "permit",
    scope: "Privatliv",
    category: "Samtykke",
    given_at: "2026-03-01T09:00:00+01:00",
    valid_from: "2026-03-01T09:00:00+01:00",
    valid_to: "2027-03-02T00:00:00+01:00",
    actors: ["Bakkeby Kommune"],
    purposes: ["Behandling"],
    actions: ["Se oplysninger"],
    data: [],
    data_from: null,
    data_to: null,
    exceptions: 0,
    source: "fhir",
    as_of: "2026-03-01T09:00:00+01:00",
    fetched_at: "2026-11-25T08:00:00+01:00",
    not_fetched_since: null,
    decides: true,
    reason: null,
    reason_text: null,
    ...more,
  };
}

describe("how a consent stands", () => {
  it.each<[Partial<Consent>, rules.Standing]>([
    [{}, "given"],
    [{ decision: "deny" }, "blocked"],
    [{ decision: null }, "unsaid"],
    [{ status: "rejected", decision: "deny" }, "refused"],
    [{ status: "proposed" }, "open"],
    [{ status: "draft" }, "open"],
    [{ status: "inactive" }, "ended"],
    [{ status: "inactive", valid_to: "2026-01-01T00:00:00+01:00" }, "expired"],
    [{ status: "entered-in-error" }, "mistaken"],
    [{ status: "something-new" }, "unknown"],
    [{ valid_from: "2026-12-01T00:00:00+01:00" }, "later"],
    [{ valid_from: null, valid_to: null }, "given"],
  ])("%o is %s", (more, standing) => {
    expect(rules.standingOf(consent(more), NOW)).toBe(standing);
  });

  it("changes at the very instant of its end and not a moment before", () => {
    const ending = consent({ valid_to: "2026-11-26T00:00:00+01:00" });
    expect(rules.standingOf(ending, new Date("2026-11-25T23:59:59.999+01:00"))).toBe("given");
    expect(rules.standingOf(ending, new Date("2026-11-26T00:00:00+01:00"))).toBe("expired");
  });

  it("never makes a no that ran out look like a yes", () => {
    const over = consent({ decision: "deny", valid_to: "2026-01-01T00:00:00+01:00" });
    expect(rules.standingOf(over, NOW)).toBe("expired");
  });
});

describe("an end", () => {
  it("at midnight leaves the day before as the last", () => {
    expect(rules.lastDayOf("2027-07-01T00:00:00+02:00")).toEqual({ day: "2027-06-30", isWithinDay: false });
  });

  it("within a day says so", () => {
    expect(rules.lastDayOf("2027-06-30T12:00:00+02:00")).toEqual({ day: "2027-06-30", isWithinDay: true });
  });

  it("is soon within a month, and only of what holds", () => {
    expect(rules.endsSoon(consent({ valid_to: "2026-12-20T00:00:00+01:00" }), NOW)).toBe(true);
    expect(rules.endsSoon(consent({ valid_to: "2027-01-20T00:00:00+01:00" }), NOW)).toBe(false);
    expect(rules.endsSoon(consent({ valid_to: "2026-12-20T00:00:00+01:00", status: "inactive" }), NOW)).toBe(false);
    expect(rules.endsSoon(consent({ valid_to: null }), NOW)).toBe(false);
  });
});

describe("the list", () => {
  it("counts everybody once, whatever the source says", () => {
    const statuses = ["active", "inactive", "rejected", "proposed", "draft", "entered-in-error", "", "ACTIVE"];
    const all = statuses.map((status, id) => consent({ status, id: String(id) }));
    expect(Object.values(rules.countOf(all, NOW)).reduce((a, b) => a + b)).toBe(all.length);
  });

  it("names each source once, by the oldest it told", () => {
    const older = "2026-11-20T08:00:00+01:00";
    const told = rules.tellersOf([consent(), consent({ fetched_at: older, not_fetched_since: older }), consent({ source: null })]);
    expect(told).toEqual([
      { source: "fhir", fetchedAt: older, failingSince: older },
      { source: null, fetchedAt: "2026-11-25T08:00:00+01:00", failingSince: null },
    ]);
  });
});

describe("the name", () => {
  it("is what it is for, else its category, else its scope", () => {
    expect(rules.subjectOf(consent({ purposes: ["Behandling", "Forskning"] }))).toBe("Behandling, Forskning");
    expect(rules.subjectOf(consent({ purposes: [] }))).toBe("Samtykke");
    expect(rules.subjectOf(consent({ purposes: [], category: null }))).toBe("Privatliv");
    expect(rules.subjectOf(consent({ purposes: [], category: null, scope: null }))).toBeNull();
  });
});

describe("why a consent decides nothing here", () => {
  it("is told where its state does not say it", () => {
    expect(rules.untoldReasonOf(consent({ decides: false, reason: "security_label" }))).toBe("security_label");
    expect(rules.untoldReasonOf(consent({ status: "inactive", decides: false, reason: "not_active" }))).toBeNull();
    expect(rules.untoldReasonOf(consent())).toBeNull();
  });

  it("has a sentence in both languages for every code", () => {
    expect(Object.keys(en.reasons)).toEqual(Object.keys(da.reasons));
    const said = [...Object.values(da.reasons), ...Object.values(en.reasons)];
    expect(said.filter((each) => !each.endsWith("."))).toEqual([]);
    expect(new Set(said).size).toBe(said.length);
  });
});
