"""Does the whole log hold, and do the events of an export stand in it?

`kaoji manage export_log` writes the log as lines of JSON, an audit export holds it as `events.jsonl`; either will do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

from kaoji.audit.chain import first_broken
from kaoji.audit.ledger.export import Export
from kaoji.audit.ledger.tables import UnreadableExport
from kaoji.audit.sealed_zip import FLAWS
from kaoji.core.speech import Sentence, say


def hashes_in(log: Path) -> dict[int, str]:
    """By number the hash of each event of a log that holds. Raises UnreadableExport, also where it does not, and OSError."""
    try:
        return _whole(_events(log))
    except UnreadableExport:
        raise
    except FLAWS as flaw:
        raise UnreadableExport(
            say("读不懂日志 {file}：{why}", file=log.name, why=str(flaw))
        ) from flaw


def _whole(events: list[dict[str, Any]]) -> dict[int, str]:
    broken = first_broken(events)
    if broken is not None:
        raise UnreadableExport(
            say("日志里的事件 #{number} 与前文不符，不能作证", number=broken)
        )
    return {event["sequence"]: event["hash"] for event in events}


def _events(log: Path) -> list[dict[str, Any]]:
    content = log.read_bytes()
    if is_zipfile(log):
        with ZipFile(log) as archive:
            content = archive.read("events.jsonl")
    return [json.loads(line) for line in content.decode().split("\n") if line.strip()]


def not_in_log(export: Export, log: Mapping[int, str]) -> Iterator[Sentence]:
    """Every event of the export that the log does not have, or has otherwise."""
    for event in export.events:
        if log.get(event["sequence"]) != event["hash"]:
            yield say(
                "日志里没有事件 #{number} {hash}", number=event["sequence"], hash=event["hash"]
            )
