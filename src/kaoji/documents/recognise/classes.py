"""Which class does a row belong to? Blank cells inherit; what cannot be known is doubted.

Level-1 and level-2 cells are merged downwards, so a blank one inherits from above. That is
certain only where the layout is whole. A row is doubted when

* it is displaced and carries no label: it may belong to the class above or the one below;
* it stands just before a page break or before a displaced label, and its own words speak
  for a class that may have begun there;
* its words speak for a class that the form lacks and that would follow here;
* a displaced row's target is a sentence: it may be another indicator's name.

The words are evidence for a doubt or against one; they never change what is printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kaoji.core.indicator import Indicator
from kaoji.core.speech import Sentence, say
from kaoji.core.target import UNCLEAR_NOTES, Kind, Target
from kaoji.core.taxonomy import Taxonomy
from kaoji.documents.recognise.notes import Notes
from kaoji.documents.recognise.numbers import plain_number
from kaoji.documents.recognise.table import TableRow
from kaoji.standards.lexicons import class_signs


@dataclass(frozen=True)
class _Placed:
    """A row with the classes it was given, before anybody doubts them."""

    row: TableRow
    level1: str | None
    level2: str | None
    target: Target

    @property
    def signs(self) -> frozenset[str]:
        """The level-2 classes that the row's own words speak for."""
        return classes_spoken_for(self.row.name or "", self.target)


def classify(
    rows: Sequence[TableRow],
    taxonomy: Taxonomy,
    notes: Notes,
    table: str = "indicators",
) -> tuple[Indicator, ...]:
    """Give every row its classes and note a doubt wherever they are not certain."""
    placed = _inherit(rows, taxonomy, notes, table)
    surroundings = _surroundings(placed)
    present = {item.level2 for item in placed}
    keeps_merges = any(item.row.merged for item in placed)
    for position, item in enumerate(placed):
        notes.places[f"{table}[{position}]"] = item.row.origin
        reason = _reason_to_doubt(item, surroundings[position], present, taxonomy)
        if keeps_merges and not reason:
            reason = _stands_alone(item)
        if reason and not taxonomy.open:
            notes.doubt(f"{table}[{position}].level2", reason, item.row.origin)
        _note_row(f"{table}[{position}]", item, notes)
    if not taxonomy.open:
        _note_end(placed, taxonomy, notes, table)
    if placed:
        notes.places[table] = placed[0].row.origin
    return tuple(
        Indicator(
            item.level1,
            item.level2,
            item.row.name,
            item.target,
            _weight(f"{table}[{position}].weight", item.row, notes),
        )
        for position, item in enumerate(placed)
    )


def _weight(path: str, row: TableRow, notes: Notes) -> Decimal | None:
    """The points of an indicator, where the table has a column for them."""
    cell = dict(row.more).get("weight")
    if cell is None:
        return None
    try:
        return plain_number(cell.text)
    except ValueError:
        notes.doubt(path, say("分值“{text}”不是数", text=cell.text), cell.origin)
        return None


def classes_spoken_for(name: str, target: Target) -> frozenset[str]:
    """The level-2 classes for which a name and a target bear the signs."""
    unit = target.unit or ""

    def bears(signs: dict[str, list[str]]) -> bool:
        return (
            any(word in name for word in signs.get("name", ()))
            or any(name.endswith(word) for word in signs.get("name_end", ()))
            or target.text in signs.get("value", ())
            or unit in signs.get("unit", ())
        )

    return frozenset(level2 for level2, signs in class_signs().items() if bears(signs))


def _inherit(
    rows: Sequence[TableRow], taxonomy: Taxonomy, notes: Notes, table: str
) -> list[_Placed]:
    """Hand labels down; *lost* is true below a place where a level-2 label is missing."""
    placed: list[_Placed] = []
    level1: str | None = None
    level2: str | None = None
    lost = True
    for position, row in enumerate(rows):
        path = f"{table}[{position}]"
        if row.level2 is not None:
            level1, level2 = _level1_for(row, level1, path, taxonomy, notes), row.level2
            lost = False
        elif row.level1 is not None:
            inherited = level2 if row.level1 == level1 else None
            level1, level2, lost = _below_level1(row, inherited, path, taxonomy, notes)
        elif lost:
            _doubt_orphan(row, level1, path, notes)
        placed.append(_Placed(row, level1, level2, Target.parse(row.target)))
    return placed


def _below_level1(
    row: TableRow, inherited: str | None, path: str, taxonomy: Taxonomy, notes: Notes
) -> tuple[str | None, str | None, bool]:
    """A level-1 label without a level-2 label beside it: known when there is only one."""
    below = taxonomy.below(row.level1 or "")
    if taxonomy.open:
        return row.level1, None, False
    if len(below) == 1:
        only = say(
            "二级指标空白，{level1}下只有“{level2}”", level1=row.level1, level2=below[0].name
        )
        notes.repair(f"{path}.level2", only, row.origin)
        return row.level1, below[0].name, False
    notes.doubt(
        f"{path}.level2", say("“{level1}”行缺少二级指标", level1=row.level1), row.origin
    )
    return row.level1, inherited, True


def _doubt_orphan(row: TableRow, level1: str | None, path: str, notes: Notes) -> None:
    if level1 is None:
        notes.doubt(f"{path}.level1", say("该行及其上方都没有一级指标"), row.origin)
    notes.doubt(f"{path}.level2", say("该行承接的二级指标标签缺失"), row.origin)


