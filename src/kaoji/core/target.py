"""Targets: the value an indicator promises, read from what people write in the cell.

Every reading keeps the text and says what it did with it; nothing is guessed in silence.

    >>> target = Target.parse("> =90%")
    >>> target.op, target.value, target.unit
    (<Op.AT_LEAST: '>='>, Decimal('90'), '%')
    >>> [str(note) for note in target.notes]
    ['“> =”按“>=”理解']
    >>> Target.parse("及时").kind
    <Kind.QUALITATIVE: 'qualitative'>
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kaoji.core.speech import Sentence


class Op(StrEnum):
    """How an actual value is compared with the target."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EQUAL = "="
    ABOVE = ">"
    BELOW = "<"
    RANGE = "range"


class Kind(StrEnum):
    """What the cell holds."""

    BLANK = "blank"
    QUANTITATIVE = "quantitative"
    DEADLINE = "deadline"
    QUALITATIVE = "qualitative"
    PLACEHOLDER = "placeholder"
    SENTENCE = "sentence"


@dataclass(frozen=True)
class Target:
    """A target value: the text as written and what it says.

    *value* and *value_high* are the numbers as written (80 for `80万小时`, whose unit is
    `万小时`); *op* is None when no operator was written. *notes* tell how it was read.
    """

    text: str
    kind: Kind
    op: Op | None = None
    value: Decimal | None = None
    value_high: Decimal | None = None
    unit: str | None = None
    notes: tuple[Sentence, ...] = ()

    @classmethod
    def parse(cls, text: str | None) -> Target:
        """Read the text of a cell; any text is a target of some kind."""
        from kaoji.core.target_grammar import read_target

        return read_target(text)

    @property
    def measurable(self) -> bool:
        """Can someone later prove it met or missed?"""
        return self.kind in {Kind.QUANTITATIVE, Kind.DEADLINE}

    @property
    def is_percentage(self) -> bool:
        """Is the number a percentage?"""
        return self.unit == "%"

    def __str__(self) -> str:
        return self.text
