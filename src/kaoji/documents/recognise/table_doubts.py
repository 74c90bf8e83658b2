"""What a row looks like beside the others of its table tells where it may have been cut wrongly."""

from __future__ import annotations

from collections.abc import Sequence

from kaoji.core.speech import Sentence, say
from kaoji.documents.recognise import shapes
from kaoji.documents.recognise.draft import RowDraft

# So many rows of a table, and such a share of them, are what the others are measured by.
_FEWEST, _MOST_OF = 4, 0.5
_MOST_LOST = 0.5
_FEWEST_LOST, _MANY, _LONGEST_VALUE = 2, 0.34, 6


def doubt_rows_unlike_the_others(rows: Sequence[RowDraft]) -> None:
    """Doubt the rows of one table whose name and target do not stand as those of the others do."""
    turned = [row for row in rows if _is_turned(row)]
    for row in turned:
        _doubt_both(row, say("名称像指标值，指标值像名称"))
    if len(turned) > 1:
        for row in rows:
            if row not in turned and row.target and not row.parsed.measurable:
                _doubt_both(row, say("表里有几行的名称和指标值像是对调了"))
    _doubt_all_where_names_are_lost(rows)
    _doubt_torn_names(rows)
    _doubt_shared_lines(rows)


def _doubt_all_where_names_are_lost(rows: Sequence[RowDraft]) -> None:
    """Rows again and again without a name, or with a bare value for one: no row was cut rightly."""
    lost = [row for row in rows if not row.level3 or _is_bare_value(row.level3)]
    if len(lost) >= max(_FEWEST_LOST, len(rows) * _MANY):
        told = say("有 {count} 行没有名称，各行的分界不可靠", count=len(lost))
        for row in rows:
            _doubt_both(row, told)
            row.doubt("weight", told)


def _is_bare_value(name: str) -> bool:
    """100%, 7月"""
    short = len(name) <= _LONGEST_VALUE and shapes.may_be_measurable(name)
    return short and shapes.target(name).measurable


def _is_turned(row: RowDraft) -> bool:
    """≥95% | 送戏进万村活动完成率: the value where the name should be."""
    name = row.level3 or ""
    if not row.target or row.parsed.measurable or not shapes.may_be_measurable(name):
        return False
    return shapes.target(name).measurable


def _doubt_shared_lines(rows: Sequence[RowDraft]) -> None:
    """Where cells stand one a line, a line that holds a name and its target was one cell."""
    both = [row for row in rows if {"level3", "target_raw"} <= row.places.keys()]
    shared = [row for row in both if _share_a_line(row)]
    apart = len(both) - len(shared)
    if apart < _FEWEST or apart < len(both) * _MOST_OF:
        return
    for row in shared:
        if not row.parsed.measurable:
            told = say("其他各行的名称和指标值不在同一行文字里，这一行在")
            _doubt_both(row, told)


def _doubt_torn_names(rows: Sequence[RowDraft]) -> None:
    """A name without a target, where the others have one, may go on above or below."""
    alone = [n for n, row in enumerate(rows) if row.level3 and _lost_its_target(row)]
    if len(alone) > len(rows) * _MOST_LOST:
        return
    for place in alone:
        row = rows[place]
        begin = rows[place - 1] if place and not row.labelled else None
        rest = rows[place + 1] if place + 1 < len(rows) else None
        if begin and _ends_well(row) and not _ends_well(begin):
            other = begin
        elif rest and not rest.labelled and _ends_well(rest) and not _ends_well(row):
            other = rest
        else:
            continue
        for item in (row, other):
            item.doubt("level3", say("“{name}”没有指标值，可能是换行的名称", name=row.level3))


def _ends_well(row: RowDraft) -> bool:
    """Does its name end as names of indicators do?"""
    name = row.level3 or ""
    return shapes.names_a_measure(name) or name.endswith((")", "）"))


def _lost_its_target(row: RowDraft) -> bool:
    """Is it without a target, and no blank cell of a real table says so?"""
    return row.target is None and any(column == "target_raw" for column, _, _ in row.doubts)


def _share_a_line(row: RowDraft) -> bool:
    name, target = row.places["level3"], row.places["target_raw"]
    return not row.in_columns and name.line is not None and name.line == target.line


def _doubt_both(row: RowDraft, reason: Sentence) -> None:
    row.doubt("level3", reason)
    row.doubt("target_raw", reason)
