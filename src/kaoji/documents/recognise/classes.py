"""Which class does a row belong to? Blank labels inherit; where that is not certain, it is doubted.

Level-1 and level-2 cells are merged downwards, so a blank one inherits from above. That is
certain only where nothing was lost. In a text with columns a row is doubted when

* it is displaced and carries no label: it may belong to the class above or the one below;
* it stands just before a page break or before a displaced label, and its own words speak
  for a class that may have begun there;
* its words speak for a class that the form lacks and that would follow here;
* a displaced row's target is a sentence: it may be another indicator's name.

The words are evidence for a doubt or against one; they never change what is printed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kaoji.core.provenance import Doubt, Repair
from kaoji.core.speech import Sentence, say
from kaoji.core.target import Kind, Target
from kaoji.core.taxonomy import Taxonomy
from kaoji.documents.recognise import labels
from kaoji.documents.recognise.draft import Draft, RowDraft
from kaoji.standards.lexicons import class_signs


def doubt_classes(draft: Draft, taxonomy: Taxonomy) -> None:
    """Note at every row where its class is not certain."""
    rows = draft.rows
    _fill_only_classes(draft, taxonomy)
    if taxonomy.open or not rows:
        return
    if _drops_merged(rows):
        for row in rows:
            row.in_columns = False
    else:
        _mark_displaced(rows)
    surroundings = _surroundings(rows)
    present = {row.level2 for row in rows}
    keeps_merges = any(row.merged for row in rows)
    for position, row in enumerate(rows):
        _doubt_unknown(row, taxonomy)
        reason = _reason_to_doubt(row, surroundings[position], present, taxonomy)
        if reason or (keeps_merges and (reason := _stands_alone(row))):
            row.doubt("level2", reason)
        if row.displaced:
            _tell_displaced(draft, position, row)
        _doubt_satisfaction(row)
    _doubt_end(draft, taxonomy)


def _doubt_unknown(row: RowDraft, taxonomy: Taxonomy) -> None:
    """A class that no year knows, printed in the row or inherited from above."""
    unknown = {
        "level1": row.level1 if not labels.is_label(row.level1 or "") else None,
        "level2": row.level2 if not _is_known(row.level2 or "", taxonomy) else None,
    }
    for column, label in unknown.items():
        if label:
            row.doubt(column, say("“{label}”不在当年的指标分类中", label=label))


def _doubt_satisfaction(row: RowDraft) -> None:
    """A satisfaction below another class: its own label was torn or lost."""
    if (row.level3 or "").endswith("满意度") and "满意" not in f"{row.level1}{row.level2}":
        row.doubt("level2", say("名称说的是满意度，却在“{label}”之下", label=row.level2))


def _doubt_end(draft: Draft, taxonomy: Taxonomy) -> None:
    """A table that stops before its last class was perhaps cut off."""
    final_class = list(taxonomy.level1)[-1]
    below = {level2.name for level2 in taxonomy.below(final_class)}
    if not any(row.level1 == final_class or row.level2 in below for row in draft.rows):
        reason = say("指标表没有“{label}”行，可能不完整", label=final_class)
        draft.doubts.append(Doubt("indicators", reason, draft.rows[-1].origin))


def _is_known(label: str, taxonomy: Taxonomy) -> bool:
    """Of this year, or of any other: forms go on with the classes of older years."""
    return taxonomy.find_level2(label) is not None or labels.level2(label) is not None


def _drops_merged(rows: Sequence[RowDraft]) -> bool:
    """Does the copy leave merged cells out? Then rows without a label begin with their name."""
    plain = [row for row in rows if not row.labelled and row.column is not None]
    return sum(row.column == 0 for row in plain) * 2 > len(plain)


def classes_spoken_for(name: str, target: Target) -> frozenset[str]:
    """The level-2 classes for which a name and a target bear the signs."""
    unit = target.unit or ""

    def bears(signs: _Signs) -> bool:
        return (
            bool(signs.in_name and signs.in_name.search(name))
            or name.endswith(signs.name_ends)
            or target.text in signs.values
            or unit in signs.units
        )

    return frozenset(level2 for level2, signs in _class_signs().items() if bears(signs))


@dataclass(frozen=True)
class _Signs:
    """What speaks for a class, made ready to be looked for in every row."""

    in_name: re.Pattern[str] | None
    name_ends: tuple[str, ...]
    values: frozenset[str]
    units: frozenset[str]


@cache
def _class_signs() -> dict[str, _Signs]:
    return {
        level2: _Signs(
            re.compile("|".join(map(re.escape, given["name"]))) if given.get("name") else None,
            tuple(given.get("name_end", ())),
            frozenset(given.get("value", ())),
            frozenset(given.get("unit", ())),
        )
        for level2, given in class_signs().items()
    }


def _signs(row: RowDraft) -> frozenset[str]:
    """The level-2 classes that the row's own words speak for."""
    return classes_spoken_for(row.level3 or "", row.parsed)


