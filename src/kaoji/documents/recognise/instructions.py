"""填报说明: how a form is to be filled in, printed below it or on a page of its own. No part of it is a form.

Instructions speak in the form's own captions and give examples (主管部门：填写全称；如培训人数≥100人), which
would pass for its contents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kaoji.core.speech import say
from kaoji.documents.manuscript import Row
from kaoji.documents.reading import Problem
from kaoji.documents.recognise.captions import is_any_caption, is_title
from kaoji.documents.recognise.spelling import squeezed

_LONGEST_LOOKED_AT = 80
_BEGIN = re.compile(
    r"[(\[【]?[^:,。;]{0,30}(?:填报|填表|填写|填列|填制|编制|编报)(?:说明|须知|要求|注意事项)[)\]】]?(?::|$)"
)


def instructions_in(rows: Sequence[Row]) -> list[range]:
    """The places of all instructions, each run from its heading to the next form."""
    found: list[range] = []
    place = 0
    while place < len(rows):
        end = place
        if _begins(rows[place]):
            end = place + 1
            while end < len(rows) and not _begins_form(rows[end]):
                end += 1
            found.append(range(place, end))
        place = max(end, place + 1)
    return found


def about_instructions(rows: Sequence[Row], runs: Sequence[range]) -> list[Problem]:
    """One sentence for each run that was left out."""
    problems = []
    for run in runs:
        first = rows[run[0]]
        told = say(
            "“{text}”起 {count} 行是填表的说明，不是填写的内容，未读取",
            text=first.filled[0].text[:20],
            count=sum(bool(rows[place].filled) for place in run),
        )
        problems.append(Problem(told, first.origin))
    return problems


def _begins(row: Row) -> bool:
    """A row of one cell; beside a second cell 填报说明 is a caption like any other."""
    if len(row.filled) != 1:
        return False
    return bool(_BEGIN.match(squeezed(row.filled[0].text[:_LONGEST_LOOKED_AT])))


def _begins_form(row: Row) -> bool:
    """A title, a row of captions, a caption before its cell or in a line of its own."""
    texts = [cell.text for cell in row.filled]
    if not texts or _begins(row):
        return False
    if is_title(texts[0]):
        return True
    if len(texts) > 1:
        return any(map(is_any_caption, texts))
    words = texts[0].split() if len(texts[0]) < _LONGEST_LOOKED_AT else []
    return bool(words) and is_any_caption(words[0])
