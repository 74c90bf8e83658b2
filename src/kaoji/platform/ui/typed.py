"""What people typed into forms, read: days, numbers, files; what cannot be read is refused in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import cast

from django.http import HttpRequest

from kaoji.core.period import UnreadableDate, read_date
from kaoji.core.speech import say
from kaoji.documents.read.text import MAX_BYTES
from kaoji.platform.refusals import UnableToAct

_MOST = 10**15


def day_in(text: str) -> date:
    """A day. Raises UnableToAct."""
    try:
        return read_date(text)
    except UnreadableDate as refusal:
        raise UnableToAct(refusal.sentence) from refusal


def day_or_none(text: str) -> date | None:
    """A day; None for a blank."""
    return day_in(text) if text.strip() else None


def day_asked(request: HttpRequest, name: str, otherwise: date) -> date:
    """A day that the address names; *otherwise* for none, or for what is no day."""
    try:
        return read_date(request.GET[name])
    except (KeyError, UnreadableDate):
        return otherwise


def number_in_form(text: str) -> Decimal | None:
    """A number as typed, thousands separators allowed; None for a blank."""
    plain = text.replace(",", "").replace("，", "").strip()
    if not plain:
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise UnableToAct(say("“{typed}”不是数", typed=text)) from None
    if not number.is_finite() or abs(number) >= _MOST or number != round(number, 2):
        raise UnableToAct(say("“{typed}”不是金额或分数，最多两位小数", typed=text))
    return number


def whole_in_form(text: str) -> int | None:
    """A whole number as typed; None for a blank."""
    number = number_in_form(text)
    if number is not None and number != int(number):
        raise UnableToAct(say("“{typed}”不是整数", typed=text))
    return int(number) if number is not None else None


def file_in_form(request: HttpRequest, name: str) -> tuple[str, bytes] | None:
    """Name and bytes of an uploaded file, None where there is none. Raises UnableToAct for a large one."""
    file = request.FILES.get(name)
    if file is None:
        return None
    if (file.size or 0) > MAX_BYTES:
        raise UnableToAct(say("文件超过 {most} MB", most=MAX_BYTES // 1_000_000))
    if not file.size:
        raise UnableToAct(say("“{name}”是空文件", name=file.name or name))
    return file.name or name, cast("bytes", file.read())


def needed_file(request: HttpRequest, name: str) -> tuple[str, bytes]:
    """An uploaded file that must be there."""
    file = file_in_form(request, name)
    if file is None:
        raise UnableToAct(say("请选择一个文件"))
    return file
