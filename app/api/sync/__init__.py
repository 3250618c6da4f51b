"""Pull, push and news for devices, over HTTP."""
