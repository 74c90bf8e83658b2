"""Until when a monitoring report counts: its captions name the month (1-7月执行数)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from kaoji.core.speech import say
from kaoji.documents.recognise.atoms import Atom
from kaoji.documents.recognise.captions import caption, column_caption
from kaoji.documents.recognise.draft import Draft
from kaoji.standards.layouts import last_month_in


def read_as_of(draft: Draft, atoms: Iterable[Atom]) -> str | None:
    """The day as an ISO date. Captions that name different months are doubted, and none is taken."""
    months: dict[int, Atom] = {}
    for atom in atoms:
        month = last_month_in(atom.text) if len(atom.text) < 40 else None
        if month is not None and (caption(atom.text, "budget") or column_caption(atom.text)):
            months.setdefault(month, atom)
    if draft.year is None or not months:
        return None
    if len(months) > 1:
        told = "、".join(f"1-{month}月" for month in sorted(months))
        reason = say("表头的月份不一致：{months}", months=told)
        draft.doubt("as_of", reason, months[max(months)])
        return None
    [month] = months
    return date(draft.year, month, monthrange(draft.year, month)[1]).isoformat()
