"""What consent costs: the decision by itself, with its fetch, and a read by somebody else with its entry in the log."""

from typing import Any

from bench.consent import decide, reads


def measure() -> dict[str, Any]:
    """Both parts; times in the unit that each names."""
    return {"decide": decide.measure(), **reads.measure()}
