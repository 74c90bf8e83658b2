"""The line with the sum of scores right below a table of indicators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from kaoji.documents.recognise import shapes
from kaoji.documents.recognise.atoms import Atom
from kaoji.documents.recognise.draft import Draft
from kaoji.documents.recognise.spelling import squeezed
from kaoji.documents.recognise.table import Columns

_TOTAL = re.compile(r"…*(?:总分|总计|合计|得分合计|自评总分|自评得分|项目总得分)(?:\(.*\))?")


def take_total(behind: Sequence[Atom], draft: Draft, columns: Columns) -> None:
    """The line with the sum of scores right below a table: what stands under the scores, else the last."""
    if not behind or not _TOTAL.fullmatch(squeezed(behind[0].text[:40])):
        return
    line = [atom for atom in behind[:8] if atom.line == behind[0].line or atom.trust == "free"]
    numbers = [atom for atom in line[1:4] if shapes.number(atom.text)]
    if not numbers:
        return
    at = (
        columns.places[columns.fields.index("score")]
        if columns.places and columns.has("score")
        else frozenset()
    )
    total = next((atom for atom in numbers if atom.column in at), numbers[-1])
    draft.use([behind[0], *numbers])
    draft.total_score = Decimal(shapes.number(total.text) or 0)
    draft.places["total_score"] = total.origin
