"""The one question that every kind of evidence answers, and the shape of the answer.

    What is the actual value of this indicator as of this day, and from which rows?

A way of measuring is a value with an `answer` function; it is given rows as plain values and
asks neither database nor clock. Whoever has the rows recomputes the answer at any past day.
To add a way, write its file under `ways/` and add a line to `catalogue.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from kaoji.core.canonical import canonical_json, digest
from kaoji.core.speech import Sentence
from kaoji.core.target import Target


class Unanswerable(ValueError):
    """The evidence does not give a value; the sentence says what is missing."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


@dataclass(frozen=True)
class Row:
    """One row of evidence: its table, its key there, the day it is about, what it says."""

    table: str
    id: int
    on: date
    says: Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """One indicator as of a day. *budget* is the year's budget in yuan, None without one."""

    target: Target
    as_of: date
    parameters: Mapping[str, Any] = field(default_factory=dict)
    budget: Decimal | None = None


@dataclass(frozen=True)
class Answer:
    """The value as it stands in the cell, the rows it comes from, how it was computed.

    *share* is the part that was done, in percent, where words are judged by it. *digest* changes
    when a row is added, corrected or taken out.
    """

    value: str
    rows: tuple[Row, ...]
    steps: tuple[Sentence, ...]
    warnings: tuple[Sentence, ...] = ()
    share: Decimal | None = None

    @property
    def digest(self) -> str:
        """SHA-256 over the rows, in the order of their keys."""
        said = sorted((row.table, row.id, canonical_json(dict(row.says))) for row in self.rows)
        return digest(
            canonical_json([[table, key, text.decode()] for table, key, text in said])
        )


@dataclass(frozen=True)
class Parameter:
    """One thing that a way has to be told: its name, its caption, what may be chosen.

    *kind* is `text`, `number`, `choice`, `places` (other indicators) or `survey`.
    """

    name: str
    title: str
    kind: str = "text"
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""
    default: str = ""


@dataclass(frozen=True)
class Way:
    """A kind of evidence: what it is called, which tables it reads, how it answers.

    *answer* raises Unanswerable; *refuse* gives the reason against parameters, or None.
    """

    id: str
    title: str
    tables: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    answer: Callable[[Question, Iterable[Row]], Answer]
    refuse: Callable[[Mapping[str, Any]], Sentence | None]
