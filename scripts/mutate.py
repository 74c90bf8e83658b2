#!/usr/bin/env python3
"""Break the code on purpose, one place at a time, and see whether a test goes red.

    scripts/mutate.py                    every room, a table of scores, the survivors by line
    scripts/mutate.py scoring money      these rooms
    scripts/mutate.py --write            the table into docs/mutations.md; rooms not asked for stay as they are

A mutant is one file with one thing changed; the kinds of change stand in `mutants.py`. It is killed when
one of the room's tests fails, or does not end. What survives is either a test that is missing or a change
that changes nothing: people judge, and write a word behind the line on the page, which stays with it.
Run before a release: with two processors it takes an hour or two.
"""

from __future__ import annotations

import argparse
import os
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mutant_runs import ROOT, SOURCE, all_from_the_start, begin, seen_in_place
from mutants import Mutant, mutants_of

PAGE = ROOT / "docs" / "mutations.md"
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
    """Files that are broken, the tests that should notice, and slower ones for what those do not see."""

    name: str
    files: tuple[str, ...]
    tests: tuple[str, ...]
    slower: tuple[str, ...] = ()


ROOMS = (
    Room(
        "scoring",
        ("scoring", "standards/scoring.py"),
        (
            "tests/scoring/test_borders.py",
            "tests/scoring/test_which_formula.py",
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
            "tests/platform/organisation/test_reach.py",
        ),
        ("tests/platform/organisation/test_permissions.py",),
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
            "tests/subjects/spending/test_entering.py",
            "tests/subjects/results/test_entering.py",
        ),
        ("tests/subjects/spending", "tests/subjects/results/test_results.py"),
    ),
    Room(
        "ledger",
        (
            "benefits/fen.py",
            "benefits/payments.py",
            "benefits/reductions.py",
            "benefits/accounts.py",
            "benefits/purses.py",
            "benefits/movements.py",
            "benefits/rates.py",
            "benefits/approvals.py",
            "benefits/run_states.py",
        ),
        (
            "tests/benefits/test_borders.py",
            "tests/benefits/test_purses.py",
            "tests/benefits/test_books.py",
            "tests/benefits/test_runs_and_approvals.py",
            "tests/benefits/test_laws_of_the_money.py",
            "tests/benefits/test_laws_of_the_bank.py",
            "src/kaoji/benefits/fen.py",
        ),
    ),
    Room(
        "benefits",
        (
            "benefits/months.py",
            "benefits/law.py",
            "benefits/facts.py",
            "benefits/entitlement.py",
            "benefits/programmes",
            "benefits/reckoning.py",
            "benefits/run.py",
            "benefits/changes.py",
            "benefits/pay_days.py",
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


def survivors_of(room: Room, jobs: int) -> tuple[int, list[Mutant]]:
    """How many mutants there are of a room, and those that no test sees."""
    began = time.monotonic()
    every = (*room.tests, *room.slower)
    _, status = os.waitpid(begin(None, every, seconds=SECONDS * TIMES * TIMES), 0)
    if status:
        raise SystemExit(f"{room.name}: its tests fail without any change")
    seconds = SECONDS + TIMES * round(time.monotonic() - began)
    mutants = [mutant for file in _files(room) for mutant in mutants_of(file)]
    seen = seen_in_place(mutants, room.tests, seconds=seconds, jobs=jobs)
    print(f"  {len(seen)} of {len(mutants)} are seen in place", flush=True)
    unseen = [mutant for number, mutant in enumerate(mutants) if number not in seen]
    survivors = []
    stages = (room.tests[:1], room.tests[1:], room.slower)
    for mutant, status in all_from_the_start(unseen, stages, seconds=seconds, jobs=jobs):
        if status == 0:
            survivors.append(mutant)
            print(f"  {_where(mutant)}  {mutant.change}", flush=True)
    return len(mutants), sorted(survivors, key=lambda item: (item.file, item.line))


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
