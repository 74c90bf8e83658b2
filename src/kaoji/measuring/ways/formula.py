"""Formula: some indicators divided by others, or by a number.

Numerator and denominator are sums of other indicators' actual values of the latest day; without
a denominator the sum itself is the value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from kaoji.core.attainment import number_of
from kaoji.core.speech import Sentence, say
from kaoji.core.target import Target
from kaoji.measuring.answer import Answer, Parameter, Question, Row, Unanswerable, Way
from kaoji.measuring.values import in_unit_of, plain, share_as_value, share_of
from kaoji.scoring.admissible import takes_number
from kaoji.scoring.explained_score import rounded

TABLE = "actuals"
_HUNDRED = Decimal(100)


def _answer(question: Question, rows: Iterable[Row]) -> Answer:
    asked = question.parameters
    latest: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: (row.on, row.id)):
        if row.table == TABLE and row.on <= question.as_of:
            latest[row.says["place"]] = row
    above, used, unit = _sum(asked["numerator"], latest)
    below, others, _ = _sum(asked.get("denominator") or [], latest)
    by = _decimal(asked.get("by"))
    if not others and by is None:
        step = say("{parts} 合计 {sum}", parts=_names(asked["numerator"]), sum=plain(above))
        return Answer(in_unit_of(question.target, above, unit), tuple(used), (step,))
    whole = below if others else by or Decimal(0)
    if unit == "%" and not others:  # the mean of percentages is a percentage already
        above = above / _HUNDRED
    share = share_of(above, whole)
    step = say(
        "{parts} ÷ {others} = {above} ÷ {below} = {share}%",
        parts=_names(asked["numerator"]),
        others=_names(asked["denominator"]) if others else plain(whole),
        above=plain(rounded(above)),
        below=plain(whole),
        share=plain(share),
    )
    used = [*used, *others]
    if takes_number(question.target) and question.target.unit not in {"%", None}:
        value = in_unit_of(question.target, rounded(above / whole))
        return Answer(value, tuple(used), (step,))
    return Answer(share_as_value(question, share), tuple(used), (step,), share=share)


def _sum(places: Sequence[str], latest: Mapping[str, Row]) -> tuple[Decimal, list[Row], str]:
    """The sum, its rows, its unit. Raises Unanswerable for what cannot be added up."""
    total, units = Decimal(0), set()
    used: list[Row] = []
    for place in places:
        row = latest.get(place)
        value = Target.parse(str(row.says["value"])) if row else None
        number = number_of(value) if value else None
        if row is None or value is None or number is None:
            raise Unanswerable(say("“{place}”还没有可以计算的完成值", place=place))
        total += number
        units.add(value.unit or "")
        used.append(row)
    if len(units) > 1 and "%" in units:
        raise Unanswerable(say("单位不一（{units}），不能相加", units="、".join(sorted(units))))
    return total, used, next(iter(units)) if len(units) == 1 else ""


def _names(places: Sequence[str]) -> str:
    return " + ".join(place.rpartition(" / ")[2] for place in places)


def _decimal(typed: object) -> Decimal | None:
    try:
        return Decimal(str(typed).strip())
    except InvalidOperation:
        return None


def _refuse(asked: Mapping[str, Any]) -> Sentence | None:
    if not asked.get("numerator"):
        return say("请选择分子中的指标")
    by = str(asked.get("by") or "").strip()
    number = _decimal(by)
    if by and (number is None or not number.is_finite() or number <= 0):
        return say("除数“{by}”要是大于 0 的数", by=by)
    if by and asked.get("denominator"):
        return say("分母请选指标，或写一个数，不要两样都给")
    return None


FORMULA = Way(
    "formula",
    "公式",
    (TABLE,),
    (
        Parameter("numerator", "分子", "places"),
        Parameter("denominator", "分母", "places"),
        Parameter("by", "或除以一个数", "number"),
    ),
    _answer,
    _refuse,
)
