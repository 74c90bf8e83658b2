"""By when monitoring reports are due, unit by unit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from kaoji.core.speech import say
from kaoji.platform.notices.deadlines import Deadline, Deadlines
from kaoji.platform.organisation.models import Organisation
from kaoji.subjects.monitoring.models import MonitoringPeriod, MonitoringReport
from kaoji.subjects.monitoring.queries import tasks_of
from kaoji.workflow.roles import MAY_FILE


def _reports(first: date, last: date, _today: date) -> Iterator[Deadline]:
    periods = MonitoringPeriod.objects.filter(due_on__range=(first, last))
    for period in periods.select_related("place").order_by("due_on", "id"):
        returned = MonitoringReport.objects.filter(period=period, review__verdict="returned")
        left = Count("pk", filter=Q(report=None) | Q(report__in=returned.values("pk")))
        counts = tasks_of(period).order_by().values_list("organisation").annotate(left=left)
        units = Organisation.objects.in_bulk([key for key, _left in counts])
        for key, count in counts:
            yield Deadline(
                "monitoring",
                period.year,
                period.due_on,
                say("报送{title}", title=period.title),
                units[key],
                MAY_FILE,
                count,
                reverse("monitoring-period", args=[period.pk]),
            )


DEADLINES: dict[str, Deadlines] = {"monitoring": _reports}
