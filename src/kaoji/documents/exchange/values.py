"""What may stand in a column, by the name that standards/exchange.yaml calls it: ours of a line, None where it is blank."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from kaoji.core.money import Money
from kaoji.core.outcome import BudgetLine
from kaoji.core.target import UNCLEAR_NOTES, Op, Target
from kaoji.documents.exchange.entry import Place
from kaoji.documents.exchange.lines import PROJECT, Line
from kaoji.standards.exchange import Exchange

Cell = str | int | Decimal | None
Value = Callable[[Line], Cell]
# Seventeen signs: yyyyMMddHHmmssSSS, in the time of the platform.
_ZONE = ZoneInfo("Asia/Shanghai")
_SCOPES = {PROJECT: "总体目标", "year": "年度目标"}
_FUNDS = {
    "total": "年度资金总额",
    "fiscal": "财政拨款",
    "carryover": "上年结转资金",
    "other": "其他资金",
}


def coded(line: Line, name: str) -> str | None:
    """What is looked up in the table of codes *name*: our word for it."""
    return _WORDS[name](line)


def _computesign(line: Line) -> str | None:
    """Our comparison where the target is one number; else judged, or something else that is counted."""
    if line.indicator is None:
        return None
    target = line.indicator.target
    if _number(target) is not None:
        return (target.op or Op.EQUAL).value
    return "other" if target.measurable else "qualitative"


def _target_value(line: Line) -> Cell:
    """The number alone, where sign and unit stand in columns of their own; else what was written."""
    if line.indicator is None:
        return None
    target = line.indicator.target
    number = _number(target)
    return number if number is not None else target.text or None


def _number(target: Target) -> Decimal | None:
    """The one number that it names, where nothing is lost by it: no range, nothing “about”."""
    unclear = any(note.template in UNCLEAR_NOTES for note in target.notes)
    return None if unclear or target.op is Op.RANGE else target.value


def _measured(name: str) -> Value:
    """What was reached, or is expected: the number alone where it is in the unit of the target, else what was written."""

    def value(line: Line) -> Cell:
        text: str | None = getattr(line.said, name, None)
        if not text or line.indicator is None:
            return text
        found = Target.parse(text)
        number = _number(found) if found.op in {None, Op.EQUAL} else None
        alike = number is not None and found.unit == line.indicator.target.unit
        return number if alike else text

    return value


def _moment(at: datetime) -> str:
    there = at.astimezone(_ZONE)
    return f"{there:%Y%m%d%H%M%S}{there.microsecond // 1000:03d}"


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _of_place(which: str, what: str) -> Value:
    def value(line: Line) -> Cell:
        place: Place | None = getattr(line.entry, which, None)
        return getattr(place, what) or None if place else None

    return value


def _money(name: str) -> Value:
    def value(line: Line) -> Cell:
        amount: Money | None = getattr(line.money, name, None)
        return amount.yuan if amount is not None else None

    return value


def _adjustment(line: Line) -> Cell:
    """How much the year's budget was changed: blank where it never was."""
    money = line.money
    if money is None or money.adjusted is None or money.initial is None:
        return None
    return money.adjusted.yuan - money.initial.yuan


def _adjusted(line: Line) -> Cell:
    budget = _budget(line.money)
    return budget.yuan if budget else None


def _budget(money: BudgetLine | None) -> Money | None:
    return (money.adjusted or money.initial) if money else None


def _rate(line: Line) -> Cell:
    """In percent, as printed, else of the budget as it was in the end."""
    money, budget = line.money, _budget(line.money)
    if money is None or money.rate is not None:
        return money.rate if money else None
    if budget is None or not budget.yuan or money.executed is None:
        return None
    return round(money.executed.yuan / budget.yuan * 100, 2)


def _reasons(line: Line) -> Cell:
    """What was said of every indicator that missed, one after another."""
    if line.evaluated is None or line.entry is None or line.entry.evaluated_form is None:
        return None
    told = [
        f"{indicator.name}：{'；'.join(filter(None, (said.reason, said.remedy)))}"
        for indicator, said in zip(
            line.entry.evaluated_form.indicators,
            line.evaluated.outcome.indicators,
            strict=True,
        )
        if said.reason or said.remedy
    ]
    return "\n".join(told) or None


