"""Budget execution: what was spent of the year's budget, from the entries of its months.

The last entry of a month and source counts. Words such as 不超预算 are met while no more was
spent than there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from kaoji.core.speech import Sentence, say
from kaoji.measuring.answer import Answer, Parameter, Question, Row, Unanswerable, Way
from kaoji.measuring.values import plain, share_as_value, share_of
from kaoji.measuring.ways.service_records import choices
from kaoji.scoring.admissible import TIERS, takes_number

TABLE = "spendings"
_LIMITS = {"rate": "执行率", "within": "不超预算"}


def counting(rows: Iterable[Row]) -> list[Row]:
    """Of each month and source the last entry."""
    last: dict[tuple[str, str], Row] = {}
    for row in sorted(rows, key=lambda row: row.id):
        last[row.on.isoformat(), str(row.says.get("source") or "")] = row
    return list(last.values())


def _answer(question: Question, rows: Iterable[Row]) -> Answer:
    if question.budget is None or question.budget <= 0:
        raise Unanswerable(say("没有全年预算数，算不出执行率"))
    used = counting(row for row in rows if row.table == TABLE and row.on <= question.as_of)
    if not used:
        raise Unanswerable(say("截至 {day} 还没有预算执行", day=question.as_of))
    spent = sum((Decimal(str(row.says["amount"])) for row in used), Decimal(0))
    share = share_of(spent, question.budget)
    step = say(
        "截至 {day} 执行 {spent} 元，全年预算 {budget} 元，执行率 {share}%",
        day=question.as_of,
        spent=f"{spent:,.2f}",
        budget=f"{question.budget:,.2f}",
        share=plain(share),
    )
    if question.parameters.get("limit") == "within" and not takes_number(question.target):
        kept = spent <= question.budget
        return Answer(
            TIERS[0] if kept else TIERS[2], tuple(used), (step,), share=Decimal(100 * kept)
        )
    return Answer(share_as_value(question, share), tuple(used), (step,), share=share)


def _refuse(asked: Mapping[str, Any]) -> Sentence | None:
    if asked.get("limit", "rate") not in _LIMITS:
        return say("请选择执行率或不超预算")
    return None


BUDGET_EXECUTION = Way(
    "budget_execution",
    "预算执行",
    (TABLE,),
    (Parameter("limit", "怎样看", "choice", choices(_LIMITS)),),
    _answer,
    _refuse,
)