def _level1_for(
    row: TableRow, inherited: str | None, path: str, taxonomy: Taxonomy, notes: Notes
) -> str | None:
    """Level 1 of a row that carries a level-2 label: printed, or known from the taxonomy."""
    known = taxonomy.find_level2(row.level2 or "")
    if known is None and taxonomy.open:
        return row.level1 or inherited
    if known is None:
        reason = say("“{label}”不在当年的指标分类中", label=row.level2)
        notes.doubt(f"{path}.level2", reason, row.origin)
        return row.level1 or inherited
    if row.level1 and row.level1 != known.level1:
        reason = say("“{level2}”不属于“{level1}”", level2=known.name, level1=row.level1)
        notes.doubt(f"{path}.level1", reason, row.origin)
        return row.level1
    if row.level1 is None and inherited != known.level1:
        filled = say(
            "一级指标空白，由“{level2}”得知为“{level1}”", level2=known.name, level1=known.level1
        )
        notes.repair(f"{path}.level1", filled, row.origin)
    return known.level1


@dataclass(frozen=True)
class _Below:
    """What stands below a row: the next row with a label, and whether the way there is whole."""

    labelled: _Placed | None
    damaged: bool


def _surroundings(placed: Sequence[_Placed]) -> list[_Below]:
    """For every row what stands below it; a page break or a displaced label is damage."""
    below = _Below(None, damaged=False)
    result: list[_Below] = []
    for position in range(len(placed) - 1, -1, -1):
        if position + 1 < len(placed):
            after, here = placed[position + 1].row, placed[position].row
            labelled = placed[position + 1] if after.labelled else below.labelled
            damaged = after.displaced if after.labelled else below.damaged
            below = _Below(labelled, damaged or after.fragment != here.fragment)
        result.append(below)
    return result[::-1]


def _reason_to_doubt(
    item: _Placed, below: _Below, present: set[str | None], taxonomy: Taxonomy
) -> Sentence | None:
    if item.row.labelled:
        return _label_slid(item)
    if item.row.merged:
        return None
    signs = item.signs
    if item.level2 in signs:
        return None
    if item.row.displaced and below.labelled:
        return say(
            "该行错位且没有标签，可能属于上面的“{above}”，也可能属于下面的“{below}”",
            above=item.level2,
            below=below.labelled.level2,
        )
    spoken = sorted(_rivals(item, below.labelled, present, taxonomy) & signs)
    if spoken and below.damaged:
        return say(
            "该行承上为“{above}”，但其后换页或错位，从内容看可能属于“{rival}”",
            above=item.level2,
            rival=spoken[0],
        )
    if spoken and spoken[0] not in present:
        return say(
            "该行承上为“{above}”，但表中没有“{rival}”行，标签可能丢失",
            above=item.level2,
            rival=spoken[0],
        )
    return None


def _stands_alone(item: _Placed) -> Sentence | None:
    """In a document that keeps merged cells, a blank label that no merged cell covers is odd:
    its text may stand on the other side of a page break.
    """
    if item.row.labelled or item.row.merged or item.level2 in item.signs:
        return None
    return say("该行的标签格空白，又不在合并格之内，承上读作“{above}”", above=item.level2)


def _rivals(
    item: _Placed, below: _Placed | None, present: set[str | None], taxonomy: Taxonomy
) -> set[str]:
    """The classes that might have begun at this row: the next one, or a lost one before it."""
    order = [level2.name for level2 in taxonomy.level2]
    start = order.index(item.level2) if item.level2 in order else len(order)
    end = order.index(below.level2) if below and below.level2 in order else len(order)
    lost = {name for name in order[start + 1 : end] if name not in present}
    return lost | ({below.level2} if below and below.level2 else set())


def _label_slid(item: _Placed) -> Sentence | None:
    """A label that its own row contradicts, in a table whose heading does not line up."""
    heading, column = item.row.heading_column, item.row.column
    lines_up = heading is None or column is None or heading <= column
    if lines_up or item.row.displaced or not item.signs or item.level2 in item.signs:
        return None
    return say(
        "表头与各行错开，该行标作“{label}”，从内容看像“{rival}”",
        label=item.level2,
        rival=min(item.signs),
    )


def _note_end(placed: Sequence[_Placed], taxonomy: Taxonomy, notes: Notes, table: str) -> None:
    """A table that stops before its last class was perhaps cut off."""
    if not placed:
        return
    last, final_class = placed[-1], list(taxonomy.level1)[-1]
    if final_class not in {item.level1 for item in placed}:
        reason = say("指标表没有“{label}”行，可能不完整", label=final_class)
        notes.doubt(table, reason, last.row.origin)


def _note_row(path: str, item: _Placed, notes: Notes) -> None:
    row = item.row
    if row.displaced:
        notes.repair(path, say("该行错位，按标签文字而不按列读取"), row.origin)
    if row.displaced and not row.labelled and item.target.kind is Kind.SENTENCE:
        reason = say("“{text}”是一句话，可能是另一条指标的名称", text=item.target.text)
        notes.doubt(f"{path}.target_raw", reason, row.origin)
    if row.name is None:
        notes.doubt(f"{path}.level3", say("没有读到三级指标名称"), row.origin)
    if row.target is None:
        notes.doubt(
            f"{path}.target_raw", say("没有读到目标值，可能为空，也可能丢失或换行"), row.origin
        )
    if row.joined:
        reason = say("由几段文字合并成“{name}”，请核对", name=row.name)
        notes.doubt(f"{path}.level3", reason, row.origin)
    _note_target(f"{path}.target_raw", item, notes)


def _note_target(path: str, item: _Placed, notes: Notes) -> None:
    """How a target was read is told; a bound that is none is doubted."""
    for note in item.target.notes:
        if note.template in UNCLEAR_NOTES:
            notes.doubt(path, note, item.row.origin)
        else:
            notes.repair(path, note, item.row.origin)
