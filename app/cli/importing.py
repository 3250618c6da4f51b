"""`import PATH…`: take in what sources answered, file by file."""

import argparse
from pathlib import Path
from typing import Any

from app.cli import operator
from app.cli.installation import Installation
from app.gateways import intake


def add(commands: Any) -> None:
    """The command and its arguments."""
    parser = commands.add_parser("import", help="take in FMK answers, APD documents and FHIR resources")
    parser.add_argument(
        "paths", type=Path, nargs="+", metavar="PATH", help="a file, or a folder of .xml and .json files"
    )
    parser.set_defaults(command=import_files)


def import_files(arguments: argparse.Namespace, installation: Installation) -> int:
    """Take in the files and print the report; exit 1 when any was refused."""
    files = [file for path in arguments.paths for file in _files(path)]
    report = intake.take_in_files(installation.parts().database, operator.actor(), files, installation.now)
    operator.print_json(report.to_json())
    return 1 if report.refused else 0


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if file.suffix.lower() in (".xml", ".json") and file.is_file())
