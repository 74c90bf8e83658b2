"""A difference: at which level it was found, in which row, and what stands against what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from kaoji.core.speech import Sentence


class Level(StrEnum):
    """What is proved: that these are the records, that they add up, that the law says so."""

    V1 = "V1"
    V2 = "V2"
    V3 = "V3"


LEVEL_NAMES = {
    Level.V1: "记录与日志一致",
    Level.V2: "合计、借贷、审批、盘片、比率",
    Level.V3: "由规定和事实重算每一笔",
}


@dataclass(frozen=True)
class Difference:
    """One difference, in a sentence that names the row and both values."""

    level: Level
    sentence: Sentence


def at(level: Level, sentences: Iterable[Sentence]) -> Iterator[Difference]:
    """These sentences as differences of a level."""
    return (Difference(level, sentence) for sentence in sentences)
