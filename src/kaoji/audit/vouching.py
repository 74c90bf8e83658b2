"""Does every row have an event that vouches for it, and every event its rows?

An event names the rows that its action added, changed or took away (`payload.rows`,
`payload.gone`). What the last event says of a row must hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kaoji.core.canonical import canonical_json, digest
from kaoji.core.speech import Sentence, say

Row = Mapping[str, Any]
_NOTHING: tuple[Any, ...] = (None, "", [], {})


def row_hash(row: Row) -> str:
    """SHA-256 of a row as exported, without the columns that hold nothing."""
    said = {name: value for name, value in row.items() if value not in _NOTHING}
    return digest(canonical_json(said))


@dataclass
class Vouchers:
    """What the events say of rows: by table and key the hash, and the number of the event that says it."""

    said: dict[str, dict[int, tuple[str, int]]] = field(default_factory=dict)

    def hear(self, event: Row) -> None:
        """Take in one event; events come in their order."""
        payload = event["payload"]
        for table, hashes in payload.get("rows", {}).items():
            known = self.said.setdefault(table, {})
            for key, stated in hashes.items():
                known[int(key)] = (stated, event["sequence"])
        for table, keys in payload.get("gone", {}).items():
            for key in keys:
                self.said.get(table, {}).pop(int(key), None)

    def differences(self, table: str, rows: Iterable[Row]) -> Iterator[Sentence]:
        """Every row of a table that no event vouches for, or that an event vouches for otherwise."""
        left = dict(self.said.get(table, {}))
        for row in rows:
            key = int(row["id"])
            stated, number = left.pop(key, (None, 0))
            if stated is None:
                yield say("{table} 第 {id} 行没有事件为证", table=table, id=key)
            elif row_hash(row) != stated:
                yield say(
                    "{table} 第 {id} 行与事件 #{number} 所记不符，已被改动",
                    table=table,
                    id=key,
                    number=number,
                )
        for key, (_, number) in left.items():
            yield say(
                "事件 #{number} 所指的 {table} 第 {id} 行缺失",
                number=number,
                table=table,
                id=key,
            )


def unvouched(rows: Mapping[str, list[Any]], files: Mapping[str, str]) -> Iterator[Sentence]:
    """Every disagreement between the events and the rows of an export."""
    vouchers = Vouchers()
    for event in rows["events"]:
        vouchers.hear(event)
    for table in sorted((vouchers.said.keys() | rows.keys()) - {"events"}):
        found = rows.get(table, [])
        yield from vouchers.differences(table, found)
        for row in found:
            document = row.get("document") if row.get("document") in _shown(row) else None
            if document and f"evidence/{document}" not in files:
                yield say("{table} 第 {id} 行所附的文件缺失", table=table, id=row["id"])


def _shown(row: Row) -> tuple[Any, ...]:
    """Files of readings stay with the unit; all others come with the export."""
    is_reading = "opened_at" in row or "content" in row
    return () if is_reading else (row.get("document"),)
