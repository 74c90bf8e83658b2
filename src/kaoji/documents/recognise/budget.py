"""The budget table of self-evaluations and monitoring reports: a line for each source of money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from kaoji.core.money import Money
from kaoji.core.outcome import BudgetLine
from kaoji.core.speech import say
from kaoji.documents.recognise import shapes
from kaoji.documents.recognise.align import align
from kaoji.documents.recognise.atoms import Atom
from kaoji.documents.recognise.captions import caption, is_sum, is_unit_alone
from kaoji.documents.recognise.digit_runs import cut_by_rate
from kaoji.documents.recognise.draft import Draft
from kaoji.documents.recognise.spelling import bare, squeezed
from kaoji.documents.recognise.table import JUNK, Columns, Segment
from kaoji.documents.recognise.unit_of_money import own_unit

SURE_ENOUGH = 0.90
# Numbers that stand apart are rarely taken for another column's; measured on `accuracy/readings/working`.
_SURE_APART = 0.70
_RENAMED = {"weight": "budget.points", "score": "budget.score", "reason": "budget.reason"}
_MONEY = frozenset({"initial", "adjusted", "executed", "forecast"})
_NUMBERS = frozenset({"points", "rate", "score"})
_RATE_TOLERANCE, _ROUNDING = Decimal("1.5"), Decimal("0.5")


def read_budget(
    draft: Draft, atoms: Sequence[Atom], heads: Sequence[tuple[str, Atom]], unit: str | None
) -> None:
    """Align what stands below the heading *heads* and keep the lines by their source."""
    if not atoms:
        return
    known = {_RENAMED.get(name, name): atom for name, atom in reversed(heads)}
    fields = ("line", *(dict.fromkeys(_RENAMED.get(name, name) for name, _ in heads)))
    places = _places([known[name] for name in fields[1:]])
    table = Columns(fields, fields, places, atoms[0].trust != "free", 4)
    draft.use(atom for atom in atoms if is_unit_alone(atom.text))
    rest = [atom for atom in atoms if not is_unit_alone(atom.text)]
    units = {name: own for name, atom in known.items() if (own := own_unit(atom.text))}
    for row in align(list(_settled(rest, fields)), table):
        _take(draft, row, unit, units)
    _doubt_unread(draft, atoms)
    if "total" not in draft.budget and any(_is_numeric(atom) for atom in atoms):
        draft.doubt("funds.annual_total", say("预算执行情况里没有读到总额"), atoms[0])


def _doubt_unread(draft: Draft, atoms: Sequence[Atom]) -> None:
    """Lines of the table with a number behind them that were not read."""
    for atom, behind in pairwise(atoms):
        source = caption(atom.text) or ""
        line = source.removeprefix("funds.").removeprefix("annual_")
        missed = source.startswith("funds.") and line not in draft.budget
        if missed and re.search(r"\d", behind.text) and shapes.is_amount(behind.text):
            draft.doubt(f"funds.annual_{line}", say("预算执行情况的这一行没有读出"), atom)


def _places(heads: Sequence[Atom]) -> tuple[frozenset[int], ...]:
    """In a real table each head has its own column, what stands before them is the line's."""
    columns = [atom.column for atom in heads if atom.trust == "exact"]
    known = [column for column in columns if column is not None]
    if not known or len(known) < len(heads) or known != sorted(set(known)):
        return ()
    ends = [*known[1:], known[-1] + 1]
    own = [frozenset(range(begin, end)) for begin, end in zip(known, ends, strict=True)]
    return (frozenset(range(known[0])), *own)


def _settled(atoms: Sequence[Atom], fields: Sequence[str]) -> Iterator[Atom]:
    """The atoms, runs of digits cut where executed ÷ budget is the rate."""
    place = 0
    while place < len(atoms):
        end = place + 1
        if _is_numeric(atoms[place]):
            while end < len(atoms) and atoms[end].gap in _GLUED and _is_numeric(atoms[end]):
                end += 1
        run = atoms[place:end]
        yield from _cut_run(run, fields) if len(run) > 1 else run
        place = end


_GLUED = frozenset({"none", "digit"})
_NUMERIC = re.compile(r"[\d.,%—\-/]+")


def _is_numeric(atom: Atom) -> bool:
    return bool(_NUMERIC.fullmatch(atom.text))


def _cut_run(run: Sequence[Atom], fields: Sequence[str]) -> Iterator[Atom]:
    """A run of glued numbers as the columns that it can only mean; as it is where nothing fits."""
    text = "".join(atom.text for atom in run)
    columns = [field.removeprefix("budget.") for field in fields if field != "line"]
    cuts = cut_by_rate(text, columns)
    if cuts is None:
        yield from run
        return
    for piece in cuts:
        yield replace(run[0], text=piece, gap="cell")


