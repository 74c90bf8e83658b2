"""The kinds of change that `scripts/mutate.py` makes on purpose: a file in, the file with one thing changed out.

    a < b → a <= b        a + b → a - b         not a → a             7 → 8
    a and b → a           a and b → a or b      f(a, b) → f(b, a)     x += y → x -= y
    if a: raise … → pass  do(x) → pass          objects.filter(a=1, b=2) → objects.filter(a=1)
    [x for x in y if x] → [x for x in y]        a row of a table of the module → left out

Nobody has to know a sentence by heart, so what is told (`say`, `Citation`) stays as it is.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatch
from pathlib import Path
from typing import Any

OTHER: dict[type[ast.AST], Any] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.And: ast.Or,
    ast.Or: ast.And, ast.Mod: ast.FloorDiv, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
OTHER_NAMES = {
    "ROUND_HALF_UP": "ROUND_HALF_EVEN", "ROUND_DOWN": "ROUND_UP", "min": "max", "max": "min",
    "all": "any", "any": "all",
}  # fmt: skip
_TOLD = {"say", "Citation"}
# Whose arguments may stand in any order, or cannot change places.
_SWAPPED_IN_VAIN = {"min", "max", "zip", "isinstance", "getattr", "setattr", "hasattr", "Q"}
# Each of whose conditions chooses among records.
_CHOOSE = {"filter", "exclude", "get", "Q"}
_PAIR = 2


@dataclass(frozen=True)
class Mutant:
    """A file with one thing changed, and how people name the change."""

    file: Path
    line: int
    change: str
    tree: ast.Module


def mutants_of(file: Path) -> Iterator[Mutant]:
    """Every mutant of a file, in the order of its lines."""
    tree = ast.parse(file.read_text("utf-8"))
    matters, tables = _matters(tree), _tables(tree)
    for number, node in enumerate(ast.walk(tree)):
        if node not in matters:
            continue
        for other in [*changed(node), *(_without_a_row(node) if node in tables else ())]:
            whole = copy.deepcopy(tree)
            place = list(ast.walk(whole))[number]
            fresh = ast.fix_missing_locations(ast.copy_location(copy.deepcopy(other), place))
            _put(whole, place, fresh)
            yield Mutant(file, _line(node), f"{_text(node)} → {_text(other)}", whole)


@singledispatch
def changed(node: ast.AST) -> Iterator[ast.AST]:
    """The node with one thing changed, in each way that there is."""
    return iter(())


@changed.register
def _(node: ast.Compare) -> Iterator[ast.AST]:
    first, *more = node.ops
    yield ast.Compare(node.left, [OTHER[type(first)](), *more], node.comparators)


@changed.register
def _(node: ast.BinOp) -> Iterator[ast.AST]:
    """Another sign; what is rounded down to a whole is rounded up. Types are joined by `|` too: left alone."""
    if isinstance(node.op, ast.FloorDiv):
        negative = ast.BinOp(ast.UnaryOp(ast.USub(), node.left), node.op, node.right)
        yield ast.UnaryOp(ast.USub(), negative)
    elif not isinstance(node.op, ast.BitOr) or "Q(" in ast.unparse(node):
        yield from _other_sign(node)


def _other_sign(node: ast.BinOp) -> Iterator[ast.AST]:
    if type(node.op) in OTHER:
        yield ast.BinOp(node.left, OTHER[type(node.op)](), node.right)


@changed.register
def _(node: ast.AugAssign) -> Iterator[ast.AST]:
    if type(node.op) in OTHER:
        yield ast.AugAssign(node.target, OTHER[type(node.op)](), node.value)


@changed.register
def _(node: ast.BoolOp) -> Iterator[ast.AST]:
    """The other word between the conditions; one of them is left out."""
    yield ast.BoolOp(OTHER[type(node.op)](), node.values)
    for fewer in _one_left_out(node.values):
        yield ast.BoolOp(node.op, fewer) if len(fewer) > 1 else fewer[0]


@changed.register
def _(node: ast.UnaryOp) -> Iterator[ast.AST]:
    if isinstance(node.op, ast.Not):
        yield node.operand


@changed.register
def _(node: ast.Constant) -> Iterator[ast.AST]:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield ast.Constant(node.value + 1)


@changed.register
def _(node: ast.Name) -> Iterator[ast.AST]:
    if node.id in OTHER_NAMES:
        yield ast.Name(OTHER_NAMES[node.id], node.ctx)


@changed.register
def _(node: ast.Set) -> Iterator[ast.AST]:
    """A member is missing."""
    yield from map(ast.Set, _one_left_out(node.elts))


@changed.register
def _(node: ast.If) -> Iterator[ast.AST]:
    """The opposite; a guard, which ends what it stands in, is left out."""
    if ast.unparse(node.test) == "TYPE_CHECKING":
        return
    if not isinstance(node.test, ast.Compare | ast.BoolOp | ast.UnaryOp):
        yield ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
    if isinstance(node.body[-1], ast.Raise | ast.Return | ast.Continue) and not node.orelse:
        yield ast.Pass()


@changed.register
def _(node: ast.IfExp) -> Iterator[ast.AST]:
    """One for the other; where the test itself is changed, that is enough."""
    if not isinstance(node.test, ast.Compare | ast.BoolOp | ast.UnaryOp):
        yield ast.IfExp(node.test, node.orelse, node.body)


@changed.register
def _(node: ast.comprehension) -> Iterator[ast.AST]:
    """Whatever there is, without a condition."""
    for fewer in _one_left_out(node.ifs, least=1):
        yield ast.comprehension(node.target, node.iter, fewer, node.is_async)


@changed.register
def _(node: ast.Expr) -> Iterator[ast.AST]:
    """What is done for its effect is left out."""
    if isinstance(node.value, ast.Call):
        yield ast.Pass()


@changed.register
def _(node: ast.Call) -> Iterator[ast.AST]:
    """Another number; a right asked for without its place; arguments swapped; a condition fewer."""
    named = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
    if named == "Decimal":
        yield from _other_number(node)
    elif named == "require" and len(node.args) == len(("user", "right", "place")):
        yield ast.Call(node.func, node.args[:-1], node.keywords)
    elif named in _CHOOSE and (named == "Q" or isinstance(node.func, ast.Attribute)):
        yield from _chosen_by_less(node, named)
    elif named not in _SWAPPED_IN_VAIN:
        yield from _swapped(node)


def _other_number(node: ast.Call) -> Iterator[ast.AST]:
    """Another last digit; of what something is rounded to, a digit fewer."""
    first = node.args[0] if node.args else None
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        text = first.value
        a_place = "." in text and set(text[:-1]) <= set("0.") and text.endswith("1")
        other = text[:-2] + "1" if a_place else text[:-1] + str((int(text[-1]) + 1) % 10)
        yield ast.Call(node.func, [ast.Constant(other)], [])


def _chosen_by_less(node: ast.Call, named: str) -> Iterator[ast.AST]:
    """Each condition is left out; of filters, the last one too."""
    if isinstance(node.func, ast.Attribute) and named in {"filter", "exclude"}:
        yield ast.Call(ast.Attribute(node.func.value, "all", ast.Load()), [], [])
    if len(node.args) + len(node.keywords) > 1 and all(item.arg for item in node.keywords):
        for fewer in _one_left_out(node.args, least=1):
            yield ast.Call(node.func, fewer, node.keywords)
        for fewer_named in _one_left_out(node.keywords, least=1):
            yield ast.Call(node.func, node.args, fewer_named)


def _swapped(node: ast.Call) -> Iterator[ast.AST]:
    if len(node.args) < _PAIR or any(isinstance(item, ast.Starred) for item in node.args):
        return
    first, second, *more = node.args
    if ast.unparse(first) != ast.unparse(second):
        yield ast.Call(node.func, [second, first, *more], node.keywords)


def _without_a_row(node: ast.AST) -> Iterator[ast.AST]:
    """A table of the module without each of its rows."""
    if isinstance(node, ast.Tuple | ast.List):
        for fewer in _one_left_out(node.elts):
            yield type(node)(fewer, ast.Load())
    elif isinstance(node, ast.Dict):
        for keys, values in zip(
            _one_left_out(node.keys), _one_left_out(node.values), strict=True
        ):
            yield ast.Dict(keys, values)


def _one_left_out(items: Sequence[Any], *, least: int = _PAIR) -> list[list[Any]]:
    """The items without each of them, where there are at least so many."""
    if len(items) < least:
        return []
    return [[*items[:at], *items[at + 1 :]] for at in range(len(items))]


def _tables(tree: ast.Module) -> set[ast.AST]:
    """The values of the module's own names, but for the list of those that it gives away."""
    named = [item for item in tree.body if isinstance(item, ast.Assign | ast.AnnAssign)]
    return {item.value for item in named if item.value and "__all__" not in ast.unparse(item)}


def _matters(tree: ast.Module) -> set[ast.AST]:
    """The nodes but those of decorators, types, sentences and of what errors call themselves.

    A value that is not frozen is as good a value; that two lists are of one length (`strict`) holds already.
    """
    left_out: set[ast.AST] = set()
    for node in ast.walk(tree):
        parts = list(getattr(node, "decorator_list", []))
        parts += [getattr(node, name, None) for name in ("annotation", "returns")]
        told = isinstance(node, ast.Call) and getattr(node.func, "id", "") in _TOLD
        named = isinstance(node, ast.Expr) and "super().__init__" in ast.unparse(node)
        strict = isinstance(node, ast.keyword) and node.arg == "strict"
        for part in [*parts, *([node] if told or named or strict else [])]:
            if part is not None:
                left_out.update(ast.walk(part))
    return set(ast.walk(tree)) - left_out


def _put(tree: ast.Module, old: ast.AST, new: ast.AST) -> None:
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
            elif isinstance(value, list) and any(item is old for item in value):
                value[[item is old for item in value].index(True)] = new


def _line(node: ast.AST) -> int:
    node = node.target if isinstance(node, ast.comprehension) else node
    return int(getattr(node, "lineno", 0))


def _text(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 70 else f"{text[:67]}…"
