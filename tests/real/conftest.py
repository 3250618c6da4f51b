"""Real input, read from the folder that NAERBLIK_REAL_DATA names; without it these tests are skipped."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def real_data() -> Path:
    named = os.environ.get("NAERBLIK_REAL_DATA")
    if not named:
        pytest.skip("NAERBLIK_REAL_DATA names no folder of real input")
    return Path(named)
