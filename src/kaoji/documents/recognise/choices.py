"""Columns that are ticked: the causes of a deviation, and how likely a target is to be reached.

A 监控表 has a column for each cause (经费保障 … 其他) and mostly one for each likelihood (确定能 …). A sign
such as √, or 是, ticks its column; so does any other text under a cause, which is kept with the explanation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kaoji.core.speech import say
from kaoji.documents.recognise import shapes
from kaoji.documents.recognise.checkboxes import ticked_in
from kaoji.documents.recognise.draft import RowDraft
from kaoji.documents.recognise.table import Segment

CAUSE, LIKELY = "cause.", "likely."


def field_of(column: str) -> str:
    """The field of an indicator's outcome to which a column belongs."""
    if column.startswith(CAUSE):
        return "causes"
    return "likelihood" if column.startswith(LIKELY) else column


def read_choices(row: RowDraft, cells: Mapping[str, Segment]) -> None:
    """Take what is ticked in a row; what stands there in words is kept and told."""
    _read_causes(row, dict(_under(CAUSE, cells)))
    _read_likelihood(row, dict(_under(LIKELY, cells)))


def _under(prefix: str, cells: Mapping[str, Segment]) -> Iterator[tuple[str, Segment]]:
    """The choices whose cells say something else than no, from left to right."""
    for name, cell in sorted(cells.items(), key=lambda item: item[1].atoms[0].column or 0):
        if name.startswith(prefix) and not shapes.is_unticked(cell.text):
            yield name.removeprefix(prefix), cell


def _read_causes(row: RowDraft, said: Mapping[str, Segment]) -> None:
    row.causes = tuple(said)
    in_words = {name: cell for name, cell in said.items() if not shapes.is_tick(cell.text)}
    for name, cell in in_words.items():
        told = say(
            "“{text}”写在“{cause}”栏里，算作勾选，并入原因说明", text=cell.text[:20], cause=name
        )
        row.mended.append(("reason", told, cell.atoms[0].origin))
    texts = [f"{name}：{cell.text.strip()}" for name, cell in in_words.items()]
    if texts:
        row.more["reason"] = "；".join([*filter(None, [row.more.get("reason")]), *texts])


def _read_likelihood(row: RowDraft, said: Mapping[str, Segment]) -> None:
    """One of three columns is ticked; in one column the word stands itself, perhaps behind a box."""
    boxes = ticked_in(row.more.get("likelihood", ""))
    chosen = [
        (name if shapes.is_tick(cell.text) else cell.text.strip(), cell.atoms[0].origin)
        for name, cell in said.items()
    ]
    if boxes is not None:
        del row.more["likelihood"]
        place = row.places.get("likelihood", row.origin)
        chosen += [(word, place) for word in boxes]
    if len(chosen) > 1:
        words = "、".join(word for word, _ in chosen)
        row.doubt(
            "likelihood", say("完成目标可能性勾了几级：{words}", words=words), chosen[0][1]
        )
    elif chosen:
        row.more["likelihood"] = chosen[0][0]
