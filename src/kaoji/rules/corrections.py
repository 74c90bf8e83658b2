"""Put corrections into a form: the safe ones on their own, any other when a person chose it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Correction
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
        for rule, correction in mended:
            before = FieldPath.parse(correction.field).text_in(form)
            form = corrected(form, correction)
            done.append(Mended(rule, correction.field, before, correction.text))
    return form, done


def _safe(report: Report) -> Iterable[tuple[str, Correction]]:
    """The safe corrections, one a cell."""
    by_field: dict[str, tuple[str, Correction]] = {}
    for item in report.findings:
        for correction in item.finding.corrections:
            if correction.safe:
                by_field.setdefault(correction.field, (item.rule.id, correction))
    return by_field.values()
