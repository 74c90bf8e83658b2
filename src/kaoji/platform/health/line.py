"""One line of an examination: what was looked at, how it stands, and what would help."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kaoji.core.speech import Sentence
from kaoji.standards.languages import speaker


class Condition(StrEnum):
    """As it should be; worth a look; broken."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


_ORDER = list(Condition)


@dataclass(frozen=True)
class Line:
    """*name* is for machines and never changes; what is not as it should be names its *cure*."""

    name: str
    title: Sentence
    condition: Condition
    told: Sentence
    cure: Sentence | None = None

    @property
    def subject(self) -> str:
        """The name's first word, by which lines stand together."""
        return self.name.partition(".")[0]


def fine(name: str, title: Sentence, told: Sentence) -> Line:
    """A line about something that is as it should be."""
    return Line(name, title, Condition.OK, told)


def doubtful(name: str, title: Sentence, told: Sentence, cure: Sentence) -> Line:
    """A line about something that works and should be otherwise."""
    return Line(name, title, Condition.WARN, told, cure)


def broken(name: str, title: Sentence, told: Sentence, cure: Sentence) -> Line:
    """A line about something that does not work, or is not safe."""
    return Line(name, title, Condition.FAIL, told, cure)


def worst(lines: Iterable[Line]) -> Condition:
    """The worst of them; OK where there are none.

    >>> worst([fine("a", say("甲"), say("好")), broken("b", say("乙"), say("坏"), say("修"))]).value
    'fail'
    """
    return max((line.condition for line in lines), key=_ORDER.index, default=Condition.OK)


def as_json(lines: Iterable[Line], language: str) -> dict[str, Any]:
    """The examination as `doctor/1`: names and conditions are fixed, sentences are for people."""
    lines, speak = list(lines), speaker(language)
    return {
        "kaoji": "doctor/1",
        "condition": worst(lines).value,
        "lines": [
            {
                "name": line.name,
                "title": speak(line.title),
                "condition": line.condition.value,
                "message": speak(line.told),
                "cure": speak(line.cure) if line.cure else None,
            }
            for line in lines
        ],
    }
