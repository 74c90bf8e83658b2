"""Take questionnaires from a spreadsheet: all of its rows, or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import say
from kaoji.documents.answer_sheet import AnswerLine, read_answers
from kaoji.documents.guarded.process import rows_guarded
from kaoji.documents.rows_json import Rows
from kaoji.platform.files.actions.keep_file import kept_file
from kaoji.platform.imports.actions.refused_rows import Refusals, UnableToImport, hidden_parts
from kaoji.platform.imports.models import Batch
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.declarations.actions.in_force import require_new_sheet
from kaoji.subjects.surveys.actions.answer_survey import (
    Given,
    keep_answers,
    require_code,
    require_on_paper,
)
from kaoji.subjects.surveys.models import Survey, SurveyAnswer, SurveyCode
from kaoji.workflow.roles import MAY_FILE


def import_answers(
    content: bytes,
    *,
    name: str,
    survey: Survey,
    rows: Rows | None = None,
    acting_user: User,
    now: datetime,
) -> int:
    """Read the sheet for one survey; gives the number of questionnaires kept.

    Raises UnreadableDocument, UnableToImport with every row at fault, NotPermitted.
    """
    place = survey.declaration.organisation
    require(acting_user, MAY_FILE, place)
    rows = rows or rows_guarded(content, name=name)
    lines, refusals = read_answers(rows.rows, survey.questions, survey.main_question)
    refusals += hidden_parts(rows)
    if refusals:
        raise UnableToImport(tuple(refusals))
    with transaction.atomic():
        held = Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
        require_new_sheet(content, name, Batch.objects.filter(answers__survey=held))
        codes = _codes(held, lines, now)
        keep_answers(
            held,
            [
                Given(line.on, line.answers, code, SurveyAnswer.Channel.PAPER)
                for line, code in zip(lines, codes, strict=True)
            ],
            document=kept_file((name, content), acting_user, now),
            acting_user=acting_user,
            now=now,
        )
    return len(lines)


def _codes(
    survey: Survey, lines: Sequence[AnswerLine], now: datetime
) -> list[SurveyCode | None]:
    """The code of each line. Raises UnableToImport with every line that may not answer."""
    known = {item.code: item for item in survey.codes.all()}
    used = set(survey.given.exclude(code=None).values_list("code__code", flat=True))
    found: list[SurveyCode | None] = []
    refusals = Refusals()
    seen: dict[str, int] = {}
    for line in lines:
        with refusals.at(line.line):
            require_on_paper(survey, line.code, line.on, now)
            if line.code and seen.setdefault(line.code, line.line) != line.line:
                raise UnableToAct(say("与第 {line} 行重复", line=seen[line.code]))
            found.append(require_code(line.code, known, used) if line.code else None)
    refusals.tell()
    return found
