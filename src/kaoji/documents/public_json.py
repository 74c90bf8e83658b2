"""A reading in JSON as somebody hands it in: believed in nothing that cannot be checked.

Sentences are plain text (never templates), paths name fields that the form has, types are
those of the contract, and the source is the file itself, not what it says of itself.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from kaoji.core.declaration import Declaration
from kaoji.core.declaration_json import PLAIN_FIELDS, from_data
from kaoji.core.paths import FieldPath
from kaoji.core.provenance import Doubt, Origin, Repair
from kaoji.core.speech import Sentence, restored, say
from kaoji.core.width import without_unfit
from kaoji.documents.manuscript import Source
from kaoji.documents.outcome_json import KINDS, outcome_from_data
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.documents.reading import FormReading, Problem, Reading
from kaoji.documents.reading_json import VERSION
from kaoji.standards.layouts import layouts

_TEXT_FIELDS = (*PLAIN_FIELDS, "start_date", "end_date", "overall_goal", "annual_goal")
_ROW_TEXT_FIELDS = (
    "level1", "level2", "level3", "target_raw", "weight",
    "actual_raw", "forecast_raw", "reason", "likelihood", "remedy",
)  # fmt: skip
_OUTCOME_TEXT_FIELDS = ("goal_done", "as_of")
_WHOLE_FORM = {"form", "indicators"}
_UNFIT = (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError)


def read_public_json(content: bytes, *, name: str) -> Reading:
    """Read a reading in JSON. Raises UnreadableDocument, saying what does not fit."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
        version = data.get("kaoji")
    except _UNFIT as error:
        raise _refusal(error) from error
    if version != VERSION:
        wrong = say(
            "JSON 的 kaoji 一项应为 {expected}，实为 {found}", expected=VERSION, found=version
        )
        raise UnreadableDocument(wrong)
    try:
        forms = tuple(_form(form) for form in data["forms"])
        problems = tuple(
            Problem(_text(item["reason"]), _origin(item)) for item in data["problems"]
        )
    except _UNFIT as error:
        raise _refusal(error) from error
    source = Source(name, hashlib.sha256(content).hexdigest(), "application/json")
    return Reading(source, forms, problems)


def _refusal(error: Exception) -> UnreadableDocument:
    detail = f"{type(error).__name__}: {str(error)[:200]}"
    return UnreadableDocument(say("不是完整的读取结果 JSON（{detail}）", detail=detail))


def _form(data: dict[str, Any]) -> FormReading:
    _require_texts(data, (*_TEXT_FIELDS, *_OUTCOME_TEXT_FIELDS))
    for row in (*data["indicators"], *data.get("overall_indicators", ())):
        _require_texts(row, _ROW_TEXT_FIELDS)
        _require_texts({"causes": "".join(row.get("causes") or ())}, ("causes",))
    for line in (data.get("budget") or {}, *(data.get("budget_lines") or {}).values()):
        _require_texts(line, ("reason",))
    if data.get("layout") not in {None, *(layout.id for layout in layouts())}:
        raise ValueError(f"layout: {data['layout']!r}")
    form = from_data(data)
    rows = {f"indicators[{n}]": _origin(row) for n, row in enumerate(data["indicators"])}
    places = {
        str(path): _origin({"origin": item}) for path, item in data.get("places", {}).items()
    }
    doubts = (
        Doubt(_path(item["field"], form), _text(item["reason"]), _origin(item))
        for item in data["doubts"]
    )
    repairs = (
        Repair(_path(item["field"], form), _text(item["what"]), _origin(item))
        for item in data["repairs"]
    )
    kind = data.get("kind", "declaration")
    if kind not in KINDS:
        raise ValueError(f"kind: {kind!r}")
    return FormReading(
        form,
        tuple(doubts),
        tuple(repairs),
        _extra(data.get("extra") or {}),
        {**places, **rows},
        kind,
        outcome_from_data(data),
    )


def _extra(extra: dict[str, Any]) -> dict[str, str]:
    _require_texts(extra, tuple(extra))
    _require_texts({"extra": "".join(extra)}, ("extra",))
    return dict(extra)


def _require_texts(holder: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        text = holder.get(name)
        if text is None:
            continue
        if not isinstance(text, str):
            raise TypeError(f"{name}: {text!r}")
        if without_unfit(text)[1]:
            raise ValueError(f"{name}: {text[:80]!r}")


def _path(field: Any, form: Declaration) -> str:
    """A path that the form has; a whole row may carry a repair."""
    if not isinstance(field, str):
        raise TypeError(f"field: {field!r}")
    if field not in _WHOLE_FORM:
        FieldPath.parse(f"{field}.level3" if field.endswith("]") else field).get(form)
    return field


def _text(value: Any) -> Sentence:
    _require_texts({"sentence": value}, ("sentence",))
    if value is None:
        raise TypeError("sentence: None")
    return restored(value)


def _origin(item: dict[str, Any]) -> Origin:
    place = item.get("origin") or {}
    numbers = {name: place.get(name) for name in ("page", "line", "column", "table", "row")}
    sheet = place.get("sheet")
    if any(number is not None and type(number) is not int for number in numbers.values()):
        raise TypeError(f"origin: {place!r}")
    return Origin(
        **numbers, sheet=sheet if isinstance(sheet, str) else None, box=_box(place.get("box"))
    )


def _box(value: Any) -> tuple[float, float, float, float] | None:
    """Left, top, right, bottom in fractions of a page."""
    if value is None:
        return None
    left, top, right, bottom = map(float, value)
    if not (0 <= left <= right <= 1 and 0 <= top <= bottom <= 1):
        raise ValueError(f"box: {value!r}")
    return left, top, right, bottom
