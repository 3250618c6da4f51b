"""The citizen's own access log over HTTP."""