def _form(name: str) -> Value:
    return lambda line: getattr(line.entry.form, name) if line.entry else None


def _indicator(name: str) -> Value:
    return lambda line: getattr(line.indicator, name, None)


def _said(name: str) -> Value:
    return lambda line: getattr(line.said, name, None)


def _evaluated(name: str) -> Value:
    return lambda line: getattr(line.evaluated, name, None) or None


_WORDS: dict[str, Callable[[Line], str | None]] = {
    "computesign": _computesign,
    "level1": lambda line: line.indicator.level1 if line.indicator else None,
    "level2": lambda line: line.indicator.level2 if line.indicator else None,
    "yearflag": lambda line: line.scope or None,
    "final": lambda line: "yes",
    "not_deleted": lambda line: "no",
}
# Columns that hold a code: which table of codes it is looked up in.
CODED = {
    "computesign": "computesign",
    "level1_code": "level1",
    "level2_code": "level2",
    "yearflag": "yearflag",
    "final": "final",
    "not_deleted": "not_deleted",
}
VALUES: dict[str, Value] = {
    "year": _form("year"),
    "project_name": _form("project_name"),
    "annual_goal": _form("annual_goal"),
    "bureau_name": _of_place("bureau", "name"),
    "agency_code": _of_place("unit", "code"),
    "agency_name": _of_place("unit", "name"),
    "department_code": _of_place("department", "code"),
    "department_name": _of_place("department", "name"),
    "made_at": lambda line: _moment(line.entry.made_at) if line.entry else None,
    "approved_at": lambda line: _moment(line.entry.approved_at) if line.entry else None,
    "revision": lambda line: line.entry.revision if line.entry else None,
    "revision_name": lambda line: f"第 {line.entry.revision} 版" if line.entry else None,
    "approved_word": lambda line: "同意",
    "goal": lambda line: line.goal,
    "scope_name": lambda line: _SCOPES.get(line.scope),
    "level1": _indicator("level1"),
    "level2": _indicator("level2"),
    "level3": _indicator("level3"),
    "target_value": _target_value,
    "unit": lambda line: line.indicator.target.unit if line.indicator else None,
    "weight": _indicator("weight"),
    "monitoring_word": lambda line: "绩效运行监控",
    "period_title": lambda line: line.period.title if line.period else None,
    "period_due": lambda line: _day(line.period.due_on) if line.period else None,
    "actual": _measured("actual_raw"),
    "forecast": _measured("forecast_raw"),
    "reason": _said("reason"),
    "points": _said("points"),
    "score": lambda line: line.score,
    "filed_on": lambda line: _day(line.monitored.filed_on) if line.monitored else None,
    "reasons": _reasons,
    "goal_done": lambda line: line.outcome.goal_done if line.outcome else None,
    "total": lambda line: line.evaluated.total if line.evaluated else None,
    "department_total": lambda line: (
        line.evaluated.department_total if line.evaluated else None
    ),
    "department_opinion": _evaluated("department_opinion"),
    "finance_opinion": _evaluated("finance_opinion"),
    "fund_name": lambda line: _FUNDS.get(line.fund, line.fund) or None,
    "initial": _money("initial"),
    "adjusted": _adjusted,
    "adjustment": _adjustment,
    "executed": _money("executed"),
    "forecast_money": _money("forecast"),
    "rate": _rate,
    "execution_score": lambda line: (
        line.evaluated.execution_score if line.evaluated and line.fund == "total" else None
    ),
}


def code_of(line: Line, name: str, exchange: Exchange) -> tuple[str | None, str | None]:
    """Their code for a column that holds one, and our word; the code is None where they have none for it."""
    table = CODED[name]
    word = coded(line, table)
    found = exchange.codes[table].get(word) if word else None
    return (found.code if found else None), word
