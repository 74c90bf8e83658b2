"""V1: the files are what the log vouches for.

    file  ── SHA-256 ──▶ manifest.json
    row of a run, list, duty, file, movement, rate  ── its hash ──▶ the last event that names it
    fact, item, doubt, request, line of a bank file or of an answer  ── one digest over them ──▶ such a row
    event  ── its own hash covers all it says, and the hash of the event before

That an event stands in the log nobody can see from a part of the log: for that the whole log is needed (log.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from kaoji.audit.ledger.export import Export, Told
from kaoji.audit.ledger.law import UnreadableLaw, law_in
from kaoji.audit.ledger.tables import DECISIONS, VOUCHED
from kaoji.audit.vouching import Vouchers
from kaoji.benefits.digests import digest_of, digest_of_hashes, row_digest
from kaoji.core.canonical import canonical_json, digest
from kaoji.core.speech import Sentence, say

# As the log calls a decision (DoubtDecision.Settlement).
SETTLEMENTS = {"release": "核实无误，照发", "stop": "不应发放"}


def unvouched(export: Export) -> Iterator[Sentence]:
    """Every file, row and event that is not what the log vouches for."""
    yield from export.faults
    for key in export.manifest["runs"]:
        if key not in export.runs:
            yield say("导出里没有第 {run} 批次", run=key)
    yield from _events(export.events)
    yield from _rows(export)
    yield from _decisions(export)
    yield from _people(export)
    yield from _lists(export)
    for run in export.runs.values():
        yield from _run(export, run)
    yield from _bank_files(export)


def _events(events: Iterable[Told]) -> Iterator[Sentence]:
    last: Told | None = None
    for event in events:
        bare = {name: value for name, value in event.items() if name != "hash"}
        if digest(canonical_json(bare)) != event["hash"]:
            yield say("事件 #{number} 与自己的散列不符", number=event["sequence"])
        if last is not None:
            follows = event["sequence"] - last["sequence"]
            if follows < 1 or (follows == 1 and event["previous_hash"] != last["hash"]):
                yield say(
                    "事件 #{number} 没有接在 #{before} 之后",
                    number=event["sequence"],
                    before=last["sequence"],
                )
        last = event


def _rows(export: Export) -> Iterator[Sentence]:
    vouchers = Vouchers()
    for event in export.events:
        vouchers.hear(event)
    for table in VOUCHED:
        yield from vouchers.differences(table, export.vouched[table])


def _decisions(export: Export) -> Iterator[Sentence]:
    """A decision is told by the hash of its row; what it says stands in the event as well."""
    told: dict[int, Told] = {}
    for event in export.events:
        for key in event["payload"].get("rows", {}).get(DECISIONS, {}):
            told[int(key)] = event
    for row in export.decisions:
        payload = told.pop(row.id, {"payload": {}})["payload"]
        stated = payload.get("rows", {}).get(DECISIONS, {}).get(str(row.id))
        said = (payload.get("run"), payload.get("check"), payload.get("decision"))
        if stated != row.hash or said != (row.run, row.check, SETTLEMENTS.get(row.settlement)):
            yield say("疑点处理 {id} 与事件所记不符", id=row.id)
    for key, event in told.items():
        yield say("事件 #{number} 所指的疑点处理 {id} 缺失", number=event["sequence"], id=key)


def _people(export: Export) -> Iterator[Sentence]:
    """One number for one hash; else facts of one could be shown as another's."""
    seen: set[str] = set()
    for row in export.people:
        if row.id_hash in seen:
            yield say("人员 {person} 与另一人的证号校验值相同", person=row.person)
        seen.add(row.id_hash)


