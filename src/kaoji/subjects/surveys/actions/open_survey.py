"""Open a survey of the people served; draw a sample by a seed that is kept."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import say
from kaoji.measuring.questionnaire import Unfit, questions_in
from kaoji.measuring.sampling import draw
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.declarations.actions.in_force import held_in_force
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.surveys.models import Survey, SurveyCode
from kaoji.workflow.roles import MAY_FILE

_LONGEST, _MOST_POPULATION = 200, 1_000_000
_MOST_SAMPLE, _FEWEST = 5_000, 5
# Without the signs that are taken for one another.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE, _TOKEN_BYTES = 8, 9


@dataclass(frozen=True)
class SurveyPlan:
    """What is asked, of whom, when; *sample_size* None asks whoever has the link."""

    title: str
    audience: str
    questions: Sequence[str]
    opens_on: date
    closes_on: date
    minimum: int = 30
    population: int | None = None
    sample_size: int | None = None
    seed: str = ""
    is_open_to_all: bool = True


def open_survey(
    declaration: Declaration, plan: SurveyPlan, *, acting_user: User, now: datetime
) -> Survey:
    """Make the survey, its link and, for a sample, a code for each number drawn.

    The first question is the main one: satisfied in all, on the scale 1 to 5. What brackets at the end of
    a question say is in `measuring.questionnaire`. Raises UnableToAct.
    """
    require(acting_user, MAY_FILE, declaration.organisation)
    _require_plan(plan)
    try:
        questions = questions_in(plan.questions)
    except Unfit as refusal:
        raise UnableToAct(refusal.sentence) from refusal
    with transaction.atomic():
        held = held_in_force(declaration)
        if plan.opens_on.year != held.year:
            raise UnableToAct(
                say("{day} 不在 {year} 年度之内", day=plan.opens_on, year=held.year)
            )
        seed = plan.seed.strip() or secrets.token_hex(8)
        survey = Survey.objects.create(
            declaration=held,
            title=plan.title.strip(),
            audience=plan.audience.strip(),
            questions=questions,
            main_question="q1",
            opens_on=plan.opens_on,
            closes_on=plan.closes_on,
            minimum=plan.minimum,
            population=plan.population,
            sample_size=plan.sample_size,
            seed=seed if plan.sample_size else "",
            token=secrets.token_urlsafe(_TOKEN_BYTES),
            is_open_to_all=plan.is_open_to_all,
            made_at=now,
            made_by=acting_user,
        )
        codes = _codes(survey)
        record_event(
            "survey.opened",
            at=now,
            actor=acting_user,
            declaration=held,
            payload={"survey": survey.pk, "title": survey.title, "seed": survey.seed},
            rows=[survey, *codes],
        )
    return survey


def _codes(survey: Survey) -> list[SurveyCode]:
    if not survey.sample_size or not survey.population:
        return []
    numbers = draw(survey.seed, range(1, survey.population + 1), survey.sample_size)
    return SurveyCode.objects.bulk_create(
        SurveyCode(
            survey=survey,
            number=number,
            code="".join(secrets.choice(_SIGNS) for _ in range(_CODE)),
        )
        for number in numbers
    )


def _require_plan(plan: SurveyPlan) -> None:
    _require_words(plan)
    if plan.closes_on < plan.opens_on:
        raise UnableToAct(
            say("截止 {closes} 早于开始 {opens}", closes=plan.closes_on, opens=plan.opens_on)
        )
    if not _FEWEST <= plan.minimum <= _MOST_SAMPLE:
        raise UnableToAct(
            say("最低样本量要在 {least} 到 {most} 之间", least=_FEWEST, most=_MOST_SAMPLE)
        )
    if plan.population is not None and not 1 <= plan.population <= _MOST_POPULATION:
        raise UnableToAct(say("总体人数要在 1 到 {most} 之间", most=_MOST_POPULATION))
    if plan.sample_size is not None:
        _require_sample(plan, plan.sample_size)
    elif not plan.is_open_to_all:
        raise UnableToAct(say("没有抽样又不公开链接，就没有人能作答"))


def _require_words(plan: SurveyPlan) -> None:
    if not plan.title.strip() or not plan.audience.strip():
        raise UnableToAct(say("请写问卷的标题和调查对象"))
    if max(len(plan.title), len(plan.audience)) > _LONGEST:
        raise UnableToAct(say("标题、对象和每道题不超过 {most} 字", most=_LONGEST))


def _require_sample(plan: SurveyPlan, size: int) -> None:
    if plan.population is None:
        raise UnableToAct(say("抽样要写总体人数"))
    if not plan.minimum <= size <= min(plan.population, _MOST_SAMPLE):
        raise UnableToAct(
            say(
                "抽样人数 {size} 要在最低样本量 {least} 和总体人数（至多 {most}）之间",
                size=size,
                least=plan.minimum,
                most=min(plan.population, _MOST_SAMPLE),
            )
        )
