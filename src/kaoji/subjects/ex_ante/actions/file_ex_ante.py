"""File an ex-ante evaluation as the next version of its project and year."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.canonical import digest
from kaoji.core.ex_ante import (
    ASPECT_NAMES,
    CONCLUSION_NAMES,
    JUDGEMENT_NAMES,
    ExAnte,
    ex_ante_as_data,
)
from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.files.actions.keep_file import kept_file
from kaoji.platform.notices.actions.notify import people_at, tell
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.ex_ante.models import ExAnteEvaluation
from kaoji.subjects.ex_ante.queries import latest, name_on_record
from kaoji.workflow.roles import MAY_FILE, MAY_REVIEW_FOR_FINANCE

_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def file_ex_ante(
    place: Organisation,
    told: ExAnte,
    *,
    attachment: tuple[str, bytes] | None = None,
    acting_user: User,
    now: datetime,
) -> ExAnteEvaluation:
    """Keep the version, with the name and bytes of an attachment; finance is told.

    Raises UnableToAct with what is missing.
    """
    require(acting_user, MAY_FILE, place)
    _require_whole(told)
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=place.pk)
        name = name_on_record(place, told.year, told.project)
        same = {"place": place, "year": told.year, "project_name": name}
        last = latest().filter(**same).first()
        if last is not None and getattr(last, "review", None) is None:
            raise UnableToAct(
                say("“{project}”的事前绩效评估已经报送，等财政审核", project=told.project)
            )
        if last is not None and last.review.verdict == "accepted":
            raise UnableToAct(
                say("“{project}”的事前绩效评估财政已经认可", project=told.project)
            )
        content = json.dumps(ex_ante_as_data(told), ensure_ascii=False, sort_keys=True)
        made = ExAnteEvaluation.objects.create(
            **same,
            number=(last.number if last else 0) + 1,
            amount=told.amount,
            conclusion=told.conclusion,
            content=content,
            sha256=digest(content.encode()),
            document=kept_file(attachment, acting_user, now),
            filed_at=now,
            filed_by=acting_user,
        )
        record_event(
            "ex_ante.filed",
            at=now,
            actor=acting_user,
            payload={
                "evaluation": made.pk,
                "organisation": place.pk,
                "project": told.project,
                "year": told.year,
                "number": made.number,
                "conclusion": CONCLUSION_NAMES[told.conclusion],
                "sha256": made.sha256,
            },
            rows=[made],
        )
        sentence = say("“{project}”报送了事前绩效评估，请审核", project=told.project)
        people = people_at(place, [MAY_REVIEW_FOR_FINANCE], now=now)
        tell(people, sentence, declaration=None, now=now)
    return made


def _require_whole(told: ExAnte) -> None:
    if not told.project:
        raise UnableToAct(say("请写项目名称"))
    if not _FIRST_YEAR <= told.year <= _LAST_YEAR:
        raise UnableToAct(say("年度 {year} 不对，请写四位数的年份", year=told.year))
    if told.amount <= Decimal(0):
        raise UnableToAct(say("请写申请的资金，要大于 0 元"))
    for text, part in ((told.about, "评估对象"), (told.method, "评估方式和方法")):
        if not text:
            raise UnableToAct(say("请写“{part}”", part=say(part)))
    _require_argued(told)


def _require_argued(told: ExAnte) -> None:
    """Every aspect with its judgement and facts, and a conclusion that follows from them."""
    for name, title in ASPECT_NAMES.items():
        argument = told.arguments.get(name)
        if argument is None or argument.judgement not in JUDGEMENT_NAMES or not argument.text:
            raise UnableToAct(say("“{part}”要选结论并写明依据", part=say(title)))
    if told.conclusion not in CONCLUSION_NAMES:
        raise UnableToAct(say("请选择总体结论"))
    if told.failed and told.conclusion == "support":
        raise UnableToAct(
            say(
                "“{part}”不符合，总体结论不能是“予以支持”",
                part=say(ASPECT_NAMES[told.failed[0]]),
            )
        )
