"""What a row looks like tells where it may have been cut wrongly."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kaoji.core.speech import say
from kaoji.core.target import UNCLEAR_NOTES, Kind
from kaoji.documents.recognise import labels, shapes
from kaoji.documents.recognise.atoms import Atom
from kaoji.documents.recognise.draft import RowDraft
from kaoji.documents.recognise.spelling import squeezed
from kaoji.documents.recognise.table import Columns, Segment
from kaoji.standards import grammar

# How many rows above are asked what rows of a table have.
_LOOKED_BACK = 50
_LONGEST_LOOKED_AT = 200
_SEVERAL_NUMBERS = re.compile(r"\d\s\d|[≥≤].*[≥≤].*[≥≤]")
# 95%→98%, ≥120公里(原≥100公里), ≥90%/≥85%: two values of which the form does not say which one holds.
_CHANGED = re.compile(
    r"\d[^,;。]{0,6}(?:→|➔|->|改为|调整为)[^,;。]{0,6}\d|\(原[^()]*\d|([≥≤])\d[^,;。/]{0,6}/\1\d"
)
_TARGET_IN_NAME = re.compile(r"[≥≤]\d")
_BEGINS_IN_THE_MIDDLE = re.compile(r"[、,，;；。·)）]")
_ENDS_IN_THE_MIDDLE = re.compile(r"[、,，;；(（]$")
# In an outline a caption stands between the target and the actual value: 目标值9人，当年实际完成9人.
_CAPTION_OF_VALUE = re.compile(
    r"(?:当年|全年|本年度?|年度|年末|截至目前)*(?:实际|累计)?(?:完成|实现)(?:值|情况)?|(?:年初|年度)?(?:目标|指标)值?"
)
# ≥l20公里, 9O%, 2O24年: what recognition makes of 1, 0 and 5.
_LETTER_FOR_DIGIT = re.compile(
    r"[≥≤><=~]*(?=[.\dOoIlSB]*\d)(?=[.\d]*[OoIlSB])[.\dOoIlSB]+(?=[%‰\u4e00-\u9fff]|$)"
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")


def doubt_shape(
    row: RowDraft,
    cells: dict[str, Segment],
    target: Segment | None,
    table: Columns,
    above: Sequence[RowDraft],
) -> None:
    """Doubt the cells of a row whose look speaks against them; *above* are the rows before it."""
    _doubt_target(row, cells, target, table, above)
    _doubt_letters(row, {"target_raw": target, "actual_raw": cells.get("actual")})
    _doubt_name(row, cells.get("level3"))
    _doubt_rest_of_name(row, cells.get("level3"), above)
    near = above[-_LOOKED_BACK:]
    if table.has("weight") and row.weight is None and any(r.weight is not None for r in near):
        row.doubt("weight", say("其他行有分值，这一行没有"))
    by_place = all(cell.atoms[0].trust == "exact" for cell in cells.values())
    unscored = table.has("score") and row.score is None and "score" not in cells
    if unscored and not by_place and any(r.score is not None for r in near):
        row.doubt("score", say("其他行有得分，这一行没有"))
    if table.guessed and not table.columns_known and table.has("actual"):
        row.doubt("target_raw", say("没有表头，目标值和完成值只按次序认出"))
        if table.has("weight"):
            row.doubt("weight", say("没有表头，分值和得分只按次序认出"))


def _doubt_target(
    row: RowDraft,
    cells: dict[str, Segment],
    target: Segment | None,
    table: Columns,
    above: Sequence[RowDraft],
) -> None:
    if target is None:
        told = table.has("target")
        if told and all(cell.atoms[0].trust == "exact" for cell in cells.values()):
            return  # a blank cell of a real table is blank
        row.doubt("target_raw", say("没有指标值") if told else say("表头里没有指标值一栏"))
        return
    where = target.atoms[0].origin
    parsed = row.parsed
    _doubt_put_together(row, target)
    with_signs = any(other.parsed.op for other in above[-_LOOKED_BACK:])
    if table.has("op") and with_signs and parsed.kind is Kind.QUANTITATIVE and not parsed.op:
        row.doubt("target_raw", say("有符号栏，没有符号"), where)
    odd = parsed.kind not in {Kind.QUANTITATIVE, Kind.DEADLINE, Kind.PLACEHOLDER}
    if odd and shapes.names_a_measure(target.text):
        row.doubt("target_raw", say("指标值像指标名称"), where)
    for note in parsed.notes:
        if note.template in UNCLEAR_NOTES:
            row.doubt("target_raw", note, where)


def _doubt_letters(row: RowDraft, values: Mapping[str, Segment | None]) -> None:
    """A letter in the place of a digit."""
    for column, value in values.items():
        if value and _LETTER_FOR_DIGIT.match(squeezed(value.text[:40])):
            told = say("“{text}”里的字母可能是认错的数字", text=value.text[:20])
            row.doubt(column, told, value.atoms[0].origin)


def _doubt_put_together(row: RowDraft, target: Segment) -> None:
    """A target of several numbers, or of several lines."""
    where = target.atoms[0].origin
    if _SEVERAL_NUMBERS.search(row.target or ""):
        row.doubt("target_raw", say("指标值里有几个数"), where)
    if _CHANGED.search(squeezed((row.target or "")[:_LONGEST_LOOKED_AT])):
        row.doubt("target_raw", say("指标值像是改过的，看不出以哪个为准"), where)
    lines = {atom.line for atom in target.atoms}
    if len(lines) > 1 and row.parsed.kind is not Kind.DEADLINE:
        row.doubt("target_raw", say("指标值由几行合成"), where)


def _doubt_name(row: RowDraft, name: Segment | None) -> None:
    if name is None:
        row.doubt("level3", say("没有指标名称"))
        return
    where, plain = name.atoms[0].origin, squeezed(row.level3 or name.text)
    if (
        _TARGET_IN_NAME.search(_IN_BRACKETS.sub("", plain))
        or labels.anywhere().search(plain)
        or any(map(_is_value, name.atoms[1:-1]))
    ):
        row.doubt("level3", say("名称里有指标值或分类名"), where)
    half = _BEGINS_IN_THE_MIDDLE.match(plain) or _ENDS_IN_THE_MIDDLE.search(plain)
    if half or plain.count("(") != plain.count(")"):
        row.doubt("level3", say("名称像是只有一半"), where)
    if len(name.atoms) > 1 and len({atom.text for atom in name.atoms}) < len(name.atoms):
        row.doubt("level3", say("名称里同一段文字出现了两次"), where)
    if len({atom.line for atom in name.atoms}) > 1:
        row.doubt("level3", say("名称由几行合成"), where)
    if _CAPTION_OF_VALUE.fullmatch(plain):
        row.doubt("level3", say("名称像栏名"), where)
    if grammar.pattern("titles").search(plain):
        row.doubt("level3", say("名称像表的标题"), where)


def _is_value(atom: Atom) -> bool:
    """1次/月, between two pieces of a name."""
    text = atom.text
    bare_number = shapes.number(text) or atom.gap in {"none", "digit"}
    return not bare_number and shapes.may_be_measurable(text) and shapes.target(text).measurable


# What a name does not begin with, unless a word does: 和谐, 及时, 与会.
_GOES_ON = re.compile(
    r"(?:以及|及(?![时格])|和(?![谐睦平善美])|与(?![会否])|或|、|的)[\u4e00-\u9fff]"
)


def _doubt_rest_of_name(row: RowDraft, name: Segment | None, above: Sequence[RowDraft]) -> None:
    """The rest of a name that stands around its values: 强制免疫率 / 100% / 及检疫率."""
    begins_line = name is not None and name.atoms[0].gap == "row"
    if name is None or not above or not begins_line or not _GOES_ON.match(name.text):
        return
    told = say("“{first}”和“{rest}”可能是同一个名称", first=above[-1].level3, rest=name.text)
    for item in (above[-1], row):
        item.doubt("level3", told)
