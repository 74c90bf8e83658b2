"""The evidence for a promise: its rows as plain values, and what each measure answers on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from kaoji.core.indicator import Indicator
from kaoji.core.speech import Sentence, say
from kaoji.measuring.answer import Answer, Question, Row, Unanswerable
from kaoji.measuring.catalogue import WAYS
from kaoji.measuring.rows import row_of
from kaoji.platform.events.vouching import exported
from kaoji.platform.imports.evidence import evidence
from kaoji.scoring.admissible import takes_number
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.results.models import Measure
from kaoji.subjects.surveys.models import Survey
from kaoji.subjects.surveys.queries import open_answers


@dataclass(frozen=True)
class Told:
    """What the evidence says of one indicator: an answer, or why there is none."""

    indicator: Indicator
    measure: Measure
    answer: Answer | None
    refusal: Sentence | None = None

    @property
    def in_words(self) -> bool:
        """Is the result one of the tiers of judgement?"""
        return not takes_number(self.indicator.target)


def measures_of(
    declaration: Declaration, *, known_at: datetime | None = None
) -> dict[str, Measure]:
    """By place the measure in use: the last one that was set, by a moment where one is named."""
    found: dict[str, Measure] = {}
    held = declaration.measures.order_by("-id").select_related("made_by")
    for measure in held if known_at is None else held.filter(made_at__lte=known_at):
        found.setdefault(measure.place, measure)
    return found


def evidence_of(
    declaration: Declaration, tables: Iterable[str], *, known_at: datetime | None = None
) -> list[Row]:
    """The rows of these tables that were known at a moment, now where none is named."""
    rows: list[Row] = []
    for table in sorted(set(tables)):
        found = evidence()[table].rows(declaration)
        if known_at is not None:
            found = found.filter(made_at__lte=known_at)
        rows += [row_of(table, exported(item)) for item in found.order_by("pk")]
    return rows


def answers_of(
    declaration: Declaration,
    asked: Iterable[tuple[Indicator, Measure]],
    *,
    as_of: date,
    budget: Decimal | None,
    known_at: datetime | None = None,
) -> dict[str, Told]:
    """By place what the evidence says on a day."""
    asked = list(asked)
    tables = {table for _, measure in asked for table in WAYS[measure.way].tables}
    rows = evidence_of(declaration, tables, known_at=known_at)
    by_table: dict[str, list[Row]] = {}
    for row in rows:
        by_table.setdefault(row.table, []).append(row)
    return {
        measure.place: _told(indicator, measure, by_table, as_of, budget)
        for indicator, measure in asked
    }


def _told(
    indicator: Indicator,
    measure: Measure,
    rows: dict[str, list[Row]],
    as_of: date,
    budget: Decimal | None,
) -> Told:
    way = WAYS[measure.way]
    question = Question(indicator.target, as_of, measure.parameters, budget)
    mine = [
        row
        for table in way.tables
        for row in rows.get(table, [])
        if measure.way != "typed" or row.says["place"] == measure.place
    ]
    try:
        return Told(indicator, measure, way.answer(question, mine))
    except Unanswerable as refusal:
        return Told(indicator, measure, None, refusal.sentence)


def reason_against_taking(measure: Measure) -> Sentence | None:
    """Why no value can be taken by this measure yet: answers by an open link that nobody looked at."""
    if measure.way != "survey":
        return None
    survey = Survey.objects.filter(pk=measure.parameters.get("survey")).first()
    came = open_answers(survey) if survey is not None else None
    if survey is None or came is None or not came.unseen:
        return None
    return say(
        "“{title}”有 {count} 份公开链接的答卷还没有人看过；请先在问卷页看过，再取数",
        title=survey.title,
        count=came.unseen,
    )
