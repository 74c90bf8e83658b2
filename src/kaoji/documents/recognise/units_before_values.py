"""指标名称 | 计量单位 | 指标性质 | 指标值: below such a heading a unit ends the name before it."""

from __future__ import annotations

import re

from kaoji.documents.recognise import shapes

_HEADING = re.compile(r"单位(?:指标性质)?(?:年初)?(?:指标|目标)值")


def units_come_first(text: str) -> bool:
    """Does a heading in running text set the unit before the value?"""
    return bool(_HEADING.search(text))


def unit_apart(piece: str) -> tuple[str, str]:
    """A name and the unit of its value behind it, empty where there is none.

    >>> unit_apart("党性教育培训次数次")
    ('党性教育培训次数', '次')
    """
    size = next((n for n in (2, 1) if _is_name_with_unit(piece, n)), 0)
    return piece[: len(piece) - size], piece[len(piece) - size :]


def _is_name_with_unit(piece: str, size: int) -> bool:
    name, unit = piece[:-size], piece[-size:]
    return len(name) > size and shapes.is_unit(unit) and shapes.names_a_measure(name)
