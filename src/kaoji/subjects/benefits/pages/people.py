"""A town's roster and one item of it, masked; opening a value is an act with a purpose."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.models import User
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kaoji.benefits.kinds import kinds
from kaoji.benefits.months import Month
from kaoji.benefits.payments import BankLine, Outcome, state_of_try
from kaoji.benefits.reckoning import Reckoning
from kaoji.benefits.run import Run as KernelRun
from kaoji.benefits.run import reading_of
from kaoji.core.speech import Sentence, restored, say
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui.acting import attempt, refused
from kaoji.platform.ui.paging import counted
from kaoji.subjects.benefits.actions.confirm_roster import confirm_roster
from kaoji.subjects.benefits.actions.open_seal import FIELD_NAMES, open_seal, place_of
from kaoji.subjects.benefits.models import Item, Run, Try
from kaoji.subjects.benefits.pages.access import roster_of
from kaoji.subjects.benefits.pages.waiting import title_of
from kaoji.subjects.benefits.queries.dossiers import (
    dossiers,
    facts_for,
    flat_programmes,
    granted_items,
    summed,
)
from kaoji.subjects.benefits.queries.requests import accounts_for
from kaoji.subjects.benefits.queries.rosters import doubts_of, in_order, items_of
from kaoji.workflow.roles import MAY_CONFIRM_BENEFITS, MAY_OPEN_SEALS

PER_PAGE = 50
_TRY_NAMES = {
    "sent": say("已发送"), "failed": say("失败"), "credited": say("已到账"),
    "returned": say("退回"),
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: HttpRequest, pk: int, town: int) -> HttpResponse:
    """The people of a town in a run, what is new and changed first; the town confirms it."""
    run, place = roster_of(request, pk, town)
    person = cast("User", request.user)
    status: int | None = 200
    if request.method == "POST":
        status = attempt(
            request,
            lambda who, now: confirm_roster(run, place, acting_user=who, now=now),
            confirmed=say("花名册已确认"),
        )
        if status is None:
            return redirect("benefit-roster", pk, town)
    mine = items_of(run).filter(town=place)
    change = request.GET.get("change", "")
    by_change = mine.values("change").order_by("change").annotate(count=Count("id"))
    counts = dict.fromkeys(Item.Change.values, 0)
    counts |= {row["change"]: row["count"] for row in by_change}
    shown = mine.filter(change=change) if change in counts else mine
    total = counts.get(change, sum(counts.values()))
    page = counted(
        in_order(shown).select_related("person", "left_out"), PER_PAGE, total
    ).get_page(request.GET.get("page"))
    waiting = sum(count for key, count in counts.items() if key != Item.Change.SAME)
    done = run.confirmations.filter(computation=run.computation, town=place).first()
    rows = list(page.object_list)
    context = {
        "run": run,
        "town": place,
        "title": title_of(run),
        "page": page,
        "rows": _beside(run, rows),
        "changes": [
            (key, name, counts[key]) for key, name in Item.Change.choices if counts[key]
        ],
        "change": change,
        "waiting": waiting,
        "done": done,
        "may_confirm": run.state == "checked"
        and not done
        and waiting
        and person.has_perm(MAY_CONFIRM_BENEFITS, place),
        "sees_run": person.has_perm("benefits.view_run", run.place),
    }
    return render(request, "benefits/pages/roster.html", context, status=status or 200)


def _beside(run: Run, items: list[Item]) -> list[tuple[Item, str, list[Sentence]]]:
    """Each item with the end of the account that the run pays to, and what the checks found of the person."""
    people = [item.person_id for item in items]
    accounts = {person: account.last4 for person, account in accounts_for(run, people).items()}
    doubts: dict[tuple[int | None, int | None], list[Sentence]] = {}
    for doubt in doubts_of(run).filter(person__in=people):
        said = say("{check} {told}", check=doubt.check_id, told=restored(doubt.sentence))
        doubts.setdefault((doubt.person_id, doubt.month), []).append(said)
    return [
        (
            item,
            accounts.get(item.person_id, ""),
            doubts.get((item.person_id, item.month), [])
            + doubts.get((item.person_id, None), []),
        )
        for item in items
    ]


@require_safe
def item_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One item: how it was reckoned, from which facts, what was paid; everything masked."""
    return _item_page(request, _item(request, pk))


