"""Who the demo's people are: invented names, and numbers that nobody was given."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.gateways.demo.today import Today
from app.identity.person import Number, Person, Relation

ROLE_CODES = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


@dataclass(frozen=True)
class DemoPerson:
    """Somebody whom one can be in the demo, with one sentence about them in each language."""

    id: str
    name: str
    number: Number
    about_da: str
    about_en: str
    logs_in: bool = True


@dataclass(frozen=True)
class Caseworker:
    """A caseworker who is no citizen here; ``cvr`` is a prefixed identifier that no organisation was given."""

    id: str
    name: str
    organisation: str
    cvr: str


def passes_modulus_11(value: str) -> bool:
    """Whether a number passes the old check digit. The demo's never do, so that they are nobody's."""
    return sum(weight * int(digit) for weight, digit in zip(WEIGHTS, value, strict=True)) % 11 == 0


def birthday_of_oskar(today: Today) -> date:
    """Oskar is always 14 and stays so for half a year: his birthday is the last 10 January or 10 July, 14 years ago."""
    year, month = today.on.year, 7
    if today.on < date(year, 1, 10):
        year -= 1
    elif today.on < date(year, 7, 10):
        month = 1
    return date(year - 14, month, 10)


def number_of_oskar(born: date) -> Number:
    """A boy's number for a birth date in this century that fails the old check digit."""
    values = (f"{born:%d%m%y}{serial}" for serial in range(4711, 5000, 2))
    return Number(next(value for value in values if not passes_modulus_11(value)), "cpr")


CASEWORKER = Caseworker("birgit", "Birgit Nørlund", "Bakkeby Kommune", "cvr:20202020")
# A paper takes two.
CASEWORKERS = (CASEWORKER, Caseworker("anders", "Anders Vium", CASEWORKER.organisation, CASEWORKER.cvr))

KAREN = DemoPerson(
    id="karen",
    name="Karen Mikkelsen",
    number=Number("1903512846", "cpr"),
    about_da="Pensioneret bibliotekar, som lever med KOL, hjertesvigt og sukkersyge og gerne selv vil have overblik.",
    about_en="A retired librarian who lives with COPD, heart failure and diabetes and likes to keep track herself.",
)
HENRIK = DemoPerson(
    id="henrik",
    name="Henrik Mikkelsen",
    number=Number("0809791537", "cpr"),
    about_da="Karens voksne søn, der tager lidt medicin for blodtrykket og hjælper sin mor, når hun beder om det.",
    about_en="Karen's grown-up son, who takes a little for his blood pressure and helps his mother when she asks.",
)
OSKAR = DemoPerson(
    id="oskar",
    name="Oskar Thygesen",
    number=number_of_oskar(date(2012, 7, 10)),
    about_da="14 år, har astma og pollenallergi og vil helst tilbage på fodboldbanen.",
    about_en="14, has asthma and hay fever and would rather be back on the football pitch.",
)
LINE = DemoPerson(
    id="line",
    name="Line Thygesen",
    number=Number("2211842368", "cpr"),
    about_da="Oskars mor, der selv er rask og holder styr på familiens aftaler.",
    about_en="Oskar's mother, who is well herself and keeps track of the family's appointments.",
)
PEOPLE = (KAREN, HENRIK, OSKAR, LINE)

BORN = {"karen": date(1951, 3, 19), "henrik": date(1979, 9, 8), "line": date(1984, 11, 22)}
GENDER = {"karen": "female", "henrik": "male", "oskar": "male", "line": "female"}
HOMES = {
    "karen": ("Kirsebærvænget 4", "7000 0011"),
    "henrik": ("Møllestien 27, 2. tv.", "7000 0012"),
    "oskar": ("Lærkeparken 9", "7000 0013"),
    "line": ("Lærkeparken 9", "7000 0014"),
}


def person(who: DemoPerson, today: Today) -> Person:
    """The person as the register of citizens would describe them on that day."""
    given, family = who.name.split(" ", 1)
    street, phone = HOMES[who.id]
    return Person(
        numbers=numbers(who, today),
        name=who.name,
        given=(given,),
        family=family,
        born=born(who, today),
        details=(
            ("address", [{"use": "home", "line": [street], "postalCode": "8999", "city": "Bakkeby", "country": "DK"}]),
            ("gender", GENDER[who.id]),
            ("telecom", [{"system": "phone", "value": phone, "use": "mobile"}]),
        ),
    )


def born(who: DemoPerson, today: Today) -> date:
    """The birth date; Oskar's moves, so that he stays 14."""
    return birthday_of_oskar(today) if who == OSKAR else BORN[who.id]


def numbers(who: DemoPerson, today: Today) -> tuple[Number, ...]:
    """The numbers, the current one first. When Oskar's birthday moves he gets a new one and is found by both."""
    current = number_of_oskar(birthday_of_oskar(today)) if who == OSKAR else who.number
    if current == who.number:
        return (current,)
    since = birthday_of_oskar(today)
    since = since.replace(year=since.year + 14)
    replaced = Number(who.number.value, who.number.kind, valid_to=since - timedelta(days=1))
    return (Number(current.value, current.kind, valid_from=since), replaced)


def relations(who: DemoPerson, today: Today) -> tuple[Relation, ...]:
    """Those whom the register names as related to somebody: a relation, and no access."""
    if who == OSKAR:
        return (_relation(LINE, "oskar-mor", "MTH", today),)
    if who == KAREN:
        return (_relation(HENRIK, "karen-soen", "SONC", today),)
    return ()


def _relation(who: DemoPerson, relation_id: str, code: str, today: Today) -> Relation:
    known = person(who, today)
    codes = ((ROLE_CODES, code),)
    return Relation(relation_id, known.numbers, known.name, known.given, known.family, known.born, codes)
