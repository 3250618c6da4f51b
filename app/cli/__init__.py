"""The command line: each command parses, calls a service and prints JSON."""
