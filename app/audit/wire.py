"""The access log as JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from app.audit.service import Finding, LoggedEntry, LogPage
from app.audit.verifying import TreeReport


def log(entries: Sequence[LoggedEntry]) -> dict[str, Any]:
    """The citizen's log, newest first."""
    return {"entries": [{"seq": each.seq, **asdict(each.entry)} for each in entries]}


def log_page(page: LogPage) -> dict[str, Any]:
    """A part of the citizen's log, and whether there is an older part."""
    return {**log(page.entries), "more": page.more}


def verification(checked: int, findings: Sequence[Finding], tree: TreeReport) -> dict[str, Any]:
    """The answer of `log verify`: ``valid`` only when neither a log nor the tree over all of them has a fault."""
    return {
        "valid": not findings and not tree.faults,
        "logs": checked,
        "faults": [asdict(each) for each in findings],
        "tree": asdict(tree),
    }
