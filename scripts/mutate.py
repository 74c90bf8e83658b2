#!/usr/bin/env python3
"""Break the code on purpose, one place at a time, and see whether a test goes red.

    scripts/mutate.py                    every room, a table of scores, the survivors by line
    scripts/mutate.py scoring money      these rooms
    scripts/mutate.py --write            the table into docs/mutations.md; rooms not asked for stay as they are

A mutant is one file with one thing changed; the kinds of change stand in `mutants.py`. It is killed when
one of the room's tests fails, or does not end. What survives is either a test that is missing or a change
that changes nothing: people judge, and write a word behind the line on the page, which stays with it.
Run before a release: with two processors it takes some hours.
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.machinery
import importlib.util
import os
import re
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType

import pytest  # whoever is forked has it already

from mutants import Mutant, mutants_of

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
PAGE = ROOT / "docs" / "mutations.md"
CACHE = ROOT / ".pytest_cache" / "mutants"
_ROW = re.compile(r"\| (?P<room>\w+) \| \d+ \|")
_SECTION = re.compile(r"## (?P<room>\w+): not seen")
_SURVIVOR = re.compile(
    r"- `(?P<file>[\w/.]+):\d+` `(?P<change>.+? → .+?)`(?P<word>(?: – .+)?)$"
)
# A room's tests are given so many times what they take undisturbed, and these seconds: other work may slow them.
TIMES, SECONDS = 6, 60
BEFORE = """# Changes on purpose: what the tests see

Made by `scripts/mutate.py --write`; run before a release. A mutant is one thing changed in one file;
it is killed when a test of its room fails. What survives stands below by line, judged by people: what
stands behind the dash is theirs, and is kept when the page is made again.
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
            "tests/platform/organisation/test_permissions.py",
            "tests/site_wide/test_rights.py",
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
            "tests/subjects/spending",
            "tests/subjects/results/test_results.py",
            "tests/subjects/results/test_evidence.py",
            "tests/site_wide/test_rights.py",
        ),
    ),
    Room(
        "benefits",
        (
            "benefits/fen.py",
            "benefits/months.py",
            "benefits/entitlement.py",
            "benefits/programmes",
            "benefits/facts.py",
            "benefits/changes.py",
            "benefits/reckoning.py",
            "benefits/reductions.py",
            "benefits/run.py",
            "benefits/run_states.py",
            "benefits/approvals.py",
            "benefits/pay_days.py",
            "benefits/payments.py",
            "benefits/purses.py",
            "benefits/accounts.py",
            "benefits/movements.py",
            "benefits/rates.py",
            "benefits/law.py",
        ),
        ("tests/benefits", "src/kaoji/benefits"),
    ),
    Room(
        "paying",
        (
            "subjects/benefits/queries/money.py",
            "subjects/benefits/queries/credits.py",
            "subjects/benefits/actions/approve_run.py",
            "subjects/benefits/actions/make_bank_file.py",
            "subjects/benefits/actions/read_return.py",
            "subjects/benefits/actions/resend_failed.py",
            "subjects/benefits/actions/close_run.py",
        ),
        (
            "tests/subjects/benefits/test_money.py",
            "tests/subjects/benefits/test_refusals.py",
            "tests/subjects/benefits/test_way_of_a_run.py",
            "tests/subjects/benefits/test_sending_again.py",
            "tests/subjects/benefits/test_stops_and_days.py",
            "tests/subjects/benefits/test_heard_late.py",
            "tests/subjects/benefits/test_said_again.py",
            "tests/subjects/benefits/test_odd_runs.py",
            "tests/subjects/benefits/test_what_was_approved.py",
            "tests/subjects/benefits/test_laws_of_a_month.py",
        ),
    ),
)


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


def begin(mutant: Mutant | None, tests: Sequence[str], *, seconds: int) -> int:
    """Start the tests over a mutant in a process of their own, for so long at most; gives its number."""
    child = os.fork()
    if child:
        return child
    signal.alarm(seconds)
    if mutant is not None:
        sys.meta_path.insert(0, _Finder(mutant))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    # What failed before is tried first (--ff): mutants of one file tend to be seen by the same tests.
    options = ["-x", "-q", "-n0", "--ff", "-o", f"cache_dir={CACHE}"]
    code = pytest.main([*options, "--hypothesis-profile=quick", "--hypothesis-seed=0", *tests])
    os._exit(int(code))


