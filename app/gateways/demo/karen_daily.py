"""What Karen takes now: by the times of the day, by the clock, by the week, in steps and when she needs it."""

from datetime import date

from app.gateways.demo import building, texts
from app.gateways.demo.building import daily, dose, in_unit, weekly, whenever
from app.gateways.demo.today import Today
from app.medication.card import DosageText, Medication
from app.medication.rules import Course


def medications(day: Today) -> tuple[Medication, ...]:
    """Those that she takes as of that day, the heart first, as on her card."""
    return (
        _metoprolol(day),
        _furosemide(day),
        _metformin(day),
        _paracetamol(day),
        _inhaler(day),
        _salbutamol(day),
        _prednisolone(day),
        _alendronate(day),
        _eye_drops(day),
    )


def _metoprolol(day: Today) -> Medication:
    start = date(2021, 9, 14)
    plan = in_unit(building.TABLET, daily(start, dose("1", "morning")))
    return Medication(
        id="90010001",
        version=day.medication_version,
        name="Metoprololsuccinat",
        active_substance="Metoprolol",
        atc="C07AB02",
        form="depottabletter",
        strength="50 mg",
        route="Oral anvendelse",
        indication="mod hjertesvigt",
        text=DosageText("fixed", "1 tablet morgen", texts.long_text(plan)),
        plan=plan,
        course=Course(start),
        prescriber=building.DOCTOR,
        organisation=building.PRACTICE,
        changed_at="2021-09-14T08:41:20Z",
    )


def _furosemide(day: Today) -> Medication:
    start = date(2022, 2, 1)
    fixed = daily(start, dose("1", "morning"))
    extra = daily(start, dose("1", "noon"), as_needed=True)
    plan = in_unit(building.TABLET, fixed, extra)
    return Medication(
        id="90010002",
        version=day.medication_version,
        name="Furosemid",
        active_substance="Furosemid",
        atc="C03CA01",
        form="tabletter",
        strength="40 mg",
        route="Oral anvendelse",
        indication="vanddrivende",
        text=DosageText("combined", None, texts.long_text(plan, None, "ved vægtstigning på mere end 2 kg på 3 dage")),
        plan=plan,
        course=Course(start),
        prescriber=building.DOCTOR,
        organisation=building.PRACTICE,
        changed_at="2022-02-01T10:15:43Z",
    )


def _metformin(day: Today) -> Medication:
    start = date(2019, 5, 6)
    plan = in_unit(building.TABLET, daily(start, dose("2", "morning"), dose("1", "noon"), dose("2", "evening")))
    return Medication(
        id="90010003",
        version=day.medication_version,
        name="Metformin",
        active_substance="Metformin",
        atc="A10BA02",
        form="filmovertrukne tabletter",
        strength="500 mg",
        route="Oral anvendelse",
        indication="mod sukkersyge",
        text=DosageText("fixed", "2 tabletter morgen, 1 tablet middag og 2 tabletter aften", texts.long_text(plan)),
        plan=plan,
        course=Course(start),
        prescriber=building.DOCTOR,
        organisation=building.PRACTICE,
        changed_at="2019-05-06T07:58:02Z",
    )


def _paracetamol(day: Today) -> Medication:
    start = date(2023, 10, 30)
    times = ("morning", "noon", "evening", "night")
    plan = in_unit(building.TABLET, daily(start, *(dose("2", time) for time in times)))
    return Medication(
        id="90010004",
        version=day.medication_version,
        name="Paracetamol",
        active_substance="Paracetamol",
        atc="N02BE01",
        form="filmovertrukne tabletter",
        strength="500 mg",
        route="Oral anvendelse",
        indication="mod smerter i knæ",
        text=DosageText("fixed", "2 tabletter morgen, middag, aften og nat", texts.long_text(plan)),
        plan=plan,
        course=Course(start),
        prescriber=building.DOCTOR,
        organisation=building.PRACTICE,
        changed_at="2023-10-30T09:22:37Z",
    )


