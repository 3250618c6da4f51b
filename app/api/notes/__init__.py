"""The citizen's own notes over HTTP."""
