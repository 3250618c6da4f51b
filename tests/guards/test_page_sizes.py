"""Does the built page keep to its budgets in bytes and lines? Times are measured in `./run bench web` only."""

import os

import pytest

from bench.web import sizes
from workshop.frontend import MANIFEST


def test_scripts_styles_fonts_and_worker_keep_to_their_budgets() -> None:
    if not MANIFEST.is_file():
        pytest.fail("the pages are not built: ./run build") if os.environ.get("CI") else pytest.skip("no built pages")

    figures = sizes.measure()

    assert {name for name, figure in figures.items() if not figure["holds"]} == set()
    assert all(figure["value"] > 0 for figure in figures.values())
