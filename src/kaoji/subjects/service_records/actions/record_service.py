"""Record what was done: one thing, its correction, or that it was entered by mistake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import say
from kaoji.measuring.ways.service_records import SERVICE_NAMES
from kaoji.platform.events.event_log import record_event
from kaoji.platform.files.actions.keep_file import kept_file
from kaoji.platform.files.models import Document
from kaoji.platform.imports.models import Batch
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.declarations.actions.in_force import held_in_force, require_day
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.service_records.models import ServiceRecord
from kaoji.workflow.roles import MAY_FILE

_LONGEST, _LONGEST_UNIT, _MOST = 200, 20, 10**7


@dataclass(frozen=True)
class Service:
    """One thing that was done, as somebody enters it; blanks are None or empty."""

    kind: str
    on: date
    subject: str
    place: str = ""
    people: int | None = None
    expected: int | None = None
    quantity: Decimal | None = None
    unit: str = ""
    due_on: date | None = None
    passed: bool | None = None
    note: str = ""


def record_service(
    declaration: Declaration,
    service: Service,
    *,
    file: tuple[str, bytes] | None = None,
    acting_user: User,
    now: datetime,
) -> ServiceRecord:
    """Enter one record. Raises UnableToAct for what cannot be, or is there already."""
    require(acting_user, MAY_FILE, declaration.organisation)
    with transaction.atomic():
        held = held_in_force(declaration)
        require_service(held, service, now)
        require_new(held, service)
        document = kept_file(file, acting_user, now)
        made = ServiceRecord.objects.create(
            **columns(held, service, document, acting_user, now)
        )
        _tell("service.recorded", made, acting_user, now)
    return made


def correct_service(
    record: ServiceRecord,
    service: Service,
    *,
    file: tuple[str, bytes] | None = None,
    acting_user: User,
    now: datetime,
) -> ServiceRecord:
    """Put another record in the place of one; the first stays, and no longer counts."""
    require(acting_user, MAY_FILE, record.declaration.organisation)
    with transaction.atomic():
        held = held_in_force(record.declaration)
        _require_counting(record)
        require_service(held, service, now)
        document = kept_file(file, acting_user, now) or record.document
        told = columns(held, service, document, acting_user, now)
        made = ServiceRecord.objects.create(**told, replaces=record)
        _tell("service.corrected", made, acting_user, now)
    return made


def withdraw_service(
    record: ServiceRecord, *, reason: str, acting_user: User, now: datetime
) -> ServiceRecord:
    """Say that a record counts no longer, and why."""
    require(acting_user, MAY_FILE, record.declaration.organisation)
    if not reason.strip():
        raise UnableToAct(say("请写明撤销的理由"))
    with transaction.atomic():
        held = held_in_force(record.declaration)
        _require_counting(record)
        made = ServiceRecord.objects.create(
            declaration=held,
            kind=record.kind,
            on=record.on,
            subject=record.subject,
            note=reason.strip(),
            replaces=record,
            withdrawn=True,
            made_at=now,
            made_by=acting_user,
        )
        _tell("service.withdrawn", made, acting_user, now)
    return made


def require_service(held: Declaration, service: Service, now: datetime) -> None:
    """Raise UnableToAct for what cannot be true of a record."""
    if service.kind not in SERVICE_NAMES:
        raise UnableToAct(say("没有“{kind}”这种记录", kind=service.kind))
    if not service.subject.strip():
        raise UnableToAct(say("请写事项"))
    if len(service.subject) > _LONGEST or len(service.place) > _LONGEST:
        raise UnableToAct(say("事项和地点不超过 {most} 字", most=_LONGEST))
    if len(service.unit) > _LONGEST_UNIT:
        raise UnableToAct(say("单位不超过 {most} 字", most=_LONGEST_UNIT))
    require_day(service.on, held.year, now)
    _require_numbers(service)


def _require_numbers(service: Service) -> None:
    for number in (service.people, service.expected, service.quantity):
        if number is not None and number < 0:
            raise UnableToAct(say("“{number}”是负数；请写实际的数", number=number))
    if max(service.people or 0, service.expected or 0) > _MOST:
        raise UnableToAct(say("人数不超过 {most}", most=_MOST))
    if service.quantity is not None and not service.unit.strip():
        raise UnableToAct(say("写了数量 {number}，请写单位", number=service.quantity))


def require_new(held: Declaration, service: Service) -> None:
    """Raise UnableToAct where the very same thing is recorded already, and counts."""
    same = held.service_records.filter(
        kind=service.kind,
        on=service.on,
        subject=service.subject.strip(),
        place=service.place.strip(),
        people=service.people,
        quantity=service.quantity,
        withdrawn=False,
        replaced_by__isnull=True,
    ).first()
    if same is not None:
        raise UnableToAct(
            say(
                "{day} {place}“{subject}”已经记过（第 {number} 号）；确是另一次的，请在事项里写明",
                day=service.on,
                place=service.place,
                subject=service.subject,
                number=same.pk,
            )
        )


def columns(
    held: Declaration,
    service: Service,
    document: Document | None,
    acting_user: User,
    now: datetime,
    batch: Batch | None = None,
) -> dict[str, Any]:
    """The columns of the row to be made."""
    return {
        "declaration": held,
        "kind": service.kind,
        "on": service.on,
        "subject": service.subject.strip(),
        "place": service.place.strip(),
        "people": service.people,
        "expected": service.expected,
        "quantity": service.quantity,
        "unit": service.unit.strip(),
        "due_on": service.due_on,
        "passed": service.passed,
        "note": service.note.strip(),
        "document": document,
        "batch": batch,
        "made_at": now,
        "made_by": acting_user,
    }


def _require_counting(record: ServiceRecord) -> None:
    if record.withdrawn or ServiceRecord.objects.filter(replaces=record).exists():
        raise UnableToAct(
            say("第 {number} 号记录已更正或撤销，请看最新的一条", number=record.pk)
        )


def _tell(event: str, made: ServiceRecord, acting_user: User, now: datetime) -> None:
    record_event(
        event,
        at=now,
        actor=acting_user,
        declaration=made.declaration,
        payload={"id": made.pk, "on": made.on.isoformat(), "subject": made.subject},
        rows=[made],
    )
