"""Verify an audit export offline: every hash, the chain of events, every score again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from kaoji.audit.package import MANIFEST, TABLES, VERSION
from kaoji.core.declaration_json import canonical_json, digest
from kaoji.core.outcome_notation import parse_with_outcome
from kaoji.core.speech import Sentence, say
from kaoji.rules.engine import region_of
from kaoji.scoring.scorecard import score_form
from kaoji.standards.scoring import scoring_policy

_GENESIS = "0" * 64
_MOST_BYTES = 2_000_000_000
# What an event vouches for: the hash in its payload, and where that hash must be found.
_VOUCHES = {
    "declaration.recorded": ("sha256", "revisions"),
    "declaration.revised": ("sha256", "revisions"),
    "evaluation.filed": ("sha256", "self_evaluations"),
    "actual.recorded": ("evidence", "evidence"),
}


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
    last_hash: str
    differences: tuple[Sentence, ...]


def verify_package(source: IO[bytes]) -> Verdict:
    """Recompute everything. Raises UnreadablePackage for what is no export."""
    try:
        with ZipFile(source) as archive:
            return _verify(archive)
    except (BadZipFile, KeyError, ValueError) as flaw:
        if isinstance(flaw, UnreadablePackage):
            raise
        raise UnreadablePackage(say("读不懂这个审计包：{why}", why=str(flaw))) from flaw


def _verify(archive: ZipFile) -> Verdict:
    if sum(item.file_size for item in archive.infolist()) > _MOST_BYTES:
        raise UnreadablePackage(say("审计包解开后超过 {most} 字节", most=_MOST_BYTES))
    manifest = json.loads(archive.read(MANIFEST))
    if manifest.get("kaoji") != VERSION:
        raise UnreadablePackage(say("不是 {version} 的审计包", version=VERSION))
    rows = {name: _rows(archive, f"{name}.jsonl") for name in TABLES}
    found = [
        *_files(archive, manifest["files"]),
        *_contents(rows),
        *_chain(rows["events"]),
        *_vouched(rows, manifest["files"]),
        *_scores(rows["self_evaluations"]),
    ]
    events = rows["events"]
    return Verdict(
        len(manifest["files"]),
        len(rows["revisions"]),
        len(events),
        len(rows["self_evaluations"]),
        events[-1]["hash"] if events else _GENESIS,
        tuple(found),
    )


def _rows(archive: ZipFile, name: str) -> list[dict[str, Any]]:
    text = archive.read(name).decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def _files(archive: ZipFile, stated: dict[str, str]) -> Iterator[Sentence]:
    names = set(archive.namelist()) - {MANIFEST}
    for name in sorted(names | set(stated)):
        if name not in names:
            yield say("缺少文件 {name}", name=name)
        elif name not in stated:
            yield say("清单里没有文件 {name}", name=name)
        elif digest(archive.read(name)) != stated[name]:
            yield say("文件 {name} 与清单的散列不符", name=name)


def _contents(rows: dict[str, list[dict[str, Any]]]) -> Iterator[Sentence]:
    for table in ("revisions", "self_evaluations"):
        for row in rows[table]:
            if digest(row["content"].encode()) != row["sha256"]:
                yield say(
                    "{table} {declaration} 第 {number} 的内容与散列不符",
                    table=table,
                    declaration=row["declaration"],
                    number=row["number"],
                )


def _chain(events: list[dict[str, Any]]) -> Iterator[Sentence]:
    previous = _GENESIS
    for count, event in enumerate(events, start=1):
        bare = {name: value for name, value in event.items() if name != "hash"}
        whole = digest(canonical_json(bare)) == event["hash"]
        if event["sequence"] != count or event["previous_hash"] != previous or not whole:
            yield say("事件 #{number} 与前文不符", number=event["sequence"])
            return
        previous = event["hash"]


def _vouched(
    rows: dict[str, list[dict[str, Any]]], files: dict[str, str]
) -> Iterator[Sentence]:
    known = {
        "revisions": {row["sha256"] for row in rows["revisions"]},
        "self_evaluations": {row["sha256"] for row in rows["self_evaluations"]},
        "evidence": {name.removeprefix("evidence/") for name in files if "/" in name},
    }
    for event in rows["events"]:
        field, table = _VOUCHES.get(event["type"], ("", ""))
        vouched = event["payload"].get(field) if field else None
        if vouched and vouched not in known[table]:
            yield say("事件 #{number} 所指的内容已被改动或缺失", number=event["sequence"])


def _scores(evaluations: list[dict[str, Any]]) -> Iterator[Sentence]:
    """Every score again, from what was filed."""
    for row in evaluations:
        form, outcome = parse_with_outcome(row["content"])
        policy = scoring_policy(
            on=date(form.year or date.max.year, 12, 31), region=region_of(form)
        )
        if outcome is None:
            yield say("“{project}”的自评没有完成情况", project=form.project_name)
            continue
        card = score_form(form, outcome, policy)
        stated = Decimal(str(row["total"]))
        if card.total is None or card.total != stated:
            yield say(
                "“{project}”自评 {stated} 分，重算为 {total} 分",
                project=form.project_name,
                stated=f"{stated:f}",
                total="—" if card.total is None else f"{card.total:f}",
            )
        for scored in card.rows:
            if scored.earned != scored.stated:
                yield say(
                    "“{project}”的“{name}”自评 {stated} 分，重算为 {total} 分",
                    project=form.project_name,
                    name=scored.indicator.name,
                    stated=str(scored.stated),
                    total=str(scored.earned),
                )
