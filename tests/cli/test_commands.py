"""The commands of the contract, as somebody types them."""

import json
from pathlib import Path

import pytest

from app.identity import decoys
from app.vault import signing_keys
from tests.gateways import answers
from tests.house import House
from tests.shell import Shell

CPR = "1501701234"


@pytest.fixture
def shell(light_house: House, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(light_house, capsys)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "answers"
    folder.mkdir()
    (folder / "card.xml").write_text(answers.card(answers.medication(), before=answers.private()))
    (folder / "prescriptions.xml").write_text(answers.prescriptions(answers.prescription()))
    return folder


def test_import_counts_what_came_in(shell: Shell, files: Path) -> None:
    assert shell.run("import", files / "card.xml", files / "prescriptions.xml") == (
        0,
        {
            "files": 2,
            "citizens": 1,
            "medications": 1,
            "prescriptions": 1,
            "appointments": 0,
            "consents": 0,
            "unchanged": 0,
            "ignored": 0,
            "refused": [],
        },
    )


def test_import_again_is_a_no_op(shell: Shell, files: Path) -> None:
    shell.run("import", files)
    before = shell.run("card", CPR)

    code, report = shell.run("import", files)

    assert code == 0
    assert (report["medications"], report["prescriptions"], report["unchanged"]) == (0, 0, 2)
    assert shell.run("card", CPR) == before


def test_a_bad_file_is_refused_with_its_reason_and_the_good_ones_go_in(shell: Shell, files: Path) -> None:
    bad = files / "bad.xml"
    bad.write_text(answers.card(answers.medication(), answers.medication(2, dosage="<nonsense/>")))

    code, report = shell.run("import", files / "card.xml", bad, files / "gone.xml")

    assert code == 1
    assert report["files"] == 1
    assert [refused["file"] for refused in report["refused"]] == [str(bad), str(files / "gone.xml")]
    assert all(refused["reason"].endswith(".") for refused in report["refused"])
    assert [each["id"] for each in shell.run("card", CPR)[1]["medications"]] == ["70000001"]


def test_the_card_has_the_form_of_the_contract(shell: Shell, files: Path) -> None:
    shell.run("import", files)

    assert shell.run("card", CPR) == (
        0,
        {
            "citizen": {"cpr": CPR, "name": "Bodil Krogh", "born": "1970-01-15"},
            "version": "10",
            "as_of": "2026-11-20T13:00:05Z",
            "fetched_at": "2026-11-25T09:30:00Z",
            "source": "fmk",
            "private_count": 1,
            "medications": [
                {
                    "id": "70000001",
                    "name": "Spiriva",
                    "active_substance": "Tiotropiumbromid",
                    "atc": "R03BB04",
                    "form": "inhalationspulver",
                    "strength": "18 mikrogram",
                    "route": "Inhalation",
                    "indication": "mod KOL",
                    "dosage": {
                        "kind": "fixed",
                        "short": "1 kapsel morgen",
                        "long": "1 kapsel hver morgen",
                        "end_inclusive": None,
                    },
                    "treatment_start": "2026-02-03",
                    "treatment_end": None,
                    "status": "active",
                    "kind": "prescribed",
                    "prescriber": "Mette Lund",
                    "organisation": "Lægerne Bakkegade",
                    "changed_at": "2026-02-03T09:12:00Z",
                    "prescriptions": [
                        {
                            "id": "700000000001",
                            "status": "open",
                            "valid_to": "2028-02-03",
                            "package": "30 stk.",
                            "dispensings_left": 4,
                        }
                    ],
                }
            ],
            "off_card": [],
            "prescriptions_off_card": [],
        },
    )


def test_the_dose_plan_has_the_form_of_the_contract(shell: Shell, files: Path) -> None:
    shell.run("import", files)

    assert shell.run("dose-plan", CPR, "--date", "2026-11-26") == (
        0,
        {
            "date": "2026-11-26",
            "doses": [
                {
                    "medication_id": "70000001",
                    "name": "Spiriva",
                    "slot": "morning",
                    "ordinal": 1,
                    "quantity": 1,
                    "quantity_max": None,
                    "unit": "kapsel",
                    "as_needed": False,
                }
            ],
            "unplanned": [],
        },
    )


def test_every_look_is_in_the_log(shell: Shell, files: Path) -> None:
    shell.run("import", files / "card.xml")
    shell.run("card", CPR)
    shell.run("dose-plan", CPR, "--date", "2026-11-26")
    shell.run("appointments", CPR)

    code, log = shell.run("log", CPR)

    assert code == 0
    assert [entry["action"] for entry in log["entries"]] == [
        "log:read",
        "appointments:read",
        "medication:read",
        "medication:read",
        "record:import",
    ]
    tree = {"size": 0, "checkpoints": 0, "faults": []}
    assert shell.run("log", "verify") == (0, {"valid": True, "logs": 1, "faults": [], "tree": tree})


def test_nobody_unknown_has_a_card(shell: Shell) -> None:
    code, answer = shell.run("card", CPR)

    assert (code, answer["code"]) == (1, "not_found")
    assert CPR not in shell.errors


@pytest.mark.parametrize(
    "words",
    [
        ["card"],
        ["card", "1234"],
        ["card", "3102701234"],
        ["dose-plan", CPR],
        ["dose-plan", CPR, "--date", "2026-02-30"],
        ["dose-plan", CPR, "--date", "20260201"],
        ["export", CPR, "--format", "pdf"],
        ["nonsense"],
        [],
    ],
)
def test_wrong_use_exits_with_2_and_repeats_no_number(
    shell: Shell, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        shell.run(*words)

    assert stopped.value.code == 2
    assert not any(word in capsys.readouterr().err for word in words if word.isdigit() and len(word) == 10)


@pytest.mark.parametrize("form", ["json", "fhir", "html"])
def test_export_holds_everything(shell: Shell, files: Path, form: str) -> None:
    shell.run("import", files)

    code, printed = shell.said("export", CPR, "--format", form)

    assert code == 0
    for told in (CPR, "Krogh", "Spiriva", "30 stk." if form != "fhir" else "MedicationRequest"):
        assert told in printed


def signing_key(house: House) -> str:
    with house.database.reading() as session:
        return signing_keys.demand_active(session)


def test_keys_rotate_and_everything_still_opens(light_house: House, shell: Shell, files: Path) -> None:
    shell.run("import", files)
    signed_before = signing_key(light_house)
    before = shell.run("card", CPR)

    code, rotated = shell.run("keys", "rotate")

    assert (code, rotated["wrapped"]) == (0, 1 + decoys.COUNT)
    assert rotated["signing_key"] == signing_key(light_house) != signed_before
    assert [key["id"] for key in shell.run("keys", "list")[1]["keys"]][-1] == rotated["key"]
    assert shell.run("card", CPR) == before
    assert "secret" not in json.dumps(shell.run("keys", "list"))
