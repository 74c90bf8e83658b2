"""In which unit does a head count money: 项目资金(万元), 单位：万元, (金额单位:元)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kaoji.core.declaration_json import FUND_FIELDS
from kaoji.core.money import YUAN_PER_UNIT
from kaoji.core.speech import say
from kaoji.documents.recognise.atoms import Atom
from kaoji.documents.recognise.draft import Draft
from kaoji.documents.recognise.spelling import squeezed

_IN_BRACKETS = re.compile(r"\((\w{0,4}元)\)")
_OWN = re.compile(r"\((千元|百万元|亿元|万元|元)\)")
_LONGEST_CAPTION = 60
_COUNTED_IN_MONEY = ("资金", "预算", "金额", "支出")
_UNIT_LABELLED = re.compile(r"\(?(?:金额|货币|计量|计价)?单位:?\(?(?:人民币)?(\w*元)\)?\)?$")


def own_unit(caption: str) -> str | None:
    """The unit that a caption names for what stands under or behind it: 全年执行数（元）."""
    found = _OWN.search(squeezed(caption)) if len(caption) < _LONGEST_CAPTION else None
    return found[1] if found else None


def money_unit(draft: Draft, atoms: Sequence[Atom]) -> str | None:
    """The unit in which a head counts money; None where it does not say.

    Two different ones, or one that we do not know, put every amount in doubt.
    """
    printed = {unit: atom for atom in atoms for unit in _units_in(atom.text)}
    if len(printed) > 1 or printed.keys() - YUAN_PER_UNIT.keys():
        reason = say("金额单位不明：{units}", units="、".join(sorted(printed)))
        for name in FUND_FIELDS:
            draft.doubt(f"funds.{name}", reason, next(iter(printed.values())))
    return next((unit for unit in printed if unit in YUAN_PER_UNIT), None)


def _units_in(text: str) -> list[str]:
    """The unit that a text names: `项目资金(万元)`, `单位：万元`, `(金额单位:元)`."""
    if len(text) > 200:
        return []
    plain = squeezed(text).rstrip(":")
    beside = _IN_BRACKETS.search(plain)
    before = plain[: beside.start()] if beside else ""
    if before and not any(word in before for word in _COUNTED_IN_MONEY):
        beside = None
    labelled = _UNIT_LABELLED.search(plain)
    return [found[1] for found in (beside, labelled) if found]
