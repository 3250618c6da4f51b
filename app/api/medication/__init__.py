"""The medication card and the dose plan over HTTP."""
