"""What a Consent of another system decides, and what makes it decide nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.consent.event import ACTIONS, PURPOSES
from app.consent.imported import REASONS
from tests.gateways.fhir import consents
from tests.gateways.fhir.consents import (
    AT,
    CLINIC,
    HOSPITAL,
    about,
    actor,
    asks,
    coded,
    consent,
    decide,
    organisation,
    provision,
    purpose,
    read,
    reason,
    types,
)
from tests.gateways.fhir.people import ONE, TWO, patient

MARK = [{"url": "urn:naerblik:exception-only", "valueBoolean": True}]
OTHER_MARK = [{"url": "urn:other", "valueBoolean": True}]
DEEP = provision(provision=[provision("deny", provision=[provision()])])


def test_a_permit_opens_what_it_says_for_whom_and_for_what_and_nothing_else() -> None:
    found = read(consent())
    assert decide(found, asks()).reason == "grant"
    assert decide(found, asks(action="appointments:read")).reason == "grant"
    assert decide(found, asks(CLINIC)).reason == "default"
    assert decide(found, asks(None)).reason == "default"
    for action in ACTIONS - {"medication:read", "appointments:read"}:
        assert decide(found, asks(action=action)).reason == "default"
    for other in PURPOSES - {"treatment"}:
        assert decide(found, asks(purpose=other)).reason == "default"


def test_a_permit_opens_at_its_beginning_and_shuts_when_its_last_day_is_over() -> None:
    ends = datetime(2026, 12, 31, 23, tzinfo=UTC)
    found = read(consent())
    tick = timedelta(microseconds=1)
    assert [decide(found, asks(), at).outcome for at in (ends - tick, ends)] == ["permit", "deny"]
    later = read(consent(provision(period={"start": "2026-07-01", "end": "2026-12-31"})))
    begins = datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert [decide(later, asks(), at).outcome for at in (begins - tick, begins)] == ["deny", "permit"]


@pytest.mark.parametrize(
    ("end", "over_at"),
    [
        ("2026-12-31T23:59:59+01:00", datetime(2026, 12, 31, 23, tzinfo=UTC)),
        ("2026-12-31T23:59:59.999999+01:00", datetime(2026, 12, 31, 23, tzinfo=UTC)),
        ("2026-12-31T10:00:00.5Z", datetime(2026, 12, 31, 10, 0, 0, 600000, tzinfo=UTC)),
        ("2026", datetime(2026, 12, 31, 23, tzinfo=UTC)),
        ("2026-10", datetime(2026, 10, 31, 23, tzinfo=UTC)),
    ],
)
def test_an_end_holds_all_that_it_names(end: str, over_at: datetime) -> None:
    found = read(consent(provision(period={"start": "2026-01-01", "end": end})))
    assert found.valid_to == over_at
    assert {each.valid_to for each in found.terms} == {over_at}


def test_a_permit_without_a_beginning_begins_when_it_was_agreed_to_and_a_deny_at_once() -> None:
    unsaid: Any = {"period": {"end": "2026-12-31"}}
    for kind, before, after in (("permit", "default", "grant"), ("deny", "blocked", "blocked")):
        found = read(consent(provision(kind, **unsaid), dateTime="2026-07-01T10:00:00Z"))
        assert decide(found, asks()).reason == before
        assert decide(found, asks(), AT + timedelta(days=30)).reason == after


def test_a_deny_that_says_nothing_more_shuts_everything_for_everybody_without_an_end() -> None:
    found = read(consent({"type": "deny"}))
    for action in ACTIONS:
        for each in PURPOSES:
            assert decide(found, asks(action=action, purpose=each), AT + timedelta(days=9999)).reason == "blocked"


def test_a_deny_shuts_what_stands_below_its_purpose_and_a_permit_does_not_open_it() -> None:
    shut = read(consent(provision("deny", purpose=purpose("HOPERAT"))))
    assert {each for each in PURPOSES if decide(shut, asks(purpose=each)).reason == "blocked"} == {
        "operation",
        "quality",
        "casework",
    }
    opened = read(consent(provision(purpose=purpose("HOPERAT", "HPAYMT"))))
    assert {each for each in PURPOSES if decide(opened, asks(purpose=each)).reason == "grant"} == {
        "operation",
        "quality",
    }


def test_an_exception_from_a_permit_shuts_and_goes_before_everything() -> None:
    inside = provision("deny", period=None, actor=None, purpose=None, dataPeriod={"start": "2022-01", "end": "2022-12"})
    found = read(consent(provision(provision=[inside])))
    assert decide(found, asks()).reason == "grant"
    assert decide(found, asks(day="2021-12-31")).reason == "grant"
    assert decide(found, asks(day="2022-06-01")).reason == "blocked"
    assert decide(found, asks(of=HOSPITAL)).reason == "blocked"  # its day is not known


def test_an_exception_speaks_of_what_the_whole_speaks_of_where_it_says_nothing_else() -> None:
    inside = provision("deny", actor=None, purpose=None, period=None, dataPeriod={"end": "2026-05-01"})
    found = read(consent(provision(dataPeriod={"start": "2026-03-01"}, provision=[inside])))
    reasons = [decide(found, asks(of=HOSPITAL, day=day)).reason for day in ("2026-01-01", "2026-04-01", "2026-05-02")]
    assert reasons == ["default", "blocked", "grant"]
    assert decide(found, asks(CLINIC, of=HOSPITAL, day="2026-04-01")).reason == "default"


def test_an_exception_may_be_of_the_data_of_one_place() -> None:
    of_clinic = {"meaning": "authoredby", "reference": organisation(CLINIC)}
    found = read(consent(provision(provision=[provision("deny", data=[of_clinic])])))
    assert decide(found, asks(of=CLINIC)).reason == "blocked"
    assert decide(found, asks(of=HOSPITAL)).reason == "grant"


def test_an_exception_from_a_deny_opens_and_leaves_the_rest_shut() -> None:
    inside = provision(purpose=purpose("TREAT"), **{"class": types("MedicationStatement", "MedicationRequest")})
    found = read(consent({"type": "deny", "provision": [inside]}))
    assert decide(found, asks()).reason == "grant"
    assert decide(found, asks(CLINIC)).reason == "blocked"
    assert decide(found, asks(action="appointments:read")).reason == "blocked"
    assert decide(found, asks(purpose="research")).reason == "blocked"


def test_the_policy_says_which_it_is_where_the_outermost_provision_does_not() -> None:
    opted = [consent(provision(None), policyRule=coded("v3-ActCode", code)) for code in ("OPTIN", "OPTOUT")]
    assert [read(each).decision for each in opted] == ["permit", "deny"]
    assert [decide(read(each), asks()).reason for each in opted] == ["grant", "blocked"]


def test_a_person_is_given_something_only_when_they_agreed_to_it() -> None:
    to_b = provision(actor=[actor(about(TWO))], purpose=purpose("FAMRQT"))
    assert reason(to_b) == "not_accepted"
    found = read(consent(to_b, performer=[about(), about(TWO)]))
    asked = asks(None, actor_id="B", purpose="relative")
    assert decide(found, asked).reason == "grant"
    assert decide(found, asks(None, actor_id="C", purpose="relative")).reason == "default"


def test_a_consent_that_somebody_else_gave_decides_nothing() -> None:
    assert reason(performer=[about(TWO)]) == "given_by_another"
    assert reason(performer=[about(), about(TWO)]) == "given_by_another"
    assert reason(performer=[{"display": "En nabo"}]) == "given_by_another"
    assert reason(performer=None) is None


def test_the_citizen_is_known_by_the_reference_by_which_the_consent_names_them() -> None:
    themself = {"reference": "Patient/p"}
    assert read(consent(patient=themself, performer=[themself]), patient("p")).reason is None
    elsewhere = {**themself, **about()}
    assert reason(patient=elsewhere, performer=[themself]) is None


REFUSED: list[tuple[str, Any, dict[str, Any]]] = [
    ("not_active", None, {"status": "inactive"}),
    ("not_active", None, {"status": "rejected"}),
    ("entered_in_error", None, {"status": "entered-in-error"}),
    ("modifier", None, {"modifierExtension": OTHER_MARK}),
    ("modifier", None, {"implicitRules": "http://example.org/rules"}),
    ("modifier", None, {"policy": [{"uri": "urn:x", "modifierExtension": OTHER_MARK}]}),
    ("modifier", provision(modifierExtension=OTHER_MARK), {}),
    ("modifier", provision(modifierExtension=MARK), {}),
    ("modifier", provision(actor=[{**actor(organisation(HOSPITAL)), "modifierExtension": MARK}]), {}),
    ("modifier", provision(provision=[provision("deny", modifierExtension=OTHER_MARK)]), {}),
    ("modifier", provision(provision=[provision("deny", modifierExtension=MARK * 2)]), {}),
    ("modifier", provision(actor=[actor({"reference": "#o"})]),
     {"contained": [{"resourceType": "Organization", "id": "o", "implicitRules": "urn:x", **organisation(HOSPITAL),
                     "type": [], "identifier": [organisation(HOSPITAL)["identifier"]]}]}),
    ("scope_unknown", None, {"scope": coded("consentscope", "research")}),
    ("scope_unknown", None, {"scope": {"text": "Privatliv"}}),
    ("scope_unknown", None, {"scope": {"coding": [*coded("consentscope", "patient-privacy")["coding"],
                                                  *coded("consentscope", "treatment")["coding"]]}}),
    ("no_decision", provision(None), {}),
    ("no_decision", provision(provision=[provision(None)]), {}),
    ("nested_too_deep", DEEP, {}),
    ("nested_same", provision(provision=[provision()]), {}),
    ("nested_same", provision("deny", provision=[provision("deny")]), {}),
    ("exception_outside", provision("deny", provision=[provision(actor=[actor(organisation(CLINIC))])]), {}),
    ("exception_of_origin",
     {"type": "deny",
      "provision": [provision(data=[{"meaning": "authoredby", "reference": organisation(CLINIC)}])]}, {}),
    ("actor_missing", provision(actor=None), {}),
    ("actor_unknown", provision(actor=[actor({"display": "Hospitalet"})]), {}),
    ("actor_unknown", provision(actor=[actor({**organisation(HOSPITAL), "type": "Device"})]), {}),
    ("actor_unknown", provision(actor=[actor({"identifier": {"system": "http://cvr.dk", "value": "1234"}})]), {}),
    ("actor_unknown", provision(actor=[actor(consents.role("r"))]),
     {"contained": [consents.contained_role("r", "doctor", HOSPITAL, specialty=[{"text": "Psykiatri"}])]}),
    ("actor_role_unknown", provision(actor=[actor(organisation(HOSPITAL), "CST")]), {}),
    ("person_unknown", provision("deny", actor=[actor({"type": "Practitioner", "display": "En læge"})]), {}),
    ("purpose_missing", provision(purpose=None), {}),
    ("purpose_unknown", provision(purpose=purpose("ETREAT")), {}),
    ("purpose_unknown", provision(purpose=[{"code": "TREAT"}]), {}),
    ("action_unknown", provision(action=[coded("consentaction", "disclose")]), {}),
    ("action_unknown", provision(action=[{"coding": [*coded("consentaction", "access")["coding"],
                                                     *coded("consentaction", "use")["coding"]]}]), {}),
    ("class_unknown", provision(**{"class": types("MedicationStatement")}), {}),
    ("class_unknown", provision(**{"class": types("Coverage")}), {}),
    ("code_unknown", provision(code=[{"text": "HIV"}]), {}),
    ("data_unknown", provision(data=[{"meaning": "instance", "reference": {"reference": "Appointment/1"}}]), {}),
    ("data_unknown", provision(data=[{"meaning": "authoredby", "reference": about(TWO)}]), {}),
    ("security_label", provision(securityLabel=[{"system": f"{consents.HL7}/v3-Confidentiality", "code": "R"}]), {}),
    ("security_label", provision(provision=[provision("deny", securityLabel=[{"code": "PSY"}])]), {}),
    ("data_period_inexact", provision(dataPeriod={"start": "2026-01-01T10:00:00Z"}), {}),
    ("data_period_inexact", provision(dataPeriod={"end": "2026-01-01T10:00:00Z"}), {}),
    ("contradictory_period", provision(provision=[provision("deny", period={"start": "2027-06-01"})]), {}),
    ("no_end", provision(period={"start": "2026-01-01"}), {}),
    ("nothing_here", provision(purpose=purpose("HPAYMT")), {}),
    ("nothing_here", provision(**{"class": types("Observation")}), {}),
    ("too_many", provision(actor=[actor(organisation(f"cvr:{10000000 + each}")) for each in range(101)]), {}),
    ("too_many", provision(provision=[provision("deny")] * 101), {}),
    ("too_many", None, {"performer": [about()] * 101}),
    ("unreadable", provision(provision=[provision("deny", actor=[actor(about("0000000000"))])]), {}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "root", "more"), REFUSED)
def test_what_cannot_be_said_exactly_decides_nothing_and_says_why(code: str, root: Any, more: Any) -> None:
    assert reason(root, **more) == code
    assert REASONS[code].endswith(".")


def test_many_exceptions_that_cut_one_another_to_pieces_are_too_many() -> None:
    days = [f"2026-{month:02}-{day:02}" for month in (1, 2, 3, 4) for day in range(1, 25)]
    cuts = [
        provision(period={"start": each, "end": each}, purpose=purpose("TREAT"), dataPeriod={"start": "2020-01-01"})
        for each in days
    ]
    assert reason({"type": "deny", "provision": cuts}) == "too_many"


def test_a_number_of_the_citizen_themself_is_no_stranger() -> None:
    found = read(consent(provision("deny", actor=[actor(about(ONE))])))
    assert decide(found, asks(None, actor_id="A")).reason == "self"
