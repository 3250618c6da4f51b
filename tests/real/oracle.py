"""What the contract says of the files of real input, read from them by plain XPath: nothing of the gateways."""

from typing import Any

from lxml import etree

STATUS = {
    "åben": "open",
    "afsluttet": "closed",
    "annulleret": "cancelled",
    "inaktiv": "inactive",
    "udløbet": "expired",
    "ugyldig": "invalid",
}
KIND = {"fast": "fixed", "efter behov": "as_needed", "kombineret": "combined"}


def find(node: etree._Element, path: str) -> list[Any]:
    """XPath without namespaces: each step is a local name."""
    steps = "/".join(step if step in (".", "..") else f"*[local-name()='{step}']" for step in path.split("/"))
    return list(node.xpath(steps))


def text(node: etree._Element, path: str) -> str | None:
    found = find(node, path)
    return found[0].text if found else None


def first(*values: str | None) -> str | None:
    return next((value for value in values if value), None)


def expected(medication: etree._Element) -> dict[str, Any]:
    """What the contract says of one DrugMedication of the file."""
    dosage = find(medication, "Dosage")[0]
    combined = [
        each
        for kind in ("StructuresFixed", "StructuresAccordingToNeed")
        for each in find(dosage, f"{kind}/DosageTranslationCombined")
    ]
    single = [
        each
        for kind in ("StructuresFixed", "StructuresAccordingToNeed")
        for each in find(dosage, f"{kind}/Structure/DosageTranslation")
    ]
    spoken = combined or (single if len(single) == 1 else [])
    schema = find(dosage, "AdministrationAccordingToSchemaInLocalSystem")
    kind = "free_text" if find(dosage, "FreeText") else "schema" if schema else KIND[text(dosage, "Type") or ""]
    return {
        "id": text(medication, "Identifier"),
        "name": first(text(medication, "Drug/Name"), text(medication, "Drug/DetailedDrugText")),
        "active_substance": text(medication, "Drug/ATC/Text"),
        "atc": text(medication, "Drug/ATC/Code"),
        "form": text(medication, "Drug/Form/Text"),
        "route": text(medication, "RouteOfAdministration/Text"),
        "indication": first(text(medication, "Indication/Text"), text(medication, "Indication/FreeText")),
        "treatment_start": text(medication, "BeginEndDate/TreatmentStartDate"),
        "treatment_end": text(medication, "BeginEndDate/TreatmentEndDate"),
        "prescriber": text(medication, "Created/By/AuthorisedHealthcareProfessional/Name"),
        "organisation": text(medication, "Created/By/Organisation/Name"),
        "changed_at": first(text(medication, "Modified/DateTime"), text(medication, "Created/DateTime")),
        "dosage.kind": kind,
        "dosage.short": text(spoken[0], "ShortText") if spoken else None,
        "dosage.long": text(spoken[0], "LongText") if spoken else text(dosage, "FreeText/Text"),
    }


def shown(medication: dict[str, Any]) -> dict[str, Any]:
    flat = {**medication, **{f"dosage.{key}": value for key, value in medication["dosage"].items()}}
    return {
        key: flat[key]
        for key in (
            "id",
            "name",
            "active_substance",
            "atc",
            "form",
            "route",
            "indication",
            "treatment_start",
            "treatment_end",
            "prescriber",
            "organisation",
            "changed_at",
            "dosage.kind",
            "dosage.short",
            "dosage.long",
        )
    }
