"""What is usual for a measure, in a field and over all fields, by forms that were seen (`norms.yaml`).

>>> norm_for(("农村公路养护",), "群众满意度", least_count=10).measure
'满意度'
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kaoji.standards.files import read_yaml


@dataclass(frozen=True)
class UsualValue:
    """The middle nine tenths of *count* percentages seen under one measure; *field* None: in all."""

    field: str | None
    measure: str
    count: int
    low: Decimal
    middle: Decimal
    high: Decimal


def norm_for(
    said: Iterable[str | None], name: str, *, least_count: Decimal
) -> UsualValue | None:
    """The norm of the field that the texts speak of, else of all; None where too few were seen."""
    measure = measure_of(name)
    if measure is None:
        return None
    own = field_of(said)
    for field in (own, None) if own else (None,):
        norm = _norms().get((field, measure))
        if norm and norm.count >= least_count:
            return norm
    return None


def field_of(said: Iterable[str | None]) -> str | None:
    """The field of the first text that names one."""
    for text in said:
        for field, signs in read_yaml("lexicons/fields.yaml").items():
            if any(sign in (text or "") for sign in signs):
                return str(field)
    return None


def measure_of(name: str) -> str | None:
    """群众满意率 is a 满意度, 验收合格率 a 合格率."""
    for measure, endings in read_yaml("norms.yaml")["measures"].items():
        if name.endswith(tuple(endings)):
            return str(measure)
    return None


@cache
def _norms() -> dict[tuple[str | None, str], UsualValue]:
    return {
        (entry["field"], entry["measure"]): UsualValue(
            entry["field"],
            entry["measure"],
            entry["count"],
            *(Decimal(str(entry[name])) for name in ("low", "middle", "high")),
        )
        for entry in read_yaml("norms.yaml")["observed"]
    }
