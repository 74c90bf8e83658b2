"""Service records of a project: the list, quick entry (also on a phone), a sheet, corrections."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kaoji.core.speech import Sentence, say
from kaoji.documents.rows_json import Rows
from kaoji.documents.service_sheet import COLUMNS, read_services
from kaoji.measuring.ways.service_records import SERVICE_NAMES
from kaoji.platform.imports.models import Upload
from kaoji.platform.imports.pages.desk import Desk, Shown, tried
from kaoji.platform.imports.pages.empty_sheet import XLSX, empty_sheet
from kaoji.platform.imports.pages.tray import taken_in
from kaoji.platform.ui import saying
from kaoji.platform.ui.acting import attempt
from kaoji.platform.ui.files_out import as_file
from kaoji.platform.ui.typed import (
    day_in,
    day_or_none,
    file_in_form,
    number_in_form,
    whole_in_form,
)
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.pages.access import approved_for, require_right
from kaoji.subjects.service_records.actions.import_services import import_services
from kaoji.subjects.service_records.actions.record_service import (
    Service,
    correct_service,
    record_service,
    withdraw_service,
)
from kaoji.subjects.service_records.models import ServiceRecord
from kaoji.workflow.roles import MAY_FILE, MAY_VIEW

# Whoever enters one after another sees the last ones; fifty took twice as long as all the rest.
PER_PAGE = 20
_PASSED = {"yes": True, "no": False}


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_VIEW, raise_exception=True)
def services(request: HttpRequest, pk: int) -> HttpResponse:
    """The records that count, the newest first; enter one."""
    declaration = approved_for(request, pk)
    if request.method != "POST":
        return _page(request, declaration)

    def act(person: User, now: datetime) -> object:
        return record_service(
            declaration,
            _service(request),
            file=file_in_form(request, "file"),
            acting_user=person,
            now=now,
        )

    status = attempt(request, act)
    if status is not None:
        return _page(request, declaration, status=status)
    return redirect("services", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_VIEW, raise_exception=True)
def correct(request: HttpRequest, pk: int, record: int) -> HttpResponse:
    """Correct a record, or withdraw it with a reason."""
    declaration = approved_for(request, pk)
    held = get_object_or_404(declaration.service_records, pk=record)
    status: int | None = 200
    if request.method == "POST":
        if "withdraw" in request.POST:
            reason = request.POST.get("reason", "")
            status = attempt(
                request,
                lambda person, now: withdraw_service(
                    held, reason=reason, acting_user=person, now=now
                ),
            )
        else:
            status = attempt(
                request,
                lambda person, now: correct_service(
                    held,
                    _service(request),
                    file=file_in_form(request, "file"),
                    acting_user=person,
                    now=now,
                ),
            )
        if status is None:
            return redirect("services", pk)
    context = {
        "declaration": declaration,
        "record": held,
        "kinds": SERVICE_NAMES.items(),
        "typed": request.POST or _written(held),
        "may_file": request.user.has_perm(MAY_FILE, declaration),
    }
    return render(request, "service_records/pages/correct.html", context, status=status or 200)


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def import_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a sheet read; it is shown before anything is entered."""
    declaration = approved_for(request, pk)
    require_right(request, MAY_FILE, declaration)
    return taken_in(
        request,
        Upload.Purpose.SERVICES,
        {"declaration": declaration.pk},
        field="sheet",
        again=lambda refusal: _page(request, declaration, refusals=(refusal,), status=422),
    )


def _show(request: HttpRequest, upload: Upload, rows: Rows) -> Shown:
    person = cast("User", request.user)
    count, refusals = tried(lambda: _imported(request, upload, rows, person, timezone.now()))
    entries, _, _ = read_services(rows.rows)
    left_out = tuple(item.told for item in entries.unread)
    return Shown(say("共 {count} 条服务记录", count=count), refusals, left_out)


def _take(
    request: HttpRequest, upload: Upload, rows: Rows, person: User, now: datetime
) -> HttpResponse:
    count = _imported(request, upload, rows, person, now)
    saying.confirm(request, say("记下 {count} 条服务记录", count=count))
    return redirect("services", upload.asked["declaration"])


def _imported(
    request: HttpRequest, upload: Upload, rows: Rows, person: User, now: datetime
) -> int:
    return import_services(
        bytes(upload.content),
        name=upload.name,
        declaration=approved_for(request, upload.asked["declaration"]),
        rows=rows,
        acting_user=person,
        now=now,
    )


SERVICES_DESK = Desk(
    _show, _take, lambda upload: reverse("services", args=[upload.asked["declaration"]])
)


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def template(request: HttpRequest) -> HttpResponse:
    """The empty sheet, with the kinds to choose from."""
    captions = [item.title for item in COLUMNS]
    column = next(at for at, item in enumerate(COLUMNS) if item.name == "kind")
    content = empty_sheet("服务记录", captions, {column: list(SERVICE_NAMES.values())})
    return as_file(content, "服务记录.xlsx", XLSX)


def counting(declaration: Declaration) -> QuerySet[ServiceRecord]:
    """The records that are neither replaced nor withdrawn."""
    return declaration.service_records.filter(withdrawn=False, replaced_by__isnull=True)


def _page(
    request: HttpRequest,
    declaration: Declaration,
    *,
    refusals: tuple[Sentence, ...] = (),
    status: int = 200,
) -> HttpResponse:
    found = (
        counting(declaration)
        .select_related("made_by", "batch", "document")
        .defer("document__content")
    )
    kind = request.GET.get("kind", "")
    if kind in SERVICE_NAMES:
        found = found.filter(kind=kind)
    context = {
        "declaration": declaration,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "kinds": SERVICE_NAMES.items(),
        "kind": kind,
        "typed": request.POST or {"on": timezone.localdate().isoformat()},
        "refusals": refusals,
        "may_file": request.user.has_perm(MAY_FILE, declaration),
    }
    return render(request, "service_records/pages/services.html", context, status=status)


def _service(request: HttpRequest) -> Service:
    given = request.POST
    return Service(
        given.get("kind", ""),
        day_in(given.get("on", "")),
        given.get("subject", ""),
        given.get("place", ""),
        whole_in_form(given.get("people", "")),
        whole_in_form(given.get("expected", "")),
        number_in_form(given.get("quantity", "")),
        given.get("unit", ""),
        day_or_none(given.get("due_on", "")),
        _PASSED.get(given.get("passed", "")),
        given.get("note", ""),
    )


def _written(record: ServiceRecord) -> dict[str, Any]:
    """A record as the form shows it."""
    names = ("kind", "subject", "place", "people", "expected", "quantity", "unit", "note")
    told: dict[str, Any] = {
        name: "" if getattr(record, name) is None else getattr(record, name) for name in names
    }
    told["on"] = record.on.isoformat()
    told["due_on"] = record.due_on.isoformat() if record.due_on else ""
    told["passed"] = {True: "yes", False: "no", None: ""}[record.passed]
    return told
