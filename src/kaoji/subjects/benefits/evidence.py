"""Rates of closed runs as evidence: a row a run, town, statistic and way of looking. No person stands in any."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kaoji.measuring.answer import Row
from kaoji.measuring.ways.payments import BASIS_NAMES, PAYMENT_STATISTICS
from kaoji.platform.imports.evidence import Evidence
from kaoji.platform.organisation.models import Organisation
from kaoji.subjects.benefits.models import Run, Tally


def told(row: Row) -> tuple[str, str]:
    """The month, the town and the statistic; part and whole, and by which knowledge."""
    says = row.says
    town = Organisation.objects.filter(pk=says["town"]).values_list("name", flat=True).first()
    what = f"{row.on:%Y-%m} {town or ''} {_(PAYMENT_STATISTICS[says['statistic']])}"
    detail = (
        f"{says['numerator']:,} / {says['denominator']:,} · {_(BASIS_NAMES[says['basis']])}"
    )
    run = Run.objects.filter(pk=says["run"], due_by_law__isnull=False).first()
    if run is not None and run.moved_day is not None:
        detail = f"{detail} · {run.moved_day}"
    return what, detail


EVIDENCE = {
    "benefit_tallies": Evidence(Tally, told, of="run__declaration", shows_files=False),
}
