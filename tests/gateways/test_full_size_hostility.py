"""Files of the largest size that are made to hurt, through the real command, each within its memory."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
E2 = "http://www.dkma.dk/medicinecard/xml.schema/2015/06/01/E2"
MOST_KILOBYTES = 500 * 1024

FILES: dict[str, Callable[[], bytes]] = {
    "deep.xml": lambda: b"<a>" * 500_000 + b"</a>" * 500_000,
    "wide.xml": lambda: b"<a>" + b"<b/>" * 499_000 + b"</a>",
    "attributes.xml": lambda: b"<a " + b" ".join(b'a%d="1"' % n for n in range(490_000)) + b"/>",
    "card-of-nothing.xml": lambda: (
        f'<e:GetMedicineCardResponse xmlns:e="{E2}">'.encode()
        + b"<e:DrugMedication/>" * 490_000
        + b"</e:GetMedicineCardResponse>"
    ),
    "text.xml": lambda: b"<a>" + b"x" * 20_000_000 + b"</a>",
    "too-large.xml": lambda: b"<a>" + b"x" * 40_000_000 + b"</a>",
    "bomb.xml": lambda: b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 1_000_000 + b'">]><a>' + b"&b;" * 100_000 + b"</a>",
    "deep.json": lambda: b'{"resourceType":"Bundle","entry":' + b"[" * 5_000_000,
    "wide.json": lambda: b'{"resourceType":"Bundle","entry":[' + b"0," * 5_000_000 + b"0]}",
    "number.json": lambda: b'{"resourceType":"Patient","x":' + b"9" * 15_000_000 + b"}",
    "zeros.bin": lambda: b"\0" * 20_000_000,
}


@pytest.mark.long
@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_within_its_memory(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(FILES[name]())
    environment = {**os.environ, "NAERBLIK_DATA_DIR": str(tmp_path / "data"), "NAERBLIK_ENV": "demo"}
    environment.pop("NAERBLIK_DATABASE_URL", None)
    command = [sys.executable, "-m", "app", "import", str(file)]

    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    assert [each["file"] for each in json.loads(told.stdout)["refused"]] == [str(file)]
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss <= MOST_KILOBYTES
