"""A row that lines or pages tore: the end of its name below it, or the second half of the row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kaoji.core.speech import say
from kaoji.documents.recognise import labels, shapes
from kaoji.documents.recognise.draft import RowDraft
from kaoji.documents.recognise.spelling import squeezed
from kaoji.documents.recognise.table import Columns, Segment

# One sign cannot be the name of an indicator: it ends the name above it; a few may be either.
_SURE_REST, _LONGEST_REST = 1, 4
_LONGEST_TAIL = 24


def ends_as_names_do(name: str) -> bool:
    """…率, …人数, …(人): does it end as names of indicators do?"""
    return shapes.names_a_measure(name) or name.endswith((")", "）"))


def completes(name: str | None, rest: str | None) -> bool:
    """Is a name that breaks off whole with what stands in the line below it: 养殖家畜 / 家禽成活率?"""
    if not name or not rest or len(rest) > _LONGEST_TAIL:
        return False
    return not ends_as_names_do(name) and ends_as_names_do(rest)


def is_tail_of_name(
    row: RowDraft, segments: Sequence[Segment], rows: Sequence[RowDraft]
) -> bool:
    """A line below a row that holds nothing but the end of its name."""
    last, [first, *others] = (rows[-1] if rows else None), segments
    if last is None or others or first.name != "level3" or last.target is None:
        return False
    in_text = first.atoms[0].gap == "row" and not row.exact
    if not in_text or not completes(last.level3, row.level3):
        return False
    lengthen(last, row.level3 or "")
    return True


def lengthen(row: RowDraft, rest: str) -> None:
    """Give a name its end from the line below."""
    row.level3 = (row.level3 or "") + rest
    row.doubt("level3", say("由几段文字合成“{name}”，请核对", name=row.level3))


def is_rest_of_row_above(row: RowDraft, table: Columns, rows: Sequence[RowDraft]) -> bool:
    """A row torn in two at the end of a page: the tail of its name, and its target."""
    last = rows[-1] if rows else None
    if last is None or last.target is not None or row.target is None:
        return False
    longest = _SURE_REST if row.labelled else _LONGEST_REST
    if not row.level3 or len(squeezed(row.level3)) > longest or not table.has("target"):
        return False
    last.level3 = (last.level3 or "") + row.level3
    last.target, last.weight, last.score = row.target, row.weight, row.score
    last.more |= row.more
    last.causes, last.mended = (*last.causes, *row.causes), [*last.mended, *row.mended]
    if row.labelled:  # a label printed beside the second half is the row's label
        last.level1, last.level2, last.labelled = row.level1, row.level2, True
    last.doubts = [doubt for doubt in last.doubts if doubt[0] not in {"target_raw", "weight"}]
    last.doubts += [doubt for doubt in row.doubts if doubt[0] != "level3"]
    last.fragment = row.fragment
    last.joined = True
    if len(squeezed(row.level3)) > _SURE_REST:
        last.doubt("level3", say("由几段文字合并成“{name}”，请核对", name=last.level3))
    return True


def cells_of(row: Sequence[Segment]) -> dict[str, Segment]:
    """The first cell of each column."""
    return {segment.name: segment for segment in reversed(row)}


_TARGETS = frozenset({"overall.target", "target"})


def one_group(row: Sequence[Segment]) -> Sequence[Segment]:
    """Name and target of one group that slipped apart where the other's blank cells were dropped.

    Two groups of columns copied cell by cell: 成本指标 | 成本指标 | 采购成本 | 按政府价格 has a
    class for either group, and one name with its target.
    """
    cells, moved = cells_of(row), dict[str, str]()
    if {"overall.level3", "level3"} <= cells.keys() and not _TARGETS & cells.keys():
        moved = {"level3": "target", "overall.level3": "level3"}
    one, two = cells.get("level1"), cells.get("overall.level2")
    same = one and two and labels.level2(one.text) == labels.level2(two.text) is not None
    if same and "level2" not in cells:
        moved["level1"] = "level2"
    return [replace(item, name=moved.get(item.name, item.name)) for item in row]
