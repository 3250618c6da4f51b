"""Remembers in .run/ what has been done with which inputs, so that a warm start does nothing twice."""

import contextlib
import fcntl
import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from workshop.steps import ROOT, STATE


def fingerprint(words: Iterable[str], files: Iterable[Path]) -> str:
    """A hash over the words, and over the names and contents of the files; a file that is missing counts as empty."""
    digest = hashlib.sha256()
    for word in words:
        digest.update(word.encode() + b"\0")
    for file in sorted(files):
        content = file.read_bytes() if file.is_file() else b""
        digest.update(f"{file}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def files_under(folder: Path, pattern: str = "*", without: Iterable[str] = ()) -> list[Path]:
    """All files under the folder, except under those of its direct children that are named."""
    unwanted = set(without)
    kept = [child for child in folder.iterdir() if child.name not in unwanted]
    below = [file for child in kept if child.is_dir() for file in child.rglob(pattern) if file.is_file()]
    return below + [child for child in kept if child.is_file() and child.match(pattern)]


def is_done(name: str, key: str, outputs: Iterable[Path] = ()) -> bool:
    """Whether the step was last finished with these inputs, and all that it makes is still there."""
    stamp = STATE / f"{name}.stamp"
    return bool(key) and stamp.is_file() and stamp.read_text() == key and all(output.exists() for output in outputs)


def once(name: str, key: str, outputs: Iterable[Path], action: Callable[[], None]) -> None:
    """Do the action unless it is done; a step that breaks off leaves no stamp."""
    outputs = tuple(outputs)
    if is_done(name, key, outputs):
        return
    forget(name)
    action()
    record(name, key)


def record(name: str, key: str) -> None:
    """Note that the step is finished with these inputs."""
    STATE.mkdir(exist_ok=True)
    (STATE / f"{name}.stamp").write_text(key)


def forget(*names: str) -> None:
    """Let the steps be done again."""
    for name in names:
        (STATE / f"{name}.stamp").unlink(missing_ok=True)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Keep a second ./run of the same tree waiting until this one has installed and built."""
    STATE.mkdir(exist_ok=True)
    with (STATE / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"Waiting for another ./run in {ROOT.name} …", file=sys.stderr, flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
