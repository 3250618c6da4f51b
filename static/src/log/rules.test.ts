import { describe, expect, it } from "vitest";
import type { AccessEntry } from "../api/types";
import * as rules from "./rules";

const NOW = new Date("2026-11-25T12:00:00+01:00");
const ME = "me";
let seq = 1000;

function entry(more: Partial<AccessEntry> = {}): AccessEntry {
  seq -= 1;
  return {
    seq,
    at: "2026-11-25T08:00:00Z",
    actor: "operator:drift",
    role: "operator",
    organisation: null,
    action: "medication:read",
    category: "medication",
    purpose: "operation",
    basis: "operation",
    outcome: "permitted",
    system: "Nærblik",
    case_number: null,
    about: null,
    ...more,
  };
}

const relative = { actor: "signe", role: "citizen", purpose: "relative" };

describe("who it was", () => {
  it.each<[Partial<AccessEntry>, rules.Who]>([
    [{}, "operator"],
    [{ role: "caseworker", actor: "mette" }, "caseworker"],
    [{ role: "citizen", actor: ME, purpose: "self" }, "self"],
    [relative, "relative"],
    [{ role: "citizen", actor: "other", purpose: "self" }, "person"],
    [{ ...relative, outcome: "refused" }, "person"],
    [{ role: "system", actor: "system:delivery" }, "system"],
    [{ role: "robot", actor: ME }, "unknown"],
  ])("%o is %s", (more, who) => {
    expect(rules.whoOf(entry(more), ME)).toBe(who);
  });

  it("an operator is named by the account, and nobody else is", () => {
    expect(rules.accountOf(entry())).toBe("drift");
    expect(rules.accountOf(entry({ actor: "operator:" }))).toBeNull();
    expect(rules.accountOf(entry({ actor: "0f3a" }))).toBeNull();
  });
});

describe("the days", () => {
  it("are Copenhagen's, the newest day and the newest line first", () => {
    const late = entry({ seq: 3, at: "2026-11-24T23:30:00Z" });
    const early = entry({ seq: 1, at: "2026-11-24T22:30:00Z" });
    const later = entry({ seq: 4, at: "2026-11-25T08:00:00Z" });
    expect(rules.daysOf([early, late, later])).toEqual([
      { day: "2026-11-25", entries: [later, late] },
      { day: "2026-11-24", entries: [early] },
    ]);
  });

  it("keep every line", () => {
    const lines = Array.from({ length: 20 }, (_, at) => entry({ at: new Date(NOW.getTime() - at * 40_000_000).toISOString() }));
    expect(rules.daysOf(lines).flatMap((day) => day.entries)).toHaveLength(20);
  });
});

describe("the sentence", () => {
  it("counts each looker once, and neither oneself, the refused, what only brought data in nor who only asked", () => {
    const lines = [
      entry(relative),
      entry(relative),
      entry(),
      entry({ role: "citizen", actor: ME, purpose: "self", action: "record:export" }),
      entry({ role: "citizen", actor: "other", purpose: "self", outcome: "refused" }),
      entry({ action: "record:import" }),
      entry({ action: "record:refresh" }),
      entry({ role: "caseworker", actor: "staff:mette", purpose: "casework", action: "consents:ask" }),
    ];
    expect(rules.summaryOf(lines, false, ME, NOW)).toEqual({ lookers: 2, refused: 1, brought: 2, isWhole: true });
  });

  it("leaves out what is older than a month", () => {
    expect(rules.summaryOf([entry({ at: "2026-10-01T08:00:00Z" })], false, ME, NOW).lookers).toBe(0);
  });

  it("is whole only when the lines reach back a month or to the first", () => {
    expect(rules.summaryOf([entry()], true, ME, NOW).isWhole).toBe(false);
    expect(rules.summaryOf([entry(), entry({ at: "2026-10-01T08:00:00Z" })], true, ME, NOW).isWhole).toBe(true);
    expect(rules.summaryOf([], false, ME, NOW)).toEqual({ lookers: 0, refused: 0, brought: 0, isWhole: true });
  });
});

describe("lines that say the same", () => {
  it("stand as one, as long as they follow on each other", () => {
    const same = [entry(), entry(), entry({ action: "consents:read" }), entry()];
    expect(rules.runsOf(same).map((run) => run.length)).toEqual([2, 1, 1]);
    expect(rules.runsOf(same).flat()).toEqual(same);
    expect(rules.runsOf([])).toEqual([]);
  });

  it("stand apart where anything but the time differs", () => {
    const other = [{ actor: "operator:x" }, { organisation: "O" }, { outcome: "refused" as const }, { purpose: "treatment" as const }];
    for (const more of other) expect(rules.runsOf([entry(), entry(more)])).toHaveLength(2);
  });

  it("who only asked the citizen something has seen nothing, and who asked about a consent has", () => {
    const mette = { role: "caseworker", actor: "staff:mette", organisation: "cvr:20202020" };
    const asked = entry({ ...mette, action: "consents:ask" });
    expect(rules.summaryOf([asked], false, ME, NOW).lookers).toBe(0);
    expect(rules.summaryOf([asked, entry({ ...mette, action: "consent:status" })], false, ME, NOW).lookers).toBe(1);
  });

  it("questions in two cases are two lines, and in one case a run", () => {
    const lines = ["1", "1", "2"].map((sag) => entry({ action: "consent:status", case_number: sag }));
    expect(rules.runsOf(lines).map((run) => run.length)).toEqual([2, 1]);
  });
});

describe("where somebody works", () => {
  it.each([
    ["cvr:1", "Bakkeby Kommune"],
    ["cvr:20202020", "CVR\u00a020202020"],
    ["Drift", "Drift"],
  ])("%s is %s", (organisation, place) => {
    expect(rules.placeOf(organisation, [{ id: "cvr:1", name: "Bakkeby Kommune" }])).toBe(place);
  });
});
