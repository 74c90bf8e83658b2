"""What an audit export holds, and how it is laid down.

    manifest.json            version, day, SHA-256 of every other file
    …                        every table whose rows events vouch for: forms and their revisions,
                             approvals, opinions, waivers, appointments, actual values, spending, …
    events.jsonl             the event log, each event with the hash of the one before
    evidence/SHA-256         the files that show actual values

Lines are JSON objects. What each field means stands in `schema.json` (Table Schema).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO, Any

from kaoji.audit.sealed_zip import json_lines, laid_down, pretty

VERSION = "audit/3"

# Table: field, type, meaning.
Fields = tuple[tuple[str, str, str], ...]
TABLES: dict[str, Fields] = {
    "events": (
        ("sequence", "integer", "序号"),
        ("at", "string", "时间，UTC"),
        ("actor", "integer", "经办人"),
        ("type", "string", "类型"),
        ("declaration", "integer", "申报表"),
        ("intake", "integer", "导入"),
        ("payload", "object", "内容"),
        ("previous_hash", "string", "前一条散列"),
        ("hash", "string", "散列"),
    ),
}


def write_package(
    target: IO[bytes],
    schema: Mapping[str, Fields],
    tables: Mapping[str, Iterable[Mapping[str, Any]]],
    evidence: Iterable[tuple[str, bytes]],
    *,
    made_on: str,
) -> None:
    """Write the ZIP; rows and files are taken one after another. Equal input, equal bytes.

    *schema* describes the tables beside those of TABLES.
    """
    described = {**TABLES, **schema}
    with laid_down(target, {"kaoji": VERSION, "made_on": made_on}) as put:
        put("schema.json", [pretty(_schema(described))])
        for name in described:
            put(f"{name}.jsonl", json_lines(tables[name]))
        for sha256, content in evidence:
            put(f"evidence/{sha256}", [content])


def _schema(described: Mapping[str, Fields]) -> dict[str, Any]:
    return {
        name: {
            "fields": [
                {"name": field, "type": kind, "title": title} for field, kind, title in fields
            ]
        }
        for name, fields in described.items()
    }
