"""Nothing vanishes: text of the head that reached no field may be what a missing field holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kaoji.core.period import UnreadableDate, read_date
from kaoji.core.speech import say
from kaoji.documents.recognise import shapes
from kaoji.documents.recognise.atoms import Atom
from kaoji.documents.recognise.captions import caption, is_side, is_unit_note
from kaoji.documents.recognise.draft import Draft
from kaoji.documents.recognise.spelling import squeezed
from kaoji.standards import grammar

_LONGEST_LOOKED_AT = 80
_SHORTEST_NAME, _SHORTEST_GOAL, _LONGEST_BODY = 4, 12, 40


def _length(text: str) -> int:
    return len(squeezed(text[:_LONGEST_LOOKED_AT]))


def _may_be_body(text: str) -> bool:
    plain = squeezed(text[:_LONGEST_LOOKED_AT])
    return len(plain) < _LONGEST_BODY and bool(grammar.pattern("bodies").search(plain))


def _may_be_money(text: str) -> bool:
    """A number that is neither a year nor that of a telephone."""
    plain = squeezed(text[:40])
    return shapes.is_amount(text) and not re.fullmatch(r"(?:19|20)\d\d|0\d+|1\d{10}", plain)


def _is_day(text: str) -> bool:
    try:
        read_date(text)
    except UnreadableDate:
        return False
    return True


# What an unread text may have been, for fields that were not found.
_IN_COLUMNS = frozenset({"overall_goal"})
_MISSED: dict[str, Callable[[str], bool]] = {
    "project_name": lambda text: _length(text) >= _SHORTEST_NAME,
    "department": _may_be_body,
    "implementing_unit": _may_be_body,
    "annual_goal": lambda text: _length(text) >= _SHORTEST_GOAL,
    "overall_goal": lambda text: _length(text) >= _SHORTEST_GOAL,
    "year": lambda text: bool(re.search(r"20[0-4]\d", squeezed(text[:200]))),
    "project_category": lambda text: bool(
        re.fullmatch(r".{0,14}(?:项目|类|经费|支出)", squeezed(text[:40]))
    ),
    "start_date": _is_day,
    "end_date": _is_day,
}
_FUNDS_MISSED = ("annual_total", "annual_fiscal", "annual_other", "total")
_DIGIT = re.compile(r"\d")
_AMOUNT = re.compile(r"\d\s*[亿万]?元")


def miss_aloud(draft: Draft) -> None:
    """Text of the head that reached no field may be what a missing field holds."""
    _doubt_sums(draft)
    unread = [atom for atom in draft.head if atom not in draft.used and _says_something(atom)]
    if not unread:
        return
    for name, may_be in _MISSED.items():
        told = next((a for a in unread if may_be(a.text) and _stands_for(name, a)), None)
        if told and not draft.values.get(name) and not (name == "year" and draft.year):
            reason = say(
                "没有读到；“{text}”等 {count} 处未读", text=told.text[:20], count=len(unread)
            )
            draft.doubt(name, reason, told)
    _miss_money(draft, unread)


_PARTS = ("annual_fiscal", "annual_carryover", "annual_other")


def _doubt_sums(draft: Draft) -> None:
    """Parts without their sum, or of more than it, where no cells say which number is which."""
    parts = [name for name in _PARTS if name in draft.funds and draft.funds[name].yuan]
    if not parts or any(atom.trust == "exact" for atom in draft.head):
        return
    total = draft.funds.get("annual_total")
    if total is None and not {"total", "fiscal"} & draft.funds.keys():
        for name in ("annual_total", *(parts if len(parts) > 1 else ())):
            draft.doubt(f"funds.{name}", say("读到分项金额，没有读到总额"))
    elif total is not None and sum(draft.funds[name].yuan for name in parts) > total.yuan:
        for name in ("annual_total", *parts):
            draft.doubt(f"funds.{name}", say("分项金额之和大于总额"))


def _miss_money(draft: Draft, unread: Sequence[Atom]) -> None:
    """Unread numbers may be the amounts that are missing."""
    amounts = [atom for atom in unread if _may_be_money(atom.text)]
    none_read = not draft.funds and not draft.budget
    if not amounts and none_read:
        digits = _DIGIT if _speaks_of_money(draft) else _AMOUNT
        amounts = [atom for atom in unread if digits.search(atom.text)]
    if not amounts:
        return
    missed = {caption(atom.text) for atom in draft.head}
    missed |= {"funds.annual_total", "funds.annual_fiscal"}
    if none_read and len(amounts) > 1:
        missed.add("funds.total")
    for name in _FUNDS_MISSED:
        if name not in draft.funds and f"funds.{name}" in missed:
            draft.doubt(f"funds.{name}", say("没有读到，表头有未读的数"), amounts[0])


def _speaks_of_money(draft: Draft) -> bool:
    names = (caption(a.text, family) or "" for a in draft.head for family in _OF_MONEY)
    return any(name.startswith(("funds.", "budget.")) for name in names)


_OF_MONEY: tuple[grammar.Family, ...] = ("head", "budget")


def _stands_for(name: str, atom: Atom) -> bool:
    """A second goal stands in a column beside the first."""
    return name not in _IN_COLUMNS or (atom.column is not None and atom.trust != "free")


def _says_something(atom: Atom) -> bool:
    plain = squeezed(atom.text[:80])
    if len(plain) < 2 or is_unit_note(plain):
        return False
    return not is_side(atom.text)
