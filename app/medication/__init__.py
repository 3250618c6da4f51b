"""The medication card and the dose plan."""
