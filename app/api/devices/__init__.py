"""A citizen's devices over HTTP."""
