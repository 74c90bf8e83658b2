"""Enter what became of a promise: an actual value with its evidence."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import say
from kaoji.measuring.places import places_in
from kaoji.platform.events.event_log import record_event
from kaoji.platform.files.actions.keep_file import kept_file
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.scoring.admissible import takes_number, why_not_actual
from kaoji.scoring.explained_score import ScoringInput
from kaoji.scoring.score_indicator import FORMULAS
from kaoji.standards.scoring import NoScoringPolicy
from kaoji.subjects.declarations.actions.in_force import (
    held_in_force,
    indicator_at,
    require_day,
)
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.results.models import Actual
from kaoji.subjects.results.queries.results import known_of
from kaoji.workflow.roles import MAY_FILE

_MOST = Decimal(100)


def record_actual(
    declaration: Declaration,
    *,
    place: str,
    as_of: date,
    value: str,
    reason: str = "",
    score: Decimal | None = None,
    evidence: tuple[str, bytes] | None = None,
    acting_user: User,
    now: datetime,
) -> Actual:
    """Enter the value of one indicator (*place*, see `measuring.places`) as of a day.

    *evidence* is a file's name and bytes; *score* is what judgement gives to a result in words. An
    earlier entry stays on record. Who enters the same value of the same day once more, with a reason, keeps
    what it rests on: the file, unless there is another, and the measure. Raises UnableToAct.
    """
    require(acting_user, MAY_FILE, declaration.organisation)
    value = value.strip()
    with transaction.atomic():
        held = held_in_force(declaration)
        row = indicator_at(held, place)
        require_day(as_of, held.year, now)
        against = why_not_actual(row.target, value)
        if against is not None:
            raise UnableToAct(against)
        if score is not None and takes_number(row.target):
            raise UnableToAct(say("定量指标由公式计分，不另评分"))
        if score is not None:
            _require_score(held, place, value, score)
        document = kept_file(evidence, acting_user, now)
        same = _same_entry(held, place, as_of, value)
        if same is not None and document is None:
            document = same.document
        actual = Actual.objects.create(
            declaration=held,
            place=place,
            as_of=as_of,
            value=value,
            score=score,
            reason=reason.strip(),
            document=document,
            measure=same.measure if same else None,
            basis=same.basis if same else None,
            made_at=now,
            made_by=acting_user,
        )
        record_event(
            "actual.recorded",
            at=now,
            actor=acting_user,
            declaration=held,
            payload={
                "id": actual.pk,
                "place": place,
                "as_of": as_of.isoformat(),
                "value": actual.value,
                "score": f"{score:.2f}" if score is not None else "",
                "reason": actual.reason,
                "evidence": document.sha256 if document else "",
            },
            rows=[actual],
        )
    return actual


def _same_entry(held: Declaration, place: str, as_of: date, value: str) -> Actual | None:
    """The entry that counts now, where it says the same of the same day."""
    last = held.actuals.filter(place=place, as_of=as_of).order_by("-pk").first()
    return last if last is not None and last.value == value else None


def _require_score(held: Declaration, place: str, value: str, score: Decimal) -> None:
    """Raise UnableToAct for a score outside the bounds that the tier leaves to judgement."""
    if not Decimal(0) <= score <= _MOST:
        raise UnableToAct(say("评分 {score} 要在 0 到 100 之间", score=score))
    try:
        known = known_of(held)
    except NoScoringPolicy:
        return
    points = dict(zip(places_in(known.form), known.points, strict=True))[place]
    if points is None:
        return
    judged = FORMULAS["qualitative"].compute(
        ScoringInput(points, tier=value, stated=score, bounds=known.policy.tier_bounds)
    )
    if judged.earned is None:
        raise UnableToAct(
            say(
                "“{tier}”的评分 {score} 要在 {low} 到 {high} 之间",
                tier=value,
                score=score,
                low=f"{judged.low:.2f}",
                high=f"{judged.high:.2f}",
            )
        )
