"""重度残疾人护理补贴: by grade; in grade 3 only for intellectual and mental disabilities.

Income plays no part, and it may be held beside 困难残疾人生活补贴.
"""

from __future__ import annotations

from functools import lru_cache

from kaoji.benefits.entitlement import Entitlement, due, missing, nothing
from kaoji.benefits.facts import FactsInForce
from kaoji.benefits.fen import written_fen
from kaoji.benefits.kinds import kinds
from kaoji.benefits.law import Dated, LawInMonth
from kaoji.benefits.months import Month
from kaoji.core.speech import say

_GRAVE_IN_THIRD_GRADE = {"intellectual", "mental"}


def disability_nursing(facts: FactsInForce, of: Month, law: LawInMonth) -> Entitlement:
    """The amount of the grade."""
    grade, kind = facts.number("disability_grade", of), facts.text("disability_kind", of)
    if grade is None or kind is None:
        return missing("disability_grade" if grade is None else "disability_kind")
    if grade > 3 or (grade == 3 and kind not in _GRAVE_IN_THIRD_GRADE):
        title = kinds()["disability_kind"].written(kind)
        return nothing(say("{kind}残疾 {grade} 级，不在补贴范围", kind=title, grade=grade))
    return _graded(kind, grade, law.fen("gravest" if grade == 1 else "grave"))


@lru_cache(maxsize=1024)
def _graded(kind: str, grade: int, amount: Dated[int]) -> Entitlement:
    title = kinds()["disability_kind"].written(kind)
    said = say(
        "{kind}残疾 {grade} 级，每月 {amount} 元",
        kind=title,
        grade=grade,
        amount=written_fen(amount.value),
    )
    return due(amount.value, said, amount)
