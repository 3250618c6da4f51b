"""Sources that are asked, and told, over HTTP: an FMK front and a FHIR server. No address holds a person number."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import urllib3
from lxml import etree
from urllib3.exceptions import HTTPError

from app import clock, errors
from app.config import SourceSettings
from app.gateways.fhir import outgoing_task
from app.records.source import Answer, Kind, Receiver, Source, Told

# One answer may not be larger than what the readers take.
MOST_BYTES = 20 * 1024 * 1024
MOST_PAGES = 50
# A source may ask us to wait, but not longer than a person would wait for a command, in seconds.
LONGEST_WAIT = 30

FMK = "http://www.dkma.dk/medicinecard/xml.schema/2015/06/01"
CPR_SYSTEM = "urn:oid:1.2.208.176.1.2"
SEARCHED = ("RelatedPerson", "MedicationStatement", "MedicationRequest", "Appointment", "Consent")


def configured(settings: SourceSettings, now: Callable[[], datetime] = clock.now) -> tuple[Source, ...]:
    """The sources that have an address in the settings."""
    sources: list[Source] = []
    if settings.fmk_url:
        sources.append(FmkSource(settings.fmk_url, Client(settings), now))
    if settings.fhir_url:
        sources.append(FhirSource(settings.fhir_url, Client(settings), now))
    return tuple(sources)


def receivers(settings: SourceSettings, now: Callable[[], datetime] = clock.now) -> tuple[Receiver, ...]:
    """Those of the sources that the settings say take messages of citizens."""
    if settings.fhir_url is None or not settings.fhir_takes:
        return ()
    return (FhirSource(settings.fhir_url, Client(settings), now, settings.fhir_takes),)


class Client:
    """Requests with time-outs, bounded answers and back-off; no redirects, which could carry a number elsewhere."""

    def __init__(self, settings: SourceSettings) -> None:
        retry = urllib3.Retry(
            total=settings.retries,
            redirect=0,
            backoff_factor=0.2,
            backoff_max=LONGEST_WAIT,
            retry_after_max=LONGEST_WAIT,
            status_forcelist=(408, 429, 500, 502, 503, 504),
            allowed_methods=None,
            raise_on_status=False,
        )
        timeout = urllib3.Timeout(connect=settings.timeout, read=settings.timeout)
        self._pool = urllib3.PoolManager(retries=retry, timeout=timeout, maxsize=2)

    def ask(self, method: str, url: str, body: bytes | None, content_type: str) -> bytes:
        """The body of a good answer. Raises SourceFailed in every other case."""
        headers = {"Content-Type": content_type, "Accept": content_type}
        if content_type == "application/x-www-form-urlencoded":
            headers["Accept"] = "application/fhir+json"
        try:
            response = self._pool.request(
                method, url, body=body, headers=headers, preload_content=False, redirect=False
            )
            try:
                data = response.read(MOST_BYTES + 1, decode_content=True)
            finally:
                response.release_conn()
                response.close()
        except HTTPError as error:
            raise errors.SourceFailed(f"The source did not answer ({type(error).__name__}).") from None
        if not 200 <= response.status < 300:
            raise errors.SourceFailed(f"The source refused with status {response.status}.")
        if len(data) > MOST_BYTES:
            raise errors.SourceFailed("The source's answer is larger than 20 MB.")
        return data


class FmkSource:
    """The medication card: asked for the card and the prescriptions with FMK 1.4.6 requests, the number in the body."""

    name = "fmk"
    requests = (("E2", "GetMedicineCard"), ("E6", "GetPrescription"))

    def __init__(self, url: str, client: Client, now: Callable[[], datetime]) -> None:
        self._url, self._client, self._now = url, client, now

    def fetch(self, cpr: str) -> list[Answer]:
        """The card and the prescriptions."""
        return [self._ask(schema, name, cpr) for schema, name in self.requests]

    def _ask(self, schema: str, name: str, cpr: str) -> Answer:
        root = etree.Element(f"{{{FMK}/{schema}}}{name}Request")
        identifier = etree.SubElement(root, f"{{{FMK}/{schema}}}PersonIdentifier", source="CPR")
        identifier.text = cpr
        body = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
        return Answer(self._client.ask("POST", f"{self._url}/{name}", body, "application/xml"), self._now())


class FhirSource:
    """A FHIR R4 server: the Patient is found by POST search, then everything of theirs by the server's own id."""

    name = "fhir"

    def __init__(
        self, url: str, client: Client, now: Callable[[], datetime], takes: frozenset[Kind] = frozenset()
    ) -> None:
        self._url, self._client, self._now, self.takes = url, client, now, takes

    def fetch(self, cpr: str) -> list[Answer]:
        """One Bundle with the Patient and all resources that name them; empty when the server knows nobody."""
        patients = list(self._search("Patient", identifier=f"{CPR_SYSTEM}|{cpr}"))
        entries = list(patients)
        for patient in patients:
            reference = f"Patient/{patient.get('resource', {}).get('id', '')}"
            for kind in SEARCHED:
                entries.extend(self._search(kind, patient=reference))
        if not entries:
            return []
        bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
        return [Answer(json.dumps(bundle).encode(), self._now())]

    def send(self, message_id: str, message: bytes) -> Told:
        """Put the Task under the message's id: sent twice it is still one."""
        body = self._client.ask("PUT", f"{self._url}/Task/{message_id}", message, "application/fhir+json")
        return outgoing_task.told(body, message_id)

    def ask(self, message_id: str) -> Told:
        """Read the Task as the receiver has left it."""
        body = self._client.ask("GET", f"{self._url}/Task/{message_id}", None, "application/fhir+json")
        return outgoing_task.told(body, message_id)

    def _search(self, kind: str, **wanted: str) -> Iterator[dict[str, Any]]:
        body = urlencode(wanted).encode()
        page = self._bundle("POST", f"{self._url}/{kind}/_search", body)
        for _ in range(MOST_PAGES):
            yield from (_bare(entry) for entry in page.get("entry", []))
            following = next((each["url"] for each in page.get("link", []) if each.get("relation") == "next"), None)
            if following is None:
                return
            if not str(following).startswith(f"{self._url}/") and not str(following).startswith(f"{self._url}?"):
                raise errors.SourceFailed("The source's next page lies at another address.")
            page = self._bundle("GET", str(following), None)
        raise errors.SourceFailed("The source's answer has too many pages.")

    def _bundle(self, method: str, url: str, body: bytes | None) -> dict[str, Any]:
        data = self._client.ask(method, url, body, "application/x-www-form-urlencoded")
        try:
            page = json.loads(data)
        except (ValueError, RecursionError):
            raise errors.SourceFailed("The source answered something that is no JSON.") from None
        if not isinstance(page, dict) or page.get("resourceType") != "Bundle":
            raise errors.SourceFailed("The source answered something that is no Bundle.")
        return page


def _bare(entry: Any) -> dict[str, Any]:
    """An entry without what only a search has."""
    if not isinstance(entry, dict) or not isinstance(entry.get("resource"), dict):
        raise errors.SourceFailed("The source's Bundle has an entry without a resource.")
    return {name: entry[name] for name in ("fullUrl", "resource") if name in entry}
