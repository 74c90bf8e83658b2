"""What a row looks like beside the others of its table tells where it may have been cut wrongly."""

from __future__ import annotations

import re
from collections.abc import Sequence, Sized
from itertools import pairwise, takewhile

from kaoji.core.speech import Sentence, say
from kaoji.documents.recognise import shapes
from kaoji.documents.recognise.atoms import Atom
from kaoji.documents.recognise.captions import is_of_whole_project
from kaoji.documents.recognise.draft import Draft, RowDraft
from kaoji.documents.recognise.fit import is_numbered_name
from kaoji.documents.recognise.spelling import bare
from kaoji.documents.recognise.table import Columns
from kaoji.documents.recognise.torn_rows import ends_as_names_do

# So many rows of a table, and such a share of them, are what the others are measured by.
_FEWEST, _MOST_OF = 4, 0.5
_MOST_LOST = 0.5
_FEWEST_LOST, _MANY, _LONGEST_VALUE = 2, 0.34, 6
_NEARLY_ALL, _LONG_NUMBER = 0.75, 5
_FEWEST_MEASURED, _EVALUATED = 3, "决策"
_WORDS = re.compile(r"[\u4e00-\u9fff]{3,14}")
_GOES_ON = re.compile(r"[,，;；]|[促及和与的]$")


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
    copied = [row for row in rows if not row.exact]
    _doubt_torn_names(copied)
    _doubt_lines_unlike_the_others(copied)
    _doubt_what_others_have(copied)
    _doubt_same_names(copied)
    _doubt_bare_numbers(copied)
    for row in filter(_is_a_sentence_cut_in_two, copied):
        _doubt_both(row, say("名称和指标值像是一句话的两半"))


def doubt_behind_side_labels(rows: Sequence[RowDraft], sides: Sequence[Atom]) -> None:
    """绩效目标 down the side of a table is a class of its own among 项目立项 and 资金投入.

    So the framework of evaluation has it (决策, 过程, 产出, 效益; 财预〔2020〕10号, annex), and no other table.
    """
    of_evaluation = any(row.level1 == _EVALUATED for row in rows)
    for side in sides if of_evaluation else ():
        behind = [row for row in rows if (row.origin.line or 0) > (side.origin.line or 0)]
        for row in takewhile(lambda row: not row.labelled, behind):
            if row.level1 == _EVALUATED and bare(side.text) == "绩效目标":
                row.doubt("level2", say("“{text}”也可能是分类名", text=side.text))


def doubt_order(rows: Sequence[RowDraft], stray: Atom) -> None:
    """Doubt the rows of a table with a caption among them; numbers before the names tell their order all the same."""
    reason = say("表里混有“{text}”，文字次序可能是乱的", text=stray.text)
    in_order = [_is_whole_and_numbered(row) for row in rows]
    for place, row in enumerate(rows):
        if not all(in_order[max(0, place - 1) : place + 2]):
            row.doubt("level3", reason, stray.origin)


def _is_whole_and_numbered(row: RowDraft) -> bool:
    """指标6：… with its value, and nothing of it but its class in doubt."""
    whole = all(column in {"level1", "level2"} for column, _, _ in row.doubts)
    return whole and is_numbered_name(row.level3 or "") and row.parsed.measurable


def doubt_twins(
    draft: Draft, rows: Sequence[RowDraft], columns: Columns, body: Sequence[Atom]
) -> None:
    """Two groups of columns, of the whole project and of the year: where nothing tells which is which."""
    both = (*rows, *draft.overall_rows)
    if not any(map(is_of_whole_project, draft.texts)):
        for row in both:
            row.doubt("level3", say("两组指标并列，表上没有说哪一组是年度的"))
    if not columns.lines_are_rows:
        for row in both:
            row.doubt("level3", say("两组指标并列，文字没有栏位，分不清属于哪一组"))
    elif any(atom.trust != "exact" for atom in body):
        _doubt_one_sided(rows, draft.overall_rows)


def _doubt_one_sided(rows: Sequence[RowDraft], overall: Sequence[RowDraft]) -> None:
    """Indicators of the whole project beside those of the year, copied as text: rows of one side alone, and of either, lost their blank cells."""
    lines = [
        {row.places.get("level3", row.origin).line: row for row in side}
        for side in (rows, overall)
    ]
    alone = [side.keys() - other.keys() for side, other in (lines, lines[::-1])]
    if all(alone):
        for side, own in zip(lines, alone, strict=True):
            for line in own:
                side[line].doubt("level3", say("这一行只有一组指标，分不清属于哪一组"))


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


