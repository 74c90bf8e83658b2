"""Does the whole log hold, and do the events of an export stand in it?

`kaoji manage export_log` writes the log as lines of JSON, an audit export holds it as `events.jsonl`; either will do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

from kaoji.audit.ledger.export import Export
from kaoji.audit.ledger.tables import UnreadableExport
from kaoji.audit.sealed_zip import FLAWS
from kaoji.core.declaration_json import canonical_json, digest
from kaoji.core.speech import Sentence, say

_GENESIS = "0" * 64


def hashes_in(log: Path) -> dict[int, str]:
    """By number the hash of each event of a log that holds. Raises UnreadableExport, also where it does not, and OSError."""
    try:
        return dict(_chain(_events(log)))
    except UnreadableExport:
        raise
    except FLAWS as flaw:
        raise UnreadableExport(
            say("读不懂日志 {file}：{why}", file=log.name, why=str(flaw))
        ) from flaw


def _events(log: Path) -> list[dict[str, Any]]:
    content = log.read_bytes()
    if is_zipfile(log):
        with ZipFile(log) as archive:
            content = archive.read("events.jsonl")
    return [json.loads(line) for line in content.decode().split("\n") if line.strip()]


def _chain(events: Iterable[dict[str, Any]]) -> Iterator[tuple[int, str]]:
    previous = _GENESIS
    for count, event in enumerate(events, start=1):
        bare = {name: value for name, value in event.items() if name != "hash"}
        whole = digest(canonical_json(bare)) == event["hash"]
        if event["sequence"] != count or event["previous_hash"] != previous or not whole:
            raise UnreadableExport(
                say("日志里的事件 #{number} 与前文不符，不能作证", number=event["sequence"])
            )
        previous = event["hash"]
        yield count, previous


def not_in_log(export: Export, log: Mapping[int, str]) -> Iterator[Sentence]:
    """Every event of the export that the log does not have, or has otherwise."""
    for event in export.events:
        if log.get(event["sequence"]) != event["hash"]:
            yield say(
                "日志里没有事件 #{number} {hash}", number=event["sequence"], hash=event["hash"]
            )
