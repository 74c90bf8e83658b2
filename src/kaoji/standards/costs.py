"""The costs with which running text is cut into rows and columns (`costs.yaml`), in nats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kaoji.standards.files import read_yaml


@dataclass(frozen=True)
class Costs:
    """All costs by name; the groups skip, join, cut, wrong_place and unlike by their entries."""

    skip: Mapping[str, float]
    join: Mapping[str, float]
    cut: Mapping[str, float]
    wrong_place: Mapping[str, float]
    unlike: Mapping[str, float]
    usual_points: frozenset[float]
    project_left_out: float
    project_begins: float
    level2_after_new_level1: float
    label_only: float
    row_goes_on: float
    row_inside_line: float
    row_anywhere: float
    in_place: Mapping[str, float]
    junk: float
    junk_more: float
    around_junk: float
    swallows_label: float
    swallows_sign: float
    swallows_number: float
    numbered_name_goes_on: float
    swallows_digit: float
    begins_with_unit: float
    bare_number_as_target: float
    value_with_label: float
    value_with_second_sign: float
    value_with_words_behind: float
    value_with_second_number: float
    unit_cut_off: float
    value_unreadable: float
    value_with_unit: float
    never: float
    temperature: float
    temperature_flat: float
    beam: float


@cache
def costs() -> Costs:
    """The costs in force."""
    data: dict[str, Any] = read_yaml("costs.yaml")
    return Costs(**(data | {"usual_points": frozenset(map(float, data["usual_points"]))}))
