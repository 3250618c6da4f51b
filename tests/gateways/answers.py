"""Small FMK answers with invented people, written as FMK writes them, for tests that need a file."""

E2 = "http://www.dkma.dk/medicinecard/xml.schema/2015/06/01/E2"
E6 = "http://www.dkma.dk/medicinecard/xml.schema/2015/06/01/E6"
BASE = "http://www.dkma.dk/medicinecard/xml.schema/2015/06/01"

BY = """<By><AuthorisedHealthcareProfessional><AuthorisationIdentifier>AB123</AuthorisationIdentifier>
<Name>Mette Lund</Name></AuthorisedHealthcareProfessional><Organisation><Name>Lægerne Bakkegade</Name>
<Type>Yder</Type><Identifier source="Yder">1</Identifier></Organisation></By>"""


def person(cpr: str = "1501701234", name: str = "Bodil") -> str:
    """Patient as the card and the prescriptions carry it."""
    return f"""<Person><Name><GivenName>{name}</GivenName><Surname>Krogh</Surname></Name>
<PersonIdentifier source="CPR">{cpr}</PersonIdentifier>
<BirthDate>1970-01-15</BirthDate><Gender>female</Gender></Person>"""


def medication(
    of: int = 70000001, version: int = 5, name: str = "Spiriva", extra: str = "", dosage: str = "", end: str = ""
) -> str:
    """One DrugMedication of the E2 schema."""
    dosage = dosage or structured()
    end = f"<TreatmentEndDate>{end}</TreatmentEndDate>" if end else "<TreatmentEndingUndetermined/>"
    return f"""<e2:DrugMedication><e2:Identifier>{of}</e2:Identifier><e2:Version>{version}</e2:Version>
<e2:Created>{BY}<DateTime>2026-02-03T09:12:00Z</DateTime></e2:Created>{extra}
<e2:Type>Lægeordineret</e2:Type>
<e2:BeginEndDate><TreatmentStartDate>2026-02-03</TreatmentStartDate>{end}</e2:BeginEndDate>
<e2:Indication><Code source="Medicinpriser" date="2026-02-03">1</Code><Text>mod KOL</Text></e2:Indication>
<e2:RouteOfAdministration><Code source="Medicinpriser" date="2026-02-03">IH</Code>
<Text>Inhalation</Text></e2:RouteOfAdministration>
<e2:Drug><ATC><Code source="Medicinpriser" date="2026-02-03">R03BB04</Code><Text>Tiotropiumbromid</Text></ATC>
<Name>{name}</Name><Form><Code source="Medicinpriser" date="2026-02-03">INHPUL</Code>
<Text>inhalationspulver</Text></Form>
<Strength><Text source="Medicinpriser" date="2026-02-03">18 mikrogram</Text></Strength></e2:Drug>
<e2:Dosage>{dosage}</e2:Dosage></e2:DrugMedication>"""


def structured(
    doses: str = "<Dose><Time>morning</Time><Quantity>1</Quantity></Dose>", start: str = "2026-02-03"
) -> str:
    """A fixed daily dosage."""
    return f"""<e2:UnitTexts><e2:Singular>kapsel</e2:Singular><e2:Plural>kapsler</e2:Plural></e2:UnitTexts>
<e2:StructuresFixed><Structure><IterationInterval>1</IterationInterval><StartDate>{start}</StartDate>
<DosageEndingUndetermined/><Day><Number>1</Number>{doses}</Day>
<DosageTranslation><ShortText>1 kapsel morgen</ShortText><LongText>1 kapsel hver morgen</LongText></DosageTranslation>
</Structure></e2:StructuresFixed><e2:Type>fast</e2:Type>"""


def card(
    *medications: str,
    version: int = 10,
    cpr: str = "1501701234",
    before: str = "",
    after: str = "",
    name: str = "Bodil",
) -> str:
    """A GetMedicineCardResponse."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<e2:GetMedicineCardResponse xmlns="{BASE}" xmlns:e2="{E2}"><e2:MedicineCard>
<e2:Patient>{person(cpr, name)}</e2:Patient><e2:Version>{version}</e2:Version>
<e2:Modified>{BY}<DateTime>2026-11-20T13:00:05Z</DateTime></e2:Modified>
{before}{"".join(medications)}{after}
<e2:HasOpenDosageDispensingPrescriptions>false</e2:HasOpenDosageDispensingPrescriptions>
<e2:OrderedPrescriptionsExist>false</e2:OrderedPrescriptionsExist></e2:MedicineCard></e2:GetMedicineCardResponse>"""


def private(of: int = 70000009, version: int = 6) -> str:
    """A private medication as the card lists it."""
    return f"""<e2:PrivateDrugMedication><Identifier>{of}</Identifier><Version>{version}</Version>
</e2:PrivateDrugMedication>"""


def news(*medications: str, cpr: str = "1501701234") -> str:
    """A GetDrugMedicationResponse."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<e2:GetDrugMedicationResponse xmlns="{BASE}" xmlns:e2="{E2}">
<e2:PersonIdentifier source="CPR">{cpr}</e2:PersonIdentifier>{"".join(medications)}</e2:GetDrugMedicationResponse>"""


def prescription(
    of: int = 700000000001, attached: int | None = 70000001, status: str = "åben", orders: str = ""
) -> str:
    """One Prescription of the E6 schema, iterated four times."""
    to = (
        f"<e6:AttachedToDrugMedicationIdentifier>{attached}</e6:AttachedToDrugMedicationIdentifier>" if attached else ""
    )
    return f"""<e6:Prescription><e6:Identifier>{of}</e6:Identifier>{to}
<e6:AuthorisationDateTime>2026-02-03T09:12:00Z</e6:AuthorisationDateTime>
<e6:Created>{BY}<DateTime>2026-02-03T09:12:00Z</DateTime></e6:Created>
<e6:ValidFromDate>2026-02-03</e6:ValidFromDate><e6:ValidToDate>2028-02-03</e6:ValidToDate>
<e6:PackageRestriction><e2:PackageNumber source="Medicinpriser" date="2026-02-03">123456</e2:PackageNumber>
<e2:PackageSize><e2:PackageSizeText>30 stk.</e2:PackageSizeText></e2:PackageSize>
<e2:PackageQuantity>1</e2:PackageQuantity><e2:IterationNumber>4</e2:IterationNumber>
<e2:IterationInterval>1</e2:IterationInterval><e2:IterationIntervalUnit>måneder</e2:IterationIntervalUnit>
</e6:PackageRestriction><e6:Drug><Name>Spiriva</Name><Form><Code source="L" date="2026-02-03">I</Code>
<Text>inhalationspulver</Text></Form></e6:Drug><e6:SubstitutionAllowed>true</e6:SubstitutionAllowed>
<e6:Status>{status}</e6:Status>{orders}</e6:Prescription>"""


def prescriptions(*each: str, cpr: str = "1501701234") -> str:
    """A GetPrescriptionResponse."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<e6:GetPrescriptionResponse xmlns="{BASE}" xmlns:e2="{E2}" xmlns:e6="{E6}">
<e6:Patient>{person(cpr)}</e6:Patient>{"".join(each)}</e6:GetPrescriptionResponse>"""
