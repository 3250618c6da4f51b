import { describe, expect, it } from "vitest";
import type { Appointment } from "../api/types";
import type { QueuedAct } from "../sync/port";
import * as rules from "./rules";

const NOW = new Date("2026-03-04T12:00:00+01:00"); // a Wednesday

const appointment = (start: string | null, more: Partial<Appointment> = {}): Appointment => ({
  id: start ?? "none",
  start,
  end: null,
  guiding_time: false,
  kind: "region",
  title: null,
  place: { name: null, address: null, phone: null, sor: null },
  organisation: null,
  reason: null,
  status: "active",
  series: null,
  source: "apd",
  as_of: null,
  fetched_at: null,
  key: start ?? "none",
  version: "1",
  course: null,
  video_url: null,
  preparation: null,
  takes_answer: false,
  not_fetched_since: null,
  ...more,
});

const ids = (found: Appointment[]): string[] => found.map((each) => each.id);

describe("coming and past", () => {
  it("an appointment is coming until it ends, or through its day when no end is given", () => {
    expect(rules.isComing(appointment("2026-03-04T11:00:00+01:00", { end: "2026-03-04T12:30:00+01:00" }), NOW)).toBe(true);
    expect(rules.isComing(appointment("2026-03-04T11:00:00+01:00", { end: "2026-03-04T11:30:00+01:00" }), NOW)).toBe(false);
    expect(rules.isComing(appointment("2026-03-04T08:00:00+01:00"), NOW)).toBe(true);
    expect(rules.isComing(appointment("2026-03-03T23:30:00+01:00"), NOW)).toBe(false);
    expect(rules.isComing(appointment(null), NOW)).toBe(true);
  });

  it("an appointment has begun from its start on, and never without one", () => {
    expect(rules.hasBegun(appointment("2026-03-04T12:00:00+01:00"), NOW)).toBe(true);
    expect(rules.hasBegun(appointment("2026-03-04T12:00:01+01:00"), NOW)).toBe(false);
    expect(rules.hasBegun(appointment(null), NOW)).toBe(false);
  });

  it("an address names an appointment by its id, or by its key when no id is so", () => {
    const [one, other] = [appointment(null, { id: "a", key: "k" }), appointment(null, { id: "k", key: "b" })];
    expect(rules.appointmentOf([one, other], "k")).toBe(other);
    expect(rules.appointmentOf([one, other], "b")).toBe(other);
    expect(rules.appointmentOf([one], "k")).toBe(one);
    expect(rules.appointmentOf([one], "x")).toBeUndefined();
  });

  it("an answer was refused only as long as it is the newest to its appointment", () => {
    const act = (mid: number, state: QueuedAct["state"], of = "k"): QueuedAct => ({
      mid, state, space: "s", name: "appointment:answer", args: { appointment: of }, precondition: null, occurredAt: "", code: null,
    });
    expect(rules.refusedOf([act(2, "refused"), act(1, "waiting")], "k")?.mid).toBe(2);
    expect(rules.refusedOf([act(3, "waiting"), act(2, "refused")], "k")).toBeNull();
    expect(rules.refusedOf([act(2, "refused", "other")], "k")).toBeNull();
    expect(rules.refusedOf([{ ...act(2, "refused"), name: "renewal:ask" }], "k")).toBeNull();
  });

  it("the coming ones are sorted by start and the past ones the other way", () => {
    const all = ["2026-03-09T08:00:00+01:00", "2026-03-01T08:00:00+01:00", "2026-03-05T08:00:00+01:00", "2026-02-01T08:00:00+01:00"].map((start) => appointment(start));
    expect(ids(rules.comingOf(all, NOW))).toEqual(["2026-03-05T08:00:00+01:00", "2026-03-09T08:00:00+01:00"]);
    expect(ids(rules.pastOf(all, NOW))).toEqual(["2026-03-01T08:00:00+01:00", "2026-02-01T08:00:00+01:00"]);
  });

  it("the next one stands and has a time", () => {
    const all = [appointment(null), appointment("2026-03-05T08:00:00+01:00", { status: "cancelled" }), appointment("2026-03-06T08:00:00+01:00")];
    expect(rules.nextOf(all, NOW)?.id).toBe("2026-03-06T08:00:00+01:00");
    expect(rules.nextOf([appointment(null)], NOW)).toBeNull();
  });
});

describe("grouping", () => {
  it("weeks end on Sunday, what is further away goes by month", () => {
    const starts = ["2026-03-08T23:00:00+01:00", "2026-03-09T08:00:00+01:00", "2026-03-15T08:00:00+01:00", "2026-03-16T08:00:00+01:00", "2026-04-01T08:00:00+02:00", null];
    const groups = rules.groupsOf(starts.map((start) => appointment(start)), "2026-03-04", true);
    expect(groups.map((group) => [group.heading.in, group.appointments.length])).toEqual([
      ["this_week", 1],
      ["next_week", 2],
      ["month", 1],
      ["month", 1],
      ["no_time", 1],
    ]);
  });

  it("on a Sunday the week has one day left", () => {
    const groups = rules.groupsOf([appointment("2026-03-09T08:00:00+01:00")], "2026-03-08", true);
    expect(groups[0]?.heading.in).toBe("next_week");
  });
});

describe("who told us", () => {
  it("each is named once, with the oldest time", () => {
    const told = (organisation: string, fetched_at: string | null, not_fetched_since: string | null = null): Appointment =>
      appointment(null, { organisation, fetched_at, not_fetched_since });
    const since = "2026-03-02T09:00:00Z";
    const tellers = rules.tellersOf([
      told("Nordby", "2026-03-04T08:00:00Z"),
      told("Nordby", "2026-03-02T08:00:00Z", since),
      told("Sydby", null),
    ]);
    expect(tellers).toEqual([
      { name: "Nordby", fetchedAt: "2026-03-02T08:00:00Z", failingSince: since },
      { name: "Sydby", fetchedAt: null, failingSince: null },
    ]);
  });

  it("a place that is the organisation is said once", () => {
    const place = { name: "Nordby", address: null, phone: null, sor: null };
    expect(rules.whereOf(appointment(null, { organisation: "Nordby", place }))).toEqual(["Nordby"]);
  });
});

describe("a series", () => {
  it("says which of those known it is, and nothing when it is alone", () => {
    const all = ["2026-03-09T08:00:00+01:00", "2026-03-05T08:00:00+01:00"].map((start) => appointment(start, { series: "s" }));
    expect(rules.placeInSeries(all[0]!, all)).toEqual({ number: 2, of: 2 });
    expect(rules.placeInSeries(all[0]!, [all[0]!])).toBeNull();
    expect(rules.placeInSeries(appointment(null), all)).toBeNull();
  });
});

describe("telephone numbers", () => {
  it.each([
    ["70 00 00 10", "tel:70000010"],
    ["tel:+45 70000010", "tel:+4570000010"],
    ["ingen", null],
    [null, null],
  ])("%s is dialled as %s", (phone, tel) => expect(rules.telOf(phone)).toBe(tel));

  it("eight digits are written in pairs", () => {
    expect(rules.phoneText("70000010")).toBe("70\u00a000\u00a000\u00a010");
    expect(rules.phoneText("+45 7000")).toBe("+45 7000");
  });
});
