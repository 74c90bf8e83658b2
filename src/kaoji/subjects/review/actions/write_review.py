"""Fill in the review sheet of a form: an answer to each point, a grade or a score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.standards.reviews import ReviewPoint, ReviewTemplate
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.review.actions.move_context import parts_at
from kaoji.subjects.review.models import Review
from kaoji.workflow.moves import REVIEWERS, State


class UnableToReview(UnableToAct):
    """The form is not being reviewed, or the sheet lacks something."""


@dataclass(frozen=True)
class Answer:
    """What was said of a point; *score* as typed, on a sheet that has points."""

    remark: str = ""
    score: str = ""


def write_review(
    declaration: Declaration,
    template: ReviewTemplate,
    *,
    revision: int,
    answers: Mapping[str, Answer],
    grade: str = "",
    remark: str = "",
    acting_user: User,
    now: datetime,
) -> Review:
    """Keep the sheet for the revision that the reviewer has seen.

    A scored sheet gives its own grade; the other names one. Raises UnableToReview with the
    point at fault, NotPermitted when it is not this person's turn.
    """
    with transaction.atomic():
        held = (
            Declaration.objects.select_for_update(of=("self",))
            .select_related("organisation")
            .get(pk=declaration.pk)
        )
        part = _part(held, acting_user)
        if revision != held.revision_count:
            raise UnableToReview(
                say("这份表刚有了第 {number} 版，请看过再填审核表", number=held.revision_count)
            )
        scores = {point.name: _score(point, answers) for point in template.points}
        total = sum(scores.values(), Decimal(0)) if template.scored else None
        found = template.grade_named(grade) if total is None else template.grade_for(total)
        if found is None:
            raise UnableToReview(say("请评定等级"))
        review = Review.objects.create(
            declaration=held,
            revision_number=revision,
            part=part,
            template=template.id,
            answers={
                point.name: {
                    "remark": answers.get(point.name, Answer()).remark.strip(),
                    "score": str(scores[point.name]) if template.scored else "",
                }
                for point in template.points
            },
            remark=remark.strip(),
            grade=found.name,
            score=total,
            made_at=now,
            made_by=acting_user,
        )
        record_event(
            "review.written",
            at=now,
            actor=acting_user,
            declaration=held,
            payload={
                "title": template.title,
                "template": template.id,
                "revision": revision,
                "grade": found.name,
                "score": str(total) if total is not None else "",
                "answers": review.answers,
                "remark": review.remark,
            },
            rows=[review],
        )
    return review


def _part(held: Declaration, acting_user: User) -> str:
    wanted = REVIEWERS.get(State(held.state))
    if wanted is None:
        raise UnableToReview(say("这份表现在不在审核中，不能填审核表"))
    mine = wanted & parts_at(acting_user, held.organisation)
    if not mine or held.revisions.filter(made_by=acting_user).exists():
        raise NotPermitted(say("现在轮到别人审核这份表"))
    return max(mine).value


def _score(point: ReviewPoint, answers: Mapping[str, Answer]) -> Decimal:
    """The points given, between nothing and the point's weight."""
    if point.weight is None:
        return Decimal(0)
    typed = answers.get(point.name, Answer()).score.strip()
    try:
        score = Decimal(typed)
    except InvalidOperation:
        score = Decimal(-1)
    fits = score.is_finite() and 0 <= score <= point.weight and score == round(score, 2)
    if not fits:
        raise UnableToReview(
            say(
                "“{point}”的得分“{typed}”要在 0 到 {most} 之间，最多两位小数",
                point=point.name,
                typed=typed,
                most=point.weight,
            )
        )
    return score
