"""Does every row have an event that vouches for it, and every event its row?

Revisions, self-evaluations and older entries are vouched for by the fields that an event repeats; all
other rows by their hash, which the event names (`payload.rows`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from kaoji.core.declaration_json import canonical_json, digest
from kaoji.core.speech import Sentence, say

Rows = Mapping[str, list[dict[str, Any]]]

# By fields: the table, how event and row are paired, and what they agree in.
_BY_FIELDS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "declaration.recorded": ("revisions", ("declaration", "number"), ("sha256",)),
    "declaration.revised": ("revisions", ("declaration", "number"), ("sha256",)),
    "evaluation.filed": (
        "self_evaluations", ("declaration", "number"), ("sha256", "total", "grade"),
    ),
    "actual.recorded": (
        "actuals", ("id",), ("declaration", "place", "as_of", "value", "score", "reason", "evidence"),
    ),
    "spending.recorded": ("spendings", ("id",), ("declaration", "month", "amount")),
}  # fmt: skip
_AMOUNTS = frozenset({"total", "score", "amount"})
# Tables whose rows have nothing to be vouched for: events vouch for themselves.
_FREE = frozenset({"events"})


def unvouched(rows: Rows, files: Mapping[str, str]) -> Iterator[Sentence]:
    """Every disagreement between events and rows."""
    left = {
        table: {_key(table, row): row for row in found}
        for table, found in rows.items()
        if table not in _FREE
    }
    for event in rows["events"]:
        if not _holds(event, left, files):
            yield say("事件 #{number} 所指的内容已被改动或缺失", number=event["sequence"])
    for table, others in left.items():
        for row in others.values():
            yield say("{table} 有一行没有事件为证：{row}", table=table, row=str(row)[:80])
    for table, found in rows.items():
        for row in found:
            document = row.get("document") if table not in _FREE else None
            if document and f"evidence/{document}" not in files:
                yield say("{table} 第 {id} 行所附的文件缺失", table=table, id=row["id"])


def _key(table: str, row: Mapping[str, Any]) -> tuple[Any, ...]:
    by_number = table in {"revisions", "self_evaluations"}
    return (row["declaration"], row["number"]) if by_number else (row["id"],)


def _holds(
    event: Mapping[str, Any], left: dict[str, dict[Any, Any]], files: Mapping[str, str]
) -> bool:
    """Do the rows that the event names say what it says? They are taken out of what is left."""
    named = event["payload"].get("rows", {})
    whole = True
    if event["type"] in _BY_FIELDS:
        table, keys, fields = _BY_FIELDS[event["type"]]
        said = {**event["payload"], "declaration": event["declaration"]}
        said["number"] = said.get("number", said.get("revision"))
        key = tuple(said[name] for name in keys)
        row = left[table].get(key) if table in named else left[table].pop(key, None)
        shown = not said.get("evidence") or f"evidence/{said['evidence']}" in files
        whole = (
            row is not None
            and shown
            and not any(_differ(name, _field(row, name), said[name]) for name in fields)
        )
    for table, hashes in named.items():
        for key, stated in hashes.items():
            row = left.get(table, {}).pop((int(key),), None)
            whole = whole and row is not None and digest(canonical_json(row)) == stated
    return whole


def _field(row: Mapping[str, Any], name: str) -> Any:
    """What a row says under the name that events use."""
    if name == "evidence":
        return row.get("evidence", row.get("document"))
    return str(row[name])[:7] if name == "month" else row[name]


def _differ(name: str, kept: Any, vouched: Any) -> bool:
    """Do row and event say something else? Blank is blank; amounts are compared as amounts."""
    left, right = (str(value) if value is not None else "" for value in (kept, vouched))
    if name in _AMOUNTS and left and right:
        return Decimal(left) != Decimal(right)
    return left != right
