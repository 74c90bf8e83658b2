"""Rates as they were written down last, and how many doubts each check found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from kaoji.benefits.checks.catalogue import CHECKS
from kaoji.benefits.rates import Rate
from kaoji.measuring.ways.payments import PAYMENT_STATISTICS
from kaoji.subjects.benefits.models import Run, Tally
from kaoji.subjects.benefits.queries.rosters import doubts_of

STATISTIC_NAMES = PAYMENT_STATISTICS
CHECK_TITLES = {check.id: check.title for check in CHECKS} | {"C00": "须人工核实"}


def latest_rates(run: Run, *, basis: str = "on_day") -> dict[str, Rate]:
    """By statistic the last rate of a run, its towns added up."""
    return rates_of_runs([run], basis=basis)[run.pk]


def rates_of_runs(runs: Iterable[Run], *, basis: str = "on_day") -> dict[int, dict[str, Rate]]:
    """The same of many runs, asked for at once."""
    found: dict[int, dict[str, Rate]] = {run.pk: {} for run in runs}
    last: dict[tuple[int, str, int], Tally] = {}
    for tally in Tally.objects.filter(run__in=list(found), basis=basis).order_by("id"):
        last[tally.run_id, tally.statistic, tally.town_id] = tally
    for (run, statistic, _town), tally in last.items():
        rate = Rate(tally.numerator, tally.denominator)
        found[run][statistic] = found[run].get(statistic, Rate(0, 0)) + rate
    return found


@dataclass(frozen=True)
class Checked:
    """A check in a run: how many it found, how many hold money and nobody decided."""

    id: str
    title: str
    count: int
    open: int
    before: int


def by_check(run: Run) -> list[Checked]:
    """Check by check, beside the run before."""
    earlier = (
        Run.objects.filter(
            place=run.place_id, programme=run.programme, month__lt=run.month, resends=None
        )
        .exclude(state="cancelled")
        .first()
    )
    before = _counts(earlier) if earlier else {}
    return [
        Checked(key, CHECK_TITLES.get(key, key), count, undecided, before.get(key, (0, 0))[0])
        for key, (count, undecided) in sorted(_counts(run).items())
    ]


def _counts(run: Run) -> dict[str, tuple[int, int]]:
    undecided = Q(effect="hold", decision__isnull=True)
    rows = doubts_of(run).values("check_id").order_by("check_id")
    counted = rows.annotate(count=Count("id"), open=Count("id", filter=undecided))
    return {row["check_id"]: (row["count"], row["open"]) for row in counted}
