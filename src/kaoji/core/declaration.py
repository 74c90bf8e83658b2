"""A declaration (项目支出绩效目标申报表): one project, its money, its goals, its indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from kaoji.core.indicator import Indicator
from kaoji.core.money import Money
from kaoji.core.period import Years
from kaoji.core.width import narrow, squeeze


@dataclass(frozen=True)
class Funds:
    """The two funding columns: the whole project and the declared year. Blank is None."""

    total: Money | None = None
    fiscal: Money | None = None
    other: Money | None = None
    annual_total: Money | None = None
    annual_fiscal: Money | None = None
    annual_carryover: Money | None = None
    annual_other: Money | None = None


_YEARS = re.compile(r"(?<!\d)20\d\d(?:年?度?[-—–~～至]20\d\d)?年度?")


def project_key(name: str | None) -> str:
    """The name of a project as it is compared, blanks, full-width signs and its year aside; empty for none.

    >>> project_key("智慧养老 平台（二期）") == project_key("智慧养老平台(二期)")
    True
    >>> project_key("2023年度道路保洁") == project_key("2024年道路保洁")
    True
    >>> project_key("2023-2024年度冬春农田水利") == project_key("2024—2025年度冬春农田水利")
    True
    """
    whole = narrow(squeeze(name or ""))
    return _YEARS.sub("", whole) or whole


INDICATOR_TABLES = ("indicators", "overall_indicators")


@dataclass(frozen=True)
class Declaration:
    """What one form says. Every blank cell is None, so that a blank is never taken for 0.

    *indicators* are those of the declared year, *overall_indicators* those of the whole
    project (中期, 长期), which only some layouts have.
    """

    project_name: str | None = None
    layout: str | None = None
    year: int | None = None
    project_category: str | None = None
    project_nature: str | None = None
    department: str | None = None
    implementing_unit: str | None = None
    start_date: date | None = None
    end_date: date | None = None
    funds: Funds = Funds()
    goal_period: Years | None = None
    overall_goal: str | None = None
    annual_goal: str | None = None
    indicators: tuple[Indicator, ...] = field(default=())
    overall_indicators: tuple[Indicator, ...] = field(default=())

    def __post_init__(self) -> None:
        """Tell every indicator its row number."""
        for name in INDICATOR_TABLES:
            numbered = tuple(
                row if row.position == place else replace(row, position=place)
                for place, row in enumerate(getattr(self, name))
            )
            object.__setattr__(self, name, numbered)

    def under(self, label: str) -> Iterator[Indicator]:
        """The indicators whose level 1 or level 2 is *label*."""
        return (row for row in self.indicators if label in {row.level1, row.level2})

    @property
    def goals(self) -> dict[str, str]:
        """The goals that were written, by field name."""
        written = {"overall_goal": self.overall_goal, "annual_goal": self.annual_goal}
        return {name: text for name, text in written.items() if text}
