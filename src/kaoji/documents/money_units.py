"""In what a sheet counts money: wherever a person would see it, and never guessed."""

from __future__ import annotations

from decimal import Decimal

from kaoji.core.money import YUAN_PER_UNIT
from kaoji.core.speech import Sentence, say
from kaoji.documents.entry_sheet import EntrySheet, Refused
from kaoji.documents.sheet_values import sheet_money, units_named


class MoneyUnits:
    """In what a sheet counts money: told by the cell, by the caption, around the table, or said."""

    def __init__(self, entries: EntrySheet, said: str | None) -> None:
        self._by_field = {
            name: units_named(caption) for name, caption in entries.columns.items()
        }
        self._around = {unit for text in entries.around for unit in units_named(text)}
        self._said = said if said in YUAN_PER_UNIT else None
        self.refusals: list[Sentence] = []

    @property
    def whole(self) -> str | None:
        """The one unit told around the table or by its captions, else the one that was said."""
        told = set(self._around)
        for named in self._by_field.values():
            told.update(named)
        known = told & YUAN_PER_UNIT.keys()
        return known.pop() if len(known) == 1 else None if told else self._said

    def yuan(self, name: str, text: str, title: str) -> Decimal:
        """An amount in yuan. Raises Refused for what is no amount; asks once where no unit is known."""
        money = sheet_money(text)
        if money is None:
            raise Refused(say("“{title}”“{text}”不是数", title=title, text=text))
        if not money.number:
            return Decimal(0)
        amount = money.number * YUAN_PER_UNIT[money.unit or self._of(name, title)]
        if amount != round(amount, 2):
            raise Refused(
                say("“{title}”“{text}”折成元后多于两位小数；请核对", title=title, text=text)
            )
        return amount

    def _of(self, name: str, title: str) -> str:
        named = set(self._by_field.get(name, ()))
        told = named | self._around
        if len(named) == 1 and named == told:
            return self._known(named.pop(), title)
        if len(told) > 1:
            self._refuse(
                say("表上写了几种金额单位：{units}；请只留一种", units="、".join(sorted(told)))
            )
            return "元"
        if told:
            return self._known(told.pop(), title)
        if self._said is None:
            self._refuse(say("表上没有写金额单位；请在下面选择“金额单位”（元、万元……）"))
        return self._said or "元"

    def _known(self, unit: str, title: str) -> str:
        if unit in YUAN_PER_UNIT:
            return unit
        self._refuse(
            say("不认识“{title}”的金额单位“{unit}”；请改成元或万元", title=title, unit=unit)
        )
        return "元"

    def _refuse(self, sentence: Sentence) -> None:
        if sentence not in self.refusals:
            self.refusals.append(sentence)
