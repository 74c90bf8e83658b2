"""Worked examples as they are written: one block, one programme, statements line by line.

    项目: 困境儿童基本生活费
    人员 甲: 出生 2014-03-02; 类别 社会散居孤儿 自 2018-05; 待遇 自 2018-05
    批次 2023-06 (已知于 2023-06-05): 甲 2023-06 = 1,900.00
    决定 2023-09-04: 甲 转入 特困 自 2023-08
    批次 2023-09: 甲 2023-08 = −2,500.00 核减; 余 2,500.00 追缴; 甲 2023-09 = 0

A Markdown file holds such blocks between lines ```benefit and ```; any other text is one block.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kaoji.benefits.entitlement import Programme
from kaoji.benefits.facts import Fact
from kaoji.benefits.months import Month
from kaoji.benefits.run import ItemKind
from kaoji.core.speech import Sentence, say


class UnreadableExample(ValueError):
    """A line cannot be read: the sentence names the line and what to write."""

    def __init__(self, line: int, fault: Sentence) -> None:
        self.line = line
        self.sentence: Sentence = say("第 {line} 行：{fault}", line=line, fault=fault)
        super().__init__(str(self.sentence))


@dataclass(frozen=True)
class Told:
    """Facts that the office learns of one beneficiary."""

    line: int
    beneficiary: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class SentBack:
    """The bank returned the money of a month: it is not credited."""

    line: int
    beneficiary: str
    month: Month


@dataclass(frozen=True)
class OtherOwes:
    """Another programme owes the same person this for a month."""

    line: int
    beneficiary: str
    programme: str
    month: Month
    fen: int


@dataclass(frozen=True)
class ExpectedItem:
    """An item that a run should have, and how a reduction should be settled (each None: not said)."""

    line: int
    beneficiary: str
    month: Month
    fen: int
    kind: ItemKind | None
    cancelled: int | None = None
    switched: int | None = None
    claimed: int | None = None
    reversed: int | None = None


@dataclass(frozen=True)
class ExpectedQuestion:
    """A question that a run should put to a person."""

    line: int
    beneficiary: str


@dataclass(frozen=True)
class Batch:
    """One run; *expected* None says nothing about it, an empty tuple says that it has no items."""

    line: int
    period: Month
    known_at: date
    expected: tuple[ExpectedItem, ...] | None
    questions: tuple[ExpectedQuestion, ...] = ()


Statement = Told | SentBack | OtherOwes | Batch


@dataclass(frozen=True)
class Example:
    """One programme and what happens, in order."""

    programme: Programme
    statements: tuple[Statement, ...]


_BLOCK = re.compile(r"^```benefit[ \t]*\n(?P<text>.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)


def blocks_in(text: str) -> list[tuple[int, str]]:
    """Every block with the number of its first line; a text without fences is one block."""
    found = [
        (text.count("\n", 0, block.start("text")) + 1, block["text"])
        for block in _BLOCK.finditer(text)
    ]
    return found or ([(1, text)] if text.strip() and "```" not in text else [])
