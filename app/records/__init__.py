"""One numbered, sealed shelf per citizen. Every fact that a device may hold is an item on it."""
