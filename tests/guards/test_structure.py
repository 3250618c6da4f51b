"""Is the house built as its plan says?"""

import ast
import re
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parent.parent.parent
APP = ROOT / "app"
SOURCES = sorted(APP.rglob("*.py"))
# The decisions that touch nothing: every rules.py, and what a rules.py is split into.
SPLIT = {"app.consent.event", "app.consent.authority", "app.consent.history", "app.consent.faults"}
PURE = {"app.medication.rules", "app.identity.rules", "app.consent.rules", "app.appointments.rules", *SPLIT}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("app", include_external_packages=True)


def test_tables_are_used_only_by_their_own_package(graph: grimp.ImportGraph) -> None:
    models = [name for name in graph.modules if name.startswith("app.") and name.endswith(".models")]

    assert len(models) >= 4
    for name in models:
        package = name.rpartition(".")[0]
        strangers = [user for user in graph.find_modules_that_directly_import(name) if not user.startswith(package)]
        assert strangers == []


def test_rules_import_the_standard_library_and_sibling_rules_only(graph: grimp.ImportGraph) -> None:
    found = {name for name in graph.modules if name.startswith("app.") and name.endswith(".rules")}

    assert found
    for name in sorted(found | SPLIT):
        for imported in graph.find_modules_directly_imported_by(name):
            top = imported.split(".")[0]
            assert top in sys.stdlib_module_names or imported in PURE, (name, imported)


def test_only_the_vault_and_the_login_provider_touch_joserfc(graph: grimp.ImportGraph) -> None:
    users = graph.find_modules_that_directly_import("joserfc")

    assert users
    assert {name for name in users if not name.startswith(("app.vault.", "app.gateways.oidc."))} == set()


def test_only_access_makes_a_grant() -> None:
    makers = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                if called == "Grant":
                    makers.append(path.relative_to(ROOT).as_posix())

    assert set(makers) == {"app/access/service.py", "app/access/scope.py"}


def test_every_module_says_in_a_line_what_it_is_for() -> None:
    silent = [
        path.relative_to(ROOT).as_posix() for path in SOURCES if not ast.get_docstring(ast.parse(path.read_text()))
    ]

    assert silent == []


def test_every_public_function_and_class_is_documented() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in SOURCES
        for node in _outer(ast.parse(path.read_text()))
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]

    assert silent == []


def _outer(tree: ast.Module | ast.ClassDef) -> list[ast.FunctionDef | ast.ClassDef]:
    """Functions and classes of the module and of its classes; what a function holds within is its own affair."""
    found: list[ast.FunctionDef | ast.ClassDef] = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.append(node)
        if isinstance(node, ast.ClassDef):
            found.extend(_outer(node))
    return found


def _scripts() -> list[Path]:
    """The page's own files and the workers', without the API's types, which are generated."""
    found = [path for folder in ("src", "sw", "build") for path in (ROOT / "static" / folder).rglob("*.ts*")]
    return [path for path in found if path.name != "schema.d.ts"]


def test_files_and_functions_keep_to_their_budget() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {length} lines"
        for path in sorted([*(ROOT / "tests").rglob("*.py"), *_scripts()])
        if (length := len(path.read_text().splitlines())) > 250
    ]
    for path in SOURCES:
        text = path.read_text()
        if len(text.splitlines()) > 250:
            long.append(f"{path.relative_to(ROOT)}: {len(text.splitlines())} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and "migrations" not in path.parts:
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > 40:
                    long.append(f"{path.relative_to(ROOT)}:{node.name}: {lines} lines")

    assert long == []


def test_no_name_says_nothing() -> None:
    empty = re.compile(r"\b(utils?|helpers?|common|manager|get_or_create)\b")
    named = [path.relative_to(ROOT).as_posix() for path in SOURCES if empty.search(path.stem)]

    assert named == []


def test_the_glossary_knows_every_table_and_package() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text()
    tables = {
        match for path in APP.rglob("models.py") for match in re.findall(r'__tablename__ = "(\w+)"', path.read_text())
    }
    packages = {path.parent.name for path in APP.glob("*/__init__.py")}

    assert {name for name in tables | packages if f"`{name}`" not in glossary} == set()
