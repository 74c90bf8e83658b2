"""困难残疾人生活补贴: for disabled people in families with the lowest incomes.

The amount follows the household (重残无业 and 低保 alike, 低保边缘 less), not the grade; the grade
only proves the disability.
"""

from __future__ import annotations

from kaoji.benefits.entitlement import Entitlement, missing, monthly, nothing
from kaoji.benefits.facts import FactsInForce
from kaoji.benefits.kinds import kinds
from kaoji.benefits.law import LawInMonth
from kaoji.benefits.months import Month
from kaoji.core.speech import say

_AMOUNT_OF = {
    "severe_unemployed": "lowest_incomes",
    "dibao": "lowest_incomes",
    "near_dibao": "near_lowest_incomes",
}


def disability_living(facts: FactsInForce, of: Month, law: LawInMonth) -> Entitlement:
    """The amount of the household's status."""
    if facts.number("disability_grade", of) is None:
        return missing("disability_grade")
    status = facts.text("household_status", of)
    if status is None:
        return missing("household_status")
    if status not in _AMOUNT_OF:
        title = kinds()["household_status"].written(status)
        return nothing(say("{status}，不在补贴范围", status=title))
    return monthly("household_status", status, law.fen(_AMOUNT_OF[status]))
