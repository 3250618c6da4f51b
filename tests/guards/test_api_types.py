"""Does a change of the API that the page does not know of fail to compile?"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from app import factory

STATIC = Path(__file__).parent.parent.parent / "static"
NODE = shutil.which("node")
GENERATOR = STATIC / "node_modules" / "openapi-typescript" / "bin" / "cli.js"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A copy of the page's source, with the compiler in reach."""
    if NODE is None or not GENERATOR.is_file():
        reason = "no Node or no npm packages; ./run test brings both"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    shutil.copytree(STATIC / "src", tmp_path / "src")
    for settings in STATIC.glob("tsconfig*.json"):
        shutil.copy(settings, tmp_path)
    (tmp_path / "node_modules").symlink_to(STATIC / "node_modules")
    return tmp_path


def compiled(page: Path, document: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    """Generate the types of a document as the build does, and compile what page and worker share against them."""
    assert NODE is not None
    types = subprocess.run(
        [NODE, str(GENERATOR)], cwd=page, input=json.dumps(document), capture_output=True, text=True, check=True
    )
    (page / "src" / "api" / "schema.d.ts").write_text(types.stdout)
    compiler = page / "node_modules" / "typescript" / "bin" / "tsc"
    command = [NODE, str(compiler), "-p", "tsconfig.core.json"]
    return subprocess.run(command, cwd=page, capture_output=True, text=True, check=False)


def test_the_page_compiles_against_the_api_as_it_is(page: Path) -> None:
    told = compiled(page, json.loads(factory.openapi()))

    assert told.returncode == 0, told.stdout


def test_a_renamed_field_and_an_unknown_value_do_not_compile(page: Path) -> None:
    document = json.loads(factory.openapi())
    medication, dosage = (document["components"]["schemas"][name] for name in ("Medication", "Dosage"))
    medication["properties"]["potency"] = medication["properties"].pop("strength")
    medication["required"] = ["potency" if name == "strength" else name for name in medication["required"]]
    dosage["properties"]["kind"]["enum"].remove("combined")

    told = compiled(page, document)

    assert told.returncode != 0
    assert "'strength'" in told.stdout
    assert '"combined"' in told.stdout
