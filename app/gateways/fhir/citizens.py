"""Tell which citizen each resource of a file is about."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import parse_qs, urlsplit

from app import errors
from app.gateways.fhir import numbers, patient, values
from app.gateways.fhir.resources import Directory, Resource
from app.gateways.fhir.values import Json
from app.identity.person import Number, Person

# Nobody has had so many; without a bound a file could make us compare for hours.
MOST_NUMBERS = 50


class Register:
    """The citizens of a file. A citizen is known by their place, counted in the order in which they come up.

    Patients who share a number, or of whom one replaces the other, are one citizen. A citizen may also be named by
    number alone.
    """

    def __init__(self, directory: Directory, resources: Sequence[Resource]) -> None:
        """``resources`` are those of the file that are read, checked already. Raises Refused with the place."""
        self._directory = directory
        self._numbers: list[tuple[Number, ...]] = []
        self._patients: list[list[Resource]] = []
        self._place_of: dict[str, int] = {}
        self._born: dict[str, date] = {}
        found = [each for each in resources if each.type == "Patient"]
        found += [inner for each in resources for inner in _contained_patients(each)]
        for each in found:
            try:
                self._add(each)
            except errors.Invalid as error:
                raise errors.Refused(f"{each.place}: {error.detail}.") from None
        self._join_replaced(found)

    def people(self) -> list[tuple[int, Person]]:
        """Every citizen's place and what the file says of them, in order."""
        places = sorted(set(self._place_of.values()))
        return [(place, patient.read(self._patients[place], self._ordered(place))) for place in places]

    def citizen_of(self, reference: Json, source: Resource, name: str) -> int:
        """The place of the citizen whom a Reference names. Raises Invalid when that cannot be told."""
        place = self.find(reference, source)
        if place is None:
            raise errors.Invalid(f"{name}: it cannot be told which citizen this is")
        return place

    def find(self, reference: Json, source: Resource) -> int | None:
        """The place of the citizen whom a Reference names; None when it names none that can be told."""
        if values.text(reference, "type") not in (None, "Patient"):
            return None
        resolved = self._directory.find(reference, source)
        if resolved is not None and resolved.type != "Patient":
            return None
        known = numbers.read_all(values.many(resolved.content, "identifier")) if resolved else ()
        places = {self._place(number) for number in (*known, *stated(reference))}
        if len(places) > 1:
            raise errors.Invalid("a reference and its identifier name two citizens")
        return places.pop() if places else None

    def numbers_of(self, place: int) -> tuple[Number, ...]:
        """All the numbers by which the file names the citizen of this place."""
        return self._numbers[place]

    def _add(self, resource: Resource) -> None:
        own = numbers.read_all(values.many(resource.content, "identifier"))
        if not own:
            if resource.type == "Patient" and not resource.place.endswith("contained"):
                raise errors.Invalid("identifier: there is no person number")
            return
        born = values.whole_day(resource.content, "birthDate")
        for each in own:
            if born and self._born.setdefault(each.value, born) != born:
                raise errors.Invalid("birthDate: two Patients with the same number disagree")
        first, *rest = dict.fromkeys(self._place(each) for each in own)
        self._know(first, own)
        self._patients[first].append(resource)
        for place in rest:
            self._join(first, place)

    def _place(self, number: Number) -> int:
        if number.value not in self._place_of:
            self._place_of[number.value] = len(self._numbers)
            self._numbers.append((number,))
            self._patients.append([])
        return self._place_of[number.value]

    def _know(self, place: int, more: Sequence[Number]) -> None:
        self._numbers[place] = numbers.joined([*self._numbers[place], *more])
        if len(self._numbers[place]) > MOST_NUMBERS:
            raise errors.Refused(f"The file gives one citizen more than {MOST_NUMBERS} person numbers.")

    def _join(self, one: int, other: int) -> None:
        if one == other:
            return
        first, second = min(one, other), max(one, other)
        self._know(first, self._numbers[second])
        self._patients[first] += self._patients[second]
        for number in self._numbers[second]:
            self._place_of[number.value] = first
        self._numbers[second], self._patients[second] = (), []

    def _join_replaced(self, found: Sequence[Resource]) -> None:
        for each in found:
            own = numbers.read_all(values.many(each.content, "identifier"))
            for link in values.many(each.content, "link"):
                if own and link.get("type") in ("replaced-by", "replaces"):
                    try:
                        other = self.find(values.one(link, "other"), each)
                    except errors.Invalid as error:
                        raise errors.Refused(f"{each.place}: link: {error.detail}.") from None
                    if other is not None:
                        self._join(self._place(own[0]), other)

    def _ordered(self, place: int) -> tuple[Number, ...]:
        """The numbers of the current Patient before those of one who was replaced."""
        current = [
            number
            for each in self._patients[place]
            if not patient.is_replaced(each.content)
            for number in numbers.read_all(values.many(each.content, "identifier"))
        ]
        first = {number.value for number in current}
        return tuple(sorted(self._numbers[place], key=lambda number: number.value not in first))


def _contained_patients(resource: Resource) -> list[Resource]:
    inner = values.many(resource.content, "contained")
    place = f"{resource.place}, contained"
    return [Resource("Patient", place, each, resource.full_url) for each in inner if each["resourceType"] == "Patient"]


def stated(reference: Json) -> tuple[Number, ...]:
    """The number that a Reference states instead of a place: as an identifier, or as a search for one."""
    stated = list(numbers.read_all([values.one(reference, "identifier")]))
    address = urlsplit(_without_brackets(values.text(reference, "reference") or ""))
    if address.path.rsplit("/", maxsplit=1)[-1] == "Patient" and address.query:
        for token in parse_qs(address.query).get("identifier", []):
            system, _, value = token.rpartition("|")
            stated += numbers.read_all([{"system": system, "value": value}])
    return tuple(stated)


def _without_brackets(address: str) -> str:
    # Python's parser raises over brackets that it takes for an IPv6 host.
    return address.replace("[", "").replace("]", "")
