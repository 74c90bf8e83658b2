"""The places of the organisation tree: what kinds there are, and what stands under what.

财政局 ┬─ 主管部门 ── 预算单位 ── 预算单位
├─ 街镇 ── 预算单位
└─ 第三方机构
"""

from __future__ import annotations

from enum import StrEnum


class PlaceKind(StrEnum):
    """What a place is."""

    BUREAU = "bureau"
    DEPARTMENT = "department"
    TOWN = "town"
    UNIT = "unit"
    AGENCY = "agency"


PLACE_NAMES = {
    PlaceKind.BUREAU: "财政局",
    PlaceKind.DEPARTMENT: "主管部门",
    PlaceKind.TOWN: "街镇",
    PlaceKind.UNIT: "预算单位",
    PlaceKind.AGENCY: "第三方机构",
}

_UNDER: dict[PlaceKind, frozenset[PlaceKind | None]] = {
    PlaceKind.BUREAU: frozenset({None}),
    PlaceKind.DEPARTMENT: frozenset({PlaceKind.BUREAU}),
    PlaceKind.TOWN: frozenset({PlaceKind.BUREAU}),
    PlaceKind.UNIT: frozenset({PlaceKind.DEPARTMENT, PlaceKind.TOWN, PlaceKind.UNIT}),
    PlaceKind.AGENCY: frozenset({PlaceKind.BUREAU}),
}

# Who writes declarations of its own.
FILING = frozenset({PlaceKind.DEPARTMENT, PlaceKind.TOWN, PlaceKind.UNIT, PlaceKind.BUREAU})


def may_stand_under(kind: PlaceKind, parent: PlaceKind | None) -> bool:
    """May a place of this kind stand under one of the other; None is the top.

    >>> may_stand_under(PlaceKind.UNIT, PlaceKind.DEPARTMENT)
    True
    >>> may_stand_under(PlaceKind.DEPARTMENT, None)
    False
    """
    return parent in _UNDER[kind]
