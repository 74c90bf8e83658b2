"""People and places from a spreadsheet: a template to fill in, and its way back."""

from __future__ import annotations

import io
from datetime import datetime

import xlsxwriter
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kaoji.core.speech import Sentence, say
from kaoji.documents.roster import CAPTIONS, roster_of
from kaoji.documents.rows_json import Rows
from kaoji.platform.accounts.actions.import_roster import Entered, import_roster
from kaoji.platform.imports.actions.refused_rows import UnableToImport, hidden_parts
from kaoji.platform.imports.models import Upload
from kaoji.platform.imports.pages.desk import Desk, Shown
from kaoji.platform.imports.pages.tray import taken_in
from kaoji.workflow.places import PLACE_NAMES
from kaoji.workflow.roles import MAY_MANAGE, ROLE_NAMES

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ROWS, _WIDTH = 1_000, 16


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_MANAGE, raise_exception=True)
def roster(request: HttpRequest) -> HttpResponse:
    """Hand a roster in; it is read, and shown before anything is entered."""
    if request.method != "POST":
        return _page(request)
    return taken_in(
        request,
        Upload.Purpose.ROSTER,
        {},
        field="document",
        again=lambda refusal: _page(request, (refusal,)),
    )


def _page(
    request: HttpRequest, refusals: tuple[Sentence, ...] = (), entered: Entered | None = None
) -> HttpResponse:
    context = {
        "refusals": refusals,
        "entered": entered,
        "captions": CAPTIONS,
        "kinds": PLACE_NAMES.values(),
        "roles": ROLE_NAMES.values(),
    }
    status = 422 if refusals else 200
    return render(request, "accounts/pages/roster.html", context, status=status)


def _show(request: HttpRequest, upload: Upload, rows: Rows) -> Shown:
    read = roster_of(rows.rows)
    refusals = (*read.refusals, *hidden_parts(rows))
    return Shown(say("共 {count} 行", count=len(read.entries)), refusals, read.left_out)


def _take(
    request: HttpRequest, upload: Upload, rows: Rows, person: User, now: datetime
) -> HttpResponse:
    """Enter it; passwords that were made up are shown on this answer and nowhere else."""
    try:
        entered = import_roster(
            bytes(upload.content), name=upload.name, rows=rows, acting_user=person, now=now
        )
    except UnableToImport as refusal:
        return _page(request, refusal.refusals)
    return _page(request, entered=entered)


ROSTER_DESK = Desk(_show, _take, lambda upload: reverse("roster"))


@require_safe
@permission_required(MAY_MANAGE, raise_exception=True)
def template(request: HttpRequest) -> HttpResponse:
    """The empty sheet, with lists to choose kinds and roles from."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("机构与人员")
        bold = book.add_format({"bold": True, "bottom": 1})
        text = book.add_format({"num_format": "@"})
        sheet.set_column(0, len(CAPTIONS) - 1, _WIDTH, text)
        sheet.write_row(0, 0, CAPTIONS, bold)
        sheet.freeze_panes(1, 0)
        for caption, names in (("种类", PLACE_NAMES), ("角色", ROLE_NAMES)):
            column = CAPTIONS.index(caption)
            choice = {"validate": "list", "source": list(names.values())}
            sheet.data_validation(1, column, _ROWS, column, choice)
    response = HttpResponse(content.getvalue(), content_type=_SPREADSHEET)
    response["Content-Disposition"] = 'attachment; filename="roster.xlsx"'
    return response
