"""Verify a ledger export offline, level by level: V1 the records, V2 the sums, V3 every amount."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from kaoji.audit.ledger.amounts import recounted, wrong_amounts
from kaoji.audit.ledger.approvals import wrong_approvals
from kaoji.audit.ledger.booked import wrong_bookings
from kaoji.audit.ledger.difference import Difference, Level, at
from kaoji.audit.ledger.export import Export, read_export
from kaoji.audit.ledger.law import UnreadableLaw, differs_from_here, law_in
from kaoji.audit.ledger.log import not_in_log
from kaoji.audit.ledger.overpaid import remarks_on_overpaid, wrong_overpayments
from kaoji.audit.ledger.rates import wrong_rates
from kaoji.audit.ledger.sums import wrong_sums
from kaoji.audit.ledger.tables import UnreadableExport
from kaoji.audit.ledger.vouched import unvouched
from kaoji.audit.sealed_zip import FLAWS
from kaoji.benefits.months import Month, written_month
from kaoji.core.speech import Sentence, say


@dataclass(frozen=True)
class Verdict:
    """What was verified, every difference, and what a reader should know beside it."""

    office: str
    programme: str
    months: tuple[str, ...]
    items: int
    events: int
    differences: tuple[Difference, ...]
    remarks: tuple[Sentence, ...]


_Check = Callable[[Export], Iterator[Sentence]]
_CHECKS: tuple[tuple[Level, _Check], ...] = (
    (Level.V1, unvouched),
    (Level.V2, wrong_sums),
    (Level.V2, wrong_approvals),
    (Level.V2, wrong_bookings),
    (Level.V2, wrong_overpayments),
    (Level.V2, wrong_rates),
    (Level.V3, wrong_amounts),
)


def verify_export(source: IO[bytes], *, log: Mapping[int, str] | None = None) -> Verdict:
    """Recount everything. Raises UnreadableExport for what is no ledger export.

    *log* is by number the hash of each event of the whole log (log.py): without it nobody can tell whether
    events that hold by themselves were ever written there.
    """
    export = read_export(source)
    try:
        return _recounted(export, log)
    except FLAWS as flaw:
        raise UnreadableExport(say("读不懂这个发放账导出：{why}", why=repr(flaw))) from flaw


def _recounted(export: Export, log: Mapping[int, str] | None) -> Verdict:
    found = [item for level, check in _CHECKS for item in _checked(level, check, export)]
    if log is not None:
        found += at(Level.V1, not_in_log(export, log))
    return Verdict(
        office=str(export.manifest["office"]),
        programme=str(export.manifest["title"]),
        months=tuple(sorted({written_month(Month(run["month"])) for run in export.proved})),
        items=recounted(export),
        events=len(export.events),
        differences=tuple(found),
        remarks=tuple(_remarks(export, log)),
    )


def _checked(level: Level, check: _Check, export: Export) -> Iterator[Difference]:
    """What a check finds; rows that others name and that are gone do not keep the others from being checked."""
    try:
        yield from at(level, check(export))
    except FLAWS as flaw:
        why = say("记录缺失或前后不合，这一项没有核算完：{why}", why=repr(flaw))
        yield Difference(level, why)


def _remarks(export: Export, log: Mapping[int, str] | None) -> Iterator[Sentence]:
    if log is None:
        yield say("没有给出整本日志（--log），不能证明这些事件在日志里")
    yield from remarks_on_overpaid(export)
    try:
        yield from differs_from_here(law_in(export))
    except UnreadableLaw:
        return
