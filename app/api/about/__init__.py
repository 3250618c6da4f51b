"""Who runs this installation, over HTTP."""
