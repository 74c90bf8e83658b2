"""A form as it is kept and hashed: what people wrote, and nothing that a program made of it.

The data names its schema, leaves out what is blank, and holds a target as its text alone: a parser that
understands more tomorrow changes no hash of today. Canonical bytes (sorted keys, no spaces, UTF-8)
give each revision one hash that anybody can compute.

>>> from kaoji.core.target import Target
>>> row = Indicator("产出指标", "数量指标", "里程", Target.parse("≥ 35 公里"))
>>> canonical(Declaration(project_name="养护", indicators=(row,))).decode()
'{"indicators":[{"level1":"产出指标","level2":"数量指标","level3":"里程","target":"≥ 35 公里"}],"project_name":"养护","schema":"form/1"}'
"""

from __future__ import annotations

from typing import Any

from kaoji.core.canonical import canonical_json
from kaoji.core.declaration import INDICATOR_TABLES, Declaration
from kaoji.core.declaration_json import Data, as_data, from_data
from kaoji.core.indicator import Indicator
from kaoji.core.speech import Sentence, say

SCHEMA = "form/1"
# What the reading contract tells of a row besides what stands in it.
_MADE_OF_THE_TARGET = frozenset({"op", "value", "value_high", "unit", "kind"})

__all__ = [
    "Declaration",
    "Indicator",
    "UnknownSchema",
    "as_reading",
    "as_written",
    "canonical",
    "form_of",
]


class UnknownSchema(ValueError):
    """A form was kept by a version that this one does not know."""

    def __init__(self, schema: object) -> None:
        self.sentence: Sentence = say(
            "内容的格式是“{schema}”，本版只认得“{known}”；请升级 kaoji",
            schema=str(schema)[:40],
            known=SCHEMA,
        )
        super().__init__(str(self.sentence))


def as_written(form: Declaration) -> Data:
    """What people wrote in the form, as JSON-ready data."""
    told = _without_blanks(
        {name: value for name, value in as_data(form).items() if name != "kind"}
    )
    for table in INDICATOR_TABLES:
        if table in told:
            told[table] = [_written_row(row) for row in told[table]]
    return {"schema": SCHEMA, **told}


def canonical(form: Declaration) -> bytes:
    """The one sequence of bytes that stands for this form."""
    return canonical_json(as_written(form))


def as_reading(kept: Data) -> Data:
    """What `as_written` wrote as the reading contract has it, targets as text. Raises UnknownSchema."""
    if kept.get("schema") != SCHEMA:
        raise UnknownSchema(kept.get("schema"))
    tables = {
        table: [{**row, "target_raw": row.get("target")} for row in kept.get(table, ())]
        for table in INDICATOR_TABLES
    }
    return {"kind": "declaration", "funds": {}, **kept, **tables}


def form_of(kept: Data) -> Declaration:
    """The form; its targets are parsed by the parser of today. Raises UnknownSchema, ValueError."""
    return from_data(as_reading(kept))


def _without_blanks(data: Data) -> Data:
    found: dict[str, Any] = {}
    for name, value in data.items():
        held = _without_blanks(value) if isinstance(value, dict) else value
        if held not in (None, {}, []):
            found[name] = held
    return found


def _written_row(row: Data) -> Data:
    told = {name: value for name, value in row.items() if name not in _MADE_OF_THE_TARGET}
    target = told.pop("target_raw")
    return _without_blanks({**told, "target": target})
