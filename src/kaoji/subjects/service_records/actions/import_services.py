"""Take service records from a spreadsheet: all of its rows, or none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import Sentence, say
from kaoji.documents.guarded.process import rows_guarded
from kaoji.documents.rows_json import Rows
from kaoji.documents.service_sheet import ServiceLine, read_services
from kaoji.platform.events.event_log import record_event
from kaoji.platform.files.actions.keep_file import kept_file
from kaoji.platform.imports.actions.refused_rows import UnableToImport, hidden_parts
from kaoji.platform.imports.models import Batch
from kaoji.platform.imports.queries import remembered_columns
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.declarations.actions.in_force import held_in_force, require_new_sheet
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.service_records.actions.record_service import (
    Service,
    columns,
    require_new,
    require_service,
)
from kaoji.subjects.service_records.models import ServiceRecord
from kaoji.workflow.roles import MAY_FILE


def import_services(
    content: bytes,
    *,
    name: str,
    declaration: Declaration,
    settled: Mapping[str, str] | None = None,
    rows: Rows | None = None,
    is_invented: bool = False,
    acting_user: User,
    now: datetime,
) -> int:
    """Read the sheet for one project; gives the number of records made.

    A row that names another project, repeats another or is on record already is refused. Raises
    UnreadableDocument, UnableToImport with every row at fault, NotPermitted.
    """
    place = declaration.organisation
    require(acting_user, MAY_FILE, place)
    known = {**remembered_columns(place, Batch.Kind.SERVICE_RECORDS), **(settled or {})}
    rows = rows or rows_guarded(content, name=name)
    entries, lines, refusals = read_services(rows.rows, columns=known)
    refusals += hidden_parts(rows)
    if refusals:
        raise UnableToImport(tuple(refusals))
    with transaction.atomic():
        held = held_in_force(declaration)
        before = Batch.objects.filter(service_records__declaration=held)
        require_new_sheet(content, name, before)
        services = _services(held, lines, now)
        document = kept_file((name, content), acting_user, now)
        batch = Batch.objects.create(
            kind=Batch.Kind.SERVICE_RECORDS,
            place=place,
            document=document,
            columns=dict(entries.columns),
            rows=len(services),
            is_invented=is_invented,
            made_at=now,
            made_by=acting_user,
        )
        made = ServiceRecord.objects.bulk_create(
            ServiceRecord(**columns(held, service, None, acting_user, now, batch))
            for service in services
        )
        record_event(
            "services.imported",
            at=now,
            actor=acting_user,
            declaration=held,
            payload={"document": name, "count": len(made), "batch": batch.pk},
            rows=[batch, *made],
        )
    return len(made)


def _services(held: Declaration, lines: list[ServiceLine], now: datetime) -> list[Service]:
    services: dict[Service, int] = {}
    refusals: list[Sentence] = []
    for line in lines:
        service = Service(
            line.kind, line.on, line.subject, line.place, line.people, line.expected,
            line.quantity, line.unit, line.due_on, line.passed, line.note,
        )  # fmt: skip
        try:
            _require_line(held, line, service, services, now)
            services[service] = line.line
        except UnableToAct as refusal:
            refusals.append(say("第 {line} 行：{why}", line=line.line, why=refusal.sentence))
    if refusals:
        raise UnableToImport(tuple(refusals))
    return list(services)


def _require_line(
    held: Declaration,
    line: ServiceLine,
    service: Service,
    known: Mapping[Service, int],
    now: datetime,
) -> None:
    if line.project and line.project != held.project_name:
        raise UnableToAct(
            say(
                "这一行是“{other}”的，这里是“{project}”；请分开导入",
                other=line.project,
                project=held.project_name,
            )
        )
    if service in known:
        raise UnableToAct(say("与第 {line} 行重复", line=known[service]))
    require_service(held, service, now)
    require_new(held, service)