def _inhaler(day: Today) -> Medication:
    start = date(2024, 1, 15)
    plan = in_unit(building.PUFF, daily(start, dose("2", "08:00:00"), dose("2", "20:00:00")))
    return Medication(
        id="90010005",
        version=day.medication_version,
        name="Budesonid/formoterol",
        active_substance="Formoterol og budesonid",
        atc="R03AK07",
        form="inhalationspulver",
        strength="160+4,5 mikrogram/dosis",
        route="Inhalation",
        indication="mod KOL",
        text=DosageText("fixed", "2 pust kl. 08:00 og kl. 20:00", texts.long_text(plan, "skyl munden bagefter")),
        plan=plan,
        course=Course(start),
        prescriber=building.LUNG_DOCTOR,
        organisation=building.LUNG_CLINIC,
        changed_at="2024-01-15T12:30:11Z",
    )


def _salbutamol(day: Today) -> Medication:
    start = date(2020, 11, 9)
    plan = in_unit(building.PUFF, whenever(start, dose("1", most="2")))
    short = "1-2 pust efter behov.\nBemærk: højst 8 pust i døgnet"
    return Medication(
        id="90010006",
        version=day.medication_version,
        name="Salbutamol",
        active_substance="Salbutamol",
        atc="R03AC02",
        form="inhalationsspray",
        strength="0,1 mg/dosis",
        route="Inhalation",
        indication="mod åndenød",
        text=DosageText("as_needed", short, texts.long_text(plan, "højst 8 pust i døgnet")),
        plan=plan,
        course=Course(start),
        prescriber=building.DOCTOR,
        organisation=building.PRACTICE,
        changed_at="2020-11-09T11:05:54Z",
    )


def _prednisolone(day: Today) -> Medication:
    """Four steps down, today in the second."""
    steps = (("5", -6, -2), ("3", -1, 3), ("2", 4, 8), ("1", 9, 13))
    periods = (daily(day.plus(first), dose(count, "morning"), end=day.plus(last)) for count, first, last in steps)
    plan = in_unit(building.TABLET, *periods)
    return Medication(
        id="90010007",
        version=day.medication_version,
        name="Prednisolon",
        active_substance="Prednisolon",
        atc="H02AB06",
        form="tabletter",
        strength="5 mg",
        route="Oral anvendelse",
        indication="mod forværring af KOL",
        text=DosageText("fixed", None, texts.long_text(plan)),
        plan=plan,
        course=Course(day.plus(-6), day.plus(13)),
        prescriber=building.LUNG_DOCTOR,
        organisation=building.LUNG_CLINIC,
        changed_at=f"{day.plus(-6).isoformat()}T12:48:19Z",
    )


def _alendronate(day: Today) -> Medication:
    start = date(2025, 3, 3)
    plan = in_unit(building.TABLET, weekly(start, dose("1")))
    note = "tages fastende med et stort glas vand, mindst 30 minutter før morgenmad"
    return Medication(
        id="90010008",
        version=day.medication_version,
        name="Alendronat",
        active_substance="Alendronsyre",
        atc="M05BA04",
        form="tabletter",
        strength="70 mg",
        route="Oral anvendelse",
        indication="mod knogleskørhed",
        text=DosageText("fixed", None, texts.long_text(plan, note)),
        plan=plan,
        course=Course(start),
        prescriber=building.DOCTOR,
        organisation=building.PRACTICE,
        changed_at="2025-02-27T09:33:08Z",
    )


def _eye_drops(day: Today) -> Medication:
    start = date(2024, 8, 19)
    plan = in_unit(building.DROP, daily(start, dose("1"), dose("1"), dose("1")))
    short = "1 dråbe 3 gange daglig.\nBemærk: i begge øjne"
    return Medication(
        id="90010009",
        version=day.medication_version,
        name="Carmellose",
        active_substance="Kunstige tårer og andre indifferente midler",
        atc="S01XA20",
        form="øjendråber, opløsning",
        strength="5 mg/ml",
        route="Okulær anvendelse",
        indication="mod tørre øjne",
        text=DosageText("fixed", short, texts.long_text(plan, "i begge øjne")),
        plan=plan,
        course=Course(start),
        prescriber=building.DOCTOR,
        organisation=building.PRACTICE,
        changed_at="2024-08-19T08:12:45Z",
    )
