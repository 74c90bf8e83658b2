"""Habits of the codebase itself: documented, complete, and free of what does not belong."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kaoji.cli import _COMMANDS
from kaoji.core.declaration import Declaration
from kaoji.core.declaration_json import FUND_FIELDS
from kaoji.core.notation import CAPTIONS
from kaoji.rules.catalogue import CATALOGUE
from kaoji.standards.citations import documents
from kaoji.standards.files import read_yaml

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "kaoji"
DOCS = ROOT / "docs"


def text_of(*names: str) -> str:
    return "\n".join((ROOT / name).read_text("utf-8") for name in names)


def test_every_field_of_a_declaration_is_in_the_glossary():
    glossary = text_of("docs/glossary.md")
    fields = [
        name
        for name in Declaration.__dataclass_fields__
        if name not in {"funds", "indicators", "year"}
    ]

    for name in (*fields, *(f"funds.{name}" for name in FUND_FIELDS)):
        assert name in glossary, name


def test_every_package_name_is_in_the_glossary_or_the_map():
    both = text_of("docs/glossary.md", "README.md")

    for folder in SOURCE.iterdir():
        if folder.is_dir() and folder.name not in {"__pycache__", "locale"}:
            assert folder.name in both, folder.name


def test_every_command_is_documented_in_both_readmes_and_the_guide():
    for command in _COMMANDS:
        assert f"kaoji {command}" in text_of("README.md"), command
        assert f"kaoji {command}" in text_of("README.zh-CN.md"), command
        assert f"`kaoji {command}" in text_of("docs/guide/command-line.md"), command


def test_every_caption_of_the_notation_is_documented():
    guide = text_of("docs/guide/notation.md")

    for caption, known in CAPTIONS.items():
        assert f"| {caption} | {known.field} |" in guide, caption


def test_every_environment_variable_of_the_settings_is_documented():
    settings = text_of("src/kaoji/config/settings.py", "src/kaoji/platform/home_folder.py")

    for name in set(re.findall(r'"(KAOJI_\w+)"', settings)):
        assert f"`{name}`" in text_of("docs/guide/site.md"), name


def test_every_rule_has_its_page_and_no_page_is_left_over():
    pages = {path.stem for path in (DOCS / "rules").glob("KJ*.md")}

    assert pages == {rule.id for rule in CATALOGUE}


def test_every_edge_case_file_belongs_to_a_rule():
    cases = {path.stem for path in (ROOT / "tests/rules/cases").glob("*.md")}

    assert cases <= {rule.id for rule in CATALOGUE}


def test_every_cited_document_is_cited_and_every_number_is_used():
    cited = {citation.document_id for rule in CATALOGUE for citation in rule.basis}
    needed = {name for rule in CATALOGUE for name in rule.needs}

    assert cited <= documents().keys()
    assert read_yaml("thresholds.yaml").keys() <= needed


ACCOUNT_ADMIN = "platform/accounts/admin.py"


def test_every_event_is_written_by_an_action_of_its_room():
    rooms = [path.parent for path in SOURCE.rglob("events.py")]
    assert len(rooms) > 15

    for room in rooms:
        stories = string_keys(room / "events.py", "STORIES")
        writers = [
            path
            for path in room.rglob("*.py")
            if {"actions", "commands"} & set(path.parts) or path == SOURCE / ACCOUNT_ADMIN
        ]
        written = "\n".join(path.read_text("utf-8") for path in writers)
        for event_type in stories:
            assert f'"{event_type}"' in written, f"{room.name}: {event_type}"


def string_keys(path: Path, table: str) -> list[str]:
    """The keys of a table that a module writes down."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == table:
            assert isinstance(node.value, ast.Dict)
            return [ast.literal_eval(key) for key in node.value.keys if key]
    return []


# What is derived is written anew in the transaction of the action that changes what it sums.
_WRITE_TOO = {
    "platform/events/event_log.py",
    "subjects/self_evaluation/queries.py",
    "subjects/dashboards/queries.py",
    "subjects/declarations/queries/derive.py",
}
# A whole database goes into an empty one, row by row as it is.
_MOVES_A_DATABASE = {"platform/moving.py"}
# Where somebody is signed in, which worker is alive and when a backup was made is no matter of record.
_OF_THE_MOMENT = {
    "platform/accounts/pages/sittings.py",
    "platform/accounts/pages/signing_in.py",
    "platform/jobs/worker.py",
    "platform/jobs/guard.py",
    "platform/jobs/routines.py",
}


def writes_a_table(call: ast.Call) -> bool:
    """Whether this looks like a row that is saved, made, changed or deleted.

    >>> writes_a_table(ast.parse("Fact.objects.filter(id=1).update(age=2)").body[0].value)
    True
    >>> writes_a_table(ast.parse("known.update(other)").body[0].value)
    False
    """
    if not isinstance(call.func, ast.Attribute):
        return False
    verb, of = call.func.attr, ast.unparse(call.func.value)
    if of == "cache":
        return False
    if verb in {"save", "bulk_create", "bulk_update", "delete"}:
        return True
    return verb in {"create", "update", "get_or_create", "update_or_create"} and "objects" in of


def test_only_actions_and_the_event_log_save():
    for path in SOURCE.rglob("*.py"):
        inside = path.relative_to(SOURCE)
        if {"actions", "documents", "migrations"} & set(inside.parts) or str(
            inside
        ) in _WRITE_TOO | _OF_THE_MOMENT | _MOVES_A_DATABASE:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                assert not writes_a_table(node), f"{inside}:{node.lineno}"


def test_every_module_opens_with_a_sentence():
    for path in [*SOURCE.rglob("*.py"), *(ROOT / "scripts").glob("*.py")]:
        if "migrations" not in path.parts:
            assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), path


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_the_locks_are_hashed_and_name_no_address(lock: str):
    text = text_of(lock)

    assert "://" not in text
    assert "--index" not in text
    pinned = re.findall(r"^[a-z0-9][\w.\[\]-]*==", text, re.MULTILINE | re.IGNORECASE)
    assert len(pinned) > 10
    assert text.count("--hash=sha256:") >= len(pinned)


def test_links_between_documents_lead_somewhere():
    for path in [
        ROOT / "README.md",
        ROOT / "README.zh-CN.md",
        ROOT / "CONTRIBUTING.md",
        *DOCS.rglob("*.md"),
    ]:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.relative_to(ROOT)} → {target}"


def test_the_wheel_carries_everything_the_package_needs(tmp_path: Path):
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    [wheel] = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())

    for path in SOURCE.rglob("*"):
        hidden = {part for part in path.parts if part == "__pycache__" or part.startswith(".")}
        if path.is_file() and not hidden:
            assert str(path.relative_to(SOURCE.parent)) in packed
