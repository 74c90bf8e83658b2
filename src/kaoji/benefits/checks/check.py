"""What a check is: an id, a title, what it does to the item, a basis, and a function that looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kaoji.benefits.checks.context import RunUnderCheck
from kaoji.benefits.law import Dated, holding
from kaoji.benefits.law_reading import ClosedReader, read_amount
from kaoji.benefits.months import Month, month_of
from kaoji.core.speech import Sentence
from kaoji.standards.files import read_yaml


class Effect(StrEnum):
    """Does a hit wait for a person, or is it paid and looked at beside?"""

    HOLD = "hold"
    WARN = "warn"


EFFECT_NAMES = {Effect.HOLD: "暂缓", Effect.WARN: "提醒"}


@dataclass(frozen=True)
class Hit:
    """What a check found: of whom (None: the whole run), of which month (None: all), and what."""

    sentence: Sentence
    beneficiary: str | None = None
    month: Month | None = None


Look = Callable[[RunUnderCheck], Iterator[Hit]]


@dataclass(frozen=True)
class Check:
    """One check; its file's docstring is the *essay* that says why."""

    id: str
    title: str
    effect: Effect
    basis: str
    look: Look
    name: str
    essay: str


def check(check_id: str, title: str, *, effect: Effect, basis: str) -> Callable[[Look], Check]:
    """Make a check of the function below."""

    def made_of(look: Look) -> Check:
        essay = sys.modules[look.__module__].__doc__ or ""
        return Check(check_id, title, effect, basis, look, look.__name__, essay)

    return made_of


@cache
def _limits() -> Mapping[str, tuple[Dated[int], ...]]:
    file = "benefits/checks.yaml"
    reader = ClosedReader(file)
    data = reader.mapping(read_yaml(file), file)
    for name, entry in data.items():
        reader.known(reader.mapping(entry, name), _ENTRY, required=_ENTRY)
    return {
        name: reader.dated(entry["dated"], name, read_amount) for name, entry in data.items()
    }


_ENTRY = ("title", "unit", "dated")


def limit(name: str, beside: RunUnderCheck) -> int:
    """A number that checks compare with, as it holds on the day of the check."""
    found = holding(_limits()[name], month_of(beside.today), beside.today)
    if found is None:
        raise LookupError(name)
    return found.value
