"""Whether the app lives and is ready, and how to report a weakness."""
