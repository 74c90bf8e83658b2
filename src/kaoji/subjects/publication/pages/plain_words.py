"""A target as a citizen would say it: ≥ 35公里 is 至少 35公里."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kaoji.core.declaration import Declaration
from kaoji.core.speech import Sentence, say
from kaoji.core.target import Kind, Op, Target

_WAYS = {
    Op.AT_LEAST: "至少 {amount}",
    Op.ABOVE: "超过 {amount}",
    Op.AT_MOST: "不超过 {amount}",
    Op.BELOW: "低于 {amount}",
    Op.EQUAL: "{amount}",
}


@dataclass(frozen=True)
class PlainPromise:
    """One promise that can be checked: what, and how much of it."""

    name: str
    amount: Sentence


def first_sentences(text: str, *, room: int = 200) -> str:
    """The whole sentences from the beginning that have room; a first one that is longer is cut and says so.

    >>> first_sentences("建养老床位 200 张。改造 100 户。", room=14)
    '建养老床位 200 张。'
    """
    told = ""
    for sentence in re.findall(r"[^。；！？\n]+[。；！？]?", text.strip()):
        if len(told) + len(sentence) > room:
            break
        told += sentence
    if not told:
        return text[:room].rstrip("，、") + ("……" if len(text) > room else "")
    return told if told[-1] in "。！？" else told.rstrip("；") + "。"


def promises_of(form: Declaration) -> Iterator[PlainPromise]:
    """The promises of a form that can be met or missed."""
    for row in form.indicators:
        if row.target.measurable and row.level3:
            yield PlainPromise(row.level3, _amount(row.target))


def _amount(target: Target) -> Sentence:
    if target.kind is Kind.DEADLINE or target.value is None:
        return say("{text}", text=target.text)
    amount = f"{target.value:f}{target.unit or ''}"
    if target.value_high is not None:
        return say(
            "{low} 到 {high}",
            low=f"{target.value:f}",
            high=f"{target.value_high:f}{target.unit or ''}",
        )
    return say(_WAYS[target.op or Op.EQUAL], amount=amount)
