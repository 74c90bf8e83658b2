"""Take actual values from the evidence: what the measures of a promise answer on a day, with their basis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import kept, say
from kaoji.measuring.answer import Answer
from kaoji.measuring.places import places_in
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.scoring.suggested import suggested
from kaoji.standards.scoring import NoScoringPolicy, ScoringPolicy
from kaoji.subjects.declarations.actions.in_force import held_in_force, require_day
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.results.models import Actual
from kaoji.subjects.results.queries.evidence import Told, answers_of, reason_against_taking
from kaoji.subjects.results.queries.results import Known, known_of
from kaoji.workflow.roles import MAY_FILE

# Formulas rest on the others: they are taken after them.
_LAST = "formula"


def take_actuals(
    declaration: Declaration,
    *,
    as_of: date,
    places: list[str] | None = None,
    reasons: Mapping[str, str] | None = None,
    acting_user: User,
    now: datetime,
) -> list[Actual]:
    """Enter what the evidence says as of a day, for *places* or for every measured indicator.

    A value that stands already with the same rows behind it is not entered again. Raises
    UnableToAct when nothing can be taken; for named places, with the reason of the first.
    """
    require(acting_user, MAY_FILE, declaration.organisation)
    with transaction.atomic():
        held = held_in_force(declaration)
        require_day(as_of, held.year, now)
        made: list[Actual] = []
        for last in (False, True):
            made += _take(held, last, as_of, places, reasons or {}, acting_user, now)
        if not made:
            raise UnableToAct(say("证据没有给出新的完成值"))
        record_event(
            "actuals.taken",
            at=now,
            actor=acting_user,
            declaration=held,
            payload={"count": len(made), "as_of": as_of.isoformat()},
            rows=made,
        )
    return made


def _take(
    held: Declaration,
    last: bool,
    as_of: date,
    places: list[str] | None,
    reasons: Mapping[str, str],
    acting_user: User,
    now: datetime,
) -> list[Actual]:
    try:
        known = known_of(held)
    except NoScoringPolicy as missing:
        raise UnableToAct(missing.sentence) from missing
    made = []
    for place, told, points in _answered(known, last, as_of, places):
        answer, refusal = told.answer, told.refusal or reason_against_taking(told.measure)
        if answer is None or refusal is not None:
            if places is not None and refusal is not None:
                raise UnableToAct(refusal)
            continue
        if _stands(known, place, answer, as_of, reasons.get(place)):
            continue
        made.append(
            Actual.objects.create(
                declaration=held,
                place=place,
                as_of=as_of,
                value=answer.value,
                score=_suggested(answer, points, known.policy) if told.in_words else None,
                reason=reasons.get(place, "").strip(),
                measure=told.measure,
                basis=basis_of(answer, told.indicator.target.text, known.budget),
                made_at=now,
                made_by=acting_user,
            )
        )
    return made


def basis_of(answer: Answer, target: str, budget: Decimal | None) -> dict[str, object]:
    """What is kept of an answer: what was asked, the digest of its rows, their keys, the steps."""
    return {
        "target": target,
        "budget": None if budget is None else f"{budget:f}",
        "digest": answer.digest,
        "rows": [[row.table, row.id] for row in answer.rows],
        "steps": [kept(step) for step in answer.steps],
        "warnings": [kept(warning) for warning in answer.warnings],
    }


def _answered(
    known: Known, last: bool, as_of: date, places: list[str] | None
) -> Iterator[tuple[str, Told, Decimal | None]]:
    asked, points = [], {}
    for place, row, share in zip(
        places_in(known.form), known.form.indicators, known.points, strict=True
    ):
        measure = known.measures.get(place)
        wanted = places is None or place in places
        if measure and wanted and measure.way != "typed" and (measure.way == _LAST) == last:
            asked.append((row, measure))
            points[place] = share
    if asked:
        told = answers_of(known.declaration, asked, as_of=as_of, budget=known.budget)
        for place, said in told.items():
            yield place, said, points[place]


def _stands(known: Known, place: str, answer: Answer, as_of: date, reason: str | None) -> bool:
    """Is this value on record for the day already, from the same rows?"""
    held = next(
        (row for row in known.actuals if row.place == place and row.as_of == as_of), None
    )
    return (
        held is not None
        and held.basis is not None
        and held.basis["digest"] == answer.digest
        and held.value == answer.value
        and (reason is None or reason.strip() == held.reason)
    )


def _suggested(answer: Answer, points: Decimal | None, policy: ScoringPolicy) -> Decimal | None:
    """The points that the share done gives to a result in words, within the bounds of its tier."""
    if points is None or answer.share is None:
        return None
    return suggested(points, answer.share, tier=answer.value, bounds=policy.tier_bounds)
