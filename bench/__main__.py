"""Runs all benchmarks, or the one that is named, and prints a JSON object for each."""

import importlib
import json
import pkgutil
import sys

import bench

NO_BENCHMARKS = ("__main__", "shared")


def main(arguments: list[str]) -> int:
    """0 measured; 2 there is no benchmark of that name."""
    names = sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if module.name not in NO_BENCHMARKS)
    unknown = [name for name in arguments if name not in names]
    if unknown:
        print(f"There is no benchmark {unknown[0]}. There are: {', '.join(names)}", file=sys.stderr)
        return 2
    for name in arguments or names:
        measured = importlib.import_module(f"bench.{name}").measure()
        print(json.dumps({"benchmark": name, **measured}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
