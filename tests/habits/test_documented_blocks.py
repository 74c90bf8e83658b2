"""Every block of code in the documents is run by some test, or it says here why not."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from pathlib import Path

import pytest
import yaml

from deploy.test_units import understood
from kaoji.benefits.example_reading import ExampleReader
from kaoji.benefits.playing import Player
from kaoji.benefits.programmes.catalogue import programmes
from kaoji.standards.files import read_yaml

ROOT = Path(__file__).resolve().parents[2]
# The rules' pages are written from the rules, whose examples run (tests/rules/test_essays.py).
DOCUMENTS = [
    path
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
    if path.parent.name != "rules" and path.name != "CHANGELOG.md"
]
FENCED = re.compile(r"^ *```([a-z]+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
# By document and language how many blocks there are, and who runs them.
RUN = {
    ("README.md", "sh"): (2, "here"),
    ("README.zh-CN.md", "sh"): (2, "here"),
    ("docs/guide/administering.md", "sql"): (2, "here, on PostgreSQL"),
    ("docs/guide/administering.md", "yaml"): (1, "read here; Prometheus is not at hand"),
    ("docs/guide/benefits.md", "benefit"): (1, "here"),
    ("docs/guide/benefits.md", "yaml"): (1, "here, against the law itself"),
    ("docs/guide/installing.md", "sh"): (
        7,
        "tests/deploy/test_guides.py: our commands are understood; what changes a machine (apt, systemctl) is not run",
    ),
    ("docs/guide/installing.zh-CN.md", "sh"): (7, "the same"),
    ("docs/guide/python.md", "python"): (6, "tests/habits/test_snippets.py"),
    ("docs/guide/webhooks.md", "python"): (1, "tests/platform/webhooks/test_pages.py"),
}
# Lines of a terminal that stand indented: by document how many, and who runs them.
TYPED = {
    "docs/guide/api.md": (3, "tests/platform/api/test_guide.py"),
    "docs/guide/exchange.md": (1, "here"),
    "docs/guide/open-data.md": (
        1,
        "not run: frictionless is no part of our environment; tests/documents/test_data_package.py checks keys, constraints and types",
    ),
    "docs/performance.md": (
        3,
        "not run: ten years of a province take hours; the scripts are there, see below",
    ),
}
SHELL = re.compile(
    r"^    ((?:[A-Z_]+=\S+ )*(?:kaoji|\./kaoji|curl|pip|python|just)\b.*)$", re.MULTILINE
)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def blocks(name: str, language: str) -> list[str]:
    return [
        text
        for kind, text in FENCED.findall((ROOT / name).read_text("utf-8"))
        if kind == language
    ]


def test_every_block_is_run_or_says_why_not():
    found = Counter(
        (name_of(path), kind)
        for path in DOCUMENTS
        for kind, _ in FENCED.findall(path.read_text("utf-8"))
    )

    assert found == {key: count for key, (count, _) in RUN.items()}


def test_every_line_of_a_terminal_is_run_or_says_why_not():
    found = Counter(
        name_of(path) for path in DOCUMENTS for _ in SHELL.findall(path.read_text("utf-8"))
    )

    assert found == {name: count for name, (count, _) in TYPED.items()}


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_command_of_the_first_page_is_understood(name: str):
    """`./kaoji demo` and `./kaoji test` are the launcher's own."""
    lines = "".join(blocks(name, "sh")).splitlines()
    commands = [shlex.split(line, comments=True) for line in lines]
    assert len(commands) > 15

    for words in commands:
        assert words[0] == "./kaoji", words
        if words[1] in {"demo", "test"}:
            assert f"{words[1]}" in (ROOT / "kaoji").read_text("utf-8")
        else:
            understood([re.sub(r"…$", "", word) for word in words[1:]])


def test_every_script_and_recipe_that_a_document_names_is_there():
    just = (ROOT / "justfile").read_text("utf-8")

    for path in DOCUMENTS:
        text = path.read_text("utf-8")
        for script in re.findall(r"\bscripts/\w+\.(?:py|sh)\b", text):
            assert (ROOT / script).exists(), f"{name_of(path)}: {script}"
        for recipe in re.findall(r"`just (\w+)", text):
            assert re.search(rf"^{recipe}\b.*:", just, re.MULTILINE), (
                f"{name_of(path)}: {recipe}"
            )


@pytest.mark.parametrize("name", ["exchange.md", "open-data.md", "administering.md", "site.md"])
def test_every_management_command_that_a_guide_names_is_there(name: str):
    from django.core.management import get_commands

    text = (ROOT / "docs" / "guide" / name).read_text("utf-8")
    named = set(re.findall(r"kaoji manage ([a-z_]+)", text))

    assert named
    assert named <= get_commands().keys()


def test_the_export_that_the_guide_types_is_understood():
    [line] = SHELL.findall((ROOT / "docs/guide/exchange.md").read_text("utf-8"))

    understood(shlex.split(line)[1:])


def test_the_worked_example_of_the_guide_comes_out_as_it_says():
    [example] = blocks("docs/guide/benefits.md", "benefit")

    played = list(Player(ExampleReader(programmes()).read(example)).play())

    assert played
    assert [str(miss) for run in played for miss in run.misses] == []


def test_the_value_of_the_law_that_the_guide_shows_stands_in_the_law():
    [shown] = blocks("docs/guide/benefits.md", "yaml")

    [(name, value)] = yaml.safe_load(shown).items()
    law = read_yaml("benefits/child_living/law.yaml")
    known = law.get(name) or law["amounts"][name]
    assert value["title"] == known["title"]
    assert value["dated"][0] in known["dated"]


def test_what_prometheus_is_told_can_be_read():
    [told] = blocks("docs/guide/administering.md", "yaml")

    [job] = yaml.safe_load(told)["scrape_configs"]
    assert job["job_name"] == "kaoji"
    assert job["authorization"].keys() == {"credentials_file"}


@pytest.mark.django_db
def test_the_roles_of_the_guide_can_be_made():
    """All but the database itself, which is made outside of any transaction; then all is undone."""
    from django.db import connection, transaction

    if connection.vendor != "postgresql":
        pytest.skip("roles are PostgreSQL's")
    text = "".join(blocks("docs/guide/administering.md", "sql"))
    plain = re.sub(r"^(--.*|\\c .*|CREATE DATABASE .*)$", "", text, flags=re.MULTILINE)
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in plain.split(";"):
            if statement.strip():
                cursor.execute(statement)
        cursor.execute("SET ROLE kaoji_site")
        cursor.execute("SELECT count(*) FROM events_event")
        transaction.set_rollback(True)
