"""Say something of an evaluation's report: the evaluated unit agrees or objects, the evaluators answer."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.files.actions.keep_file import kept_file
from kaoji.platform.notices.actions.notify import people_at, tell
from kaoji.platform.organisation.actions.permission import RIGHTS_OF_LEVEL, require
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.evaluation.models import EvaluationReply, EvaluationReport
from kaoji.workflow.following import REPLY_NAMES
from kaoji.workflow.roles import MAY_FILE

_LONGEST = 4_000
_EVENTS = {
    "accept": "evaluation.accepted",
    "object": "evaluation.objected",
    "answer": "evaluation.answered",
}


def reply_to_evaluation(
    report: EvaluationReport,
    kind: str,
    *,
    text: str,
    file: tuple[str, bytes] | None = None,
    acting_user: User,
    now: datetime,
) -> EvaluationReply:
    """Keep what is said; an objection is answered by those who may judge at the evaluation's level.

    The report stays as it was issued. Raises UnableToAct.
    """
    evaluation = report.evaluation
    place = evaluation.declaration.organisation
    judges = RIGHTS_OF_LEVEL[evaluation.level]
    if kind not in REPLY_NAMES:
        raise UnableToAct(
            say("没有“{kind}”这种反馈", kind=kind) if kind else say("请选无异议或有异议")
        )
    require(acting_user, judges if kind == "answer" else MAY_FILE, place)
    said = text.replace("\r\n", "\n").strip()
    if not said and kind != "accept":
        raise UnableToAct(say("请写明内容"))
    if len(said) > _LONGEST:
        raise UnableToAct(say("内容不超过 {most} 字；更长的请附文件", most=_LONGEST))
    with transaction.atomic():
        held = EvaluationReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
        last = held.replies.last()
        if kind == "answer" and (last is None or last.kind != "object"):
            raise UnableToAct(say("没有等着答复的异议"))
        if kind != "answer" and last is not None and last.kind == "accept":
            raise UnableToAct(say("已经表示无异议"))
        made = EvaluationReply.objects.create(
            report=held,
            kind=kind,
            text=said,
            document=kept_file(file, acting_user, now),
            made_at=now,
            made_by=acting_user,
        )
        record_event(
            _EVENTS[kind],
            at=now,
            actor=acting_user,
            declaration=evaluation.declaration,
            payload={"report": held.pk, "text": said[:60]},
            rows=[made],
        )
        sentence = say(
            "“{project}”的评价报告：{kind}",
            project=evaluation.declaration.project_name,
            kind=say(REPLY_NAMES[kind]),
        )
        told = people_at(place, [MAY_FILE if kind == "answer" else judges], now=now)
        tell(told - {acting_user}, sentence, declaration=evaluation.declaration, now=now)
    return made
