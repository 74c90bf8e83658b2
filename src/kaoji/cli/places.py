"""Where something stands in a document, in words: 第 12 行, 表 1 第 15 行第 6 列, 工作表“申报表”第 3 行."""

from __future__ import annotations

from kaoji.cli.voice import hear
from kaoji.core.provenance import Origin
from kaoji.core.speech import say


def where_in(place: Origin) -> str | None:
    """The place as people name it; None where it is unknown."""
    if place.line:
        return hear(say("第 {line} 行", line=place.line))
    parts = []
    if place.page:
        parts.append(hear(say("第 {page} 页", page=place.page)))
    if place.sheet:
        parts.append(hear(say("工作表“{sheet}”", sheet=place.sheet)))
    elif place.table:
        parts.append(hear(say("表 {table}", table=place.table)))
    if place.row:
        parts.append(hear(say("第 {line} 行", line=place.row)))
    if place.row and place.column:
        parts.append(hear(say("第 {column} 列", column=place.column)))
    return " ".join(parts) or None
