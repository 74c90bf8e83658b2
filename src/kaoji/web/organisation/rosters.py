"""People and places from a spreadsheet: a template to fill in, and its way back."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kaoji.actions.import_roster import Entered, UnableToImport, import_roster
from kaoji.core.speech import Sentence, say
from kaoji.documents.read.refusals import DocumentTooLarge, UnreadableDocument
from kaoji.documents.read.text import MAX_BYTES
from kaoji.documents.roster import CAPTIONS
from kaoji.workflow.places import PLACE_NAMES
from kaoji.workflow.roles import MAY_MANAGE, ROLE_NAMES

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ROWS, _WIDTH = 1_000, 16


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_MANAGE, raise_exception=True)
def roster(request: HttpRequest) -> HttpResponse:
    """Upload a roster; refused rows are named, all of them, and nothing is entered."""
    refusals: tuple[Sentence, ...] = ()
    entered: Entered | None = None
    if request.method == "POST":
        try:
            entered = _import(request)
        except UnableToImport as refusal:
            refusals = refusal.refusals
        except UnreadableDocument as refusal:
            refusals = (refusal.sentence,)
    context = {
        "refusals": refusals,
        "entered": entered,
        "captions": CAPTIONS,
        "kinds": PLACE_NAMES.values(),
        "roles": ROLE_NAMES.values(),
    }
    status = 422 if refusals else 200
    return render(request, "organisation/roster.html", context, status=status)


def _import(request: HttpRequest) -> Entered:
    file, person = request.FILES.get("document"), request.user
    acting: Any = person
    if file is None:
        raise UnreadableDocument(say("请选择一个文件"))
    if (file.size or 0) > MAX_BYTES:
        raise DocumentTooLarge(file.size or 0, MAX_BYTES)
    return import_roster(
        file.read(), name=file.name or "roster", acting_user=acting, now=timezone.now()
    )


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
