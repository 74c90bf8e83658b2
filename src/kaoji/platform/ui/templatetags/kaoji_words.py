"""Filters that speak: sentences, amounts, captions, severities."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils.dateformat import format as format_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kaoji.benefits.fen import written_fen
from kaoji.core.speech import Sentence
from kaoji.platform.ui import saying, sums
from kaoji.platform.ui.captions import caption_of
from kaoji.platform.ui.discreet import discreet
from kaoji.platform.ui.saying import spoken
from kaoji.scoring.lights import LIGHT_NAMES, Light
from kaoji.workflow.moves import STATE_NAMES, State

register = template.Library()
register.filter("discreet", discreet)

_SEVERITIES = {
    "error": "错误",
    "warning": "提醒",
    "hint": "提示",
    "undecided": "无法判断",
    "waived": "已豁免",
    "opinion": "意见",
    "doubt": "存疑",
    "repair": "修补",
}


@register.filter
def speak(sentence: Sentence | str | None) -> str:
    """A sentence in the language of the page; nothing for None."""
    return spoken(sentence) if sentence is not None else ""


@register.filter
def amount(value: object) -> str:
    """Yuan with thousands separators, a dash for a blank."""
    return f"{value:,.2f}" if isinstance(value, Decimal) else "—"


@register.filter
def fen(value: object) -> str:
    """Whole fen as yuan with thousands separators, a dash for a blank."""
    return written_fen(value) if isinstance(value, int) else "—"


@register.filter
def ten_thousands(value: object) -> str:
    """Yuan as 万元 with two decimals, in English as yuan; for tables and headings. A dash for a blank."""
    return sums.ten_thousands(value) if isinstance(value, Decimal) else "—"


@register.filter
def ten_thousands_in_text(value: object) -> str:
    """Yuan as 万元, in English as yuan or “5.64 million”; for sentences and big numbers. A dash for a blank."""
    return sums.ten_thousands_in_text(value) if isinstance(value, Decimal) else "—"


@register.filter
def hundred_millions(value: object) -> str:
    """Yuan as 亿元 with two decimals, in English as “564 million”. A dash for a blank."""
    return sums.hundred_millions_in_text(value) if isinstance(value, Decimal) else "—"


@register.simple_tag
def mark(sign: str) -> str:
    """A punctuation mark that is not part of a sentence, in the language of the page: {% mark "：" %}."""
    return saying.mark(sign)


@register.filter
def joined(names: Iterable[object]) -> str:
    """Several names in one line: 甲、乙 in Chinese, with commas in English."""
    return saying.joined(names)


@register.filter
def day(value: date | None) -> str:
    """A day as people write it in text: 12 月 4 日, with the year where it is not this one; 4 December in English."""
    if value is None:
        return "—"
    there = localdate(value) if isinstance(value, datetime) else value
    pattern = _("n 月 j 日") if there.year == localdate().year else _("Y 年 n 月 j 日")
    return format_date(there, pattern)


@register.filter
def signed(value: object) -> str:
    """A difference in yuan with its sign."""
    return f"{value:+,.2f}" if isinstance(value, Decimal) else "—"


@register.filter
def light_name(light: str) -> str:
    """What a warning light says; colour alone tells nobody who does not see it."""
    return _(LIGHT_NAMES[Light(light)])


@register.filter
def severity_name(severity: str) -> str:
    """What a severity, or `undecided`, is called."""
    return _(_SEVERITIES[severity])


@register.filter
def state_name(state: str) -> str:
    """What a declaration's state is called."""
    return _(STATE_NAMES[State(state)])


@register.filter
def share(value: float | Decimal | None) -> str:
    """A share in percent, a dash where there is none."""
    return "—" if value is None else f"{value:.0%}"


@register.filter
def caption(path: str) -> str:
    """What the field at *path* is called on the form."""
    return caption_of(path)


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: object) -> str:
    """The page's query string with some parameters changed; None or empty removes one."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value in {None, ""}:
            parameters.pop(name, None)
        else:
            parameters[name] = value
    return f"?{parameters.urlencode()}"
