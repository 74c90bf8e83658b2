"""The facts of an export as the kernel takes them: person after person, known at a moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from kaoji.audit.ledger.export import Export, day_of, moment
from kaoji.audit.ledger.tables import FactRow, ItemRow
from kaoji.benefits.facts import Dossier, Fact, corrected
from kaoji.benefits.kinds import Value, kinds
from kaoji.benefits.months import Month
from kaoji.benefits.run import Granted, GrantedMonths


def dossiers(export: Export, *, known_at: datetime) -> dict[int, Dossier]:
    """Of everybody with a grant of the programme, as known at a moment."""
    programme = export.manifest["programme"]
    found: defaultdict[int, list[FactRow]] = defaultdict(list)
    entitled: set[int] = set()
    for row in export.facts:
        if row.programme in {"", programme} and export.heard_at(row) <= known_at:
            found[row.person].append(row)
            if row.kind == "grant" and row.programme == programme:
                entitled.add(row.person)
    return {person: _dossier(export, person, found[person]) for person in sorted(entitled)}


def _dossier(export: Export, person: int, rows: Iterable[FactRow]) -> Dossier:
    facts = (_fact(row, day_of(export.heard_at(row))) for row in rows)
    return Dossier(str(person), corrected(facts))


def _fact(row: FactRow, known_at: date) -> Fact:
    return Fact(
        row.number, row.kind, _value(row.kind, row.value), row.since, row.until, known_at,
        row.received_on, row.asked_on, row.decided_on,
    )  # fmt: skip


def _value(kind: str, text: str) -> Value:
    how = kinds()[kind]
    if how.dated_by_value:
        return date.fromisoformat(text)
    return int(text) if how.value in {"number", "amount"} else text


def granted_months(
    export: Export, items: Iterable[ItemRow]
) -> Mapping[int, dict[Month, Granted]]:
    """By person and month what was granted in all, and by the knowledge of which day at first."""
    frozen = {key: day_of(moment(run["as_known_at"])) for key, run in export.runs.items()}
    found: defaultdict[int, dict[Month, Granted]] = defaultdict(dict)
    for item in items:
        months, of = found[item.person], Month(item.month)
        before = months.get(of)
        months[of] = Granted(
            (before.fen if before else 0) + item.fen,
            before.first_known_at if before else frozen[item.run],
        )
    return found


NOTHING: GrantedMonths = {}
