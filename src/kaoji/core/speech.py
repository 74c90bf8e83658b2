"""Sentences for people, written once in Chinese and translatable without losing their values.

    >>> remark = say("“{text}”无法衡量", text="较高")
    >>> str(remark)
    '“较高”无法衡量'
    >>> remark.through({"“{text}”无法衡量": "“{text}” cannot be measured"}.get)
    '“较高” cannot be measured'

The template is the key of the catalogue, the values are filled in afterwards, so a finding
can be stored once and read in two languages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Sentence:
    """A Chinese template and the values that complete it."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.values)

    def __hash__(self) -> int:
        return hash((self.template, tuple(sorted(self.values))))

    def through(self, translate: Callable[[str], str | None]) -> str:
        """Speak through *translate*, which maps a template to a template (or None)."""
        spoken = {
            name: value.through(translate) if isinstance(value, Sentence) else value
            for name, value in self.values.items()
        }
        return (translate(self.template) or self.template).format(**spoken)


def say(template: str, /, **values: object) -> Sentence:
    """Make a sentence; the braces of *template* name the *values*."""
    return Sentence(template, values)


def joined(sentences: Sequence[Sentence]) -> Sentence:
    """Several in one line: 人数、标准、及时率, with commas in English.

    >>> str(joined([say("人数"), say("标准"), say("及时率")]))
    '人数、标准、及时率'
    """
    *before, last = sentences
    told = last
    for sentence in reversed(before):
        told = say("{first}、{rest}", first=sentence, rest=told)
    return told


def kept(sentence: Sentence) -> dict[str, Any]:
    """A sentence as it is stored: template and values apart, so it can be translated later."""
    values = {
        name: kept(value) if isinstance(value, Sentence) else _plain(value)
        for name, value in sentence.values.items()
    }
    return {"say": sentence.template, "with": values}


def restored(stored: dict[str, Any] | str) -> Sentence:
    """The sentence that was `kept`; a plain string stands for itself."""
    if isinstance(stored, str):
        return Sentence(stored.replace("{", "{{").replace("}", "}}"))
    values = {
        name: restored(value) if isinstance(value, dict) else value
        for name, value in stored["with"].items()
    }
    return Sentence(stored["say"], values)


def _plain(value: object) -> object:
    return value if isinstance(value, int | str | None) else str(value)
