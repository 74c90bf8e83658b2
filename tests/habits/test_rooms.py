"""Dependence between rooms that no import shows: relations used from below, and links that lead up."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SUBJECTS = ROOT / "src" / "kaoji" / "subjects"


def height_of_rooms() -> dict[str, int]:
    """How high each room lies, as the contract of imports says it; platform is below all."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    [contract] = [
        item
        for item in settings["tool"]["importlinter"]["contracts"]
        if item.get("containers") == ["kaoji.subjects"]
    ]
    layers = [re.split(r" [|:] ", line) for line in contract["layers"]]
    return {
        room: height for height, rooms in enumerate(reversed(layers), start=1) for room in rooms
    }


HEIGHT = height_of_rooms()


def room_of(path: Path) -> str:
    parts = path.relative_to(ROOT / "src" / "kaoji").parts
    return parts[1] if parts[0] == "subjects" else "platform"


def relations() -> dict[str, str]:
    """By related name the room whose table brings it."""
    found = {}
    for path in (*SUBJECTS.glob("*/models.py"), *SUBJECTS.glob("*/models/*.py")):
        for name in re.findall(r'related_name="(\w+)"', path.read_text("utf-8")):
            found[name] = room_of(path)
    return found


def uses_of(names: dict[str, str], path: Path) -> Iterator[str]:
    """Relations that a module asks of a row: `form.opinions`, "form__opinions"."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in names:
            yield node.attr
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (
                part for part in node.value.split("__") if part in names and "__" in node.value
            )


def below(path: Path, room: str) -> bool:
    return HEIGHT.get(room_of(path), 0) < HEIGHT[room]


# Relations of tables above that a room below asks for. The list only shrinks.
ASKED_FROM_BELOW = {
    ("platform/accounts/pages/organisation_views.py", "declarations"),
    ("platform/organisation/actions/change_organisation.py", "declarations"),
    ("subjects/declarations/pages/editing.py", "opinions"),
    ("subjects/declarations/pages/shown.py", "opinions"),
}
# The same words, meaning something else there.
OTHER_THINGS = {
    ("platform/middleware/metrics.py", "answered"),
    ("platform/webhooks/actions/deliver.py", "answer"),
    ("platform/webhooks/actions/deliver.py", "tries"),
    ("platform/accounts/actions/import_roster.py", "people"),
    ("platform/accounts/pages/rosters.py", "left_out"),
    ("subjects/benefits/pages/people.py", "steps"),
    ("subjects/intake/actions/confirm_aside.py", "tries"),
    ("subjects/results/actions/take_actuals.py", "steps"),
    ("subjects/review/actions/answer_opinion.py", "answer"),
    ("subjects/review/actions/write_review.py", "answers"),
    ("subjects/review/pages/review_sheet.py", "answers"),
    ("subjects/review/pages/urls.py", "answer"),
}
# Links from a room to pages above it: where a room is taken out, these are dead.
LINKS_UP = {
    "platform": {"following", "home", "intake", "log", "rules", "upload"},
    "declarations": {"declaration", "declarations", "end-waiver", "rectification", "results", "waive"},
    "appraisal": {"following"},
    "department_expenditure": {"following"},
    "department_reports": {"following"},
    "evaluation": {"following"},
    "library": {"declaration"},
    "monitoring": {"following"},
    "rectification": {"following"},
    "results": {"evidence", "results"},
    "review": {"letter-pdf", "results", "todo"},
    "self_evaluation": {
        "declaration-evaluations", "declaration-rectifications", "following", "todo",
    },
    "service_records": {"evidence-file", "results"},
    "spending": {"following"},
    "surveys": {"results"},
}  # fmt: skip


def files(*kinds: str) -> Iterator[Path]:
    for kind in kinds:
        for part in ("platform", "subjects"):
            for path in (SUBJECTS.parent / part).rglob(f"*.{kind}"):
                if "migrations" not in path.parts:
                    yield path


def test_no_room_asks_for_relations_of_rooms_above_it():
    names = relations()
    found = {
        (str(path.relative_to(SUBJECTS.parent)), name)
        for path in files("py")
        for name in uses_of(names, path)
        if below(path, names[name])
    }

    assert found == ASKED_FROM_BELOW | OTHER_THINGS


def test_no_page_leads_up_but_those_that_are_listed():
    owners = {
        name: room_of(path)
        for path in SUBJECTS.rglob("urls.py")
        for name in re.findall(r'name="([\w-]+)"', path.read_text("utf-8"))
    }
    link = re.compile(r"""{% url ['"]([\w-]+)|(?:redirect|reverse)\(\s*"([\w-]+)""")
    found: dict[str, set[str]] = {}
    for path in files("html", "py"):
        for pair in link.findall(path.read_text("utf-8")):
            name = pair[0] or pair[1]
            if name in owners and below(path, owners[name]):
                found.setdefault(room_of(path), set()).add(name)

    assert found == LINKS_UP


def test_every_room_is_on_the_map_and_installed():
    map_of_readme = (ROOT / "README.md").read_text("utf-8")
    rooms = {path.name for path in SUBJECTS.iterdir() if (path / "__init__.py").exists()}

    assert rooms == set(HEIGHT)
    for room in rooms:
        assert f"{room}/" in map_of_readme, room
