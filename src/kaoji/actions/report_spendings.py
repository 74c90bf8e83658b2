"""Take what was spent from another system, month by month: all of its entries, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.actions.access_key import require_writes
from kaoji.actions.enter_spendings import Entering, UnableToImport, entered, keep
from kaoji.actions.in_force import kept_file
from kaoji.actions.permission import UnableToAct, require
from kaoji.core.declaration_json import canonical_json
from kaoji.core.speech import Sentence, say
from kaoji.documents.spending_sheet import SpendingLine
from kaoji.records.models import AccessKey, Batch, Organisation
from kaoji.records.reach import places_of
from kaoji.workflow.following import SOURCE_NAMES
from kaoji.workflow.roles import MAY_FILE

MOST_ENTRIES = 5_000
_MOST = Decimal(10) ** 15


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
    lines = _lines(entries)
    with transaction.atomic():
        made = entered(lines, Entering(held, year, replace, person, now))
        if made:
            told = {"place": place, "year": year, "entries": [asdict(item) for item in entries]}
            batch = Batch.objects.create(
                kind=Batch.Kind.SPENDINGS,
                place=held,
                document=kept_file(
                    (f"{key.name} {now:%Y-%m-%d}.json", canonical_json(told)), person, now
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


def _lines(entries: Sequence[Entry]) -> list[SpendingLine]:
    if not entries:
        raise UnableToAct(say("没有执行数"))
    if len(entries) > MOST_ENTRIES:
        raise UnableToAct(
            say("一次最多 {most} 笔，这里有 {count} 笔；请分几次报", most=MOST_ENTRIES, count=len(entries))
        )  # fmt: skip
    refusals: list[Sentence] = []
    lines: list[SpendingLine] = []
    seen: dict[tuple[str, str, str, str], int] = {}
    for number, entry in enumerate(entries, start=1):
        at = entry.project, entry.unit, entry.month, entry.source
        first = seen.setdefault(at, number)
        try:
            lines.append(_line(number, entry, first))
        except UnableToAct as refusal:
            refusals.append(say("第 {line} 行：{why}", line=number, why=refusal.sentence))
    if refusals:
        raise UnableToImport(tuple(refusals))
    return lines


def _line(number: int, entry: Entry, first: int) -> SpendingLine:
    if first != number:
        raise UnableToAct(say("与第 {line} 行是同一项目、同月、同一来源", line=first))
    try:
        month = date.fromisoformat(f"{entry.month}-01")
    except ValueError:
        raise UnableToAct(say("“{month}”不是月份；请写成 2023-04", month=entry.month)) from None
    try:
        amount = Decimal(entry.amount)
    except InvalidOperation:
        raise UnableToAct(say("“{typed}”不是数", typed=entry.amount)) from None
    if not amount.is_finite() or abs(amount) >= _MOST or amount != round(amount, 2):
        raise UnableToAct(say("“{typed}”不是金额，最多两位小数", typed=entry.amount))
    if entry.source not in {"", *SOURCE_NAMES}:
        raise UnableToAct(say("没有“{source}”这种资金来源", source=entry.source))
    return SpendingLine(number, entry.project, entry.unit, month, amount, entry.source)
