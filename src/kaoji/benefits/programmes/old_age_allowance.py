"""老年综合津贴: by age, in bands.

Everybody registered in the city from 65 on, in bands by whole years. What counts is the age
reached in the month: who turns 70 on the 30th has the band of 70 for the whole month.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from kaoji.benefits.entitlement import Entitlement, due, missing, nothing
from kaoji.benefits.facts import FactsInForce
from kaoji.benefits.fen import written_fen
from kaoji.benefits.law import Dated, LawInMonth
from kaoji.benefits.months import Month
from kaoji.core.speech import say


def old_age_allowance(facts: FactsInForce, of: Month, law: LawInMonth) -> Entitlement:
    """The band of the age reached in the month."""
    age = facts.age(of)
    if age is None:
        return missing("birth")
    band = law.band(age)
    if band is None:
        return nothing(say("{age} 周岁，未到享受年龄", age=age))
    return _band(age, *band, law.bands)


@lru_cache(maxsize=1024)
def _band(
    age: int, start: int, fen: int, bands: Dated[Mapping[int, int]] | None
) -> Entitlement:
    said = say(
        "{age} 周岁，满 {start} 周岁的每月 {amount} 元",
        age=age,
        start=start,
        amount=written_fen(fen),
    )
    return due(fen, said, bands)
