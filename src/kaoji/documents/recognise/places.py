"""Tables with a column for each place (县区 A | 县区 B): the target is what all of them say."""

from __future__ import annotations

from collections.abc import Sequence

from kaoji.documents.recognise import shapes
from kaoji.documents.recognise.captions import column_caption
from kaoji.documents.recognise.spelling import squeezed
from kaoji.documents.recognise.table import Columns, Segment


def the_same_everywhere(row: Sequence[Segment], table: Columns) -> Segment | None:
    """A column for each place, all with one value: that is the target."""
    if table.has("target"):
        return None
    extra = [segment for segment in row if _is_of_a_place(segment.name)]
    values = {squeezed(segment.text) for segment in extra}
    several = sum(map(_is_of_a_place, table.fields)) > 1
    if several and len(values) == 1 and shapes.target(extra[0].text).measurable:
        return extra[0]
    return None


def _is_of_a_place(name: str) -> bool:
    """A column headed by a name that is no caption, such as that of a town."""
    kind, _, printed = name.partition(":")
    return kind == "extra" and column_caption(printed) is None
