"""Filters that speak: sentences, amounts, captions, severities."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _

from kaoji.core.speech import Sentence
from kaoji.platform.ui.captions import caption_of
from kaoji.platform.ui.saying import spoken
from kaoji.workflow.moves import STATE_NAMES, State

register = template.Library()

_LIGHTS = {"red": "红灯", "yellow": "黄灯", "green": "绿灯", "blue": "超额"}
_SEVERITIES = {
    "error": "错误",
    "warning": "提醒",
    "hint": "提示",
    "undecided": "无法判断",
    "waived": "已豁免",
    "opinion": "意见",
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
def signed(value: object) -> str:
    """A difference in yuan with its sign."""
    return f"{value:+,.2f}" if isinstance(value, Decimal) else "—"


@register.filter
def light_name(light: str) -> str:
    """What a warning light says; colour alone tells nobody who does not see it."""
    return _(_LIGHTS[light])


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
