"""What an audit export holds, and how it is laid down.

    manifest.json            version, day, SHA-256 of every other file
    …                        every table whose rows events vouch for: forms and their revisions,
                             approvals, opinions, waivers, appointments, actual values, spending, …
    events.jsonl             the event log, each event with the hash of the one before
    evidence/SHA-256         the files that show actual values

Lines are JSON objects. What each field means stands in `schema.json` (Table Schema).
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from kaoji.core.declaration_json import digest

VERSION = "audit/3"
MANIFEST = "manifest.json"
MOST_BYTES = 2_000_000_000
# What else damaged or forged files make the parsers say.
FLAWS = (
    ArithmeticError, AttributeError, BadZipFile, EOFError, LookupError, NotImplementedError,
    RecursionError, RuntimeError, TypeError, ValueError, zlib.error,
)  # fmt: skip
_EPOCH = (1980, 1, 1, 0, 0, 0)

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
    hashes: dict[str, str] = {}
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:

        def put(name: str, content: bytes) -> None:
            archive.writestr(ZipInfo(name, _EPOCH), content, ZIP_DEFLATED)
            hashes[name] = digest(content)

        put("schema.json", _pretty(_schema(described)))
        for name in described:
            put(f"{name}.jsonl", b"".join(_lines(tables[name])))
        for sha256, content in evidence:
            put(f"evidence/{sha256}", content)
        manifest = {"kaoji": VERSION, "made_on": made_on, "files": hashes}
        archive.writestr(ZipInfo(MANIFEST, _EPOCH), _pretty(manifest), ZIP_DEFLATED)


def _lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False).encode() + b"\n"


def _schema(described: Mapping[str, Fields]) -> dict[str, Any]:
    return {
        name: {
            "fields": [
                {"name": field, "type": kind, "title": title} for field, kind, title in fields
            ]
        }
        for name, fields in described.items()
    }


def _pretty(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"
