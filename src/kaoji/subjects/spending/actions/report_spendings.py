"""Take what was spent from another system, month by month: all of its entries, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.core.canonical import canonical_json
from kaoji.core.speech import say
from kaoji.documents.spending_sheet import SpendingLine
from kaoji.platform.accounts.actions.access_key import require_writes
from kaoji.platform.accounts.models import AccessKey
from kaoji.platform.files.actions.keep_file import kept_file
from kaoji.platform.imports.actions.refused_rows import Refusals
from kaoji.platform.imports.models import Batch
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.spending.actions.enter_spendings import Entering, entered, keep
from kaoji.workflow.following import SOURCE_NAMES
from kaoji.workflow.roles import MAY_FILE

MOST_ENTRIES = 5_000
_AMOUNT = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,2})?\Z")


@dataclass(frozen=True)
class Entry:
    """What one project spent in one month (`2023-04`) from one source; *amount* is decimal yuan."""

    project: str
    unit: str
    month: str
    amount: str
    source: str


@dataclass(frozen=True)
class Reported:
    """How many entries were new and what they come to; the others were on record already."""

    entries: int
    total: Decimal
    known: int


def report_spendings(
    entries: Sequence[Entry],
    *,
    place: str,
    year: int,
    replace: bool = False,
    key: AccessKey,
    now: datetime,
) -> Reported:
    """Enter what is new; the same report sent twice changes nothing the second time.

    *place* is a place's code or its name. Raises UnableToImport with every entry at fault,
    NotPermitted, UnableToAct.
    """
    person = key.person
    require_writes(key)
    held = place_called(place, person)
    require(person, MAY_FILE, held)
    refusals = Refusals()
    lines = _lines(entries, refusals)
    with transaction.atomic():
        made = entered(
            lines, Entering(held, year, replace, person, now, are_whole=True), refusals
        )
        if made:
            told = {"place": place, "year": year, "entries": [asdict(item) for item in entries]}
            batch = Batch.objects.create(
                kind=Batch.Kind.SPENDINGS,
                place=held,
                document=kept_file(
                    (f"{key.name} {localdate(now)}.json", canonical_json(told)), person, now
                ),
                rows=len(made),
                made_at=now,
                made_by=person,
            )
            keep(made, batch, "spendings.reported", {"key": key.name})
    total = sum((row.amount for row in made), Decimal(0))
    return Reported(len(made), total, len(lines) - len(made))


def place_called(text: str, person: User) -> Organisation:
    """The place with this code, or the only one of this name that the person files for."""
    within = places_of(person, MAY_FILE)
    found = list(within.filter(code=text)[:1]) if text else []
    found = found or list(within.filter(name=text)[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise UnableToAct(say("有几个单位叫“{name}”；请写单位编码", name=text))
    raise UnableToAct(
        say("没有单位“{name}”，或它不归这个密钥的主人填报；请写单位编码或全称", name=text)
    )


def _lines(entries: Sequence[Entry], refusals: Refusals) -> list[SpendingLine]:
    if not entries:
        raise UnableToAct(say("没有执行数"))
    if len(entries) > MOST_ENTRIES:
        raise UnableToAct(
            say("一次最多 {most} 笔，这里有 {count} 笔；请分几次报", most=MOST_ENTRIES, count=len(entries))
        )  # fmt: skip
    lines: list[SpendingLine] = []
    for number, entry in enumerate(entries, start=1):
        with refusals.at(number):
            lines.append(_line(number, entry))
    return lines


def _line(number: int, entry: Entry) -> SpendingLine:
    try:
        month = date.fromisoformat(f"{entry.month}-01")
    except ValueError:
        raise UnableToAct(say("“{month}”不是月份；请写成 2023-04", month=entry.month)) from None
    if not _AMOUNT.match(entry.amount):
        raise UnableToAct(
            say("“{typed}”不是金额；请写成 12500.00，最多两位小数", typed=entry.amount)
        )
    amount = Decimal(entry.amount)
    if entry.source not in {"", *SOURCE_NAMES}:
        raise UnableToAct(say("没有“{source}”这种资金来源", source=entry.source))
    return SpendingLine(number, entry.project, entry.unit, month, amount, entry.source)
