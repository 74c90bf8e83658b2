"""Breaking on purpose: each kind of change is made, and the page keeps what people wrote."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "scripts"


def program(name: str) -> dict:
    sys.path.insert(0, str(SCRIPTS))
    try:
        return runpy.run_path(str(SCRIPTS / name))
    finally:
        sys.path.remove(str(SCRIPTS))


MUTANTS = program("mutants.py")
MUTATE = program("mutate.py")


def changes(folder: Path, text: str) -> set[str]:
    file = folder / "x.py"
    file.write_text(text, "utf-8")
    return {mutant.change for mutant in MUTANTS["mutants_of"](file)}


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("def f(a, b):\n    return a < b", "a < b → a <= b"),
        ("def f(a, b):\n    return a and b", "a and b → b"),
        ("def f(a, b):\n    return a or b", "a or b → a and b"),
        ("def f(a):\n    return a // 7", "a // 7 → -(-a // 7)"),
        ("def f(a):\n    a -= b", "a -= b → a += b"),
        ("def f(a):\n    return sum(x for x in a if x)", "for x in a if x → for x in a"),
        ("def f(a):\n    if a:\n        raise a", "if a: raise a → pass"),
        ("def f(a):\n    return 1 if a else b", "1 if a else b → b if a else 1"),
        ("f(now, then)", "f(now, then) → f(then, now)"),
        ("a.filter(x=b, y=c)", "a.filter(x=b, y=c) → a.filter(x=b)"),
        ("a.filter(x=b)", "a.filter(x=b) → a.all()"),
        ("found = a(x) | Q(y=b)", "a(x) | Q(y=b) → a(x) & Q(y=b)"),
        ('CENT = Decimal("0.01")', "Decimal('0.01') → Decimal('0.1')"),
        ("TABLE = {a: b, c: d}", "{a: b, c: d} → {c: d}"),
        ("TABLE = (a, b)", "(a, b) → (b,)"),
        ("require(user, right, place)", "require(user, right, place) → require(user, right)"),
    ],
)
def test_each_kind_of_change_is_made(tmp_path: Path, code: str, change: str):
    assert change in changes(tmp_path, code)


@pytest.mark.parametrize(
    "code",
    [
        'found = say("不超过 {most} 字", most=200)',
        "def f(a: int | None) -> int | str: ...",
        "@dataclass(frozen=True)\nclass A: ...",
        "found = zip(a, b, strict=True)",
        "__all__ = ['a', 'b']",
        "found = isinstance(a, b)",
    ],
)
def test_what_nobody_has_to_know_by_heart_is_left_as_it_is(tmp_path: Path, code: str):
    assert changes(tmp_path, code) == set()


def test_the_page_keeps_other_rooms_and_what_people_wrote_of_a_survivor():
    written = MUTATE["BEFORE"] + (
        "\n| room | changes | seen | share |\n|---|--:|--:|--:|\n"
        "| scoring | 9 | 8 | 88.9% |\n| workflow | 5 | 4 | 80.0% |\n\n"
        "## scoring: not seen\n\n- `kaoji/scoring/lights.py:7` `0 → 1` – equivalent\n\n"
        "## workflow: not seen\n\n- `kaoji/workflow/moves.py:3` `a → b` – order only\n"
    )
    page = MUTATE["Page"].parse(written)
    [scoring] = [room for room in MUTATE["ROOMS"] if room.name == "scoring"]
    moved = MUTANTS["Mutant"](ROOT / "src/kaoji/scoring/lights.py", 12, "0 → 1", None)

    assert page.written() == written
    page.put(scoring, 10, [moved])
    assert page.written() == written.replace("| 9 | 8 | 88.9% |", "| 10 | 9 | 90.0% |").replace(
        "lights.py:7`", "lights.py:12`"
    )
