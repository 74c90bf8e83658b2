"""A file on the tray: how far its reading is, what it holds, and the buttons to take it or give it up."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kaoji.core.speech import restored, say
from kaoji.platform.imports.actions.hand_in import put_away, rows_of
from kaoji.platform.imports.models import Upload
from kaoji.platform.imports.pages.desk import Desk
from kaoji.platform.imports.pages.desks import desks
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying
from kaoji.platform.ui.acting import refused

_UNUSABLE = 422
_AGAIN_AFTER = 1
_MOST_SHOWN = 30


@require_http_methods(["GET", "HEAD", "POST"])
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    """What was read, once it was; a page that looks again by itself until then. POST takes it."""
    upload = _mine(request, pk)
    if upload.is_pending:
        response = render(request, "imports/pages/waiting.html", {"upload": upload})
        response["Refresh"] = str(_AGAIN_AFTER)
        return response
    if upload.state == Upload.State.REFUSED:
        context = {
            "upload": upload,
            "refusal": restored(upload.refusal or ""),
            "back": _back(upload),
        }
        return render(request, "imports/pages/refused.html", context, status=_UNUSABLE)
    if upload.purpose == Upload.Purpose.DOCUMENT:
        return _to_intakes(request, upload)
    desk = desks()[upload.purpose]
    if request.method == "POST" and "look" not in request.POST:
        return _take(request, upload, desk)
    return _sheet(request, upload, desk)


@require_POST
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file off the tray without taking anything from it."""
    upload = _mine(request, pk)
    back = _back(upload)
    put_away(upload)
    saying.confirm(request, say("已放弃“{name}”，没有记下任何内容", name=upload.name))
    return redirect(back)


def _mine(request: HttpRequest, pk: int) -> Upload:
    return get_object_or_404(Upload, pk=pk, made_by=request.user)


def _back(upload: Upload) -> str:
    desk = desks().get(upload.purpose)
    return desk.back(upload) if desk else reverse("upload")


def _to_intakes(request: HttpRequest, upload: Upload) -> HttpResponse:
    """The intake of a document; of an archive the list, and why some were left out."""
    result = upload.result or {"intakes": [], "told": []}
    put_away(upload)
    for item in result["told"]:
        saying.tell(request, restored(item))
    intakes = result["intakes"]
    if len(intakes) == 1:
        return redirect("intake", intakes[0])
    saying.confirm(request, say("读入 {count} 份文件，请逐份核对", count=len(intakes)))
    return redirect("upload")


def _take(request: HttpRequest, upload: Upload, desk: Desk) -> HttpResponse:
    person = cast("User", request.user)
    try:
        answer = desk.take(request, upload, rows_of(upload), person, timezone.now())
    except UnableToAct as refusal:
        return _sheet(request, upload, desk, status=refused(request, refusal))
    put_away(upload)
    return answer


def _sheet(request: HttpRequest, upload: Upload, desk: Desk, status: int = 200) -> HttpResponse:
    rows = rows_of(upload)
    try:
        found = desk.show(request, upload, rows)
    except UnableToAct as refusal:
        status = refused(request, refusal)
        return render(
            request,
            "imports/pages/refused.html",
            {"upload": upload, "refusal": refusal.sentence, "back": desk.back(upload)},
            status=status,
        )
    if found.refusals and status == 200:
        status = _UNUSABLE
    context = {
        "upload": upload,
        "shown": found,
        "rows": rows.rows[:_MOST_SHOWN],
        "count": len(rows.rows),
        "back": desk.back(upload),
        **found.more,
    }
    return render(request, desk.page, context, status=status)
