"""What a figure of a benchmark says."""

from typing import Any


def at_most(value: float, budget: float, unit: str, **more: Any) -> dict[str, Any]:
    """A figure that must not pass its budget."""
    return {"value": value, "budget": f"<= {budget:g}", "unit": unit, "holds": value <= budget, **more}


def at_least(value: float, budget: float, unit: str, **more: Any) -> dict[str, Any]:
    """A figure that must reach its budget."""
    return {"value": value, "budget": f">= {budget:g}", "unit": unit, "holds": value >= budget, **more}


def not_measured(budget: str, reason: str) -> dict[str, Any]:
    """A figure that could not be had, which is not the same as one that holds."""
    return {"value": None, "budget": budget, "holds": False, "could_not_run": reason}
