"""Service records: trainings, visits, meetings and whatever else was done, one row each.

A statistic over the rows gives the value. Rows that were corrected or withdrawn are left out; the
day of a row is the day on which the thing was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from kaoji.core.speech import Sentence, say
from kaoji.core.target import Target
from kaoji.measuring.answer import Answer, Parameter, Question, Row, Unanswerable, Way
from kaoji.measuring.values import in_unit_of, plain, share_as_value, share_of, usual_tiers
from kaoji.scoring.admissible import takes_number
from kaoji.scoring.explained_score import rounded

TABLE = "service_records"

SERVICE_NAMES = {
    "training": "培训",
    "visit": "走访",
    "meeting": "会议",
    "activity": "活动",
    "publication": "发布",
    "volunteering": "志愿服务",
    "call": "电话",
    "inspection": "检查",
    "case": "办件",
    "payment": "拨付发放",
    "delivery": "建设配置",
    "complaint": "投诉",
}
STATISTIC_NAMES = {
    "count": "次数",
    "people": "人数合计",
    "quantity": "数量合计",
    "places": "地点数",
    "on_time": "按期率",
    "passed": "合格率",
    "attendance": "实到与应到之比",
    "count_of_plan": "次数与计划之比",
    "quantity_of_plan": "数量与计划之比",
}
_SHARES = frozenset({"on_time", "passed", "attendance", "count_of_plan", "quantity_of_plan"})
PLANNED = frozenset({"count_of_plan", "quantity_of_plan"})
_HUNDRED = Decimal(100)


def standing(rows: Iterable[Row]) -> list[Row]:
    """The rows that count: neither replaced by a later one nor withdrawn."""
    rows = list(rows)
    replaced = {row.says.get("replaces") for row in rows}
    return [row for row in rows if row.id not in replaced and not row.says.get("withdrawn")]


def _answer(question: Question, rows: Iterable[Row]) -> Answer:
    asked = question.parameters
    kind, subject = asked.get("kind", ""), str(asked.get("subject", "")).strip()
    found = [
        row
        for row in standing(row for row in rows if row.table == TABLE)
        if row.on <= question.as_of
        and row.says["kind"] == kind
        and (not subject or subject in row.says["subject"])
    ]
    named = say(SERVICE_NAMES[kind])
    if subject:
        named = say("{kind}“{subject}”", kind=named, subject=subject)
    statistic = asked.get("statistic", "count")
    if statistic in _SHARES:
        return _share(question, found, named, statistic)
    if not takes_number(question.target):
        raise Unanswerable(
            say(
                "目标“{target}”是文字，要用比率才能分档；请改选按期率、合格率或与计划之比",
                target=question.target.text,
            )
        )
    _require_countable(question.target, statistic)
    number, unit = _number(statistic, found)
    step = say(
        "{named}截至 {day} 共 {rows} 条记录，{statistic} {number}",
        named=named,
        day=question.as_of,
        rows=len(found),
        statistic=say(STATISTIC_NAMES[statistic]),
        number=f"{plain(number)}{unit}",
    )
    warnings = () if found else (say("没有一条记录；请确认不是漏记"),)
    return Answer(in_unit_of(question.target, number, unit), tuple(found), (step,), warnings)


def _require_countable(target: Target, statistic: str) -> None:
    """Records are not counted in percent, nor in tens of thousands of something."""
    unit = target.unit or ""
    if unit == "%" or (statistic != "quantity" and unit.startswith("万")):
        raise Unanswerable(
            say(
                "目标“{target}”不能用{statistic}来比；请改选比率，或用数量合计",
                target=target.text,
                statistic=say(STATISTIC_NAMES[statistic]),
            )
        )


def _number(statistic: str, rows: Sequence[Row]) -> tuple[Decimal, str]:
    if statistic == "count":
        return Decimal(len(rows)), ""
    if statistic == "places":
        return Decimal(len({row.says["place"] for row in rows if row.says["place"]})), ""
    if statistic == "people":
        return _sum(rows, "people"), ""
    units = {row.says["unit"] for row in rows if row.says.get("quantity") is not None}
    if len(units) > 1:
        raise Unanswerable(
            say(
                "记录的单位不一：{units}",
                units="、".join(sorted(unit or "—" for unit in units)),
            )
        )
    return _sum(rows, "quantity"), next(iter(units), "")


def _share(question: Question, rows: Sequence[Row], named: Sentence, statistic: str) -> Answer:
    part, whole, used = _parts(statistic, rows, question.parameters)
    if statistic in PLANNED and not takes_number(question.target):
        whole = whole * question.as_of.month / 12  # words are judged by what is due by then
    if not used and statistic not in PLANNED:
        raise Unanswerable(
            say("{named}截至 {day} 没有可用的记录", named=named, day=question.as_of)
        )
    share = share_of(part, whole)
    step = say(
        "{named}截至 {day}：{statistic} = {part} ÷ {whole} = {share}%",
        named=named,
        day=question.as_of,
        statistic=say(STATISTIC_NAMES[statistic]),
        part=plain(part),
        whole=plain(rounded(whole)),
        share=plain(share),
    )
    value, judged = judged_share(question, share)
    left_out = len(rows) - len(used)
    warnings = (
        (say("{count} 条记录没有填这一项，没有计入", count=left_out),) if left_out else ()
    )
    return Answer(value, tuple(used), (step, *judged), warnings, share)


def _parts(
    statistic: str, rows: Sequence[Row], asked: Mapping[str, Any]
) -> tuple[Decimal, Decimal, list[Row]]:
    """Part, whole and the rows that say enough for it."""
    if statistic == "on_time":
        used = [row for row in rows if row.says.get("due_on")]
        part = sum(row.on.isoformat() <= row.says["due_on"] for row in used)
        return Decimal(part), Decimal(len(used)), used
    if statistic == "passed":
        used = [row for row in rows if row.says.get("passed") is not None]
        return Decimal(sum(bool(row.says["passed"]) for row in used)), Decimal(len(used)), used
    if statistic == "attendance":
        used = [
            row
            for row in rows
            if row.says.get("expected") and row.says.get("people") is not None
        ]
        return _sum(used, "people"), _sum(used, "expected"), used
    plan = _decimal(asked.get("plan")) or Decimal(0)
    done = Decimal(len(rows)) if statistic == "count_of_plan" else _sum(rows, "quantity")
    return done, plan, list(rows)


def _sum(rows: Iterable[Row], name: str) -> Decimal:
    return sum((Decimal(str(row.says.get(name) or 0)) for row in rows), Decimal(0))


def judged_share(question: Question, share: Decimal) -> tuple[str, tuple[Sentence, ...]]:
    """A share as the target takes it; for words why it is this tier."""
    if takes_number(question.target):
        return share_as_value(question, share), ()
    full, partly = _tiers(question)
    value = share_as_value(question, share, (full, partly))
    step = say(
        "{full}% 起为达成，{partly}% 起为部分达成：{tier}",
        full=plain(full),
        partly=plain(partly),
        tier=value,
    )
    return value, (step,)


def _tiers(question: Question) -> tuple[Decimal, Decimal]:
    """From which share, in percent, the first and the second tier are reached.

    A share that the measure does not name is the usual one of the day.
    """
    asked = question.parameters
    full, partly = _decimal(asked.get("full")), _decimal(asked.get("partly"))
    if full is not None and partly is not None:
        return full, partly
    usual = usual_tiers(question.as_of)
    return usual[0] if full is None else full, usual[1] if partly is None else partly


def _decimal(typed: object) -> Decimal | None:
    try:
        number = Decimal(str(typed).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _refuse(asked: Mapping[str, Any]) -> Sentence | None:
    if asked.get("kind") not in SERVICE_NAMES:
        return say("请选择记录的种类")
    statistic = asked.get("statistic")
    if statistic not in STATISTIC_NAMES:
        return say("请选择怎样统计")
    plan = _decimal(asked.get("plan"))
    if statistic in PLANNED and (plan is None or plan <= 0):
        return say("与计划相比要写计划数，大于 0")
    return refuse_tiers(asked)


def refuse_tiers(asked: Mapping[str, Any]) -> Sentence | None:
    """Why these shares cannot divide into tiers, or None."""
    said = [asked[name] for name in ("full", "partly") if asked.get(name)]
    if not said:
        return None
    shares = [_decimal(text) or Decimal(0) for text in said]
    if not all(Decimal(0) < share <= _HUNDRED for share in shares) or (
        len(shares) == 2 and shares[1] >= shares[0]
    ):
        return say("分档的比率要在 0 到 100 之间，部分达成低于达成")
    return None


def choices(names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """A table of names as choices."""
    return tuple(names.items())


TIER_PARAMETERS = (
    Parameter(
        "full", "达成的比率（%）", "number", help="只用于文字目标；不写则按当年的计分办法"
    ),
    Parameter(
        "partly", "部分达成的比率（%）", "number", help="只用于文字目标；不写则按当年的计分办法"
    ),
)
SERVICE_RECORDS = Way(
    "service_records",
    "服务记录",
    (TABLE,),
    (
        Parameter("kind", "记录种类", "choice", choices(SERVICE_NAMES)),
        Parameter("subject", "事项含有", help="不写则这一种类的都算"),
        Parameter("statistic", "统计", "choice", choices(STATISTIC_NAMES)),
        Parameter("plan", "计划数", "number", help="与计划相比时要写"),
        *TIER_PARAMETERS,
    ),
    _answer,
    _refuse,
)

__all__ = ["SERVICE_NAMES", "SERVICE_RECORDS", "STATISTIC_NAMES", "Target", "standing"]
