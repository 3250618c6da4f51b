"""What consent costs: a decision, with its fetch too, a read by somebody else with its entry, a caseworker's answer."""

from typing import Any

from bench.consent import answers, decide, reads


def measure() -> dict[str, Any]:
    """All parts; times in the unit that each names."""
    return {"decide": decide.measure(), **reads.measure(), "answers": answers.measure()}
