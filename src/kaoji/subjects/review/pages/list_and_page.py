"""The list of declarations, one declaration, and its downloads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import cast
from urllib.parse import quote

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from kaoji.core.speech import Sentence
from kaoji.documents.render.sheet import UnableToWrite
from kaoji.platform.events.event_log import history_of, story_of
from kaoji.platform.events.models import Event
from kaoji.platform.ui import saying
from kaoji.platform.ui.numbers import number_in
from kaoji.subjects.declarations.actions.check_on_record import check_again
from kaoji.subjects.declarations.actions.stored_reading import reading_of
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.pages.access import declaration_for
from kaoji.subjects.declarations.pages.listing import list_declarations
from kaoji.subjects.declarations.pages.sheet_notes import NotedSheet, annotate
from kaoji.subjects.declarations.pages.shown import (
    opinion_notes,
    sheets_for,
    stored_notes,
)
from kaoji.subjects.declarations.pages.writers import WRITERS
from kaoji.subjects.review.pages.batching import verbs_for
from kaoji.subjects.review.pages.status import status_of
from kaoji.subjects.review.pages.under_review import cells_of, review_context
from kaoji.subjects.review.queries.queue import neighbours
from kaoji.workflow.moves import WRITABLE, State
from kaoji.workflow.roles import MAY_FILE, MAY_VIEW, MAY_WAIVE

_FORMATS = (
    ("docx", "Word"), ("xlsx", "Excel"), ("pdf", "PDF"), ("html", "HTML"), ("json", "JSON"),
    ("txt", _("记法")),
)  # fmt: skip
_TONES = {
    "error": _("错误"),
    "warning": _("提醒"),
    "hint": _("提示"),
    "opinion": _("意见"),
    "undecided": _("无法判断"),
    "waived": _("已豁免"),
    "doubt": _("存疑"),
    "repair": _("修补"),
}


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def declaration_list(request: HttpRequest) -> HttpResponse:
    """The list; htmx asks for its table alone."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    alone = htmx and not htmx.boosted and not htmx.history_restore_request
    page = "review/pages/_table.html" if alone else "review/pages/list.html"
    person = cast("User", request.user)
    listing = list_declarations(request.GET, person)
    verbs = verbs_for(person, request.GET.get("state", ""))
    response = render(request, page, {"listing": listing, "verbs": verbs})
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def declaration_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One declaration, looking like the official form, with its notes and its history."""
    return show(request, declaration_for(request, pk))


def show(request: HttpRequest, declaration: Declaration, *, status: int = 200) -> HttpResponse:
    """The page of a declaration; a refused step shows it again with the reason and a status."""
    revisions = declaration.revisions.select_related("document", "made_by")
    revision = get_object_or_404(revisions, number=_number_asked(request, declaration))
    is_latest = revision.number == declaration.revision_count
    may_file = request.user.has_perm(MAY_FILE, declaration)
    if is_latest and may_file and State(declaration.state) in WRITABLE:
        check_again(declaration)
    findings = stored_notes(revision, on=timezone.localdate())
    opinions = [note for note, _ in opinion_notes(declaration)] if is_latest else []
    noted = annotate(reading_of(revision), [*opinions, *findings])
    review = review_context(request, declaration, latest=is_latest)
    return render(
        request,
        "review/pages/page.html",
        {
            "declaration": declaration,
            "revision": revision,
            "revisions": revisions.order_by("-number"),
            "noted": noted,
            "may_waive": request.user.has_perm(MAY_WAIVE, declaration) and is_latest,
            "may_file": may_file,
            "sheets": sheets_for(revision),
            "cells": cells_of(revision),
            **review,
            "status": status_of(
                declaration,
                cast("User", request.user),
                may_edit=review["may_edit"],
                may_comment=review["may_comment"],
            ),
            "formats": _FORMATS,
            "queue": neighbours(cast("User", request.user), declaration) if is_latest else None,
            "tallies": list(_tallies(noted)),
            "history": _by_day(declaration, cast("User", request.user)),
        },
        status=status,
    )


def _tallies(noted: NotedSheet) -> Iterator[tuple[str, str, int, str]]:
    """What there is beside the form, by tone: its name, how many, and the id of the first."""
    notes = [note for row in noted.rows for note in row.notes] + list(noted.loose)
    seen = {note.id: note for note in notes}.values()
    for tone, name in _TONES.items():
        mine = [note for note in seen if note.tone == tone]
        if mine:
            yield tone, name, len(mine), mine[0].id


def _by_day(
    declaration: Declaration, reader: User
) -> list[tuple[date, list[tuple[Event, Sentence]]]]:
    """The log of a declaration as this person may be told it, newest first, under its days."""
    told = ((event, story_of(event)) for event in history_of(declaration, reader=reader))
    return [
        (day, list(acts)) for day, acts in groupby(told, key=lambda item: localdate(item[0].at))
    ]


def _number_asked(request: HttpRequest, declaration: Declaration) -> int:
    """The revision that the address asks for, else the latest."""
    asked = number_in(request.GET.get("revision"))
    return declaration.revision_count if asked is None else asked


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def download(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """A revision as a file: the one asked for, else the latest."""
    declaration = declaration_for(request, pk)
    if form not in WRITERS:
        raise Http404
    media_type, write = WRITERS[form]
    number = _number_asked(request, declaration)
    revision = get_object_or_404(declaration.revisions, number=number)
    try:
        written = write(reading_of(revision))
    except UnableToWrite as refusal:
        saying.tell(request, refusal.sentence)
        return redirect("declaration", pk)
    response = HttpResponse(written, content_type=f"{media_type}; charset=utf-8")
    name = quote(f"{declaration.year or 0}-{declaration.project_name}.{form}")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response
