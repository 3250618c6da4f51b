"""FMK answers about invented people, built piece by piece."""

from app.gateways import fmk, xml
from app.gateways.facts import CitizenFacts

BASE = "http://www.dkma.dk/medicinecard/xml.schema/2015/06/01"
BY = (
    "<b:By><b:AuthorisedHealthcareProfessional><b:AuthorisationIdentifier>ABC12</b:AuthorisationIdentifier>"
    "<b:Name> Asta Eg </b:Name></b:AuthorisedHealthcareProfessional>"
    "<b:Organisation><b:Name>Lægerne Å</b:Name></b:Organisation></b:By>"
)
CREATED = f"<Created>{BY}<b:DateTime>2026-01-02T03:04:05Z</b:DateTime></Created>"
UNENDING = "<b:StartDate>2026-01-01</b:StartDate><b:DosageEndingUndetermined/>"
DRUG = (
    "<Drug><b:ATC><b:Code>N02BE01</b:Code><b:Text>Paracetamol</b:Text></b:ATC><b:Name>Prøvecetamol</b:Name>"
    "<b:Form><b:Text>tabletter</b:Text></b:Form>"
    "<b:Strength><b:Value>500.0</b:Value><b:UnitText>mg</b:UnitText></b:Strength></Drug>"
)
COURSE = (
    "<BeginEndDate><b:TreatmentStartDate>2026-01-01</b:TreatmentStartDate><b:TreatmentEndingUndetermined/>"
    "</BeginEndDate>"
)


def dose(amount: str = "<b:Quantity>1</b:Quantity>", time: str = "morning") -> str:
    return f"<b:Dose>{f'<b:Time>{time}</b:Time>' if time else ''}{amount}</b:Dose>"


def structure(
    doses: str = dose(),
    iteration: str = "<b:IterationInterval>1</b:IterationInterval>",
    bounds: str = UNENDING,
    number: str = "1",
) -> str:
    return (
        f"<b:Structure>{iteration}{bounds}<b:Day><b:Number>{number}</b:Number>{doses}</b:Day><b:DosageTranslation>"
        "<b:ShortText>kort\n</b:ShortText><b:LongText> lang\ntekst</b:LongText></b:DosageTranslation></b:Structure>"
    )


def fixed(structures: str = structure(), kind: str = "fast", combined: str = "") -> str:
    return (
        "<Dosage><UnitTexts><Singular>tablet</Singular><Plural>tabletter</Plural></UnitTexts>"
        f"<StructuresFixed>{structures}{combined}</StructuresFixed><Type>{kind}</Type></Dosage>"
    )


def medication(
    dosage: str = fixed(),
    identifier: str = "<Identifier>7</Identifier>",
    version: str = "11",
    course: str = COURSE,
    more: str = "",
    extra: str = "",
) -> str:
    return (
        f"<DrugMedication>{identifier}<Version>{version}</Version>{CREATED}{more}<Type>Lægeordineret</Type>{course}"
        "<Indication><b:FreeText>mod smerter</b:FreeText></Indication>"
        "<RouteOfAdministration><b:Code>OR</b:Code><b:Text>Oral anvendelse</b:Text></RouteOfAdministration>"
        f"{DRUG}{dosage}{extra}</DrugMedication>"
    )


def prescription(
    status: str = "åben", identifier: str = "900", iterations: str = "", attached: str = "", orders: str = ""
) -> str:
    return (
        f"<Prescription><Identifier>{identifier}</Identifier>{attached}{CREATED}<ValidFromDate>2026-01-01</ValidFromDate>"
        "<ValidToDate>2028-01-01</ValidToDate><PackageRestriction><PackageNumber>123</PackageNumber><PackageSize>"
        f"<PackageSizeText>100 stk.</PackageSizeText></PackageSize><PackageQuantity>1</PackageQuantity>{iterations}"
        f"</PackageRestriction>{DRUG}<SubstitutionAllowed>true</SubstitutionAllowed><Status>{status}</Status>{orders}"
        "</Prescription>"
    )


def patient(number: str = "0101701234", source: str = "CPR", place: str = "") -> str:
    return (
        "<Patient><b:Person><b:Name><b:GivenName>Alma</b:GivenName><b:MiddleName>Bo</b:MiddleName>"
        "<b:Surname>Prøve</b:Surname></b:Name>"
        f'<b:PersonIdentifier source="{source}">{number}</b:PersonIdentifier><b:BirthDate>1970-01-01</b:BirthDate>'
        f"<b:Gender>female</b:Gender></b:Person>{place}</Patient>"
    )


def card(*items: str, about: str = "", version: str = "5", root: str = "GetMedicineCardResponse") -> bytes:
    return document(
        f"<MedicineCard>{about or patient()}<Version>{version}</Version><Modified>{BY}"
        f"<b:DateTime>2026-02-02T10:00:00Z</b:DateTime></Modified>{''.join(items)}"
        "<HasOpenDosageDispensingPrescriptions>false</HasOpenDosageDispensingPrescriptions>"
        "<OrderedPrescriptionsExist>false</OrderedPrescriptionsExist></MedicineCard>",
        root,
    )


def document(content: str, root: str = "GetMedicineCardResponse", part: str = "E2") -> bytes:
    return f'<{root} xmlns="{BASE}/{part}" xmlns:b="{BASE}" xmlns:x="urn:other">{content}</{root}>'.encode()


def read(data: bytes) -> CitizenFacts:
    """The facts on the one citizen of an answer."""
    (facts,) = fmk.read(xml.parse(data)).citizens
    return facts
