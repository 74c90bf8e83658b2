"""What our JSON may hold: the JSON Schemas of `reading/1`, `check/1` and `score/1`, made from the fields of the values.

`scripts/schemas.py` writes them to `schemas/`, from where the wheel takes them along. They are open: a later
version may say more beside what stands here, and never something else.
"""

from __future__ import annotations

from typing import Any

from kaoji.core.declaration import INDICATOR_TABLES
from kaoji.core.declaration_json import DATE_FIELDS, FUND_FIELDS, GOAL_FIELDS, PLAIN_FIELDS
from kaoji.core.finding import Outcome, Severity
from kaoji.core.target import Op
from kaoji.documents.outcome_json import KINDS
from kaoji.scoring.lights import Light

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"type": ["string", "null"]}
_WHOLE: Schema = {"type": ["integer", "null"]}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_WORDS: Schema = {"type": "string"}
# Decimal text, so that no float comes between: "150000.00", "-3.5".
_NUMBER: Schema = {"type": ["string", "null"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
_DAY: Schema = {"type": ["string", "null"], "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_SHA256: Schema = {"type": "string", "pattern": r"^[0-9a-f]{64}$"}


def schemas() -> dict[str, Schema]:
    """The schema of each contract, by its name."""
    return {"reading/1": _reading(), "check/1": _check(), "score/1": _score_contract()}


def _contract(name: str, title: str, **properties: Schema) -> Schema:
    return {
        "$schema": _DIALECT,
        "title": f"kaoji {name}",
        "description": title,
        **_object(kaoji={"const": name}, **properties),
    }


def _object(optional: tuple[str, ...] = (), /, **properties: Schema) -> Schema:
    """An object of which everything is there but what is *optional*."""
    needed = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": needed}


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _map(value: Schema) -> Schema:
    return {"type": "object", "additionalProperties": value}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _one_of(words: Any, *, blank: bool = False) -> Schema:
    return {"enum": [*(word.value for word in words), *([None] if blank else [])]}


def _origin() -> Schema:
    more = ("column", "table", "row", "sheet", "box")
    return _object(
        more, page=_WHOLE, line=_WHOLE, column=_WHOLE, table=_WHOLE, row=_WHOLE, sheet=_TEXT,
        box={"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4},
    )  # fmt: skip


def _doubt() -> Schema:
    return _object(field=_WORDS, reason=_WORDS, origin=_origin())


def _reading() -> Schema:
    source = _object(name=_WORDS, sha256=_SHA256, media_type=_WORDS)
    problem = _object(reason=_WORDS, origin=_origin())
    return _contract(
        "reading/1", "What a document gave: its forms, with doubts, repairs and places.",
        source=source, forms=_list(_form()), problems=_list(problem),
    )  # fmt: skip


def _form() -> Schema:
    line = _budget_line()
    of_outcomes: dict[str, Schema] = {
        "budget": line, "budget_lines": _map(line), "goal_done": _TEXT, "total_score": _NUMBER,
        "as_of": _TEXT, "executed": _NUMBER, "forecast": _NUMBER,
    }  # fmt: skip
    return _object(
        tuple(of_outcomes),
        kind={"enum": list(KINDS)},
        year=_WHOLE,
        **dict.fromkeys(PLAIN_FIELDS, _TEXT),
        **dict.fromkeys(DATE_FIELDS, _DAY),
        funds=_object(**dict.fromkeys(FUND_FIELDS, _NUMBER)),
        goal_period_start=_WHOLE,
        goal_period_end=_WHOLE,
        **dict.fromkeys(GOAL_FIELDS, _TEXT),
        **{table: _list(_indicator(table)) for table in INDICATOR_TABLES},
        doubts=_list(_doubt()),
        repairs=_list(_object(field=_WORDS, what=_WORDS, origin=_origin())),
        extra=_map(_WORDS),
        places=_map(_origin()),
        **of_outcomes,
    )


def _indicator(table: str) -> Schema:
    told: dict[str, Schema] = {
        "level1": _TEXT, "level2": _TEXT, "level3": _TEXT, "target_raw": _TEXT,
        "op": _one_of(Op, blank=True), "value": _NUMBER, "value_high": _NUMBER, "unit": _TEXT,
        "kind": {"enum": ["quantitative", "qualitative"]}, "weight": _NUMBER,
    }  # fmt: skip
    if table != "indicators":
        return _object(**told)
    outcome: dict[str, Schema] = {
        "actual_raw": _TEXT, "actual": _NUMBER, "points": _NUMBER, "score": _NUMBER,
        "reason": _TEXT, "forecast_raw": _TEXT, "likelihood": _TEXT,
        "causes": _list(_WORDS), "remedy": _TEXT,
    }  # fmt: skip
    return _object(tuple(outcome), **told, doubts=_list(_doubt()), origin=_origin(), **outcome)


def _budget_line() -> Schema:
    amounts = ("initial", "adjusted", "executed", "forecast", "points", "rate", "score")
    return _object(**dict.fromkeys(amounts, _NUMBER), reason=_TEXT)


def _check() -> Schema:
    finding = _object(
        rule={"type": "string", "pattern": r"^KJ[0-9]{3}$"},
        outcome=_one_of(Outcome),
        severity=_one_of(Severity),
        field=_WORDS,
        message=_WORDS,
        suggestion=_TEXT,
        basis=_list(_WORDS),
        origin=_origin(),
    )
    summary = {**{severity.value: _COUNT for severity in Severity}, "undecided": _COUNT}
    return _contract(
        "check/1", "What the rules found in each form; silence means passed.",
        forms=_list(_object(project_name=_TEXT, findings=_list(finding))),
        summary=_object(**summary),
    )  # fmt: skip


def _score_contract() -> Schema:
    row = _object(
        tuple(_score()["properties"]), name=_TEXT, field=_WORDS, stated=_NUMBER,
        **_score()["properties"],
    )  # fmt: skip
    points: Schema = {"type": "string", "pattern": _NUMBER["pattern"]}
    cap = _object(share=points, below=points, before=points, most=points, step=_WORDS)
    form = _object(
        project_name=_TEXT,
        policy=_object(id=_WORDS, source=_WORDS, status=_WORDS),
        indicators=_list(row),
        execution=_or_null(_score()),
        total=_NUMBER,
        cap=_or_null(cap),
        stated_total=_NUMBER,
        grade=_TEXT,
        light=_one_of(Light, blank=True),
        open_questions=_list(_WORDS),
    )
    return _contract(
        "score/1", "The score of each self-evaluation, step by step.", forms=_list(form)
    )


def _score() -> Schema:
    entry = _object(name=_WORDS, value=_WORDS, source=_WORDS)
    return _object(
        points=_NUMBER, earned=_NUMBER, low=_NUMBER, high=_NUMBER, formula=_TEXT, symbols=_TEXT,
        basis=_list(_WORDS), inputs=_list(entry), steps=_list(_WORDS),
    )  # fmt: skip