def _lists(export: Export) -> Iterator[Sentence]:
    hash_of = {row.person: row.id_hash for row in export.people}
    hashes: defaultdict[int, list[bytes]] = defaultdict(list)
    for fact in export.facts:
        said = (hash_of.get(fact.person), *fact[3:])
        hashes[fact.list].append(row_digest(("fact", *said)))
    for row in export.listed:
        hashes[row.list].append(row_digest(("listed", *row[1:])))
    for sealed in export.sealed_rows:
        hashes[sealed.list].append(bytes.fromhex(sealed.hash))
    for key, received in export.lists.items():
        again = digest_of_hashes(hashes.pop(key, []))
        yield from _agree(say("名单 {id} 带来的记录", id=key), received["digest"], again)
    for key in sorted(hashes):
        yield say("有记录来自名单 {id}，导出里没有这份名单", id=key)


def _run(export: Export, run: Told) -> Iterator[Sentence]:
    try:
        law_digest = law_in(export).law.digest
    except UnreadableLaw as fault:
        yield fault.sentence
    else:
        yield from _agree(
            say("批次 {id} 所依的法规", id=run["id"]), run["law_digest"], law_digest
        )
    for name, rows in _DIGESTS.items():
        if name == "granted_digest" and run["resends"] is not None:
            continue  # what is sent again was granted by the run that it sends again
        what = say(_NAMES[name], id=run["id"])
        yield from _agree(what, run[name], digest_of(rows(export, run)))


def _items(export: Export, run: Told) -> Iterator[tuple[Any, ...]]:
    if run["resends"] is not None:
        for request in export.requests_of[run["id"]]:
            yield from ((request.person, month, fen) for month, fen in request.months)
        return
    yield from (item[1:] for item in export.items_of[run["id"]])


def _granted(export: Export, run: Told) -> Iterator[tuple[Any, ...]]:
    for item in export.granted_before(run):
        yield (item.person, item.month, item.fen, item.run)


def _doubts(export: Export, run: Told) -> Iterator[tuple[Any, ...]]:
    yield from (doubt[1:] for doubt in export.doubts if doubt.run == run["id"])


def _asked(export: Export, run: Told) -> Iterator[tuple[Any, ...]]:
    """What an approval signs: payments with their accounts, what is left out, the sums."""
    sums = (run[name] for name in ("items_digest", "people", "fen", "reduced", "approved_fen"))
    yield ("run", *sums)
    for row in export.asked_of(run):
        months = (number for part in row.months for number in part)
        yield ("request", row.person, row.account, row.fen, *months)
    for left in export.left_out:
        if left.run == run["id"]:
            yield ("left out", left.person, left.month, left.why)


_Rows = Callable[[Export, Told], Iterator[tuple[Any, ...]]]
_DIGESTS: Mapping[str, _Rows] = {
    "items_digest": _items,
    "granted_digest": _granted,
    "doubts_digest": _doubts,
    "asked_digest": _asked,
}
_NAMES = {
    "items_digest": "批次 {id} 的明细",
    "granted_digest": "批次 {id} 之前已发的",
    "doubts_digest": "批次 {id} 的疑点",
    "asked_digest": "批次 {id} 送审的支付申请",
    "file": "盘片 {id} 的各笔",
    "return": "回盘 {id} 的各行",
}


def _bank_files(export: Export) -> Iterator[Sentence]:
    sent: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in export.tries:
        months = (number for part in row.months for number in part)
        sent[row.file].append((*row[1:10], *months))
    heard: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for answer in export.answers:
        heard[answer.file].append(answer[1:])
    yield from _of_files(_NAMES["file"], export.files, sent)
    yield from _of_files(_NAMES["return"], export.returns, heard)


def _of_files(
    title: str, files: Mapping[int, Told], rows: dict[int, list[tuple[Any, ...]]]
) -> Iterator[Sentence]:
    for key, file in files.items():
        yield from _agree(say(title, id=key), file["digest"], digest_of(rows.pop(key, [])))
    for key in sorted(rows):
        yield say("{what}没有相应的文件", what=say(title, id=key))


def _agree(what: Sentence, stated: str, again: str) -> Iterator[Sentence]:
    if stated != again:
        yield say(
            "{what}散列应为 {stated}，重算为 {again}", what=what, stated=stated, again=again
        )