def survivors_of(room: Room, jobs: int) -> tuple[int, list[Mutant]]:
    """How many mutants there are of a room, and those that no test sees."""
    began = time.monotonic()
    _, status = os.waitpid(begin(None, room.tests, seconds=SECONDS * TIMES * TIMES), 0)
    if status:
        raise SystemExit(f"{room.name}: its tests fail without any change")
    seconds = SECONDS + TIMES * round(time.monotonic() - began)
    waiting = [mutant for file in _files(room) for mutant in mutants_of(file)]
    count, survivors = len(waiting), []
    running: dict[int, Mutant] = {}
    while waiting or running:
        while waiting and len(running) < jobs:
            mutant = waiting.pop(0)
            running[begin(mutant, room.tests, seconds=seconds)] = mutant
        child, status = os.wait()
        mutant = running.pop(child)
        if status == 0:
            survivors.append(mutant)
            print(f"  {_where(mutant)}  {mutant.change}", flush=True)
        elif status == signal.SIGALRM:
            print(f"  {_where(mutant)}  {mutant.change}  (does not end)", flush=True)
    return count, sorted(survivors, key=lambda item: (item.file, item.line))


def _files(room: Room) -> list[Path]:
    found: list[Path] = []
    for name in room.files:
        path = SOURCE / "kaoji" / name
        found += sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return found


def _where(mutant: Mutant) -> str:
    return f"{mutant.file.relative_to(SOURCE)}:{mutant.line}"


@dataclass
class Page:
    """What docs/mutations.md holds: by room its row of the table, and its survivors."""

    rows: dict[str, str] = field(default_factory=dict)
    survivors: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str) -> Page:
        """Read a page as `written` writes it."""
        page, room = cls(), ""
        for line in text.splitlines():
            if found := _ROW.match(line):
                page.rows[found["room"]] = line
            elif found := _SECTION.match(line):
                room = found["room"]
            elif line.startswith("- `"):
                page.survivors.setdefault(room, []).append(line)
        return page

    def put(self, room: Room, count: int, survivors: Sequence[Mutant]) -> None:
        """Write a room anew; what people said of a survivor stays with it though its line moved."""
        said = [_SURVIVOR.match(line) for line in self.survivors.get(room.name, ())]
        judged = {(item["file"], item["change"]): item["word"] for item in said if item}
        seen = count - len(survivors)
        self.rows[room.name] = f"| {room.name} | {count} | {seen} | {seen / count:.1%} |"
        self.survivors[room.name] = [
            f"- `{_where(item)}` `{item.change}`"
            + judged.get((_where(item).partition(":")[0], item.change), "")
            for item in survivors
        ]

    def written(self) -> str:
        """The table and the survivors, in Markdown, the rooms in their order."""
        names = [room.name for room in ROOMS if room.name in self.rows]
        lines = [BEFORE, "| room | changes | seen | share |", "|---|--:|--:|--:|"]
        lines += [self.rows[name] for name in names]
        for name in names:
            if self.survivors.get(name):
                lines += ["", f"## {name}: not seen", "", *self.survivors[name]]
        return "\n".join(lines) + "\n"


def main() -> None:
    """Break, test, tell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("rooms", nargs="*", choices=[room.name for room in ROOMS] + [[]])
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--write", action="store_true", help="write docs/mutations.md")
    asked = parser.parse_args()
    os.chdir(ROOT)
    for room in ROOMS:
        if not asked.rooms or room.name in asked.rooms:
            print(room.name, flush=True)
            found = survivors_of(room, asked.jobs)
            page = Page.parse(PAGE.read_text("utf-8"))
            page.put(room, *found)
            print(page.rows[room.name], flush=True)
            if asked.write:
                PAGE.write_text(page.written(), "utf-8")


if __name__ == "__main__":
    main()
