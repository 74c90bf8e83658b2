#!/usr/bin/env python3
"""Break the code on purpose, one place at a time, and see whether a test goes red.

    scripts/mutate.py                    every room, a table of scores, the survivors by line
    scripts/mutate.py scoring money      these rooms
    scripts/mutate.py --write            the table into docs/mutations.md

A mutant is one file with one thing changed: a comparison, a number, a sign, an `and`, a member of a
set, a rounding, a check that is left out. It is killed when one of the room's tests fails, or does not
end. What survives is either a test that is missing or a change that changes nothing; people judge.
Run before a release: with two processors it takes about an hour.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatch
from pathlib import Path
from types import CodeType

import pytest  # whoever is forked has it already

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
PAGE = ROOT / "docs" / "mutations.md"
MOST_SECONDS = 240
FAILED = 1
BEFORE = """# Changes on purpose: what the tests see

Made by `scripts/mutate.py --write`; run before a release. A mutant is one thing changed in one file;
it is killed when a test of its room fails. What survives stands below by line, to be judged by people.
"""


@dataclass(frozen=True)
class Room:
    """Files that are broken, and the tests that should notice."""

    name: str
    files: tuple[str, ...]
    tests: tuple[str, ...]


ROOMS = (
    Room(
        "scoring",
        ("scoring", "standards/scoring.py"),
        (
            "tests/scoring/test_borders.py",
            "tests/scoring/test_regional_options.py",
            "tests/scoring/test_scorecard.py",
            "tests/scoring/test_lights.py",
            "tests/scoring/test_admissible.py",
            "src/kaoji/scoring",
            "tests/scoring/test_formulas.py",
        ),
    ),
    Room("workflow", ("workflow/moves.py", "workflow/places.py"), ("tests/workflow",)),
    Room(
        "rights",
        (
            "workflow/roles.py",
            "platform/organisation/actions/permission.py",
            "platform/organisation/reach.py",
        ),
        (
            "tests/workflow",
            "tests/site_wide/test_rights.py",
            "tests/platform/organisation/test_permissions.py",
        ),
    ),
    Room(
        "money",
        (
            "core/money.py",
            "subjects/results/actions/record_actual.py",
            "subjects/spending/actions/record_spending.py",
            "subjects/spending/actions/enter_spendings.py",
        ),
        (
            "tests/core/test_values.py",
            "src/kaoji/core/money.py",
            "tests/subjects/results/test_results.py",
            "tests/subjects/spending/test_spending_sheets.py",
            "tests/site_wide/test_rights.py",
        ),
    ),
)


@dataclass(frozen=True)
class Mutant:
    """A file with one thing changed, and how people name the change."""

    file: Path
    line: int
    change: str
    tree: ast.Module


OTHER = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.And: ast.Or,
    ast.Or: ast.And,
}  # fmt: skip
_TOLD = {"say", "Citation"}
OTHER_NAMES = {
    "ROUND_HALF_UP": "ROUND_HALF_EVEN", "min": "max", "max": "min", "all": "any", "any": "all",
}  # fmt: skip


@singledispatch
def changed(node: ast.AST) -> Iterator[ast.AST]:
    """The node with one thing changed, in each way that there is."""
    return iter(())


def _matters(tree: ast.Module) -> set[ast.AST]:
    """The nodes but those of decorators, of sentences and of what errors call themselves.

    Nobody has to know a sentence by heart, and a value that is not frozen is as good a value.
    """
    left_out: set[ast.AST] = set()
    for node in ast.walk(tree):
        decorators = getattr(node, "decorator_list", [])
        told = (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in _TOLD
        )
        named = isinstance(node, ast.Expr) and "super().__init__" in ast.unparse(node)
        for part in [*decorators, *([node] if told or named else [])]:
            left_out.update(ast.walk(part))
    return set(ast.walk(tree)) - left_out


@changed.register
def _(node: ast.Compare) -> Iterator[ast.AST]:
    first, *more = node.ops
    yield ast.Compare(node.left, [OTHER[type(first)](), *more], node.comparators)


@changed.register
def _(node: ast.BinOp) -> Iterator[ast.AST]:
    if type(node.op) in OTHER:
        yield ast.BinOp(node.left, OTHER[type(node.op)](), node.right)


@changed.register
def _(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield ast.BoolOp(OTHER[type(node.op)](), node.values)


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
    if len(node.elts) > 1:
        for at in range(len(node.elts)):
            yield ast.Set([*node.elts[:at], *node.elts[at + 1 :]])


@changed.register
def _(node: ast.If) -> Iterator[ast.AST]:
    if not isinstance(node.test, ast.Compare | ast.BoolOp | ast.UnaryOp):
        yield ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)


@changed.register
def _(node: ast.Expr) -> Iterator[ast.AST]:
    """What is done for its effect is left out."""
    if isinstance(node.value, ast.Call):
        yield ast.Pass()


@changed.register
def _(node: ast.Call) -> Iterator[ast.AST]:
    """Another number; a right that is asked for without its place."""
    named = node.func.id if isinstance(node.func, ast.Name) else ""
    first = node.args[0] if node.args else None
    if named == "Decimal" and isinstance(first, ast.Constant) and isinstance(first.value, str):
        text = first.value
        yield ast.Call(node.func, [ast.Constant(text[:-1] + str((int(text[-1]) + 1) % 10))], [])
    if named == "require" and len(node.args) == len(("user", "right", "place")):
        yield ast.Call(node.func, node.args[:-1], node.keywords)


def mutants_of(file: Path) -> Iterator[Mutant]:
    """Every mutant of a file, in the order of its lines."""
    tree = ast.parse(file.read_text("utf-8"))
    matters = _matters(tree)
    for number, node in enumerate(ast.walk(tree)):
        if node not in matters:
            continue
        for other in changed(node):
            whole = copy.deepcopy(tree)
            place = list(ast.walk(whole))[number]
            fresh = ast.fix_missing_locations(ast.copy_location(copy.deepcopy(other), place))
            _put(whole, place, fresh)
            line = getattr(node, "lineno", 0)
            yield Mutant(file, line, f"{_text(node)} → {_text(other)}", whole)


def _put(tree: ast.Module, old: ast.AST, new: ast.AST) -> None:
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
            elif isinstance(value, list) and any(item is old for item in value):
                value[[item is old for item in value].index(True)] = new


def _text(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 70 else f"{text[:67]}…"


class _Loader(importlib.machinery.SourceFileLoader):
    tree: ast.Module

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.tree, self.path, "exec")


class _Finder(importlib.abc.MetaPathFinder):
    """Gives the mutant instead of the module."""

    def __init__(self, mutant: Mutant) -> None:
        parts = mutant.file.relative_to(SOURCE).with_suffix("").parts
        self.name = ".".join(parts).removesuffix(".__init__")
        self.mutant = mutant

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        loader = _Loader(fullname, str(self.mutant.file))
        loader.tree = self.mutant.tree
        return importlib.util.spec_from_file_location(
            fullname, self.mutant.file, loader=loader,
            submodule_search_locations=None if self.mutant.file.stem != "__init__" else [],
        )  # fmt: skip


def begin(mutant: Mutant | None, tests: Sequence[str]) -> int:
    """Start the tests over a mutant in a process of their own; gives its number."""
    child = os.fork()
    if child:
        return child
    signal.alarm(MOST_SECONDS)
    if mutant is not None:
        sys.meta_path.insert(0, _Finder(mutant))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    code = pytest.main(
        ["-x", "-q", "-n0", "--hypothesis-profile=quick", "--hypothesis-seed=0", *tests]
    )
    os._exit(int(code))


def survivors_of(room: Room, jobs: int) -> tuple[int, list[Mutant]]:
    """How many mutants there are of a room, and those that no test sees."""
    _, status = os.waitpid(begin(None, room.tests), 0)
    if status:
        raise SystemExit(f"{room.name}: its tests fail without any change")
    waiting = [mutant for file in _files(room) for mutant in mutants_of(file)]
    count, survivors = len(waiting), []
    running: dict[int, Mutant] = {}
    while waiting or running:
        while waiting and len(running) < jobs:
            mutant = waiting.pop(0)
            running[begin(mutant, room.tests)] = mutant
        child, status = os.wait()
        mutant = running.pop(child)
        if status == 0:
            survivors.append(mutant)
            print(f"  {_where(mutant)}  {mutant.change}", flush=True)
    return count, sorted(survivors, key=lambda item: (item.file, item.line))


def _files(room: Room) -> list[Path]:
    found: list[Path] = []
    for name in room.files:
        path = SOURCE / "kaoji" / name
        found += sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return found


def _where(mutant: Mutant) -> str:
    return f"{mutant.file.relative_to(SOURCE)}:{mutant.line}"


def page(results: Sequence[tuple[Room, int, list[Mutant]]]) -> str:
    """The table and the survivors, in Markdown."""
    lines = [BEFORE, "| room | changes | seen | share |", "|---|--:|--:|--:|"]
    for room, count, survivors in results:
        seen = count - len(survivors)
        lines.append(f"| {room.name} | {count} | {seen} | {seen / count:.1%} |")
    for room, _, survivors in results:
        if survivors:
            lines += ["", f"## {room.name}: not seen", ""]
            lines += [f"- `{_where(item)}` `{item.change}`" for item in survivors]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Break, test, tell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("rooms", nargs="*", choices=[room.name for room in ROOMS] + [[]])
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--write", action="store_true", help="write docs/mutations.md")
    asked = parser.parse_args()
    os.chdir(ROOT)
    results = []
    for room in ROOMS:
        if not asked.rooms or room.name in asked.rooms:
            print(room.name, flush=True)
            results.append((room, *survivors_of(room, asked.jobs)))
    text = page(results)
    if asked.write:
        PAGE.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
