"""Which layout of ours is a form most like? It is printed in that one; nothing is read by it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kaoji.documents.recognise.spelling import simplified
from kaoji.standards.layouts import Layout, bare, layouts

_TITLE_COUNTS = 8


def layout_of(texts: Iterable[str], kind: str) -> Layout:
    """The layout most of whose captions stand among the texts of a form; the older one when even.

    Only a whole unit's targets are a declaration of another kind.
    """
    present = {bare(simplified(text)[0]) for text in texts if len(text) < 80}
    kinds = {kind, "unit_targets"} if kind == "declaration" else {kind}
    return max(
        (item for item in layouts() if item.kind in kinds), key=lambda item: _fit(item, present)
    )


def _fit(layout: Layout, present: Collection[str]) -> int:
    known = layout.captions.keys() | layout.goals.keys() | layout.tables.keys()
    known |= layout.budget_columns.keys() | layout.budget_lines.keys()
    missing = len(layout.expected - set(present))
    titled = any(
        text.endswith(title) or title in text for text in present for title in layout.titles
    )
    return 2 * len(known & set(present)) - missing + (_TITLE_COUNTS if titled else 0)
