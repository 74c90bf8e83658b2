"""Of each unit and year: what was done in time, what came back, what could be measured, what was corrected.

No points are given: how they are weighed is a local rule. Who is late by an exception that finance granted is
late here too, since the exception is what is told apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F, Min
from django.utils.timezone import localdate

from kaoji.platform.events.models import Event
from kaoji.platform.organisation.models import Organisation
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.monitoring.models import MonitoringPeriod, MonitoringReport
from kaoji.subjects.rectification.models import Rectification
from kaoji.subjects.rectification.queries import State, with_state
from kaoji.subjects.self_evaluation.models import Recheck, SelfEvaluation
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

    *declared*: submitted until the last day that was set (all that were submitted, where none was); *unreturned*: approved
    without coming back once; *measurable*: indicators with a target that can be checked; *monitored*: reports in time;
    *evaluated*: self-evaluations in time; *upheld*: re-checked self-evaluations that kept their score; *rectified*:
    demands that are closed or not yet due.
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
    found: dict[int, Conduct] = defaultdict(Conduct)
    forms = list(
        Declaration.objects.filter(year=year, organisation__in=units)
        .order_by("pk")
        .only("organisation", "state", "approved_revision", "indicators", "measurable")
    )
    last = _last_days(year, {form.organisation_id for form in forms}, units)
    _declaring(forms, found, last)
    _monitoring(forms, found, year, on)
    if on > date(year, 12, 31):
        _evaluating(forms, found, last)
    _rectifying(found, units, year, on)
    return [(place, found[key]) for key, place in units.items() if found[key].forms]


def _last_days(
    year: int, keys: set[int], units: dict[int, Organisation]
) -> dict[tuple[int, Stage], date]:
    """By unit and stage the last day that was set, exceptions left out."""
    calendar = Calendar([year])
    return {
        (key, stage): window.closes_on
        for key in keys
        for stage, (window, _) in calendar.windows_for(year, units[key]).items()
    }


def _declaring(
    forms: list[Declaration],
    found: dict[int, Conduct],
    last: dict[tuple[int, Stage], date],
) -> None:
    moves = Event.objects.filter(declaration__in=[form.pk for form in forms])
    submitted = dict(
        moves.filter(type="declaration.submit")
        .values_list("declaration")
        .annotate(first=Min("at"))
    )
    returned = set(
        moves.filter(type="declaration.return").values_list("declaration", flat=True)
    )
    for form in forms:
        unit = found[form.organisation_id]
        unit.forms += 1
        unit.declared.count(
            _in_time(submitted.get(form.pk), last.get((form.organisation_id, Stage.DECLARE)))
        )
        unit.measurable.add(Share(form.measurable, form.indicators))
        if form.approved_revision is not None:
            unit.unreturned.count(form.pk not in returned)


def _in_time(at: datetime | None, last: date | None) -> bool:
    return at is not None and (last is None or localdate(at) <= last)


def _monitoring(
    forms: list[Declaration], found: dict[int, Conduct], year: int, on: date
) -> None:
    """A report counts for each period that is over: in time, late, or missing."""
    in_force = [form for form in forms if form.approved_revision is not None]
    periods = MonitoringPeriod.objects.filter(year=year, due_on__lt=on).select_related("place")
    filed = {
        (report["period"], report["declaration"]): report["first"]
        for report in MonitoringReport.objects.filter(
            declaration__in=[form.pk for form in in_force]
        )
        .order_by()
        .values("period", "declaration")
        .annotate(first=Min("filed_at"))
    }
    paths = dict(
        Organisation.objects.filter(
            pk__in={form.organisation_id for form in in_force}
        ).values_list("pk", "path")
    )
    for period in periods:
        for form in in_force:
            if str(paths[form.organisation_id]).startswith(str(period.place.path)):
                first = filed.get((period.pk, form.pk))
                found[form.organisation_id].monitored.count(_in_time(first, period.due_on))


def _evaluating(
    forms: list[Declaration],
    found: dict[int, Conduct],
    last: dict[tuple[int, Stage], date],
) -> None:
    keys = [form.pk for form in forms if form.approved_revision is not None]
    held = SelfEvaluation.objects.filter(declaration__in=keys).order_by()
    first = dict(held.values_list("declaration").annotate(first=Min("filed_at")))
    rechecks = Recheck.objects.filter(evaluation__declaration__in=keys).order_by()
    looked_at = set(rechecks.values_list("evaluation__declaration", flat=True))
    changed = set(
        rechecks.exclude(total=F("total_before")).values_list(
            "evaluation__declaration", flat=True
        )
    )
    for form in forms:
        if form.approved_revision is None:
            continue
        unit = found[form.organisation_id]
        day = last.get((form.organisation_id, Stage.SELF_EVALUATION))
        unit.evaluated.count(_in_time(first.get(form.pk), day))
        if form.pk in looked_at:
            unit.upheld.count(form.pk not in changed)


def _rectifying(
    found: dict[int, Conduct], units: dict[int, Organisation], year: int, on: date
) -> None:
    """Demands to the unit that were opened in the year or on a promise of it."""
    demands = with_state(Rectification.objects.filter(place__in=units, declaration__year=year))
    for item in demands:
        is_done = item.state == State.CLOSED
        if is_done or item.due < on:
            found[item.place_id].rectified.count(is_done)
