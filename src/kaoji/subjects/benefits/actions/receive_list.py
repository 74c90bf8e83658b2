"""Take a list of people: every row of it, or none. Names, numbers and accounts are sealed as they come in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from kaoji.benefits.approvals import Duty
from kaoji.benefits.digests import digest_of
from kaoji.benefits.entitlement import Programme
from kaoji.benefits.identity import veiled, well_formed
from kaoji.benefits.kinds import Kind, kinds
from kaoji.core.canonical import digest
from kaoji.core.speech import Sentence, say
from kaoji.documents.benefit_sheet import BenefitLine, read_benefits
from kaoji.documents.guarded.process import rows_guarded
from kaoji.documents.rows_json import Rows
from kaoji.platform.events.event_log import record_event
from kaoji.platform.imports.actions.refused_rows import Refusals, UnableToImport, hidden_parts
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.entering import (
    Entering,
    Foretold,
    Known,
    end_known,
    foretold,
    known_people,
    under_another_number,
)
from kaoji.subjects.benefits.actions.held import OF_ALL, hold_place, require_free
from kaoji.subjects.benefits.actions.tallying import tallied_anew
from kaoji.subjects.benefits.models import Person, ReceivedList, Run
from kaoji.subjects.benefits.queries.dossiers import flat_programmes
from kaoji.workflow.places import PlaceKind
from kaoji.workflow.roles import MAY_PREPARE_BENEFITS

_MOST_TOLD = 200


@dataclass(frozen=True)
class Received:
    """What came of a list: its rows, who was new, whom nobody here knows, what somebody should look at."""

    list: ReceivedList
    rows: int
    new: int
    unknown: int
    remarks: tuple[Sentence, ...]


def own_facts(programme: Programme) -> tuple[Kind, ...]:
    """The kinds of facts that a list of the programme says besides birth, town and grant."""
    law = programme.law
    asked = (*law.needs, *law.uses)
    return tuple(kinds()[name] for name in asked if name not in {"birth", "grant", "town"})


def receive_list(
    content: bytes,
    *,
    name: str,
    place: Organisation,
    programme: str,
    kind: str,
    as_of: date,
    rows: Rows | None = None,
    is_invented: bool = False,
    acting_user: User,
    now: datetime,
) -> Received:
    """Read the sheet and enter who and what is new in it.

    Raises UnreadableDocument, UnableToImport with every row at fault, NotPermitted.
    """
    require(acting_user, MAY_PREPARE_BENEFITS, place)
    of = _programme(programme)
    _require_kind_and_day(kind, as_of, now)
    rows = rows or rows_guarded(content, name=name)
    _ledger, lines, refusals = read_benefits(
        rows.rows, kind, facts=own_facts(of) if kind == ReceivedList.Kind.GRANTS else ()
    )
    refusals += hidden_parts(rows)
    if refusals:
        raise UnableToImport(tuple(refusals))
    with transaction.atomic():
        hold_place(place)
        everywhere = kind in OF_ALL
        require_free(
            place, Duty.PREPARE, acting_user, programme=None if everywhere else programme
        )
        _require_new(content, name, place, programme, kind)
        known = known_people(place, programme, lines)
        towns = towns_of(place)
        told = foretold(place, lines)
        _check_lines(place, lines, kind, known, towns, as_of, told, programme)
        received = ReceivedList(
            place=place,
            programme=programme,
            kind=kind,
            as_of=as_of,
            name=veiled(name)[:255],
            sha256=digest(content),
            rows=len(lines),
            is_invented=is_invented,
            made_at=_known_from(place, now),
            made_by=acting_user,
        )
        entering = Entering(received, of, known, towns, told)
        entering.take(lines)
        received.digest = digest_of(entering.told())
        received.save()
        entering.save()
        known_before = [f for f in entering.facts if f.person.list_id != received.pk]
        rates = tallied_anew(received, known_before, received.made_at)
        record_event(
            "benefits.list_received",
            at=now,
            actor=acting_user,
            payload={
                "list": received.pk,
                "programme": of.law.title,
                "kind": received.get_kind_display(),
                "as_of": as_of.isoformat(),
                "count": len(lines),
                "new": len(entering.people),
                "digest": received.digest,
                "rates": len(rates),
            },
            rows=[received, *rates],
        )
    remarks = (*_remarks(lines), *_kept_for_later(entering), *_not_taken(entering))
    return Received(received, len(lines), len(entering.people), entering.unknown, remarks)


def towns_of(place: Organisation) -> dict[str, Organisation]:
    """By name the towns whose people a place pays: those beside it in the tree, and itself."""
    top = str(place.path).split("/")[1]
    found = Organisation.objects.filter(path__startswith=f"/{top}/", kind=PlaceKind.TOWN)
    return {town.name: town for town in (*found, place)}


def _known_from(place: Organisation, now: datetime) -> datetime:
    """Since when the office knows what the list says: after every freezing that did not see it.

    Reading a list takes a while; a run that was frozen meanwhile reckoned without it.
    """
    frozen = Run.objects.filter(place=place).aggregate(at=Max("as_known_at"))["at"]
    return now if frozen is None else max(now, frozen + timedelta(microseconds=1))


def _programme(name: str) -> Programme:
    if name not in flat_programmes():
        known = "、".join(each.law.title for each in flat_programmes().values())
        raise UnableToAct(say("没有项目“{name}”；可以选 {known}", name=name, known=known))
    return flat_programmes()[name]


def _require_kind_and_day(kind: str, as_of: date, now: datetime) -> None:
    if kind not in ReceivedList.Kind.values:
        raise UnableToAct(say("请选择名单的种类"))
    if as_of > localdate(now):
        raise UnableToAct(say("名单截至 {day}，还没有到；请核对日期", day=as_of))


def _require_new(
    content: bytes, name: str, place: Organisation, programme: str, kind: str
) -> None:
    before = ReceivedList.objects.filter(
        place=place, programme=programme, kind=kind, sha256=digest(content)
    ).first()
    if before is not None:
        raise UnableToAct(
            say(
                "“{name}”已于 {day} 接收过，没有再记一次",
                name=veiled(name),
                day=localdate(before.made_at),
            )
        )


def _check_lines(
    place: Organisation,
    lines: Iterable[BenefitLine],
    kind: str,
    known: Mapping[str, Known],
    towns: Mapping[str, Organisation],
    as_of: date,
    told: Mapping[str, list[Foretold]],
    programme: str,
) -> None:
    refusals = Refusals()
    seen: dict[str, int] = {}
    lines = list(lines)
    grants = kind == ReceivedList.Kind.GRANTS
    same = under_another_number(place, known, lines) if grants else {}
    for line in lines:
        with refusals.at(line.line):
            if line.id_number in seen:
                raise UnableToAct(
                    say("与第 {line} 行是同一人，请只留一行", line=seen[line.id_number])
                )
            seen[line.id_number] = line.line
            _require_days(line, as_of)
            if grants:
                _require_grant(line, known, towns, programme)
                _require_somebody_else(line, same)
            elif kind == ReceivedList.Kind.BIRTHS:
                _require_other_birth(line, known)
            elif kind != ReceivedList.Kind.ENTITLED:
                _require_end(line, end_known(line, kind, known, told))
    refusals.tell()


def _require_days(line: BenefitLine, as_of: date) -> None:
    for day in (line.birth, line.on, line.asked_on, line.decided_on, line.received_on):
        if day is not None and day > as_of:
            raise UnableToAct(say("{day} 晚于名单截至日 {as_of}", day=day, as_of=as_of))


def _require_grant(
    line: BenefitLine,
    known: Mapping[str, Known],
    towns: Mapping[str, Organisation],
    programme: str,
) -> None:
    if line.town not in towns:
        raise UnableToAct(
            say(
                "没有登记街镇“{town}”；请核对名称，或先在机构里登记",
                town=veiled(line.town)[:40],
            )
        )
    if not line.name:
        raise UnableToAct(say("请写姓名"))
    fresh = line.id_number not in known or programme not in known[line.id_number].granted
    if fresh and line.start is None and line.asked_on is None:
        raise UnableToAct(say("没有写起发月份，也没有写申请日期；请写明从哪个月起发"))


def _require_somebody_else(line: BenefitLine, same: Mapping[str, Person]) -> None:
    """Under another number the same person would be granted every month once more."""
    known = same.get(line.id_number)
    if known is not None:
        raise UnableToAct(
            say(
                "与已登记的 {name} {number} 同名、同账户，只是身份证号不同；换号会把各月再发一遍。"
                "请核对证号：已记的有误，目前仍按已记的号发放",
                name=known.name_masked,
                number=known.id_masked,
            )
        )


def _require_other_birth(line: BenefitLine, known: Mapping[str, Known]) -> None:
    if line.id_number not in known:
        raise UnableToAct(say("这里没有登记这个人，无可更正；请核对身份证号"))
    birth, told = line.birth, known[line.id_number].birth
    if birth is not None and birth.replace(day=1) == told:
        raise UnableToAct(say("已记的就是 {month} 出生，无须更正", month=f"{told:%Y-%m}"))


def _require_end(line: BenefitLine, ended: date | None) -> None:
    if line.on is None:
        raise UnableToAct(say("请写日期"))
    if ended is not None and ended != line.on:
        raise UnableToAct(
            say("这里已记 {before}，与表上的 {day} 不同；请先核实", before=ended, day=line.on)
        )


def _kept_for_later(entering: Entering) -> Iterator[Sentence]:
    waiting = sum(row.on is not None for row in entering.listed)
    if waiting:
        yield say(
            "{count} 人这里还没有待遇，已记下；以后接收其待遇名单时即生效，不必再交这份名单",
            count=waiting,
        )


def _not_taken(entering: Entering) -> Iterator[Sentence]:
    """What the list says beside what is on record, and what was not followed."""
    if entering.other_births:
        yield say(
            "{count} 人的出生年月与已记的不同（第 {lines} 行），仍按已记的；核实后如已记的有误，请交出生更正名单",
            count=len(entering.other_births),
            lines="、".join(map(str, entering.other_births[:10])),
        )
    for number, day in entering.ended[:_MOST_TOLD]:
        yield say(
            "第 {line} 行：这人已记 {day} 死亡或迁出，不再发放；迁回后重新享受的，请写之后的起发月份",
            line=number,
            day=day,
        )


def _remarks(lines: Iterable[BenefitLine]) -> Iterator[Sentence]:
    wrong = [line.line for line in lines if not well_formed(line.id_number)]
    if wrong:
        yield say(
            "{count} 行身份证号的末位校验不符（第 {lines} 行），已接收，每次清查都会提醒",
            count=len(wrong),
            lines="、".join(map(str, wrong[:10])),
        )
