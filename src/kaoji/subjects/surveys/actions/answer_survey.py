"""Take in an answer to a survey: by the open link, by a code that was drawn, or from paper."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from kaoji.core.speech import say
from kaoji.measuring.questionnaire import Unfit, answers_in
from kaoji.platform.events.event_log import record_event
from kaoji.platform.files.models import Document
from kaoji.platform.imports.models import Batch
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.surveys.models import Survey, SurveyAnswer, SurveyCode
from kaoji.workflow.roles import MAY_FILE

_MOST = 20_000


@dataclass(frozen=True)
class Given:
    """One questionnaire of a pile: its day, what was answered, the code on it, how it came back."""

    on: date
    answers: Mapping[str, str]
    code: SurveyCode | None
    channel: str


def answer_survey(
    survey: Survey, answers: Mapping[str, str], *, code: str = "", now: datetime
) -> SurveyAnswer:
    """Keep what somebody without an account answered. Raises UnableToAct."""
    today = localdate(now)
    if not survey.opens_on <= today <= survey.closes_on:
        raise UnableToAct(
            say(
                "问卷自 {opens} 至 {closes} 作答",
                opens=survey.opens_on,
                closes=survey.closes_on,
            )
        )
    holder = _code(survey, code) if code else None
    if holder is None and not survey.is_open_to_all:
        raise UnableToAct(say("这份问卷要凭答题码作答"))
    if survey.given.count() >= _MOST:
        raise UnableToAct(say("答卷已满 {most} 份", most=_MOST))
    channel = SurveyAnswer.Channel.CODE if holder else SurveyAnswer.Channel.LINK
    return _keep(survey, _read(survey, answers), channel, holder, today, None, now)


def enter_paper_answer(
    survey: Survey,
    answers: Mapping[str, str],
    *,
    code: str = "",
    on: date,
    acting_user: User,
    now: datetime,
) -> SurveyAnswer:
    """Keep what stands on paper; with the code on it when the survey has a sample."""
    require(acting_user, MAY_FILE, survey.declaration.organisation)
    require_on_paper(survey, code, on, now)
    holder = _code(survey, code) if code else None
    channel = SurveyAnswer.Channel.PAPER
    return _keep(survey, _read(survey, answers), channel, holder, on, acting_user, now)


def require_on_paper(survey: Survey, code: str, on: date, now: datetime) -> None:
    """Raise UnableToAct for a paper of another time, or without the code that a sample needs."""
    if not survey.opens_on <= on <= min(survey.closes_on, localdate(now)):
        raise UnableToAct(
            say("{day} 不在作答期间 {opens} 至 {closes} 之内", day=on, opens=survey.opens_on,
                closes=survey.closes_on)
        )  # fmt: skip
    if survey.sample_size and not code:
        raise UnableToAct(say("这份问卷是抽样的，请写卷上的答题码"))


def enter_answers(
    survey: Survey,
    given: Sequence[tuple[date, Mapping[str, str]]],
    *,
    is_invented: bool = False,
    acting_user: User,
    now: datetime,
) -> Batch:
    """Keep a pile of answers at once, in the order of the codes drawn; a demo's say so."""
    require(acting_user, MAY_FILE, survey.declaration.organisation)
    codes = list(survey.codes.all())
    channels = SurveyAnswer.Channel
    pile = [
        Given(on, _read(survey, answers), code, channels.CODE if code else channels.LINK)
        for (on, answers), code in zip_longest(given, codes[: len(given)])
    ]
    with transaction.atomic():
        return keep_answers(
            survey, pile, is_invented=is_invented, acting_user=acting_user, now=now
        )


def keep_answers(
    survey: Survey,
    pile: Sequence[Given],
    *,
    document: Document | None = None,
    is_invented: bool = False,
    acting_user: User,
    now: datetime,
) -> Batch:
    """Keep a pile that was looked through before, as one batch; call it inside a transaction."""
    batch = Batch.objects.create(
        kind=Batch.Kind.ANSWERS,
        place=survey.declaration.organisation,
        document=document,
        rows=len(pile),
        is_invented=is_invented,
        made_at=now,
        made_by=acting_user,
    )
    made = SurveyAnswer.objects.bulk_create(
        SurveyAnswer(
            survey=survey,
            code=item.code,
            channel=item.channel,
            on=item.on,
            answers=dict(item.answers),
            batch=batch,
            made_at=now,
            made_by=acting_user,
        )
        for item in pile
    )
    record_event(
        "answers.imported",
        at=now,
        actor=acting_user,
        declaration=survey.declaration,
        payload={"survey": survey.pk, "title": survey.title, "count": len(made)},
        rows=[batch, *made],
    )
    return batch


def require_code(
    typed: str, known: Mapping[str, SurveyCode], used: Container[str]
) -> SurveyCode:
    """The code that was drawn, if nobody has answered with it. Raises UnableToAct."""
    found = known.get(typed.strip().upper())
    if found is None:
        raise UnableToAct(say("没有答题码“{code}”；请照信上的写", code=typed))
    if found.code in used:
        raise UnableToAct(say("答题码“{code}”已经用过，一个码只答一次", code=typed))
    return found


def _code(survey: Survey, typed: str) -> SurveyCode:
    drawn = survey.codes.filter(code=typed.strip().upper())
    used = set(drawn.filter(answer__isnull=False).values_list("code", flat=True))
    return require_code(typed, {item.code: item for item in drawn}, used)


def _read(survey: Survey, answers: Mapping[str, str]) -> dict[str, str]:
    try:
        return answers_in(survey.questions, survey.main_question, answers)
    except Unfit as refusal:
        raise UnableToAct(refusal.sentence) from refusal


def _keep(
    survey: Survey,
    answers: dict[str, str],
    channel: str,
    code: SurveyCode | None,
    on: date,
    acting_user: User | None,
    now: datetime,
) -> SurveyAnswer:
    try:
        with transaction.atomic():
            made = SurveyAnswer.objects.create(
                survey=survey,
                code=code,
                channel=channel,
                on=on,
                answers=answers,
                made_at=now,
                made_by=acting_user,
            )
            record_event(
                "survey.answered",
                at=now,
                actor=acting_user,
                declaration=survey.declaration,
                payload={"survey": survey.pk, "title": survey.title, "channel": str(channel)},
                rows=[made],
            )
    except IntegrityError as clash:
        raise UnableToAct(say("这个答题码刚刚用过，一个码只答一次")) from clash
    return made
