"""Of each unit and year: what was done in time, what came back, what could be measured, what was corrected.

No points are given: how they are weighed is a local rule. Who is late by an exception that finance granted is
late here too, since the exception is what is told apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Min, Q, QuerySet
from django.utils.timezone import localdate

from kaoji.platform.events.models import Event
from kaoji.platform.organisation.models import Organisation
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.monitoring.models import MonitoringPeriod, MonitoringReport
from kaoji.subjects.rectification.models import Rectification
from kaoji.subjects.rectification.queries import State, with_state
from kaoji.subjects.self_evaluation.models import Recheck, SelfEvaluation, Standing
from kaoji.subjects.windows.queries import Calendar
from kaoji.workflow.moves import Stage


@dataclass
class Share:
    """So many of so many; the share is None of nothing."""

    done: int = 0
    whole: int = 0

    @property
    def percent(self) -> Decimal | None:
        """In percent."""
        return Decimal(self.done) / self.whole * 100 if self.whole else None

    def count(self, is_done: bool) -> None:
        """One more, done or not."""
        self.whole += 1
        self.done += is_done

    def add(self, other: Share) -> None:
        """Those of another unit too."""
        self.whole += other.whole
        self.done += other.done


@dataclass
class Conduct:
    """How one unit did its part in a year.

    *declared*: submitted until the last day that was set, all that were submitted where none was (what may still be in time
    does not count yet, here and below); *unreturned*: approved without coming back once; *measurable*: of the indicators in force, as the
    figures count them, those with a target that can be checked; *monitored*: reports in time;
    *evaluated*: self-evaluations in time; *upheld*: re-checked self-evaluations that kept their score; *rectified*:
    of the demands that are closed or overdue, those closed.
    """

    forms: int = 0
    declared: Share = field(default_factory=Share)
    unreturned: Share = field(default_factory=Share)
    measurable: Share = field(default_factory=Share)
    monitored: Share = field(default_factory=Share)
    evaluated: Share = field(default_factory=Share)
    upheld: Share = field(default_factory=Share)
    rectified: Share = field(default_factory=Share)

    def add(self, other: Conduct) -> None:
        """Together with another unit."""
        self.forms += other.forms
        for name in SHARES:
            getattr(self, name).add(getattr(other, name))


SHARES = tuple(item.name for item in fields(Conduct) if item.name != "forms")


def conduct_in(
    places: Iterable[Organisation], year: int, *, on: date
) -> list[tuple[Organisation, Conduct]]:
    """The units among these places that have forms of the year, in the order of the places."""
    units = {place.pk: place for place in places}
    held = Declaration.objects.filter(year=year, organisation__in=units)
    counting = _Counting(held, units, year, on)
    counting.declaring()
    counting.measuring()
    counting.monitoring()
    if on > date(year, 12, 31):
        counting.evaluating()
    counting.rectifying()
    found = counting.found
    return [(place, found[key]) for key, place in units.items() if found[key].forms]


class _Counting:
    """The forms of a year and some units, counted room by room: a few queries, however many forms."""

    def __init__(
        self,
        held: QuerySet[Declaration],
        units: Mapping[int, Organisation],
        year: int,
        on: date,
    ) -> None:
        self._held, self._units, self._year, self._on = held, units, year, on
        self._forms = list(held.order_by("pk").only("organisation", "approved_revision"))
        self._in_force = [form for form in self._forms if form.approved_revision is not None]
        self.found: dict[int, Conduct] = defaultdict(Conduct)
        calendar = Calendar([year])
        # By unit and stage the last day that was set, exceptions left out.
        self._last = {
            (key, stage): window.closes_on
            for key in {form.organisation_id for form in self._forms}
            for stage, (window, _) in calendar.windows_for(year, units[key]).items()
        }

    def declaring(self) -> None:
        """What was submitted, what came back."""
        moves = Event.objects.filter(declaration__in=self._held.values("pk"))
        submitted = _first(moves.filter(type="declaration.submit"), "at")
        undone = moves.filter(type="declaration.return_undone")
        taken_back = {event.payload["move"] for event in undone}
        returns = moves.filter(type="declaration.return").values_list("sequence", "declaration")
        returned = {key for sequence, key in returns if sequence not in taken_back}
        for form in self._forms:
            unit = self.found[form.organisation_id]
            unit.forms += 1
            self._by_its_day(unit.declared, form, Stage.DECLARE, submitted)
        for form in self._in_force:
            self.found[form.organisation_id].unreturned.count(form.pk not in returned)

    def measuring(self) -> None:
        """What can be measured of what is in force: while a promise is being adjusted, what was approved."""
        standings = Standing.objects.filter(declaration__in=self._held.values("pk")).order_by()
        for key, measurable, indicators in standings.values_list(
            "declaration__organisation", "measurable", "indicators"
        ):
            self.found[key].measurable.add(Share(measurable, indicators))

    def monitoring(self) -> None:
        """A report counts for each period that is over: in time, late, or missing."""
        reports = MonitoringReport.objects.filter(declaration__in=self._held.values("pk"))
        periods = MonitoringPeriod.objects.filter(year=self._year, due_on__lt=self._on)
        for period in periods.select_related("place"):
            filed = _first(reports.filter(period=period), "filed_at")
            for form in self._in_force:
                unit = self._units[form.organisation_id]
                if unit.is_within(str(period.place.path)):
                    share = self.found[unit.pk].monitored
                    share.count(_in_time(filed.get(form.pk), period.due_on))

    def evaluating(self) -> None:
        """Self-evaluations, and whether re-checks left their scores alone."""
        filed = SelfEvaluation.objects.filter(declaration__in=self._held.values("pk"))
        first = _first(filed, "filed_at")
        rechecks = Recheck.objects.filter(evaluation__in=filed.order_by().values("pk"))
        of = "evaluation__declaration"
        looked_at = set(rechecks.values_list(of, flat=True))
        changed = set(rechecks.exclude(total=F("total_before")).values_list(of, flat=True))
        for form in self._in_force:
            unit = self.found[form.organisation_id]
            self._by_its_day(unit.evaluated, form, Stage.SELF_EVALUATION, first)
            if form.pk in looked_at:
                unit.upheld.count(form.pk not in changed)

    def rectifying(self) -> None:
        """Demands on promises of the year, and those on the unit itself that are due in it."""
        on_itself = Q(declaration=None, due_on__year=self._year)
        asked = Rectification.objects.filter(
            Q(declaration__year=self._year) | on_itself, place__in=self._units
        )
        for item in with_state(asked):
            is_closed = item.state == State.CLOSED
            if is_closed or item.due < self._on:
                self.found[item.place_id].rectified.count(is_closed)

    def _by_its_day(
        self, share: Share, form: Declaration, stage: Stage, done: Mapping[int, datetime]
    ) -> None:
        """Count it as in time or not; what may still be done in time does not count yet."""
        at, last = done.get(form.pk), self._last.get((form.organisation_id, stage))
        if at is not None or last is None or last < self._on:
            share.count(_in_time(at, last))


def _first(rows: QuerySet[Any], column: str) -> dict[int, datetime]:
    """By declaration the first moment."""
    return dict(rows.order_by().values_list("declaration").annotate(first=Min(column)))


def _in_time(at: datetime | None, last: date | None) -> bool:
    return at is not None and (last is None or localdate(at) <= last)
