"""What caseworkers and their case systems ask over HTTP."""
