"""低保: what a household lacks to the sum of its members' standards.

    pay = Σ standard of each member (children have their own) − income that counts

Of the wage of somebody who earns at least the minimum wage a fixed part is disregarded, so that
work pays. Income, members and the decision are facts of the household.
"""

from __future__ import annotations

from datetime import date

from kaoji.benefits.entitlement import Entitlement, Step, missing, value_step
from kaoji.benefits.facts import FactsInForce
from kaoji.benefits.fen import written_fen
from kaoji.benefits.law import LawInMonth
from kaoji.benefits.months import Month, month_of
from kaoji.core.speech import say

_GROWN = 16 * 12


def dibao(facts: FactsInForce, of: Month, law: LawInMonth) -> Entitlement:
    """The standards of all members less the income that counts, never below nothing."""
    members = facts.of_members("member", of)
    if not members:
        return missing("member")
    adult, child = law.fen("adult").value, law.fen("child").value
    children = sum(
        _is_child(fact.value, of, law.word("child_until")) for _name, fact in members
    )
    adults = len(members) - children
    counted, steps = _counted(facts, of, law)
    said = say(
        "{adults} × {adult} + {children} × {child} − {income}",
        adults=adults,
        adult=written_fen(adult),
        children=children,
        child=written_fen(child),
        income=written_fen(counted),
    )
    used = [name for name, count in (("adult", adults), ("child", children)) if count]
    values = [value_step(law, name) for name in used]
    needed = adults * adult + children * child
    return Entitlement(max(0, needed - counted), (*values, *steps, Step(said)))


def _is_child(born: object, of: Month, until: str) -> bool:
    """Is a member still a child, by the reading of the law that holds?"""
    months = of - month_of(born) if isinstance(born, date) else _GROWN
    more = {"month_of_16th_birthday": 1, "end_of_16th_year": 12}.get(until, 0)
    return months < _GROWN + more


def _counted(facts: FactsInForce, of: Month, law: LawInMonth) -> tuple[int, list[Step]]:
    """The income that counts, and a step for each wage of which a part is disregarded."""
    counted = facts.number("other_income", of) or 0
    steps: list[Step] = []
    wages = facts.of_members("wage", of)
    if wages:
        steps.append(value_step(law, "minimum_wage"))
    for name, fact in wages:
        wage = fact.value if isinstance(fact.value, int) else 0
        free = law.fen("disregard")
        if wage >= law.fen("minimum_wage").value:
            said = say(
                "{who}工资 {wage}，扣除 {free} 后计 {left} 元",
                who=name,
                wage=written_fen(wage),
                free=written_fen(free.value),
                left=written_fen(wage - free.value),
            )
            steps.append(Step(said, free))
            wage -= free.value
        counted += wage
    return counted, steps