@require_http_methods(["POST"])
def see(request: HttpRequest, pk: int) -> HttpResponse:
    """Open one value with a purpose: shown once, on this answer alone, and told in the log."""
    item = _item(request, pk)
    field = request.POST.get("field", "")
    try:
        value = open_seal(
            item.person,
            field,
            purpose=request.POST.get("purpose", ""),
            acting_user=cast("User", request.user),
            now=timezone.now(),
        )
    except UnableToAct as refusal:
        return _item_page(request, item, status=refused(request, refusal))
    return _item_page(request, item, opened=(FIELD_NAMES[field], value))


def _item(request: HttpRequest, pk: int) -> Item:
    found = Item.objects.select_related("run__place", "town", "person__place", "left_out")
    item = get_object_or_404(found, pk=pk)
    roster_of(request, item.run_id, item.town_id)
    return item


def _item_page(
    request: HttpRequest,
    item: Item,
    *,
    status: int = 200,
    opened: tuple[str, str] | None = None,
) -> HttpResponse:
    person: Any = request.user
    run = item.run
    steps, facts = _reckoned(item)
    tries = Try.objects.filter(payment__person=item.person, payment__run=run).prefetch_related(
        "lines", "account"
    )
    context = {
        "item": item,
        "run": run,
        "title": title_of(run),
        "steps": steps,
        "facts": facts,
        "tries": [(each, _state(each), list(each.lines.all())) for each in tries],
        "doubts": [
            (doubt, restored(doubt.sentence), getattr(doubt, "decision", None))
            for doubt in doubts_of(run).filter(person=item.person).select_related("decision")
        ],
        "history": Item.objects.filter(
            person=item.person, pk__in=granted_items(run).filter(person=item.person)
        ).select_related("run")[:24],
        "account": accounts_for(run, [item.person_id]).get(item.person_id),
        "fields": FIELD_NAMES.items(),
        "may_see": person.has_perm(MAY_OPEN_SEALS, place_of(item.person, person)),
        "opened": opened,
        "sees_run": person.has_perm("benefits.view_run", run.place),
    }
    return render(request, "benefits/pages/item.html", context, status=status)


def _reckoned(
    item: Item,
) -> tuple[list[tuple[Sentence, str]], list[tuple[Sentence, Sentence, Any]]]:
    """The steps of the reckoning with their papers, and the facts that it rests on."""
    run = item.run
    programme = flat_programmes()[run.programme]
    found = dict(dossiers(facts_for(run).filter(person=item.person)))
    if item.person_id not in found:
        return [], []
    before = (
        granted_items(run)
        .filter(
            person=item.person,
            month=item.month,
            run__approved_at__lt=run.approved_at or timezone.now(),
        )
        .exclude(run=run)
    )
    granted = summed(before.values_list("month", "fen", "run__as_known_at"))
    asked = KernelRun(run.period, run.frozen_on)
    reckoning = Reckoning(programme, found[item.person_id], run.frozen_on)
    reading = reading_of(reckoning, Month(item.month), granted.get(Month(item.month)), asked)
    steps = [
        (step.sentence, step.basis.source if step.basis else "")
        for step in reading.entitlement.steps
    ]
    for month, each in granted.items():
        if month == item.month and each.fen:
            steps.append((say("已发 {fen} 元", fen=f"{each.fen / 100:,.2f}"), ""))
    facts = [
        (kinds()[fact.kind].said, _written(fact.kind, fact.value), fact.since)
        for fact in found[item.person_id].facts
    ]
    return steps, facts


def _written(kind: str, value: object) -> Sentence:
    """A fact's value as people read it; of a birth only the month is kept."""
    if kind in {"birth", "town"}:
        return say("—")
    return kinds()[kind].written(value)  # type: ignore[arg-type]


def _state(each: Try) -> Sentence:
    lines = [
        BankLine(line.on, Outcome(line.outcome), "", line.fen) for line in each.lines.all()
    ]
    return _TRY_NAMES[state_of_try(lines).value]
