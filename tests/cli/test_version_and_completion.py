"""What the command line says of itself: version, rule book, what may follow, how a command ends."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.running import kaoji as run
from kaoji import __version__
from kaoji.cli import _COMMANDS

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide" / "command-line.md"


def test_the_version_tells_of_the_rule_book():
    told = run("--version").stdout.decode().splitlines()

    assert told[0] == f"kaoji {__version__}"
    assert re.fullmatch(r"规则 \d+ 条，所依文件最新的是 20\d\d-\d\d-\d\d", told[1])
    english = run("--version", "--lang", "en").stdout.decode()
    assert "Rules:" in english


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_script(shell: str):
    done = run("completion", shell)

    assert done.returncode == 0
    assert "_KAOJI_COMPLETE" in done.stdout.decode()


def test_commands_and_options_are_completed():
    asked = {"_KAOJI_COMPLETE": "bash_complete", "COMP_CWORD": "1", "COMP_WORDS": "kaoji do"}
    assert run(**asked).stdout.decode().split() == ["plain,doctor"]

    asked |= {"COMP_WORDS": "kaoji backup --k", "COMP_CWORD": "2"}
    assert run(**asked).stdout.decode().split() == ["plain,--keep"]


def test_how_every_command_ends_is_written_down():
    table = (
        GUIDE.read_text("utf-8").partition("**Exit codes.**")[2].partition("**Language.**")[0]
    )
    named = set(
        re.findall(
            r"`(\w+)`",
            "\n".join(row.split("|")[1] for row in table.splitlines() if row.startswith("| `")),
        )
    )

    assert named == set(_COMMANDS)
