"""The demo's appointments with hospital, municipality and doctor, from last month until some weeks from now."""

from dataclasses import replace
from datetime import date

from app.appointments.appointment import Appointment, Course, Place
from app.gateways.demo import people, today
from app.gateways.demo.people import DemoPerson
from app.gateways.demo.today import Today

REHABILITATION = Place("Bakkeby Sundhedshus", "Søndertorv 3, 8999 Bakkeby", "7000 0021", "990010000016003")
LUNG_CLINIC = Place(
    "Lungemedicinsk Ambulatorium, indgang 4", "Hospitalsalléen 1, 8999 Bakkeby", "7000 0031", "990010000016011"
)
LABORATORY = replace(LUNG_CLINIC, name="Blodprøver og Biokemi, indgang 2", phone="7000 0032", sor="990010000016012")
CHILDREN = replace(LUNG_CLINIC, name="Børne- og Ungeambulatoriet, indgang 6", phone="7000 0033", sor="990010000016013")
DOCTOR = Place("Lægerne Bakkegade", "Bakkegade 12, 8999 Bakkeby", "7000 0041", "990010000016021")
DENTIST = Place("Den kommunale tandpleje", "Skolevej 2, 8999 Bakkeby", "7000 0022", "990010000016004")
MUNICIPALITY = people.CASEWORKER.organisation
HOSPITAL = "Østbyens Hospital"
NURSE = f"{MUNICIPALITY}, Hjemmesygeplejen"
SERIES = "demo-genoptraening-karen"
# One course, known by one number at the hospital and by another at the municipality; the follow-up carries both.
AT_HOSPITAL, AT_MUNICIPALITY = "demo-forloeb-7401", "demo-forloeb-K-118"
TITLE = "Indlæggelse med KOL og tiden efter"
CLINIC = "Tag dit medicinkort og din inhalator med. Kom gerne ti minutter før."
VIDEO = "https://video.naerblik.invalid/demo-karen"


def shared(who: DemoPerson, day: Today) -> tuple[Appointment, ...]:
    """Those that are shared as appointment documents; such a document has no other status than active."""
    found = {people.KAREN.id: _of_karen, people.HENRIK.id: _of_henrik, people.OSKAR.id: _of_oskar}
    if who.id not in found:
        return ()
    return tuple(replace(each, status="active", as_of=day.written_at) for each in found[who.id](day))


def from_municipality(who: DemoPerson, day: Today) -> tuple[Appointment, ...]:
    """Those from the municipality's own system, where an appointment can be called off."""
    if who != people.KAREN:
        return ()
    on = day.workday(2)
    called_off = _visit("karen-visitation", on, "13:00", "13:45", "Besøg af visitator", _home(who))
    reason = "Vurdering af behov for hjælp i hjemmet"
    municipal = replace(called_off, kind="municipality", organisation=MUNICIPALITY, reason=reason)
    return (replace(municipal, status="cancelled", as_of=day.written_at),)


def _of_karen(day: Today) -> tuple[Appointment, ...]:
    home = _home(people.KAREN)
    return (
        _hospital(
            "karen-blodproever", day.workday(-12), "08:20", "08:35", "Blodprøver", "Kontrol af nyretal", LABORATORY
        ),
        _doctor("karen-laege-1", day.workday(-6), "10:15", "10:30"),
        *_rehabilitation(day),
        _nurse("karen-sygeplejerske-1", day.on, "09:00", "10:00", home),
        _nurse("karen-sygeplejerske-2", day.plus(1), "09:00", "10:00", home),
        *_after_admission(day, home),
        _doctor("karen-laege-2", day.workday(15), "09:45", "10:15"),
        _hospital(
            "karen-hjerte",
            day.workday(36),
            "13:30",
            "14:15",
            "Ultralydsundersøgelse",
            "Undersøgelse af hjertet",
            replace(LUNG_CLINIC, name="Hjertemedicinsk Ambulatorium, indgang 4", sor="990010000016014"),
        ),
    )


