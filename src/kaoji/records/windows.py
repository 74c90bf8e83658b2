"""Which stages are open for a unit today: the nearest window counts, late exceptions included."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch

from kaoji.core.speech import Sentence, say
from kaoji.records.models import Extension, Organisation, Window
from kaoji.workflow.moves import STAGE_NAMES, Stage


def windows_for(year: int | None, place: Organisation) -> dict[Stage, tuple[Window, date]]:
    """By stage the window that holds for a place, and the last day for it, exceptions included."""
    if year is None:
        return {}
    extensions = Prefetch("extensions", Extension.objects.select_related("place"))
    windows = Window.objects.filter(year=year, place__in=place.lineage).select_related("place")
    found: dict[Stage, tuple[Window, date]] = {}
    for window in sorted(windows.prefetch_related(extensions), key=_depth):
        later = [
            item.until
            for item in window.extensions.all()
            if place.is_within(str(item.place.path))
        ]
        found[Stage(window.stage)] = window, max([window.closes_on, *later])
    return found


def shut_stages(year: int | None, place: Organisation, *, on: date) -> dict[Stage, Sentence]:
    """The stages that are not open on a day, with the reason and the cure."""
    shut: dict[Stage, Sentence] = {}
    for stage, (window, last) in windows_for(year, place).items():
        if on < window.opens_on:
            shut[stage] = say(
                "{year} 年{stage}自 {day} 开始，现在还不能办理",
                year=year,
                stage=say(STAGE_NAMES[stage]),
                day=window.opens_on,
            )
        elif on > last:
            shut[stage] = say(
                "{year} 年{stage}已于 {day} 截止；确需办理的，请财政绩效科准予延期",
                year=year,
                stage=say(STAGE_NAMES[stage]),
                day=last,
            )
    return shut


def _depth(window: Window) -> int:
    return str(window.place.path).count("/")
