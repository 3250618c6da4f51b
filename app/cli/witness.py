"""`witness`: the second party. Watches a log from another machine, and cosigns what contradicts nothing it saw.

What it keeps is one file: its own key, the log's, and the last checkpoint. It needs no installation and sees no entry.
"""

import argparse
import base64
import binascii
import json
import os
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app import errors
from app.audit import checkpoint as checkpoints
from app.audit import signed_note, tree, witnessing
from app.audit.checkpoint import Opened
from app.audit.signed_note import Key
from app.cli import operator
from app.cli.installation import Installation
from app.config import SourceSettings
from app.gateways.http_source import Client
from app.vault import note_keys
from app.vault.note_keys import NoteSigner

PATH = "/.well-known/log"
PLAIN = "text/plain"
SECONDS = 60


@dataclass(frozen=True)
class Memory:
    """What a witness keeps: its name and key, the log's address and key, and the note that it saw last, or None."""

    name: str
    secret: bytes
    url: str
    log: Key
    last: bytes | None = None

    @property
    def signer(self) -> NoteSigner:
        """What it cosigns with."""
        return NoteSigner(self.secret)


def add(commands: Any) -> None:
    """The command and its arguments."""
    parser = commands.add_parser("witness", help="watch a log from elsewhere, and cosign what contradicts nothing seen")
    parser.add_argument("file", type=Path, help="where the witness keeps its key and what it saw")
    parser.add_argument("--begin", nargs=3, metavar=("NAME", "URL", "LOGKEY"), help="make the file, and print its key")
    parser.add_argument("--once", action="store_true", help="look once, then end")
    parser.add_argument("--every", type=int, default=SECONDS, metavar="SECONDS")
    parser.set_defaults(command=witness)


def witness(arguments: argparse.Namespace, installation: Installation) -> int:
    """Begin, look once, or look again and again. Exit code 1 when what the log shows was refused."""
    if arguments.begin:
        operator.print_json({"key": begin(arguments.file, *arguments.begin)})
        return 0
    while True:
        try:
            seen = look(arguments.file, installation)
            operator.print_json({"cosigned": seen})
        except errors.DomainError as error:
            if arguments.once:
                raise
            print(error.detail, file=sys.stderr, flush=True)
        if arguments.once:
            return 0
        time.sleep(max(1, arguments.every))


def begin(file: Path, name: str, url: str, log: str) -> str:
    """Make a witness's file, with a new key; returns the key for NAERBLIK_WITNESSES. Conflict when there is one."""
    key = signed_note.key(log)
    if not signed_note.is_name(name):
        raise errors.Invalid("A witness's name holds no white space and no plus.")
    if file.exists():
        raise errors.Conflict(f"There is a file {file} already. What it saw is not to be forgotten.")
    made = Memory(name, note_keys.new_secret(), url.rstrip("/"), key)
    _write(file, made)
    return checkpoints.witness_key(name, made.signer).text()


def look(file: Path, installation: Installation) -> int:
    """Ask for the newest checkpoint, hold it against the last, keep it, cosign it; returns its size.

    It is kept before it is cosigned, so that killed in between the witness knows what it may have cosigned.
    Raises Conflict for what contradicts, NotVerified for what the log's key did not sign, SourceFailed.
    """
    memory = _read(file)
    client = Client(SourceSettings())
    content = client.ask("GET", f"{memory.url}{PATH}/checkpoint", None, PLAIN)
    seen = checkpoints.read(content, memory.log)
    last = _last(memory)

    def prove(old: int, size: int) -> list[bytes]:
        told = client.ask("GET", f"{memory.url}{PATH}/consistency?from={old}&to={size}", None, PLAIN)
        return [_hash(each) for each in told.split(b"\n") if each]

    try:
        witnessing.demand_follows(last.checkpoint if last else None, seen.checkpoint, prove)
    except errors.Conflict:
        # Both notes together prove to anybody what the log did.
        file.with_suffix(".refused").write_bytes(content)
        raise
    _write(file, replace(memory, last=content))
    line = checkpoints.cosign(seen.note.text, memory.name, memory.signer, installation.now())
    address = f"{memory.url}{PATH}/cosignature?size={seen.checkpoint.size}"
    client.ask("POST", address, line.text().encode(), PLAIN)
    return seen.checkpoint.size


def _last(memory: Memory) -> Opened | None:
    return checkpoints.read(memory.last, memory.log) if memory.last is not None else None


def _hash(line: bytes) -> bytes:
    try:
        found = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        found = b""
    if len(found) != tree.WIDTH:
        raise errors.SourceFailed("The log answered something that is no proof.")
    return found


def _read(file: Path) -> Memory:
    try:
        stored = json.loads(file.read_text())
        last = stored["last"]
        return Memory(
            stored["name"],
            base64.b64decode(stored["secret"]),
            stored["url"],
            signed_note.key(stored["log"]),
            last.encode() if last is not None else None,
        )
    except OSError:
        raise errors.NotFound(f"The file {file} cannot be read. Make one with --begin.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise errors.Invalid(f"The file {file} is no witness's. Nothing was cosigned.") from None


def _write(file: Path, memory: Memory) -> None:
    content = {
        "name": memory.name,
        "secret": base64.b64encode(memory.secret).decode(),
        "url": memory.url,
        "log": memory.log.text(),
        "last": memory.last.decode() if memory.last is not None else None,
    }
    fresh = file.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as written:
        json.dump(content, written)
        written.flush()
        os.fsync(written.fileno())
    fresh.replace(file)
