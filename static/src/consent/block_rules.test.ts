import { describe, expect, it } from "vitest";
import type { AccessEntry, OwnConsent, Party } from "../api/types";
import * as rules from "./block_rules";

const PLACES = [
  { id: "cvr:1", name: "Bakkeby Kommune" },
  { id: "cvr:2", name: "Fjordby Kommune" },
];
const METTE: Party = { type: "person", id: "staff:mette", organisation: "cvr:1", name: "Bakkeby Kommune" };
const KNOWN: rules.Acquainted = { organisations: PLACES, persons: [METTE] };
const DRAFT: rules.Draft = { ...rules.newDraft("block-1"), whom: "organisation cvr:1", what: "medication" };

const keysOf = (choices: rules.Choice[]): string[] => choices.map((each) => each.key);

function planned(more: Partial<rules.Draft> = {}): rules.Planned {
  const made = rules.plannedOf({ ...DRAFT, ...more }, KNOWN);
  if (made === null) throw new Error("something is missing in it");
  return made;
}

describe("whom one can block", () => {
  it("is everybody, each known organisation with its caseworkers, and persons", () => {
    expect(keysOf(rules.choicesOf(KNOWN))).toEqual([
      "everyone", "organisation cvr:1", "role cvr:1", "organisation cvr:2", "role cvr:2", "person staff:mette",
    ]);
    expect(keysOf(rules.choicesOf({ organisations: [], persons: [] }))).toEqual(["everyone"]);
  });

  it("leaves out only who is inside the block and is not all of it", () => {
    expect(keysOf(rules.exceptionsOf("organisation cvr:1", KNOWN))).toEqual(["role cvr:1", "person staff:mette"]);
    expect(keysOf(rules.exceptionsOf("role cvr:1", KNOWN))).toEqual(["person staff:mette"]);
    expect(keysOf(rules.exceptionsOf("organisation cvr:2", KNOWN))).toEqual(["role cvr:2"]);
    expect(rules.exceptionsOf("person staff:mette", KNOWN)).toEqual([]);
    expect(rules.exceptionsOf("everyone", KNOWN)).toHaveLength(5);
    expect(rules.exceptionsOf(null, KNOWN)).toEqual([]);
  });

  it("takes persons from the log once each, and neither oneself nor who runs the installation", () => {
    const entry: AccessEntry = {
      seq: 1, at: "2026-11-25T07:02:00Z", actor: "staff:mette", role: "caseworker", organisation: "cvr:1", action: "medication:read", category: "medication",
      purpose: "casework", basis: "grant", outcome: "permitted", system: "Nærblik", about: null, case_number: null,
    };
    const entries = [entry, entry, { ...entry, actor: "me", role: "citizen" }, { ...entry, actor: "operator:drift", role: "operator" }];
    expect(rules.personsOf(entries, "me", PLACES)).toEqual([METTE]);
  });
});

describe("what is missing", () => {
  it.each<[Partial<rules.Draft>, rules.Missing[]]>([
    [{}, []],
    [{ whom: null, what: null }, ["whom", "what"]],
    [{ whom: "organisation cvr:9" }, ["whom"]],
    [{ from: "2019-12-31", to: "2019-01-01" }, ["time"]],
    [{ from: "2019-01-01", to: "2019-01-01" }, []],
    [{ to: "2019-01-01" }, []],
  ])("%o lacks %o", (more, missing) => {
    expect(rules.missingIn({ ...DRAFT, ...more }, KNOWN)).toEqual(missing);
    expect(rules.plannedOf({ ...DRAFT, ...more }, KNOWN) === null).toBe(missing.length > 0);
  });
});

describe("what is sent", () => {
  it("is without names, and a person without the place", () => {
    expect(rules.givenOf(planned({ whom: "person staff:mette" }))).toEqual({
      grantee: { type: "person", id: "staff:mette", organisation: null },
      exceptions: [],
      actions: ["medication:read", "medication:mark"],
      data: null,
    });
  });

  it("holds only the exceptions that lie inside it", () => {
    const given = rules.givenOf(planned({ exceptions: ["role cvr:1", "role cvr:2"] }));
    expect(given.exceptions).toEqual([{ type: "role", id: "caseworker", organisation: "cvr:1" }]);
  });

  it("is limited to a place and days where these were chosen", () => {
    expect(rules.givenOf(planned({ place: "cvr:2", from: "2019-01-01" })).data).toEqual({ organisation: "cvr:2", from: "2019-01-01", to: null });
  });

  it("takes everything when everything is chosen, each action once", () => {
    const { actions } = planned({ what: "all" });
    expect(new Set(actions).size).toBe(actions.length);
    expect(rules.kindsOf(actions)).toEqual(["medication", "appointments", "log"]);
    for (const what of rules.KINDS) expect(rules.kindsOf(rules.actionsOf(what))).toEqual([what]);
  });
});

describe("the yes that a block goes before", () => {
  const given = (more: Partial<OwnConsent>): OwnConsent => ({
    grant_id: "own-1", concerns: "consent", state: "now", ends_soon: false, grantee: { type: "organisation", id: null, organisation: "cvr:1", name: null },
    exceptions: [], actions: ["medication:read"], purposes: ["casework"], data: null, valid_from: null, last_day: null, given_at: "2026-11-01T09:00:00+01:00",
    ended_at: null, texts: null, events: [], ...more,
  });

  it.each<[Partial<rules.Draft>, Partial<OwnConsent>, boolean]>([
    [{}, {}, true],
    [{ whom: "everyone" }, {}, true],
    [{ whom: "role cvr:1" }, {}, true],
    [{ whom: "person staff:mette" }, {}, true],
    [{ whom: "organisation cvr:2" }, {}, false],
    [{ what: "appointments" }, {}, false],
    [{ what: "all" }, {}, true],
    [{ whom: "everyone", exceptions: ["organisation cvr:1"] }, {}, false],
    [{ whom: "everyone", exceptions: ["role cvr:1"] }, {}, true],
    [{}, { state: "withdrawn" }, false],
    [{}, { concerns: "block" }, false],
    [{}, { grantee: { type: "person", id: "relative", organisation: null, name: null } }, false],
    [{ whom: "everyone" }, { grantee: { type: "person", id: "relative", organisation: null, name: null }, concerns: "delegation" }, true],
    [{ whom: "person staff:mette" }, { grantee: { type: "person", id: "staff:mette", organisation: null, name: null } }, true],
  ])("%o before %o: %s", (draft, more, goes) => {
    expect(rules.yesBehind(planned(draft), [given(more)])).toHaveLength(goes ? 1 : 0);
  });
});
