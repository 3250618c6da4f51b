"""What the app makes of a device's rows is what the server makes of the shelf: on made-up, demo and real records."""

import json
import os
import re
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.consent.event import Limit
from app.records.heads import SpaceHead
from tests.cases import by_chance, consents_by_chance, make_derive
from tests.cases.chance import Chance
from tests.cases.make_derive import FILE, case_of, lent_case_of
from tests.house import House
from tests.shell import Shell
from tests.sync import people

# How many records are made by chance.
COUNT = 25
READS = (("medication:read", "appointments:read"), ("medication:read",), ("appointments:read",))
LIMITS = (
    None,
    Limit(None, date(2026, 1, 1), date(2026, 6, 30)),
    Limit("sor:123"),
    Limit(None, None, date(2026, 11, 25)),
)
STATIC = Path(__file__).parent.parent.parent / "static"
VITEST = STATIC / "node_modules" / "vitest" / "vitest.mjs"


def compare(cases: list[Any], folder: Path) -> None:
    """Let the app's own code make its views of these rows, and hold them against the server's."""
    node = shutil.which("node")
    if node is None or not VITEST.is_file():
        pytest.fail("Node is not here: ./run build") if os.environ.get("CI") else pytest.skip("Node is not here")
    given = folder / "cases.json"
    given.write_text(json.dumps(cases), encoding="utf-8")
    command = [node, str(VITEST), "run", "src/sync/derived.test.ts"]
    environment = {**os.environ, "VITE_DERIVE_CASES": str(given), "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=STATIC, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout[-4_000:] + done.stderr[-2_000:]


def all_of(house: House) -> list[Any]:
    """A case of everybody in the house who has a shelf."""
    with house.database.reading() as session:
        citizens = list(session.scalars(select(SpaceHead.citizen_id).order_by(SpaceHead.citizen_id)))
    return [case_of(house, each) for each in citizens]


def without_keys(cases: list[Any]) -> str:
    """The cases with blind keys and marks by the order in which they come, since each house draws its own."""
    names: dict[str, str] = {}
    text = json.dumps(cases, ensure_ascii=False)
    for case in cases:
        names.setdefault(case["citizen"], f"citizen {len(names)}")
        for _, key, mark, _ in case["rows"]:
            names |= {key: f"key {len(names)}", mark: f"mark {len(names)}"}
    return re.sub("|".join(map(re.escape, names)), lambda found: names[found[0]], text)


def test_the_file_of_cases_is_what_the_server_makes_now() -> None:
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    assert without_keys(make_derive.made()) == without_keys(kept)
    assert all(kept[0][name] for name in ("rows", "appointments", "plans"))
    assert kept[0]["card"]["medications"]


def test_of_the_demos_people(house: House, tmp_path: Path) -> None:
    people.with_demo(house)
    compare(all_of(house), tmp_path)


def test_of_real_records(light_house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = os.environ.get("NAERBLIK_REAL_DATA")
    if not folder:
        pytest.skip("NAERBLIK_REAL_DATA names no folder of real input")
    paths = [path for pattern in ("fmk/*.xml", "apd/*.xml") for path in sorted(Path(folder).glob(pattern))]
    code, _ = Shell(light_house, capsys).run("import", *paths)
    assert code == 0
    cases = all_of(light_house)
    assert sum(len(each["card"]["medications"]) for each in cases) > 5
    compare(cases, tmp_path)


def test_of_records_made_by_chance(light_house: House, tmp_path: Path) -> None:
    """Each citizen's own copy, and the one that somebody else may keep of all of it or of a part."""
    cases: list[Any] = []
    for number in range(COUNT):
        light_house.at += timedelta(hours=5)
        citizen_id, person_id = light_house.citizen(f"150170{number:04}"), light_house.citizen(f"160170{number:04}")
        by_chance.put_in(light_house, citizen_id, number)
        consents_by_chance.put_in(Chance(number), light_house, citizen_id, person_id)
        light_house.at += timedelta(days=number % 3 * 31)
        limit = LIMITS[number % len(LIMITS)]
        actions = frozenset({"offline:keep", *READS[number % len(READS)]})
        people.grant(light_house, citizen_id, person_id, actions, limit=limit)
        lent = lent_case_of(light_house, citizen_id, person_id)
        # A block may be among what was made.
        cases += [case_of(light_house, citizen_id), *([lent] if lent else [])]
    assert len(cases) > COUNT * 1.5
    compare(cases, tmp_path)
