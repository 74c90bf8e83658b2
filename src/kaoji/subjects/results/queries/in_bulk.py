"""What is known of many promises, read in a few queries for all of them: for lists that are taken whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from kaoji.core.declaration import Declaration as Form
from kaoji.measuring.policy import policy_of
from kaoji.standards.scoring import NoScoringPolicy
from kaoji.subjects.declarations.models import Revision
from kaoji.subjects.results.models import Actual, Measure
from kaoji.subjects.results.queries.results import Known, shares_of
from kaoji.subjects.spending.models import Spending


@dataclass(frozen=True)
class Wanted:
    """A version of a form, and the moment by which everything has to be known."""

    revision: Revision
    form: Form
    known_at: datetime


def known_in_bulk(asked: Sequence[Wanted]) -> Iterator[Known]:
    """What `known_of` gives for each, without the first budget; left out where no policy scores the year.

    The revisions bring their declarations along.
    """
    until = {item.revision.declaration_id: item.known_at for item in asked}
    actuals = _by_declaration(Actual.objects.order_by("place", "-as_of", "-id"), until)
    spendings = _by_declaration(Spending.objects.order_by("month", "id"), until)
    measures = _by_declaration(Measure.objects.order_by("id"), until)
    for item in asked:
        try:
            policy = policy_of(item.form)
        except NoScoringPolicy:
            continue
        number = item.revision.declaration_id
        yield Known(
            item.revision.declaration, item.revision, item.form, policy,
            shares_of(item.form, policy),
            tuple(actuals[number]), tuple(spendings[number]),
            {measure.place: measure for measure in measures[number]},  # the last one counts
            None,
        )  # fmt: skip


def _by_declaration(rows: QuerySet[Any], until: dict[int, datetime]) -> dict[int, list[Any]]:
    """The rows of each declaration that were known at its moment."""
    found: dict[int, list[Model]] = defaultdict(list)
    for row in rows.filter(declaration__in=list(until)):
        if row.made_at <= until[row.declaration_id]:
            found[row.declaration_id].append(row)
    return found
