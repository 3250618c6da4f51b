"""How large the built page is: what a start loads, as it travels."""

import gzip
import json
from typing import Any

from bench.shared.figure import at_most
from workshop.frontend import MANIFEST, STATIC

DIST = STATIC / "dist"


def measure() -> dict[str, Any]:
    """Scripts and style sheets that index.html loads at the start (gzip -9), all fonts, and the worker's source."""
    chunks = json.loads(MANIFEST.read_text())
    scripts, sheets = _at_start(chunks, "index.html")
    fonts = sum(file.stat().st_size for file in DIST.rglob("*.woff2"))
    worker = [file for file in (STATIC / "sw").glob("*.ts") if not file.name.endswith(".test.ts")]
    lines = sum(len(file.read_text().splitlines()) for file in worker)
    return {
        "start_js_gz": at_most(_gzipped(scripts), 45_000, "bytes"),
        "css_gz": at_most(_gzipped(sheets), 25_000, "bytes"),
        "fonts": at_most(fonts, 55_000, "bytes"),
        "worker": at_most(lines, 149, "lines"),
    }


def _at_start(chunks: dict[str, Any], entry: str) -> tuple[set[str], set[str]]:
    """The files that a chunk and everything which it imports at once are made of; what is loaded later is not."""
    chunk = chunks[entry]
    scripts, sheets = {chunk["file"]}, set(chunk.get("css", []))
    for imported in chunk.get("imports", []):
        more_scripts, more_sheets = _at_start(chunks, imported)
        scripts |= more_scripts
        sheets |= more_sheets
    return scripts, sheets


def _gzipped(names: set[str]) -> int:
    return sum(len(gzip.compress((DIST / name).read_bytes(), 9)) for name in names)
