"""Tables whose 指标名称 holds classes (数量指标), and whose 指标描述 tells what is measured.

    指标类型 | 指标名称 | 指标值 | 指标描述
    产出指标 | 数量指标 | 375万平方米 | 完成全市绿地的养护

The heading does not tell them from a table in which 指标名称 holds names and a description explains
them; the values do: a closed list of words are classes, and behind a class stands a value at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from kaoji.core.provenance import Repair
from kaoji.core.speech import say
from kaoji.documents.recognise import labels, shapes
from kaoji.documents.recognise.atoms import Atom
from kaoji.documents.recognise.draft import Draft, RowDraft
from kaoji.documents.recognise.table import Columns

_DESCRIPTION = re.compile(
    r"extra:(?:绩效|三级)?(?:指标)?(?:具体)?(?:描述|内容|解释|名称解释|名称描述)"
)
_FEWEST_ROWS = 2
_A_CELL, _NAME_DESCRIPTION_TARGET = 2.0, 3
# In nats: so much likelier must one reading be, row by row, before nobody needs to be asked.
_CLEARLY = 0.5


def with_names_described(columns: Columns, body: Sequence[Atom]) -> tuple[Columns, bool]:
    """The columns as the rows of a table use them, and whether that is beyond question."""
    at = _description(columns)
    if at is None:
        return columns, True
    first = at < columns.fields.index("target")
    gains = [_gain(behind, described_first=first) for behind in _behind_classes(body)]
    if len(gains) < _FEWEST_ROWS:
        return columns, True
    gain = sum(gains) / len(gains)
    clear = abs(gain) > _CLEARLY and (min(gains) >= 0 or max(gains) <= 0)
    return (_renamed(columns, at) if gain > 0 else columns), clear


def _description(columns: Columns) -> int | None:
    """The place of the column with descriptions, in a heading that names at most one level of classes."""
    if not {"level3", "target"} <= set(columns.fields) or columns.guessed:
        return None
    named = [n for n in _of_classes(columns) if columns.names[n]]
    found = [n for n, name in enumerate(columns.fields) if _DESCRIPTION.fullmatch(name)]
    return found[0] if len(found) == 1 and len(named) < 2 else None


def _of_classes(columns: Columns) -> list[int]:
    return [n for n, name in enumerate(columns.fields) if name in {"level1", "level2"}]


def _behind_classes(body: Sequence[Atom]) -> Iterator[list[str]]:
    """What stands in each row behind its class of level 2."""
    for _, line in groupby(body, key=lambda atom: atom.line):
        cells = [atom.text for atom in line]
        classes = [n for n, text in enumerate(cells) if labels.level2(text)]
        behind = cells[classes[-1] + 1 :] if classes else []
        if behind:
            yield behind


def _gain(behind: Sequence[str], *, described_first: bool) -> float:
    """How much likelier a row is if its class is all that stands under 指标名称, in nats."""
    if described_first:
        return _A_CELL if len(behind) < _NAME_DESCRIPTION_TARGET else -_A_CELL
    if len(behind) < 2:
        return 0.0
    target, description = map(shapes.unlikeliness_of_target, behind[:2])
    return description - target


def _renamed(columns: Columns, at: int) -> Columns:
    """The classes' own caption heads level 1, 指标名称 level 2, and the descriptions are the names."""
    roles = {**dict.fromkeys(_of_classes(columns), "level1"), columns.fields.index("level3"): "level2", at: "level3"}  # fmt: skip
    kept = [
        n
        for n, name in enumerate(columns.fields)
        if not (name == "level2" and not columns.names[n])
    ]
    fields = tuple(roles.get(n, columns.fields[n]) for n in kept)
    names = tuple(columns.names[n] for n in kept)
    places = tuple(columns.places[n] for n in kept) if columns.places else ()
    if "level1" not in fields:
        left = (
            frozenset(range(min(places[fields.index("level2")], default=0)))
            if places
            else frozenset()
        )
        fields, names = ("level1", *fields), ("level1", *names)
        places = (left, *places) if places else ()
    return replace(columns, fields=fields, names=names, places=places)


def tell_descriptions(
    draft: Draft, rows: Sequence[RowDraft], printed: Columns, used: Columns, *, clear: bool
) -> None:
    """Tell where names were taken from; doubt them where the rows of a table speak for both readings."""
    at = _description(printed)
    if at is None or not rows or (clear and used.fields == printed.fields):
        return
    held, other = printed.names[printed.fields.index("level3")], printed.names[at]
    if clear:
        told = say("“{held}”一栏印的是分类，指标名称取自“{other}”一栏", held=held, other=other)
        draft.repairs.append(Repair("indicators", told, rows[0].origin))
        return
    told = say(
        "“{held}”一栏有的是分类、有的是名称，分不清“{other}”是不是指标", held=held, other=other
    )
    for row in rows:
        for column in ("level2", "level3", "target_raw"):
            row.doubt(column, told)
