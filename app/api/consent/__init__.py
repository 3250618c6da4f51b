"""The consents over HTTP."""
