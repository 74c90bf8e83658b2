"""Verify an audit export offline: every hash, the chain of events, every score again."""

from __future__ import annotations

import json
import zlib
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
# What an event vouches for: the table, how event and row are paired, and the fields that agree.
_VOUCHES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
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
# What else damaged or forged files make the parsers say.
_FLAWS = (
    ArithmeticError, AttributeError, BadZipFile, EOFError, LookupError, NotImplementedError,
    RecursionError, RuntimeError, TypeError, ValueError, zlib.error,
)  # fmt: skip


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


def verify_package(source: IO[bytes], *, known_hash: str | None = None) -> Verdict:
    """Recompute everything. Raises UnreadablePackage for what is no export.

    *known_hash*, kept from an earlier export, must still be the hash of an event.
    """
    try:
        with ZipFile(source) as archive:
            return _verify(archive, known_hash)
    except UnreadablePackage:
        raise
    except _FLAWS as flaw:
        raise UnreadablePackage(say("读不懂这个审计包：{why}", why=str(flaw))) from flaw


def _verify(archive: ZipFile, known_hash: str | None) -> Verdict:
    if sum(item.file_size for item in archive.infolist()) > _MOST_BYTES:
        raise UnreadablePackage(say("审计包解开后超过 {most} 字节", most=_MOST_BYTES))
    names = archive.namelist()
    if len(names) != len(set(names)):
        raise UnreadablePackage(say("审计包里有重名的文件"))
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
    if known_hash and known_hash not in {event["hash"] for event in events}:
        found.append(say("事件链里没有以前的散列 {hash}", hash=known_hash))
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
        else:
            computed = digest(archive.read(name))
            named = name.removeprefix("evidence/") if "/" in name else computed
            if not computed == stated[name] == named:
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
    """Every event has its row and every row its event, and they say the same."""
    unvouched = {
        table: {tuple(row[name] for name in keys): row for row in rows[table]}
        for table, keys, _ in _VOUCHES.values()
    }
    for event in rows["events"]:
        if event["type"] not in _VOUCHES:
            continue
        table, keys, fields = _VOUCHES[event["type"]]
        said = {**event["payload"], "declaration": event["declaration"]}
        said["number"] = said.get("number", said.get("revision"))
        row = unvouched[table].pop(tuple(said[name] for name in keys), None)
        shown = not said.get("evidence") or f"evidence/{said['evidence']}" in files
        if (
            row is None
            or not shown
            or any(_differ(name, row[name], said[name]) for name in fields)
        ):
            yield say("事件 #{number} 所指的内容已被改动或缺失", number=event["sequence"])
    for table, left in unvouched.items():
        for row in left.values():
            yield say("{table} 有一行没有事件为证：{row}", table=table, row=str(row)[:80])


def _differ(name: str, kept: Any, vouched: Any) -> bool:
    """Do row and event say something else? Blank is blank; amounts are compared as amounts."""
    left, right = (str(value) if value is not None else "" for value in (kept, vouched))
    if name in _AMOUNTS and left and right:
        return Decimal(left) != Decimal(right)
    return left != right


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
        line = outcome.budget.get("total")
        spent = card.execution.earned if card.execution else None
        agree = spent == (line.score if line else None) and card.stated_total == stated
        if card.total != stated or card.grade != row["grade"] or not agree:
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