def _fill_only_classes(draft: Draft, taxonomy: Taxonomy) -> None:
    """A level-1 label without a level-2 label beside it is known where it has only one class."""
    for position, row in enumerate(draft.rows):
        below = taxonomy.below(row.level1 or "")
        blank = row.level2 is None or row.from_level1
        if blank and len(below) == 1 and not taxonomy.open:
            row.level2 = below[0].name
            row.doubts = [doubt for doubt in row.doubts if doubt[0] != "level2"]
            told = say(
                "二级指标空白，{level1}下只有“{level2}”", level1=row.level1, level2=row.level2
            )
            draft.repairs.append(Repair(f"indicators[{position}].level2", told, row.origin))


def _mark_displaced(rows: Sequence[RowDraft]) -> None:
    """Mark the rows whose name left the column where their fragment has its names."""
    columns: dict[int, Counter[int]] = defaultdict(Counter)
    for row in rows:
        if row.column is not None:
            columns[row.fragment][row.column] += 1
    usual = {fragment: counts.most_common(1)[0][0] for fragment, counts in columns.items()}
    for row in rows:
        row.displaced = row.column is not None and row.column != usual.get(row.fragment)


@dataclass(frozen=True)
class _Below:
    """What stands below a row: the next row with a label, and whether the way there is whole."""

    labelled: RowDraft | None
    damaged: bool


def _surroundings(rows: Sequence[RowDraft]) -> list[_Below]:
    """For every row what stands below it; a page break or a displaced label is damage."""
    below = _Below(None, damaged=False)
    result: list[_Below] = []
    for position in range(len(rows) - 1, -1, -1):
        if position + 1 < len(rows):
            after, here = rows[position + 1], rows[position]
            labelled = after if after.labelled else below.labelled
            damaged = after.displaced if after.labelled else below.damaged
            below = _Below(labelled, damaged or after.fragment != here.fragment)
        result.append(below)
    return result[::-1]


def _reason_to_doubt(
    row: RowDraft, below: _Below, present: set[str | None], taxonomy: Taxonomy
) -> Sentence | None:
    signs = _signs(row)
    if row.labelled:
        return _label_slid(row, signs)
    if row.merged or not row.in_columns or row.level2 in signs:
        return None
    if row.displaced and below.labelled:
        return say(
            "该行错位且没有标签，可能属于上面的“{above}”，也可能属于下面的“{below}”",
            above=row.level2,
            below=below.labelled.level2,
        )
    spoken = sorted(_rivals(row, below.labelled, present, taxonomy) & signs)
    if spoken and below.damaged:
        return say(
            "该行承上为“{above}”，但其后换页或错位，从内容看可能属于“{rival}”",
            above=row.level2,
            rival=spoken[0],
        )
    if spoken and spoken[0] not in present:
        return say(
            "该行承上为“{above}”，但表中没有“{rival}”行，标签可能丢失",
            above=row.level2,
            rival=spoken[0],
        )
    return None


def _stands_alone(row: RowDraft) -> Sentence | None:
    """In a document that keeps merged cells, a blank label that no merged cell covers is odd:
    its text may stand on the other side of a page break.
    """
    if row.labelled or row.merged or row.level2 in _signs(row):
        return None
    return say("该行的标签格空白，又不在合并格之内，承上读作“{above}”", above=row.level2)


def _rivals(
    row: RowDraft, below: RowDraft | None, present: set[str | None], taxonomy: Taxonomy
) -> set[str]:
    """The classes that might have begun at this row: the next one, or a lost one before it."""
    order = [level2.name for level2 in taxonomy.level2]
    start = order.index(row.level2) if row.level2 in order else len(order)
    end = order.index(below.level2) if below and below.level2 in order else len(order)
    lost = {name for name in order[start + 1 : end] if name not in present}
    return lost | ({below.level2} if below and below.level2 else set())


def _label_slid(row: RowDraft, signs: frozenset[str]) -> Sentence | None:
    """A label that its own row contradicts, in a table whose heading does not line up."""
    lines_up = not row.in_columns or (
        row.heading_column is None or row.column is None or row.heading_column <= row.column
    )
    if lines_up or row.displaced or not signs or row.level2 in signs:
        return None
    return say(
        "表头与各行错开，该行标作“{label}”，从内容看像“{rival}”",
        label=row.level2,
        rival=min(signs),
    )


def _tell_displaced(draft: Draft, position: int, row: RowDraft) -> None:
    told = say("该行错位，按标签文字而不按列读取")
    draft.repairs.append(Repair(f"indicators[{position}]", told, row.origin))
    target = row.parsed
    if not row.labelled and target.kind is Kind.SENTENCE:
        reason = say("“{text}”是一句话，可能是另一条指标的名称", text=target.text)
        row.doubt("target_raw", reason)
