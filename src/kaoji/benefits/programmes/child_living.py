"""困境儿童基本生活费: a monthly amount by category, until 18 or the end of secondary school.

The carer's income plays no part. The 18th birthday alone ends nothing: who is in full-time
senior secondary school keeps the money until graduation, so an unknown school is asked about
and paid meanwhile.
"""

from __future__ import annotations

from dataclasses import replace

from kaoji.benefits.entitlement import Entitlement, missing, monthly, nothing
from kaoji.benefits.facts import FactsInForce
from kaoji.benefits.law import LawInMonth
from kaoji.benefits.months import Month
from kaoji.core.speech import say

_ADULT = 18


def child_living(facts: FactsInForce, of: Month, law: LawInMonth) -> Entitlement:
    """The amount of the category; past 18 only for a pupil, or until somebody has asked."""
    age, category = facts.age(of), facts.text("category", of)
    if age is None or category is None:
        return missing("birth" if age is None else "category")
    # The month of the birthday and that of the graduation are still paid: what counts ended before.
    before = Month(of - 1)
    grown, school = (facts.age(before) or 0) >= _ADULT, facts.text("school", before)
    if grown and school == "finished":
        return nothing(say("已满 {adult} 周岁且已毕业", adult=_ADULT))
    paid = monthly("category", category, law.fen(category))
    if grown and school is None:
        question = say("已满 {adult} 周岁，请核实是否仍在读高中阶段", adult=_ADULT)
        return replace(paid, asks=(question,))
    return paid
