"""Lists on their way in: handed in, shown without a name or number, taken whole or not at all."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kaoji.benefits.identity import veiled
from kaoji.core.speech import Sentence, say
from kaoji.documents.benefit_sheet import PAYEES, columns_for, read_benefits
from kaoji.documents.rows_json import Rows
from kaoji.platform.imports.models import Upload
from kaoji.platform.imports.pages.desk import Desk, Shown, tried
from kaoji.platform.imports.pages.empty_sheet import XLSX, empty_sheet
from kaoji.platform.imports.pages.tray import taken_in
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying
from kaoji.platform.ui.acting import refused
from kaoji.platform.ui.files_out import as_file
from kaoji.platform.ui.typed import day_in
from kaoji.subjects.benefits.actions.receive_list import Received, own_facts, receive_list
from kaoji.subjects.benefits.models import ReceivedList
from kaoji.subjects.benefits.pages.access import require_benefits
from kaoji.subjects.benefits.queries.dossiers import flat_programmes
from kaoji.workflow.roles import MAY_PREPARE_BENEFITS


@require_POST
def hand_in(request: HttpRequest, place: int, name: str) -> HttpResponse:
    """Have a list read; it is shown before anything is entered."""
    office = _office(request, place)
    _require_programme(name)
    try:
        as_of = day_in(request.POST.get("as_of", ""))
    except UnableToAct as refusal:
        refused(request, refusal)
        return redirect("benefit-programme", place, name)
    asked = {
        "place": office.pk,
        "programme": name,
        "kind": request.POST.get("kind", ""),
        "as_of": as_of.isoformat(),
    }

    def again(refusal: Sentence) -> HttpResponse:
        saying.tell(request, refusal)
        return redirect("benefit-programme", place, name)

    return taken_in(request, Upload.Purpose.BENEFITS, asked, field="sheet", again=again)


@require_safe
def template(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """The empty sheet of a kind of list, with what may be chosen."""
    require_benefits(request)
    _require_programme(name)
    if kind not in ReceivedList.Kind.values:
        raise Http404
    facts = own_facts(flat_programmes()[name])
    columns = columns_for(kind, facts)
    words = {fact.name: list(fact.words.values()) for fact in facts} | {"payee": list(PAYEES)}
    choices = {
        at: words[column.name] for at, column in enumerate(columns) if words.get(column.name)
    }
    title = ReceivedList.Kind(kind).label
    content = empty_sheet(title, [column.title for column in columns], choices)
    return as_file(content, f"{title}.xlsx", XLSX)


def _office(request: HttpRequest, place: int) -> Organisation:
    person = cast("User", request.user)
    require_benefits(request)
    return get_object_or_404(places_of(person, MAY_PREPARE_BENEFITS), pk=place)


def _require_programme(name: str) -> None:
    if name not in flat_programmes():
        raise Http404


def _show(request: HttpRequest, upload: Upload, rows: Rows) -> Shown:
    person = cast("User", request.user)
    answer, refusals = tried(lambda: _received(request, upload, rows, person, timezone.now()))
    asked = upload.asked
    facts = own_facts(flat_programmes()[asked["programme"]])
    entries, _, _ = read_benefits(rows.rows, asked["kind"], facts=facts)
    left_out = tuple(
        say(
            "“{caption}”这一列没有导入（{count} 格）",
            caption=veiled(item.caption),
            count=len(item.cells),
        )
        for item in entries.unread
    )
    more = {
        "kind": dict(ReceivedList.Kind.choices).get(asked["kind"], ""),
        "as_of": asked["as_of"],
    }
    if not isinstance(answer, Received):
        return Shown(None, refusals, left_out, more)
    told = say(
        "{rows} 行；新增 {new} 人，名单里不认识的 {unknown} 人",
        rows=answer.rows,
        new=answer.new,
        unknown=answer.unknown,
    )
    return Shown(told, refusals, (*left_out, *answer.remarks), more)


def _take(
    request: HttpRequest, upload: Upload, rows: Rows, person: User, now: datetime
) -> HttpResponse:
    received = _received(request, upload, rows, person, now)
    saying.confirm(
        request, say("已接收 {rows} 行，新增 {new} 人", rows=received.rows, new=received.new)
    )
    return redirect("benefit-programme", upload.asked["place"], upload.asked["programme"])


def _received(
    request: HttpRequest, upload: Upload, rows: Rows, person: User, now: datetime
) -> Received:
    asked = upload.asked
    return receive_list(
        bytes(upload.content),
        name=upload.name,
        place=_office(request, asked["place"]),
        programme=asked["programme"],
        kind=asked["kind"],
        as_of=date.fromisoformat(asked["as_of"]),
        rows=rows,
        acting_user=person,
        now=now,
    )


def _back(upload: Upload) -> str:
    asked = upload.asked
    return reverse("benefit-programme", args=[asked["place"], asked["programme"]])


BENEFITS_DESK = Desk(_show, _take, _back, "benefits/pages/sheet.html")
