"""The commands of the guides to installing are such as our command line knows, the same in both languages."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from deploy.test_units import ROOT, understood

GUIDES = [ROOT / "docs" / "guide" / name for name in ("installing.md", "installing.zh-CN.md")]


def lines_to_type(guide: Path) -> list[list[str]]:
    """Every line of a block of the shell, in words, without what is said of it."""
    blocks = re.findall(
        r"^```sh\n(.*?)^```$", guide.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    lines = "".join(blocks).splitlines()
    return [words for line in lines if (words := shlex.split(line, comments=True))]


def commands_of(guide: Path) -> list[list[str]]:
    """The lines that run kaoji itself, without the variables before them."""
    found = []
    for words in lines_to_type(guide):
        while re.match(r"KAOJI_[A-Z_]+=", words[0]):
            words = words[1:]
        if words[0] == "kaoji":
            found.append(words[1:])
    return found


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_every_command_of_the_guide_is_understood(guide: Path):
    commands = commands_of(guide)

    assert [words[0] for words in commands] == [
        "manage", "manage", "doctor", "backup", "manage", "manage", "manage", "doctor",
        "restore", "restore",
    ]  # fmt: skip
    for words in commands:
        understood(words)


def test_both_languages_have_the_same_lines():
    chinese = {"保管处": "SAFE_PLACE", "最新的": "NEWEST"}
    english, translated = map(lines_to_type, GUIDES)
    for line in translated:
        for word, means in chinese.items():
            line[:] = [part.replace(word, means) for part in line]

    assert translated == english


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_every_file_that_is_copied_is_there(guide: Path):
    for words in lines_to_type(guide):
        for word in words:
            if word.startswith("deploy/"):
                assert list(ROOT.glob(word)), word
