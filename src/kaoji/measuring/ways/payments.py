"""Payments: the rates that closed runs of a benefit tell, each a numerator over a denominator that nothing leaves.

A run is tallied town by town when it is closed, and again when something more is known: of each run, town,
statistic and way of looking the last tally counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from kaoji.core.speech import Sentence, say
from kaoji.measuring.answer import Answer, Parameter, Question, Row, Unanswerable, Way
from kaoji.measuring.values import plain, share_of
from kaoji.measuring.ways.service_records import (
    TIER_PARAMETERS,
    choices,
    judged_share,
    refuse_tiers,
)

TABLE = "benefit_tallies"
PAYMENT_STATISTICS = {
    "timely": "及时率",
    "right_items": "准确率（笔）",
    "right_money": "准确率（金额）",
    "new_timely": "新进对象及时率",
    "covered": "应补尽补率",
}
BASIS_NAMES = {"on_day": "当日口径", "now": "现时口径"}
SPAN_NAMES = {"all": "各月合计", "lowest": "最低的一个月"}


def counting(rows: Iterable[Row]) -> list[Row]:
    """Of each run, town, statistic and way of looking the last row."""
    last: dict[tuple[Any, ...], Row] = {}
    for row in sorted(rows, key=lambda row: row.id):
        says = row.says
        last[says["run"], says["town"], says["statistic"], says["basis"]] = row
    return list(last.values())


def _answer(question: Question, rows: Iterable[Row]) -> Answer:
    asked = question.parameters
    statistic, basis = asked["statistic"], asked.get("basis", "on_day")
    found = [
        row
        for row in counting(row for row in rows if row.table == TABLE)
        if row.on <= question.as_of
        and row.says["statistic"] == statistic
        and row.says["basis"] == basis
    ]
    months = _by_month(found)
    if not months:
        raise Unanswerable(
            say("截至 {day} 没有已关闭的发放批次；请先关闭批次", day=question.as_of)
        )
    chosen = found
    if asked.get("span") == "lowest":
        chosen = min(months.values(), key=_share)
    part, whole = _sums(chosen)
    share = share_of(part, whole)
    step = say(
        "{statistic}（{basis}，{span}）= {part} ÷ {whole} = {share}%",
        statistic=say(PAYMENT_STATISTICS[statistic]),
        basis=say(BASIS_NAMES[basis]),
        span=say(SPAN_NAMES[asked.get("span", "all")]),
        part=plain(part),
        whole=plain(whole),
        share=plain(share),
    )
    value, judged = judged_share(question, share)
    return Answer(value, tuple(chosen), (step, *judged), (), share)


def _by_month(rows: Sequence[Row]) -> dict[Any, list[Row]]:
    months: dict[Any, list[Row]] = {}
    for row in rows:
        if row.says["denominator"]:
            months.setdefault(row.on, []).append(row)
    return months


def _share(rows: Sequence[Row]) -> Decimal:
    part, whole = _sums(rows)
    return part / whole


def _sums(rows: Iterable[Row]) -> tuple[Decimal, Decimal]:
    rows = list(rows)
    part = sum(row.says["numerator"] for row in rows)
    return Decimal(part), Decimal(sum(row.says["denominator"] for row in rows))


def _refuse(asked: Mapping[str, Any]) -> Sentence | None:
    if asked.get("statistic") not in PAYMENT_STATISTICS:
        return say("请选择怎样统计")
    if asked.get("basis", "on_day") not in BASIS_NAMES:
        return say("请选择当日口径或现时口径")
    if asked.get("span", "all") not in SPAN_NAMES:
        return say("请选择各月合计或最低的一个月")
    return refuse_tiers(asked)


PAYMENTS = Way(
    "payments",
    "资金发放",
    (TABLE,),
    (
        Parameter(
            "statistic",
            "统计",
            "choice",
            choices(PAYMENT_STATISTICS),
            help="应补尽补率：应享名单上的全部人员中当月已到账的，含本系统不认识的人；其余比率的分母是应发的各笔或已到账的各笔",
        ),
        Parameter(
            "basis",
            "口径",
            "choice",
            choices(BASIS_NAMES),
            help="当日口径：按冻结时已收到的材料；现时口径：按现在知道的一切",
        ),
        Parameter("span", "月份", "choice", choices(SPAN_NAMES)),
        *TIER_PARAMETERS,
    ),
    _answer,
    _refuse,
)
