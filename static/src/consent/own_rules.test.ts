import { describe, expect, it } from "vitest";
import type { Consent, ConsentRequest, Consents, ConsentText, OwnConsent } from "../api/types";
import * as rules from "./own_rules";
import { isWaiting, waitingOf } from "./waiting";

const NOW = new Date("2026-11-25T12:00:00+01:00");
const TODAY = "2026-11-25";
const TEXT: ConsentText = {
  name: "Medicin", question: "Må vi?", ask: "Må de?", can: ["a"], cannot: ["b"], who: "c", why: "d", benefit: "e", risk: "f", refusing: "g", withdrawing: "h",
};

export function own(more: Partial<OwnConsent> = {}): OwnConsent {
  return {
    grant_id: "own-1",
    concerns: "consent",
    state: "now",
    ends_soon: false,
    grantee: { type: "organisation", id: null, organisation: "cvr:1", name: "Bakkeby Kommune" },
    exceptions: [],
    actions: ["medication:read"],
    purposes: ["casework"],
    data: null,
    valid_from: "2026-11-01T09:00:00+01:00",
    last_day: "2027-06-30",
    given_at: "2026-11-01T09:00:00+01:00",
    ended_at: null,
    texts: { da: TEXT, en: TEXT },
    events: [{ id: "e1", kind: "grant", by: "self", at: "2026-11-01T09:00:00+01:00", receipt: "a.b.c" }],
    ...more,
  };
}

function block(more: Partial<OwnConsent> = {}): OwnConsent {
  return own({ grant_id: "block-1", concerns: "block", last_day: null, texts: null, ...more });
}

function asked(more: Partial<ConsentRequest> = {}): ConsentRequest {
  return {
    id: "asked-1", organisation: "cvr:1", organisation_name: "Bakkeby Kommune", template: "t", version: 1, since: "2026-11-01",
    texts: { da: TEXT, en: TEXT }, actions: ["medication:read"], purpose: "casework", case_number: "17", last_day: "2027-06-30",
    asked_at: "2026-11-20T09:00:00+01:00", answer: null, answered_at: null, grant_id: null, ...more,
  };
}

function imported(id: string, more: Partial<Consent> = {}): Consent {
  return {
    id, status: "active", decides: true, decision: "permit", scope: null, category: null, given_at: "2026-03-01T09:00:00+01:00", valid_from: "2026-03-01T09:00:00+01:00",
    valid_to: null, actors: [], purposes: [], actions: [], data: [], data_from: null, data_to: null, exceptions: 0, reason: null, reason_text: null, source: "fhir", as_of: null,
    fetched_at: null, not_fetched_since: null, ...more,
  };
}

const all = (more: Partial<Consents>): Consents => ({ consents: [], own: [], requests: [], organisations: [], ...more });

const namesOf = (consents: Consents): [string, string[]][] =>
  rules.listedGroupsOf(consents, NOW, TODAY).map(({ name, listed }) => [
    name,
    listed.map((each) => (each.from === "own" ? each.own.grant_id : each.from === "asked" ? each.asked.id : each.consent.id)),
  ]);

describe("what waits", () => {
  it("is what is not answered, through its last day and not after", () => {
    expect(isWaiting(asked({ last_day: TODAY }), TODAY)).toBe(true);
    expect(isWaiting(asked({ last_day: "2026-11-24" }), TODAY)).toBe(false);
    expect(isWaiting(asked({ answer: "no" }), TODAY)).toBe(false);
    expect(waitingOf(all({ requests: [asked(), asked({ id: "2", answer: "yes" })] }), TODAY)).toHaveLength(1);
  });
});

