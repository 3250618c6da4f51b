"""The values of a consent that another system recorded, as that system says them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.consent.imported import ImportedTerms, Version


@dataclass(frozen=True)
class ImportedConsent:
    """A consent read from a source and listed as it is, with what it decides here.

    ``status`` is FHIR's (active, inactive, rejected, proposed, draft, entered-in-error). ``decision`` is permit, deny
    or None where the source does not say. ``valid_from`` and ``valid_to`` bound it. ``actors`` are the names or
    references of those it speaks of, ``purposes`` and ``actions`` the codes' display texts, else the codes.
    ``data`` are the kinds of data it is limited to, ``data_from`` and ``data_to`` (the first instant outside) the time
    the data are from. ``exceptions`` counts the provisions inside it, which it does not say in these values.
    ``resource`` is the source's resource whole, for the export. ``undated``: the source does not say when it wrote
    this, and ``as_of`` is when it was given. ``copy_of`` is the id of the consent given here that it is a copy of.
    ``terms`` are what it decides, or ``reason`` is the code of why it decides nothing (app.consent.imported);
    ``versions`` are the terms that we ever knew of it.
    """

    id: str
    status: str
    decision: str | None = None
    scope: str | None = None
    category: str | None = None
    given_at: datetime | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    actors: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    data_from: datetime | None = None
    data_to: datetime | None = None
    exceptions: int = 0
    as_of: datetime | None = None
    resource: tuple[tuple[str, Any], ...] = ()
    undated: bool = False
    copy_of: str | None = None
    terms: tuple[ImportedTerms, ...] = ()
    reason: str | None = None
    versions: tuple[Version, ...] = ()
