"""The events that an imported consent counts as say what the consent says, no more and no less, or there are none."""

from collections.abc import Iterator
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from app.consent.event import Item, Request
from tests.gateways.fhir import consent_oracle as oracle
from tests.gateways.fhir import consents
from tests.gateways.fhir.consents import CLINIC, HOSPITAL, TWO, about, actor, coded, consent, organisation, types

Json = dict[str, Any]
DAYS = ["2026-06-01", "2026-06-10", "2026-06-15", "2026-06-20", "2026-07-01"]
DATA_DAYS = ["2025-12-31", "2026-01-01", "2026-03-01", "2026-03-02", "2026-05-05"]
PARTIES = [organisation(HOSPITAL), organisation(CLINIC), consents.role("r"), about(TWO)]
CLASSES = [
    types("MedicationStatement", "MedicationRequest"),
    types("Appointment"),
    types("Appointment", "MedicationStatement", "MedicationRequest", "Observation"),
    types("Observation"),
]


@st.composite
def periods(draw: Any, days: list[str]) -> Json:
    first, last = sorted((draw(st.sampled_from(days)), draw(st.sampled_from(days))))
    return draw(st.sampled_from([{"start": first, "end": last}, {"start": first}, {"end": last}]))


@st.composite
def provisions(draw: Any, kind: str, base: Json) -> Json:
    parts = {
        "period": periods(DAYS),
        "dataPeriod": periods(DATA_DAYS),
        "actor": st.lists(st.sampled_from(PARTIES).map(actor), min_size=1, max_size=2),
        "purpose": st.lists(st.sampled_from(["TREAT", "CAREMGT", "HRESCH", "HPAYMT"]), min_size=1, max_size=3).map(
            lambda codes: consents.purpose(*codes)
        ),
        "class": st.sampled_from(CLASSES),
        "action": st.just([coded("consentaction", "access")]),
        "data": st.sampled_from([HOSPITAL, CLINIC]).map(
            lambda each: [{"meaning": "authoredby", "reference": organisation(each)}]
        ),
    }
    chosen = draw(st.lists(st.sampled_from(sorted(parts)), max_size=4, unique=True))
    return {"type": kind, **base, **{name: draw(parts[name]) for name in chosen}}


WHOLE = {
    "permit": consents.provision(period={"start": "2026-06-01", "end": "2026-07-01"}),
    "deny": {"type": "deny", "period": {"start": "2026-06-01", "end": "2026-07-01"}},
}


@st.composite
def resources(draw: Any) -> Json:
    """A consent with up to three exceptions."""
    kind = draw(st.sampled_from(["permit", "deny"]))
    root = draw(provisions(kind, {name: value for name, value in WHOLE[kind].items() if name != "type"}))
    parties = draw(st.lists(st.sampled_from(PARTIES).map(actor), min_size=1, max_size=2))
    base = {"purpose": consents.purpose("TREAT"), "actor": parties} if kind == "deny" else {}
    within = provisions("deny" if kind == "permit" else "permit", base)
    nested = draw(st.lists(within, max_size=3))
    role = consents.contained_role("r", "doctor", HOSPITAL)
    performers = [about(), about(TWO)] if "0202020234" in str([root, nested]) else [about()]
    return consent(
        {**root, "provision": nested} if nested else root,
        contained=[role],
        performer=performers,
        dateTime="2026-05-01",
    )


REQUESTS = st.builds(
    Request,
    actor_id=st.sampled_from(["B", "C"]),
    action=st.sampled_from([*["medication:read"] * 4, "medication:mark", "appointments:read", "log:read"]),
    purpose=st.sampled_from([*["treatment"] * 4, "casework", "research", "relative"]),
    role=st.sampled_from([None, "doctor", "nurse"]),
    organisation=st.sampled_from([None, HOSPITAL, CLINIC]),
    level=st.just("high"),
    item=st.none()
    | st.builds(
        Item,
        st.sampled_from([None, HOSPITAL, CLINIC]),
        st.none() | st.sampled_from(DATA_DAYS).map(lambda day: oracle.instant(day).date()),
    ),
)
REASONS: dict[str, str] = {"permit": "grant", "deny": "blocked", "nothing": "default"}


@settings(max_examples=400, deadline=None)  # the first one loads the models
@given(resources(), st.lists(REQUESTS, min_size=12, max_size=12), st.sampled_from(DAYS))
def test_the_events_decide_as_the_consent_says(resource: Json, requests: list[Request], day: str) -> None:
    found = consents.read(resource)
    event(f"{found.reason}")
    at = oracle.instant(day)
    for request in requests:
        decided = consents.decide(found, request, at).reason
        said = {oracle.says(resource, each, at) for each in oracle.worlds(request, DATA_DAYS)}
        if not found.terms:
            assert decided == "default"
        elif "deny" in said:
            # Where it is not known which data it is, the one that may be denied is denied.
            assert decided == "blocked"
        else:
            allowed = {REASONS[each] for each in said}
            assert {decided} == allowed or (decided == "default" and item_is_vague(request))


def item_is_vague(request: Request) -> bool:
    """Whether it is not known from when or where the data are: then a permit must not be guessed."""
    return request.item is not None and None in (request.item.organisation, request.item.day)


@settings(deadline=None)
@given(resources(), st.data())
def test_an_addition_that_changes_the_meaning_anywhere_leaves_nothing(resource: Json, data: Any) -> None:
    places = list(objects(resource))
    place = places[data.draw(st.integers(0, len(places) - 1))]
    place["modifierExtension"] = [{"url": "urn:other", "valueBoolean": True}]
    found = consents.read(resource)
    assert (found.reason, found.terms) == ("modifier", ())


def objects(resource: Json) -> Iterator[Json]:
    """The places in a consent that may carry such an addition."""
    yield resource
    root = resource["provision"]
    for each in [root, *root.get("provision", [])]:
        yield each
        yield from each.get("actor", [])
        yield from each.get("data", [])
    yield from resource["contained"]
