"""The codes of a Consent and our words for them, in and out. What stands in no table here has no word here."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from app.consent.event import ACTIONS, PURPOSES
from app.consent.region import Inexpressible
from app.gateways.fhir import values
from app.gateways.fhir.values import Json

HL7 = "http://terminology.hl7.org/CodeSystem"
REASON = f"{HL7}/v3-ActReason"
ACTION = f"{HL7}/consentaction"
SCOPE = f"{HL7}/consentscope"
ACT_CODE = f"{HL7}/v3-ActCode"
POLICIES = {"OPTIN": True, "OPTOUT": False}
PARTICIPATION = f"{HL7}/v3-ParticipationType"
ROLE_CODE = f"{HL7}/v3-RoleCode"
RESOURCE_TYPES = "http://hl7.org/fhir/resource-types"
# Our own words, where no code says exactly the same.
OWN_ACTION, OWN_PURPOSE, OWN_ROLE = "urn:naerblik:action", "urn:naerblik:purpose", "urn:naerblik:role"

PURPOSE_WORDS: dict[str, frozenset[str]] = {
    "TREAT": frozenset({"treatment"}),
    "CAREMGT": frozenset({"casework"}),
    "HRESCH": frozenset({"research"}),
    "HQUALIMP": frozenset({"quality"}),
    "HSYSADMIN": frozenset({"operation"}),
    "HOPERAT": frozenset({"operation", "quality"}),
    "FAMRQT": frozenset({"relative"}),
    "PATRQT": frozenset({"self"}),
}
# What stands below a code in HL7's list, and has a word here that the code alone does not give: a deny shuts it too.
BELOW: dict[str, frozenset[str]] = {"HOPERAT": frozenset({"casework"}), "PATRQT": frozenset({"relative"})}
# Purposes that nobody can name here, so that beside others they allow and forbid nothing.
FOREIGN_PURPOSES = frozenset({"HPAYMT", "HMARKT", "PUBHLTH"})
PURPOSE_CODES = {next(iter(words)): code for code, words in PURPOSE_WORDS.items() if code not in BELOW}

# A collection is read whole or not at all, so all the types that it is made of must be named.
TYPES_OF = {
    "medication": frozenset({"MedicationStatement", "MedicationRequest"}),
    "appointments": frozenset({"Appointment"}),
    "consents": frozenset({"Consent"}),
    "log": frozenset({"AuditEvent"}),
}
# Kinds of data of which there are none here, so that beside others they allow and forbid nothing.
FOREIGN_TYPES = frozenset(
    {
        *("AllergyIntolerance", "CarePlan", "Condition", "DiagnosticReport", "Encounter", "FamilyMemberHistory"),
        *("ImagingStudy", "Immunization", "Observation", "Procedure", "ServiceRequest", "Specimen"),
    }
)
HEALTH = frozenset({"medication", "appointments"})
EVERYTHING_OF = {
    "medication": frozenset({"medication:read", "medication:mark"}),
    "appointments": frozenset({"appointments:read", "appointments:respond"}),
    "consents": frozenset({"consents:read", "consent:status"}),
    "log": frozenset({"log:read"}),
}
RECIPIENTS = {(PARTICIPATION, "IRCP"), (PARTICIPATION, "PRCP"), (ROLE_CODE, "GRANTEE")}


def is_permit(content: Json) -> bool:
    """Whether a Consent allows, by its outermost provision or else by its policy's code. Raises Inexpressible.

    FHIR R4 leaves the type out of the outermost provision where the policy says it; IHE PCF puts it there.
    """
    kind = values.text(values.one(content, "provision"), "type")
    said = {code for code in POLICIES if has(values.one(content, "policyRule"), {(ACT_CODE, code)})}
    if kind is None and len(said) == 1:
        return POLICIES[said.pop()]
    if kind not in ("permit", "deny"):
        raise Inexpressible("no_decision")
    return kind == "permit"


def purposes(codings: Iterable[Json], permits: bool) -> frozenset[str]:
    """The purposes that any of these codings names. Raises Inexpressible for one that has no word here."""
    found: set[str] = set()
    for each in codings:
        system, code = values.text(each, "system"), values.text(each, "code") or ""
        if system == OWN_PURPOSE and code in PURPOSES:
            found.add(code)
        elif system == REASON and code in PURPOSE_WORDS:
            found |= PURPOSE_WORDS[code] if permits else PURPOSE_WORDS[code] | BELOW.get(code, frozenset())
        elif system != REASON or code not in FOREIGN_PURPOSES:
            raise Inexpressible("purpose_unknown")
    return frozenset(found)


def collections(codings: Iterable[Json]) -> frozenset[str]:
    """The collections that these kinds of content make up. Raises Inexpressible when one is named in part."""
    named: set[str] = set()
    for each in codings:
        code = values.text(each, "code") or ""
        if values.text(each, "system") != RESOURCE_TYPES:
            raise Inexpressible("class_unknown")
        named.add(code)
    found = frozenset(name for name, types in TYPES_OF.items() if types <= named)
    known = FOREIGN_TYPES.union(*(TYPES_OF[name] for name in found))
    if not named <= known:
        raise Inexpressible("class_unknown")
    return found


def actions(concepts: Sequence[Json], of: frozenset[str] | None, permits: bool) -> frozenset[str]:
    """The actions that a provision speaks of, with the collections that it is limited to, None without a limit.

    What a permit leaves unsaid gives least: to read health data. What a deny leaves unsaid shuts most.
    """
    reads = HEALTH if permits else frozenset(TYPES_OF)
    if not concepts:
        if permits:
            return _reads(of if of is not None else reads)
        return ACTIONS if of is None else frozenset().union(*(EVERYTHING_OF[each] for each in of))
    found: set[str] = set()
    for each in concepts:
        word = _word(each)
        if word is None:
            found |= _reads(of if of is not None else reads)
        elif of is None:
            found.add(word)
        else:
            # Our words say themselves what they are about.
            raise Inexpressible("class_unknown")
    return frozenset(found)


def is_recipient(concept: Json) -> bool:
    """Whether a role of an actor says that they are the one who receives the information."""
    return has(concept, RECIPIENTS)


def has(concept: Json, codes: Collection[tuple[str, str]]) -> bool:
    """Whether a concept is one of these, each a system and a code, and no other code of their systems beside it."""
    systems = {system for system, _ in codes}
    said = {(values.text(each, "system"), values.text(each, "code")) for each in coded(concept)}
    said = {each for each in said if each[0] in systems}
    return bool(said) and said <= set(codes)


def coded(concept: Json) -> list[Json]:
    """The codings of a concept."""
    return values.many(concept, "coding")


def purpose_coding(word: str) -> dict[str, Any]:
    """A purpose as the code that says the same, else as our own word."""
    code = PURPOSE_CODES.get(word)
    return {"system": REASON, "code": code} if code else {"system": OWN_PURPOSE, "code": word}


def concept(system: str, code: str) -> dict[str, Any]:
    """A CodeableConcept of one coding."""
    return {"coding": [{"system": system, "code": code}]}


def _reads(of: Iterable[str]) -> frozenset[str]:
    return frozenset(f"{each}:read" for each in of)


def _word(concept: Json) -> str | None:
    """Our word that an action's concept gives; None for access to whatever the provision is about."""
    said = {(values.text(each, "system"), values.text(each, "code")) for each in coded(concept)}
    words = {code for system, code in said if system == OWN_ACTION and code in ACTIONS}
    if len(words) == 1:
        return words.pop()
    if words or not has(concept, {(ACTION, "access")}):
        raise Inexpressible("action_unknown")
    return None
