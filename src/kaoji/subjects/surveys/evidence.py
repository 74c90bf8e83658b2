"""Surveys as evidence. Their sheets stay with the survey: an answer is nobody's to be seen."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kaoji.measuring.answer import Row
from kaoji.platform.imports.evidence import Evidence
from kaoji.subjects.surveys.models import Survey, SurveyAnswer


def told_survey(row: Row) -> tuple[str, str]:
    """The title."""
    return row.says["title"], ""


def told_answer(row: Row) -> tuple[str, str]:
    """The marks by question."""
    marks = " ".join(f"{name}={mark}" for name, mark in row.says["answers"].items())
    return _("答卷"), marks


EVIDENCE = {
    "surveys": Evidence(Survey, told_survey, shows_files=False),
    "survey_answers": Evidence(
        SurveyAnswer, told_answer, of="survey__declaration", shows_files=False
    ),
}
