"""The appointments over HTTP."""
