"""The dosage of a medication: FMK's own words for it, and its structure for the dose plan."""

from datetime import date
from decimal import Decimal

from lxml import etree

from app.gateways import xml
from app.gateways.fmk import values
from app.medication import rules
from app.medication.card import DosageText

_KINDS = {"fast": "fixed", "efter behov": "as_needed", "kombineret": "combined", "ikke angivet": "none"}
_PARTS_OF_DAY = ("morning", "noon", "evening", "night")
_MOST = Decimal("999999999.999999999")
_FREE_TEXT, _SCHEMA = "FreeText", "AdministrationAccordingToSchemaInLocalSystem"
_FIXED, _AS_NEEDED = "StructuresFixed", "StructuresAccordingToNeed"


def read_dosage(dosage: etree._Element) -> tuple[DosageText, rules.Dosage]:
    """The dosage as text and as structure; raises Refused for what the schema forbids."""
    kind = xml.enum(xml.required_child(dosage, "Type"), _KINDS)
    free_text, schema = xml.child(dosage, _FREE_TEXT), xml.child(dosage, _SCHEMA)
    groups = {name: each for name in (_FIXED, _AS_NEEDED) if (each := xml.child(dosage, name)) is not None}
    if (free_text is not None) + (schema is not None) + bool(groups) > 1:
        xml.refuse(dosage, "has more than one of structures, free text and schema")
    if free_text is not None:
        start, end = bounds(free_text, "StartDate", "DosageStartedPreviously", "EndDate", "DosageEndingUndetermined")
        long = xml.raw_text(xml.required_child(free_text, "Text")) or None
        return DosageText("free_text", long=long), rules.Dosage(unplanned="free_text", start=start, end=end)
    if schema is not None:
        start, end = bounds(schema, "StartDate", "DosageStartedPreviously", "EndDate", "DosageEndingUndetermined")
        return DosageText("schema"), rules.Dosage(unplanned="schema", start=start, end=end)
    periods = tuple(period for name, group in groups.items() for period in _periods(group, name == _AS_NEEDED))
    unit, singular, plural = _units(dosage, groups)
    short, long = _translation(groups)
    told = kind if kind != "none" else _kind_of(groups)
    return DosageText(told, short, long), rules.Dosage(periods, unit, singular, plural)


def bounds(
    parent: etree._Element, start: str, started_before: str, end: str, without_end: str
) -> tuple[date | None, date | None]:
    """Start and inclusive end, None where the source says started previously or undetermined."""
    first, last = values.one_of(parent, start, started_before), values.one_of(parent, end, without_end)
    begins = xml.day(first) if xml.local(first) == start else None
    ends = xml.day(last) if xml.local(last) == end else None
    if begins is not None and ends is not None and ends < begins:
        xml.refuse(last, "is before the start")
    return begins, ends


def _kind_of(groups: dict[str, etree._Element]) -> str:
    if len(groups) > 1:
        return "combined"
    if _FIXED in groups:
        return "fixed"
    return "as_needed" if groups else "none"


def _units(dosage: etree._Element, groups: dict[str, etree._Element]) -> tuple[str | None, str | None, str | None]:
    """Unit, or singular and plural. Where parts of the dosage differ in it there is no one unit to tell."""
    holders = [dosage, *groups.values()]
    holders += [structure for group in groups.values() for structure in xml.children(group, "Structure")]
    found = {unit for holder in holders if any(unit := _unit(holder))}
    return found.pop() if len(found) == 1 else (None, None, None)


def _unit(holder: etree._Element) -> tuple[str | None, str | None, str | None]:
    pair = xml.child(holder, "UnitTexts")
    if pair is None:
        return values.text_of(holder, "UnitText"), None, None
    return None, values.text_of(pair, "Singular"), values.text_of(pair, "Plural")


def _translation(groups: dict[str, etree._Element]) -> tuple[str | None, str | None]:
    """Short and long text: the combined one, else that of the only structure."""
    for group in groups.values():
        combined = xml.child(group, "DosageTranslationCombined")
        if combined is not None:
            return _texts(combined)
    structures = [each for group in groups.values() for each in xml.children(group, "Structure")]
    only = xml.child(structures[0], "DosageTranslation") if len(structures) == 1 else None
    return (None, None) if only is None else _texts(only)


def _texts(translation: etree._Element) -> tuple[str | None, str | None]:
    short = xml.child(translation, "ShortText")
    long = xml.raw_text(xml.required_child(translation, "LongText"))
    return (None if short is None else xml.raw_text(short) or None), long or None


def _periods(group: etree._Element, as_needed: bool) -> list[rules.Period]:
    periods = [
        _period(each, as_needed) if xml.local(each) == "Structure" else _break(each, as_needed)
        for each in group.iterchildren("{*}Structure", "{*}EmptyStructure")
    ]
    if not periods:
        xml.refuse(group, "has no structure")
    return periods


def _break(structure: etree._Element, as_needed: bool) -> rules.Period:
    start, end = bounds(structure, "StartDate", "DosageStartedPreviously", "EndDate", "DosageEndingUndetermined")
    return rules.Period(None, start, end, as_needed)


def _period(structure: etree._Element, as_needed: bool) -> rules.Period:
    iteration = values.one_of(structure, "IterationInterval", "NotIterated")
    interval = xml.integer(iteration, 1, 365) if xml.local(iteration) == "IterationInterval" else None
    start, end = bounds(structure, "StartDate", "DosageStartedPreviously", "EndDate", "DosageEndingUndetermined")
    any_day = xml.child(structure, "AnyDay")
    days = tuple(_day(each) for each in xml.children(structure, "Day"))
    if any_day is None and not days:
        xml.refuse(structure, "has neither AnyDay nor Day")
    return rules.Period(interval, start, end, as_needed, days, () if any_day is None else _doses(any_day))


def _day(day: etree._Element) -> tuple[int, tuple[rules.Dose, ...]]:
    return xml.integer(xml.required_child(day, "Number"), 1), _doses(day)


def _doses(day: etree._Element) -> tuple[rules.Dose, ...]:
    doses = tuple(_dose(each) for each in xml.children(day, "Dose"))
    if not doses:
        xml.refuse(day, "has no Dose")
    return doses


def _dose(dose: etree._Element) -> rules.Dose:
    time = xml.child(dose, "Time")
    written = None if time is None else xml.required_text(time)
    if time is not None and written not in _PARTS_OF_DAY and not xml.is_clock_time(written or ""):
        xml.refuse(time, "is neither a part of the day nor a clock time")
    quantity = values.one_of(dose, "Quantity", "MinimalQuantity")
    if xml.local(quantity) == "Quantity":
        if (stray := xml.child(dose, "MaximalQuantity")) is not None:
            xml.refuse(stray, "stands beside a Quantity")
        return rules.Dose(written, xml.decimal(quantity, _MOST, 9))
    largest = xml.required_child(dose, "MaximalQuantity")
    least, most = xml.decimal(quantity, _MOST, 9), xml.decimal(largest, _MOST, 9)
    if most < least:
        xml.refuse(largest, "is less than MinimalQuantity")
    return rules.Dose(written, least, most)