def _doubt_lines_unlike_the_others(rows: Sequence[RowDraft]) -> None:
    """Where cells stand one a line, a line that holds a name and its target was one cell; and the other way round."""
    both = [n for n, row in enumerate(rows) if {"level3", "target_raw"} <= row.places.keys()]
    shared = [n for n in both if _share_a_line(rows[n])]
    apart = sorted({*both} - {*shared})
    if _are_the_rule(apart, both):
        _doubt_rare_words_beside(rows)
        for row in (rows[n] for n in shared):
            if not row.parsed.measurable:
                told = say("其他各行的名称和指标值不在同一行文字里，这一行在")
                _doubt_both(row, told)
    if _are_the_rule(shared, both):
        told = say("其他各行的名称和指标值在同一行文字里，这一行不在")
        for n in apart:  # its first words may end the name of the row above
            for row in rows[n if rows[n].labelled else max(0, n - 1) : n + 1]:
                _doubt_both(row, told)


def _doubt_rare_words_beside(rows: Sequence[RowDraft]) -> None:
    """A few words behind some row, where cells stand one a line, may begin the name of the next."""
    beside = {n: words for n, row in enumerate(rows) if (words := _words_beside(row))}
    if len(beside) * 2 >= len(rows):
        return
    for place, words in beside.items():
        for row in rows[place : place + 2]:
            if row is rows[place] or not row.labelled:
                row.doubt("level3", say("“{text}”可能是名称的一部分", text=words))


def _words_beside(row: RowDraft) -> str | None:
    """Words under explanations that explain nothing: too short, and no sentence."""
    texts = (
        text for name, text in row.more.items() if name.partition(".")[0] in {"reason", "extra"}
    )
    return next(filter(_WORDS.fullmatch, texts), None)


def _is_a_sentence_cut_in_two(row: RowDraft) -> bool:
    """提高森林覆盖率,促 | 进生物多样性保护。"""
    name, target = row.level3 or "", row.target or ""
    if not target.endswith("。") or row.parsed.measurable or _ends_well(row):
        return False
    return bool(_GOES_ON.search(name))


def _are_the_rule(some: Sized, rows: Sized) -> bool:
    return len(some) >= max(_FEWEST, len(rows) * _MOST_OF)


def _doubt_what_others_have(rows: Sequence[RowDraft]) -> None:
    """A row without an actual value where most others have one may be no indicator."""
    with_actual = [row for row in rows if "actual_raw" in row.more]
    if not _are_the_rule(with_actual, rows):
        return
    for row in rows:
        if "actual_raw" not in row.more:
            row.doubt("actual_raw", say("其他行有完成值，这一行没有"))


def _doubt_same_names(rows: Sequence[RowDraft]) -> None:
    """The same name again in the next row: its cell was copied twice, or is another column's."""
    for above, row in pairwise(rows):
        same = row.level3 == above.level3 is not None
        if same and row.level2 == above.level2 and row.target != above.target:
            row.doubt("level3", say("和上一行的名称一样"))


def _doubt_bare_numbers(rows: Sequence[RowDraft]) -> None:
    """A long number, or one at the very end, where all other targets have a sign or a unit."""
    measured = [row for row in rows if row.parsed.measurable]
    alone = [row for row in measured if row.target and row.target.strip().isdigit()]
    others = len(measured) - len(alone)
    if not others or (others < len(measured) * _NEARLY_ALL and alone != rows[-1:]):
        return
    for row in alone:
        long = len(row.target or "") >= _LONG_NUMBER and others >= _FEWEST_MEASURED
        if long or row is rows[-1]:
            _doubt_both(row, say("其他各行的指标值有符号或单位，这一行只有一个数"))


def _doubt_torn_names(rows: Sequence[RowDraft]) -> None:
    """A name without a target, where the others have one, may go on above or below."""
    alone = [n for n, row in enumerate(rows) if row.level3 and _lost_its_target(row)]
    if len(alone) > len(rows) * _MOST_LOST:
        return
    for place in alone:
        row = rows[place]
        begin = rows[place - 1] if place and not row.labelled else None
        rest = rows[place + 1] if place + 1 < len(rows) else None
        near = [begin] if begin and not _ends_well(begin) else []
        if rest and not rest.labelled and not _ends_well(row):
            near.append(rest)
        for item in (row, *near) if near else ():
            item.doubt("level3", say("“{name}”没有指标值，可能是换行的名称", name=row.level3))


def _ends_well(row: RowDraft) -> bool:
    return ends_as_names_do(row.level3 or "")


def _lost_its_target(row: RowDraft) -> bool:
    """Is it without a target, and no blank cell of a real table says so?"""
    return row.target is None and any(column == "target_raw" for column, _, _ in row.doubts)


def _share_a_line(row: RowDraft) -> bool:
    name, target = row.places["level3"], row.places["target_raw"]
    return name.line is not None and name.line == target.line


def _doubt_both(row: RowDraft, reason: Sentence) -> None:
    row.doubt("level3", reason)
    row.doubt("target_raw", reason)
