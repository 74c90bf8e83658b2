"""Which stages are open for a unit on a day: the nearest window counts, late exceptions included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from kaoji.core.speech import Sentence, say
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.windows.models import Extension, Window
from kaoji.workflow.moves import STAGE_NAMES, Stage


class Calendar:
    """The windows and late exceptions of some years, read once for any number of places."""

    def __init__(self, years: Iterable[int | None]) -> None:
        known = [year for year in years if year is not None]
        self._windows: dict[tuple[int, int], list[Window]] = defaultdict(list)
        for window in Window.objects.filter(year__in=known).select_related("place"):
            self._windows[window.year, window.place_id].append(window)
        self._extensions: dict[tuple[int, str], list[Extension]] = defaultdict(list)
        granted = Extension.objects.filter(window__year__in=known)
        for item in granted.select_related("place", "window"):
            self._extensions[item.window.year, item.window.stage].append(item)

    def windows_for(
        self, year: int | None, place: Organisation
    ) -> dict[Stage, tuple[Window, date]]:
        """By stage the window that holds for a place, and its last day, exceptions included.

        An exception that was granted once stays, whatever window is set nearer by later.
        """
        if year is None:
            return {}
        found: dict[Stage, tuple[Window, date]] = {}
        for key in place.lineage:
            for window in self._windows[year, key]:
                later = [
                    item.until
                    for item in self._extensions[year, window.stage]
                    if place.is_within(str(item.place.path))
                ]
                found[Stage(window.stage)] = window, max([window.closes_on, *later])
        return found


def require_open(stage: Stage, year: int | None, place: Organisation, *, on: date) -> None:
    """Is the stage open for a unit on a day, as it is where nobody set a window? Raises UnableToAct."""
    reason = shut_stages(year, place, on=on).get(stage)
    if reason is not None:
        raise UnableToAct(reason)


def shut_stages(year: int | None, place: Organisation, *, on: date) -> dict[Stage, Sentence]:
    """The stages that are not open on a day, with the reason and the cure."""
    shut: dict[Stage, Sentence] = {}
    for stage, (window, last) in Calendar([year]).windows_for(year, place).items():
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
