"""Verify an audit export offline: every hash, the chain of events, every score again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any
from zipfile import ZipFile

from kaoji.audit.chain import GENESIS, first_broken
from kaoji.audit.package import TABLES, VERSION
from kaoji.audit.recompute import recompute
from kaoji.audit.replay import impossible
from kaoji.audit.sealed_zip import FLAWS, MANIFEST, MOST_BYTES, faults_of_files, rows_in
from kaoji.audit.vouching import unvouched
from kaoji.core.canonical import digest
from kaoji.core.speech import Sentence, say


class UnreadablePackage(ValueError):
    """The file is no audit export."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


@dataclass(frozen=True)
class Verdict:
    """What was verified, and every difference that was found."""

    files: int
    revisions: int
    events: int
    scores: int
    actuals: int
    last_hash: str
    differences: tuple[Sentence, ...]


def verify_package(source: IO[bytes], *, known_hash: str | None = None) -> Verdict:
    """Recompute everything. Raises UnreadablePackage for what is no export.

    *known_hash*, kept from an earlier export, must still be the hash of an event.
    """
    try:
        with ZipFile(source) as archive:
            return _verify(archive, known_hash)
    except UnreadablePackage:
        raise
    except FLAWS as flaw:
        raise UnreadablePackage(say("读不懂这个审计包：{why}", why=str(flaw))) from flaw


def _verify(archive: ZipFile, known_hash: str | None) -> Verdict:
    if sum(item.file_size for item in archive.infolist()) > MOST_BYTES:
        raise UnreadablePackage(say("审计包解开后超过 {most} 字节", most=MOST_BYTES))
    names = archive.namelist()
    if len(names) != len(set(names)):
        raise UnreadablePackage(say("审计包里有重名的文件"))
    manifest = json.loads(archive.read(MANIFEST))
    if manifest.get("kaoji") != VERSION:
        raise UnreadablePackage(say("不是 {version} 的审计包", version=VERSION))
    described = json.loads(archive.read("schema.json"))
    rows = {name: rows_in(archive, f"{name}.jsonl") for name in {**TABLES, **described}}
    again = recompute(rows)
    found = [
        *_files(archive, manifest["files"]),
        *_contents(rows),
        *_chain(rows["events"]),
        *unvouched(rows, manifest["files"]),
        *impossible(rows["events"], rows),
        *again.differences,
    ]
    events = rows["events"]
    if known_hash and known_hash not in {event["hash"] for event in events}:
        found.append(say("事件链里没有以前的散列 {hash}", hash=known_hash))
    return Verdict(
        len(manifest["files"]),
        len(rows["revisions"]),
        len(events),
        again.scores,
        again.actuals,
        events[-1]["hash"] if events else GENESIS,
        tuple(found),
    )


def _files(archive: ZipFile, stated: dict[str, str]) -> Iterator[Sentence]:
    """Files that are not as the manifest states; and evidence is called by its own hash."""
    yield from faults_of_files(archive, stated)
    for name, hashed in sorted(stated.items()):
        if name.startswith("evidence/") and name.removeprefix("evidence/") != hashed:
            yield say("文件 {name} 与清单的散列不符", name=name)


def _contents(rows: dict[str, list[dict[str, Any]]]) -> Iterator[Sentence]:
    for table, found in rows.items():
        for row in found:
            held = row.get("content") if "sha256" in row else None
            if held is not None and digest(held.encode()) != row["sha256"]:
                yield say(
                    "{table} {number} 的内容与散列不符",
                    table=table,
                    number=row.get("id", f"{row.get('declaration')} 第 {row.get('number')}"),
                )


def _chain(events: list[dict[str, Any]]) -> Iterator[Sentence]:
    broken = first_broken(events)
    if broken is not None:
        yield say("事件 #{number} 与前文不符", number=broken)
