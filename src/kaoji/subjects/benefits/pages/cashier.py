"""The cashier's page: files out with their sums and hashes, files in; whatever does not match is told line by line."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kaoji.core.speech import Sentence, say
from kaoji.documents.banks.layout import bank_layouts
from kaoji.platform.imports.actions.refused_rows import UnableToImport
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying
from kaoji.platform.ui.acting import attempt, refused
from kaoji.platform.ui.files_out import as_file
from kaoji.platform.ui.typed import needed_file
from kaoji.subjects.benefits.actions.confirm_refusal import confirm_refusal
from kaoji.subjects.benefits.actions.make_bank_file import make_bank_file
from kaoji.subjects.benefits.actions.read_return import read_return
from kaoji.subjects.benefits.actions.refuse_bank_file import refuse_bank_file
from kaoji.subjects.benefits.actions.take_bank_file import take_bank_file
from kaoji.subjects.benefits.models import ReturnFile, ReturnLine, Run
from kaoji.subjects.benefits.pages.access import run_of
from kaoji.subjects.benefits.pages.overpaid import besides_shown
from kaoji.subjects.benefits.pages.waiting import title_of
from kaoji.subjects.benefits.queries.left_out import why_left_out
from kaoji.subjects.benefits.queries.stops import refused_people
from kaoji.workflow.roles import MAY_CHECK_BENEFITS, MAY_PAY_BENEFITS

_UNUSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def bank(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the files; read what comes back."""
    run = run_of(request, pk)
    if request.method != "POST":
        return _page(request, run)
    person, now = cast("User", request.user), timezone.now()
    try:
        if "layout" in request.POST:
            layout = request.POST["layout"]
            files = make_bank_file(run, layout, acting_user=person, now=now)
            done = say("已制作盘片 {count} 份，请取走并交银行", count=len(files))
        else:
            _, content = needed_file(request, "return")
            besides = request.POST.get("besides", "")
            file = read_return(run, content, besides=besides, acting_user=person, now=now)
            done = _read(file)
    except UnableToImport as refusal:
        return _page(request, run, refusal.refusals, status=_UNUSABLE)
    except UnableToAct as refusal:
        return _page(request, run, status=refused(request, refusal))
    saying.confirm(request, done)
    return redirect("benefit-bank", pk)


def _read(file: ReturnFile) -> Sentence:
    """What came of reading it."""
    besides = file.overpayments.count()
    if not besides:
        return say("已读入 {count} 笔回盘，逐笔对上", count=file.count)
    return say(
        "已读入 {count} 笔回盘；银行多付 {besides} 笔，待清查人员决定向谁追回",
        count=file.count,
        besides=besides,
    )


@require_POST
def take(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Take a file away; the moment is noted, and its money is sent."""
    run = run_of(request, pk)
    held = get_object_or_404(run.bank_files.select_related("run__place"), pk=file)
    try:
        content = take_bank_file(
            held, acting_user=cast("User", request.user), now=timezone.now()
        )
    except UnableToAct as refusal:
        return _page(request, run, status=refused(request, refusal))
    return as_file(content, held.name)


@require_POST
def refuse(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """The bank did not take a file at all."""
    run = run_of(request, pk)
    held = get_object_or_404(run.bank_files.select_related("run__place"), pk=file)
    status = attempt(
        request,
        lambda person, now: refuse_bank_file(
            held, reason=request.POST.get("reason", ""), acting_user=person, now=now
        ),
        confirmed=say("已登记整份退回；清查人员向银行核实之后，才能另制盘片"),
    )
    return _page(request, run, status=status) if status else redirect("benefit-bank", pk)


@require_POST
def confirm(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A second person asked the bank whether it did not take it."""
    run = run_of(request, pk)
    held = get_object_or_404(run.bank_files.select_related("run__place"), pk=file)
    status = attempt(
        request,
        lambda person, now: confirm_refusal(
            held, reason=request.POST.get("reason", ""), acting_user=person, now=now
        ),
        confirmed=say("已核实整份退回；请出纳另制盘片，每笔用新的参考号"),
    )
    return _page(request, run, status=status) if status else redirect("benefit-bank", pk)


def _page(
    request: HttpRequest, run: Run, refusals: tuple[Sentence, ...] = (), status: int = 200
) -> HttpResponse:
    person = cast("User", request.user)
    context = {
        "run": run,
        "title": title_of(run),
        "layouts": [
            (layout.name, layout.title, layout.status == "seen")
            for layout in bank_layouts().values()
        ],
        "files": run.bank_files.select_related(
            "made_by", "taken_by", "turned_down", "refusal_report"
        )
        .annotate(answered=Exists(ReturnLine.objects.filter(answers__file=OuterRef("pk"))))
        .defer("sealed"),
        "to_send_again": len(refused_people(run, timezone.now()))
        if run.state in {"filed", "sent"}
        else 0,
        "returns": run.return_files.select_related("made_by"),
        "refusals": refusals,
        "left_out": why_left_out(run, timezone.now()),
        "may_confirm_refusal": person.has_perm(MAY_CHECK_BENEFITS, run.place),
        "may_pay": person.has_perm(MAY_PAY_BENEFITS, run.place),
        "hears": run.state in {"sent", "reconciled", "closed"},
        **besides_shown(run, person),
    }
    return render(request, "benefits/pages/bank.html", context, status=status)
