"""Put corrections into a form: the safe ones on their own, any other when a person chose it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from kaoji.core.declaration import INDICATOR_TABLES, Declaration
from kaoji.core.finding import Correction
from kaoji.core.indicator import Indicator
from kaoji.core.paths import FieldPath
from kaoji.rules.engine import Report

_MOST_ROUNDS = 3


@dataclass(frozen=True)
class Mended:
    """One cell that was changed: by which rule, from what to what."""

    rule: str
    field: str
    before: str
    after: str


def corrected(form: Declaration, correction: Correction) -> Declaration:
    """The form with the correction in its place. Raises ValueError for a text that does not fit."""
    path = FieldPath.parse(correction.field)
    return path.put(form, path.read(correction.text, form))


def mend(
    form: Declaration, check: Callable[[Declaration], Report]
) -> tuple[Declaration, list[Mended]]:
    """Apply every safe correction, until none is left; each cell is told with old and new text."""
    done: list[Mended] = []
    for _ in range(_MOST_ROUNDS):
        mended = list(_safe(check(form)))
        if not mended:
            break
        done += [
            Mended(rule, item.field, FieldPath.parse(item.field).text_in(form), item.text)
            for rule, item in mended
        ]
        form = _all_corrected(form, [item for _, item in mended])
    return form, done


def _all_corrected(form: Declaration, corrections: Iterable[Correction]) -> Declaration:
    """The form with every correction in its place, each cell once; the rows are put together at the end."""
    rows: dict[str, list[Indicator]] = {
        table: list(getattr(form, table)) for table in INDICATOR_TABLES
    }
    for correction in corrections:
        path = FieldPath.parse(correction.field)
        if path.row is None:
            form = path.put(form, path.read(correction.text, form))
            continue
        alone: dict[str, Any] = {path.table: (rows[path.table][path.row],)}
        one, first = Declaration(**alone), replace(path, row=0)
        made = first.put(one, first.read(correction.text, one))
        rows[path.table][path.row] = getattr(made, path.table)[0]
    tables: dict[str, Any] = {table: tuple(kept) for table, kept in rows.items()}
    return replace(form, **tables)


def _safe(report: Report) -> Iterable[tuple[str, Correction]]:
    """The safe corrections, one a cell."""
    by_field: dict[str, tuple[str, Correction]] = {}
    for item in report.findings:
        for correction in item.finding.corrections:
            if correction.safe:
                by_field.setdefault(correction.field, (item.rule.id, correction))
    return by_field.values()