describe("the list", () => {
  it("sorts one's own among those of other systems, the first to end on top", () => {
    const consents = all({
      own: [own({ grant_id: "late" }), own({ grant_id: "soon", last_day: "2026-12-01" }), block(), own({ grant_id: "ahead", state: "ahead" })],
      consents: [imported("endless"), imported("middle", { valid_to: "2027-01-01T00:00:00+01:00" }), imported("shut", { decision: "deny" })],
      requests: [asked({ id: "waits" }), asked({ id: "no", answer: "no", answered_at: "2026-11-21T09:00:00+01:00" })],
    });
    expect(namesOf(consents)).toEqual([
      ["now", ["soon", "middle", "late", "endless"]],
      ["later", ["ahead"]],
      ["blocked", ["block-1", "shut"]],
      ["past", ["no"]],
    ]);
  });

  it("shows what is over with the latest first, a question that ran out among it", () => {
    const consents = all({
      own: [own({ grant_id: "withdrawn", state: "withdrawn", ended_at: "2026-11-24T09:00:00+01:00" }), own({ grant_id: "expired", state: "expired", last_day: "2026-11-01" })],
      requests: [asked({ id: "passed", last_day: "2026-11-10" })],
    });
    expect(namesOf(consents)).toEqual([["past", ["withdrawn", "passed", "expired"]]]);
  });

  it("shows a question that became a consent once, as the consent", () => {
    expect(namesOf(all({ own: [own()], requests: [asked({ answer: "yes", grant_id: "own-1" })] }))).toEqual([["now", ["own-1"]]]);
  });

  it("loses nobody, whatever state it is in", () => {
    const states: OwnConsent["state"][] = ["ahead", "now", "expired", "withdrawn", "replaced", "void", "unaccepted"];
    const mine = states.flatMap((state) => [own({ grant_id: `c ${state}`, state }), block({ grant_id: `b ${state}`, state })]);
    expect(namesOf(all({ own: mine })).flatMap(([, names]) => names)).toHaveLength(mine.length);
  });
});

describe("how it stands", () => {
  const ended = (kind: "withdraw", by: "self" | "grantee" | "paper"): Partial<OwnConsent> => ({
    state: "withdrawn",
    events: [{ id: "e2", kind, by, at: "2026-11-24T09:00:00+01:00", receipt: "a.b.c" }],
  });

  it.each<[OwnConsent, rules.Chip, boolean]>([
    [own(), "given", true],
    [block(), "blocked", true],
    [own({ state: "ahead" }), "later", true],
    [own({ state: "unaccepted", concerns: "delegation" }), "unaccepted", true],
    [own(ended("withdraw", "self")), "withdrawn", false],
    [own(ended("withdraw", "grantee")), "endedByOther", false],
    [own(ended("withdraw", "paper")), "withdrawn", false],
    [block(ended("withdraw", "self")), "lifted", false],
    [own({ state: "expired" }), "expired", false],
    [own({ state: "replaced" }), "replaced", false],
    [own({ state: "void" }), "void", false],
  ])("is %#", (given, chip, ends) => {
    expect(rules.chipOf(given)).toBe(chip);
    expect(rules.canEnd(given)).toBe(ends);
  });

  it("is told as ending while its end waits to be sent", () => {
    expect([own(), block()].map((each) => rules.chipOf(each, true))).toEqual(["ending", "lifting"]);
  });

  it("counts only what holds", () => {
    expect(rules.ownCountOf([own(), own({ state: "expired" }), block(), block({ state: "withdrawn" })])).toEqual({ given: 1, blocked: 1 });
  });

  it("reads its history with the newest first", () => {
    const events = [1, 2].map((n) => ({ id: `${n}`, kind: "grant" as const, by: "self" as const, at: "2026-11-01T09:00:00+01:00", receipt: "" }));
    expect(rules.historyOf(own({ events })).map((each) => each.id)).toEqual(["2", "1"]);
  });
});

describe("the blocks that go before a question", () => {
  const everyone = { type: "everyone", id: null, organisation: null, name: null } as const;

  it.each<[Partial<OwnConsent>, boolean]>([
    [{}, true],
    [{ grantee: everyone }, true],
    [{ grantee: { ...own().grantee, organisation: "cvr:2" } }, false],
    [{ actions: ["appointments:read"] }, false],
    [{ state: "withdrawn" }, false],
    [{ data: { organisation: null, name: null, from: "2019-01-01", to: null } }, false],
    [{ grantee: everyone, exceptions: [own().grantee] }, false],
    [{ grantee: { ...own().grantee, type: "role", id: "caseworker" } }, false],
  ])("%o: %s", (more, goes) => {
    expect(rules.blocksBefore(asked(), [block(more)])).toHaveLength(goes ? 1 : 0);
  });
});

describe("a limit", () => {
  const days = (from: string | null, to: string | null): OwnConsent["data"] => ({ organisation: null, name: null, from, to });

  it.each<[OwnConsent["data"], string | null]>([
    [days("2019-01-01", "2019-12-31"), "2019"],
    [days("2019-01-01", "2020-12-31"), null],
    [days("2019-01-02", "2019-12-31"), null],
    [days("2019-01-01", null), null],
    [days(null, null), null],
    [null, null],
  ])("%o is the year %s", (data, year) => {
    expect(rules.yearOf(data)).toBe(year);
  });
});
