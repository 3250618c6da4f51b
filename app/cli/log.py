"""`log CPR`, `log verify`, `log key`: a citizen's access log, whether any was changed, the key that signs of them."""

import argparse
from pathlib import Path
from typing import Any

from app import errors
from app.audit import checkpoint as checkpoints
from app.audit import cosigning, verifying, wire
from app.audit import service as audit
from app.audit.checkpoint import Checkpoint
from app.cli import operator
from app.cli.installation import Installation
from app.identity import decoys


def add(commands: Any) -> None:
    """The command and its argument."""
    parser = commands.add_parser("log", help="a citizen's access log, or verify all of them")
    parser.add_argument("of", type=_of, metavar="CPR|verify|key")
    parser.add_argument(
        "--checkpoint", type=Path, metavar="FILE", help="with verify: one that was kept elsewhere, as by a witness"
    )
    parser.set_defaults(command=log)


def log(arguments: argparse.Namespace, installation: Installation) -> int:
    """Print the log, or the verification; exit 1 when a log, or the tree over all of them, has a fault."""
    if arguments.of == "verify":
        return _verify(installation, arguments.checkpoint)
    if arguments.of == "key":
        with installation.parts().database.reading() as session:
            operator.print_json({"key": cosigning.log_key(session).text()})
        return 0
    operator.print_json(wire.log(operator.read_one(installation, arguments.of, "log:read", audit.read_log)))
    return 0


def _verify(installation: Installation, file: Path | None) -> int:
    parts = installation.parts()
    kept = _kept(installation, file) if file is not None else None
    with parts.database.snapshot() as session:
        checked, findings = audit.verify(session, installation.now())
        nobody = decoys.standing(session)
        tree = verifying.verify_tree(session, kept, cosigning.known(parts.config.witnesses))
    # All are checked; those of nobody are not counted.
    operator.print_json(wire.verification(checked - nobody, findings, tree))
    return 1 if findings or tree.faults else 0


def _kept(installation: Installation, file: Path) -> Checkpoint:
    try:
        content = file.read_bytes()
    except OSError:
        raise errors.NotFound(f"The file {file} cannot be read.") from None
    origin = content.partition(b"\n")[0].decode(errors="replace")
    return checkpoints.read(content, checkpoints.log_key(origin, installation.parts().vault.checkpoints)).checkpoint


def _of(text: str) -> object:
    return text if text in ("verify", "key") else operator.cpr(text)