def _after_admission(day: Today, home: Place) -> tuple[Appointment, ...]:
    """The hospital's part of the course, the contact that the municipality owes within 96 hours, and a video visit."""
    stay = _hospital(
        "karen-indlaeggelse", day.workday(-9), "09:40", "10:00", "Indlæggelse", "Forværring af KOL", LUNG_CLINIC
    )
    follow_up = _visit("karen-96-timer", day.workday(-5), "10:00", "11:00", "Opfølgning hjemme efter udskrivelse", home)
    control = _hospital(
        "karen-lunge", day.workday(8), "11:00", "11:40", "Kontrol i ambulatoriet", "Kontrol af KOL", LUNG_CLINIC
    )
    video = _hospital(
        "karen-video", day.workday(4), "14:00", "14:20", "Videosamtale", "Samtale om vejrtrækning", Place()
    )
    hospital = Course((AT_HOSPITAL,), TITLE)
    return (
        replace(stay, course=hospital),
        replace(
            follow_up,
            kind="municipality",
            organisation=NURSE,
            reason="Inden 96 timer efter udskrivelse",
            course=Course((AT_HOSPITAL, AT_MUNICIPALITY), TITLE),
        ),
        replace(video, video_url=VIDEO, course=hospital),
        replace(control, preparation=CLINIC, course=hospital),
    )


def _of_henrik(day: Today) -> tuple[Appointment, ...]:
    return (
        _doctor("henrik-laege-1", day.workday(-27), "08:15", "08:30"),
        _doctor("henrik-laege-2", day.workday(11), "14:30", "14:45"),
    )


def _of_oskar(day: Today) -> tuple[Appointment, ...]:
    dentist = _visit("oskar-tandlaege", day.workday(5), "12:40", "13:10", "Tandeftersyn", DENTIST)
    municipal = replace(dentist, kind="municipality", organisation=f"{MUNICIPALITY}, Tandplejen", reason="Eftersyn")
    return (
        _doctor("oskar-laege", day.workday(-9), "15:00", "15:15"),
        municipal,
        _hospital("oskar-astma", day.workday(19), "09:30", "10:15", "Astmakontrol", "Kontrol af astma", CHILDREN),
    )


def _rehabilitation(day: Today) -> tuple[Appointment, ...]:
    """Four visits of one series on the same weekday: one was, three come."""
    visits = []
    for number, days in enumerate((-4, 3, 10, 17), start=1):
        visit = _visit(
            f"karen-genoptraening-{number}", day.workday(days), "10:30", "11:30", "Lungerehabilitering", REHABILITATION
        )
        visits.append(
            replace(
                visit,
                kind="municipality",
                organisation=f"{MUNICIPALITY}, Genoptræningen",
                reason="Træning på hold",
                series=SERIES,
                course=Course((AT_MUNICIPALITY,)),
            )
        )
    return tuple(visits)


def _nurse(visit_id: str, on: date, start: str, end: str, home: Place) -> Appointment:
    visit = _visit(visit_id, on, start, end, "Besøg af hjemmesygeplejerske", home)
    return replace(
        visit,
        kind="municipality",
        guiding_time=True,
        organisation=NURSE,
        reason="Måling af blodtryk, vægt og blodsukker",
    )


def _hospital(visit_id: str, on: date, start: str, end: str, title: str, reason: str, place: Place) -> Appointment:
    visit = _visit(visit_id, on, start, end, title, place)
    return replace(visit, kind="region", organisation=HOSPITAL, reason=reason)


def _doctor(visit_id: str, on: date, start: str, end: str) -> Appointment:
    visit = _visit(visit_id, on, start, end, "Aftale hos praktiserende læge", DOCTOR)
    return replace(visit, kind="practitioner", organisation=DOCTOR.name)


def _visit(visit_id: str, on: date, start: str, end: str, title: str, place: Place) -> Appointment:
    return Appointment(f"demo-{visit_id}", today.at(on, start), today.at(on, end), title=title, place=place)


def _home(who: DemoPerson) -> Place:
    street, phone = people.HOMES[who.id]
    return Place("Eget hjem", f"{street}, 8999 Bakkeby", phone)
