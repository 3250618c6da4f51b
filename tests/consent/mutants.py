"""Breaks a module in one place at a time: every mutant is a module that some test should tell from the real one."""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

Changes = Iterator[tuple[str, ast.AST]]

SWAPS: dict[type[ast.cmpop], list[type[ast.cmpop]]] = {
    ast.Lt: [ast.LtE, ast.GtE],
    ast.LtE: [ast.Lt, ast.Gt],
    ast.Gt: [ast.GtE, ast.LtE],
    ast.GtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
}
# What is easily taken for its neighbour.
NEIGHBOURS = {
    "valid_at": "known_at",
    "known_at": "valid_at",
    "ended_at": "void_at",
    "void_at": "ended_at",
    "valid_from": "recorded_at",
    "recorded_at": "valid_from",
    "first": "last",
    "last": "first",
    "denies": "grants",
    "grants": "denies",
    "role": "organisation",
    "of_age_at": "dead_from",
    "dead_from": "of_age_at",
    "_holds": "_may_hold",
    "_may_hold": "_holds",
}


@dataclass(frozen=True)
class Mutant:
    """A module with one change: ``what`` says which, ``line`` where, ``source`` is the changed line as it was."""

    what: str
    line: int
    source: str
    tree: ast.Module


def of(path: Path) -> Iterator[Mutant]:
    """Every mutant of a source file."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    for number, node in enumerate(ast.walk(ast.parse(text))):
        if lines[getattr(node, "lineno", 1) - 1].startswith("@"):
            continue  # what makes a value frozen decides nothing
        for turn in range(len(list(_changes(node)))):
            tree = ast.parse(text)
            place = list(ast.walk(tree))[number]
            what, changed = list(_changes(copy.deepcopy(place)))[turn]
            _replace(tree, place, changed)
            line = getattr(node, "lineno", 0)
            yield Mutant(what, line, lines[line - 1].strip(), ast.fix_missing_locations(tree))


def parsed(path: Path) -> ast.Module:
    """A source file as it is."""
    return ast.parse(path.read_text(encoding="utf-8"))


def load(tree: ast.Module, name: str, path: Path) -> ModuleType:
    """A parsed source as a module that nobody else knows."""
    module = ModuleType(name)
    module.__file__ = str(path)
    exec(compile(tree, str(path), "exec"), module.__dict__)  # noqa: S102 - our own source, changed in one place
    return module


def _replace(tree: ast.Module, place: ast.AST, changed: ast.AST) -> None:
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is place:
                setattr(parent, field, changed)
                return
            if isinstance(value, list) and any(each is place for each in value):
                setattr(parent, field, [changed if each is place else each for each in value])
                return


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """What could be wrong at a place, each with a few words for it."""
    for kinds, changes in _WRONGS:
        if isinstance(node, kinds):
            yield from changes(node)


def _compared(node: Any) -> Changes:
    for swap in SWAPS.get(type(node.ops[0]), []):
        yield f"{type(node.ops[0]).__name__} → {swap.__name__}", ast.Compare(node.left, [swap()], node.comparators)


def _joined(node: Any) -> Changes:
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield f"→ {type(other).__name__}", ast.BoolOp(other, node.values)
    for place in range(len(node.values)):
        rest = [each for number, each in enumerate(node.values) if number != place]
        yield f"without part {place}", rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


def _negated(node: Any) -> Changes:
    if isinstance(node.op, ast.Not):
        yield "without not", node.operand


def _asked(node: Any) -> Changes:
    for verdict in (True, False):
        yield f"if → {verdict}", type(node)(ast.Constant(verdict), node.body, node.orelse)


def _constant(node: Any) -> Changes:
    if isinstance(node.value, bool):
        yield f"→ {not node.value}", ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield f"→ {node.value + 1}", ast.Constant(node.value + 1)
        yield f"→ {node.value - 1}", ast.Constant(node.value - 1)
    elif isinstance(node.value, str) and "\n" not in node.value and not node.value.endswith("."):
        yield "→ another text", ast.Constant(f"{node.value}!")


def _named(node: Any) -> Changes:
    if node.id in NEIGHBOURS:
        yield f"{node.id} → {NEIGHBOURS[node.id]}", ast.Name(NEIGHBOURS[node.id], node.ctx)


def _member(node: Any) -> Changes:
    if node.attr in NEIGHBOURS:
        yield f".{node.attr} → {NEIGHBOURS[node.attr]}", ast.Attribute(node.value, NEIGHBOURS[node.attr], node.ctx)


def _returned(node: Any) -> Changes:
    is_constant = isinstance(node.value, ast.Constant)
    for verdict in () if is_constant else (True, False, None):
        yield f"return {verdict}", ast.Return(ast.Constant(verdict))


def _done(_node: Any) -> Changes:
    yield "nothing done", ast.Pass()


# A constant that is returned is changed as a constant.
_WRONGS: list[tuple[Any, Callable[[Any], Changes]]] = [
    (ast.Compare, _compared),
    (ast.BoolOp, _joined),
    (ast.UnaryOp, _negated),
    (ast.If | ast.IfExp, _asked),
    (ast.Constant, _constant),
    (ast.Name, _named),
    (ast.Attribute, _member),
    (ast.Return, _returned),
    (ast.AugAssign | ast.Raise, _done),
]