def _take(
    draft: Draft, row: Sequence[Segment], unit: str | None, units: Mapping[str, str]
) -> None:
    label = next((segment for segment in row if segment.name == "line"), None)
    source = _source(label.text) if label else None
    known = source is not None and source.startswith("funds.")
    if label is None or not known or source is None:
        if label and len(row) > 1 and source is None:
            others = " ".join(segment.text for segment in row if segment is not label)
            draft.extra[bare(label.text)] = others
            draft.use(atom for segment in row for atom in segment.atoms)
        return
    line = source.removeprefix("funds.").removeprefix("annual_")
    if line in draft.budget:
        return
    values, unsure = _values(draft, row, line, own_unit(label.text) or unit, units)
    draft.budget[line] = BudgetLine(**values)
    draft.places[f"budget.{line}"] = label.atoms[0].origin
    if "财政资金总额" in bare(label.text):
        draft.budget.setdefault("fiscal", draft.budget[line])
    if not _adds_up(draft.budget[line]):
        alike = _are_amounts_alike(draft.budget[line])
        for segment in unsure:
            if not (alike and segment.name.removeprefix("budget.") in _MONEY):
                _doubt(draft, line, segment)
    _check_rate(draft, line, draft.budget[line], label.atoms[0])


def _source(label: str) -> str | None:
    """The source of money that a line is about; its sum where it says so."""
    return "funds.annual_total" if is_sum(label) else caption(label)


def _values(
    draft: Draft, row: Sequence[Segment], line: str, unit: str | None, units: Mapping[str, str]
) -> tuple[dict[str, Any], list[Segment]]:
    """What the cells of a line hold, and those that may belong elsewhere.

    *unit* is that of the line, *units* are those that columns name of their own.
    """
    values: dict[str, Any] = {}
    unsure: list[Segment] = []
    for segment in row:
        if segment.name == JUNK:
            continue
        draft.use(segment.atoms)
        what = segment.name.removeprefix("budget.")
        if what == "arrived":
            draft.extra[f"{line}.到位数"] = segment.text
        counted = units.get(segment.name) or unit
        value = _value(what, segment.text, counted or draft.usual_unit)
        if value is not None:
            values[what] = value
            draft.places[f"budget.{line}.{what}"] = segment.atoms[0].origin
        glued = any(atom.gap in _GLUED for atom in segment.atoms)
        if segment.sure < (SURE_ENOUGH if glued else _SURE_APART) and not shapes.is_nothing(
            segment.text
        ):
            unsure.append(segment)
        if what in _MONEY and counted is None and isinstance(value, Money) and value.yuan:
            reason = say("没有写明金额单位，暂按{unit}读取", unit=draft.usual_unit)
            draft.doubt(f"budget.{line}.{what}", reason, segment.atoms[0])
    return values, unsure


def _value(what: str, text: str, unit: str) -> Money | Decimal | str | None:
    if what in _MONEY:
        return shapes.amount(text, unit)
    if what in _NUMBERS:
        number = shapes.number(squeezed(text).removesuffix("%"))
        return Decimal(number) if number else None
    return text if what == "reason" else None


def _doubt(draft: Draft, line: str, segment: Segment) -> None:
    what = segment.name.removeprefix("budget.")
    path = f"budget.{line}" + ("" if what == "line" else f".{what}")
    reason = say("这一栏也可能是别的内容（{share}）", share=f"{min(segment.sure, 0.99):.0%}")
    draft.doubt(path, reason, segment.atoms[0])
    draft.doubt(f"funds.annual_{line}", reason, segment.atoms[0])


def _adds_up(read: BudgetLine) -> bool:
    """Executed ÷ budget is the rate that is printed: no number stands in a wrong column."""
    share = _share_executed(read)
    return (
        share is not None and read.rate is not None and _is_off(share, read.rate) <= _ROUNDING
    )


def _are_amounts_alike(read: BudgetLine) -> bool:
    """All sums of a line are the same: whichever stands where, the values are these."""
    sums = [money.yuan for money in (read.initial, read.adjusted, read.executed) if money]
    return len(sums) > 1 and len(set(sums)) == 1


def _is_off(share: Decimal, rate: Decimal) -> Decimal:
    """How far a printed rate is from the share executed; 0.958 may stand for 95.8 %."""
    return min(abs(share - printed) for printed in (rate, rate * 100))


def _share_executed(read: BudgetLine) -> Decimal | None:
    plan = read.plan
    if not (plan and plan.yuan and read.executed):
        return None
    return read.executed.yuan / plan.yuan * 100


def _check_rate(draft: Draft, line: str, read: BudgetLine, atom: Atom) -> None:
    """Executed ÷ budget is the rate; where it is not, a number stands in the wrong column."""
    share = _share_executed(read)
    if share is None or read.rate is None:
        return
    if _is_off(share, read.rate) > _RATE_TOLERANCE:
        reason = say("执行数÷预算数≠执行率")
        draft.doubt(f"budget.{line}", reason, atom)
        draft.doubt(f"funds.annual_{line}", reason, atom)
