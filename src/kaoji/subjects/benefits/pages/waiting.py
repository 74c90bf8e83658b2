"""What of benefits waits for somebody: runs whose next step is theirs, rosters that their town has to confirm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext_noop as _

from kaoji.benefits.run_states import RunState
from kaoji.core.speech import Sentence, say
from kaoji.platform.organisation.reach import reach_of
from kaoji.subjects.benefits.models import (
    BankFile,
    Confirmation,
    Item,
    Overpayment,
    Run,
)
from kaoji.subjects.benefits.pages.strip import STATES_BY_RIGHT, act_for
from kaoji.subjects.benefits.queries.dossiers import flat_programmes
from kaoji.subjects.benefits.queries.overpaid import overpaid
from kaoji.workflow.roles import MAY_CHECK_BENEFITS, MAY_CONFIRM_BENEFITS

_MOST = 10


@dataclass(frozen=True)
class Waiting:
    """One thing to do: what it is called, where it is done, until when."""

    title: Sentence
    act: str
    address: str
    due: date
    fen: int


def waiting_benefits(person: User) -> Iterator[Waiting]:
    """The runs and rosters, the soonest due first."""
    reach = reach_of(person)
    for right, states in STATES_BY_RIGHT.items():
        if reach.somewhere(right):
            runs = Run.objects.filter(reach.within(right, "place__"), state__in=states)
            for run in runs.select_related("place").order_by("due_on")[:_MOST]:
                act = act_for(run, person)
                if act is not None:
                    address = (
                        reverse("benefit-run", args=[run.pk]) if act.posts else act.address
                    )
                    yield Waiting(title_of(run), act.name, address, run.due_on, run.fen)
    if reach.somewhere(MAY_CHECK_BENEFITS):
        yield from _overpaid(person)
        yield from _refusals(person)
    if reach.somewhere(MAY_CONFIRM_BENEFITS):
        yield from _rosters(person)


def _overpaid(person: User) -> Iterator[Waiting]:
    """Runs of which the bank paid something besides, and nobody has decided from whom it is asked back."""
    mine = reach_of(person).within(MAY_CHECK_BENEFITS, "run__place__")
    open_: dict[Run, int] = {}
    rows = Overpayment.objects.filter(mine, decision=None)
    for each in overpaid(rows.select_related("run", "answers__payment__run")):
        if each.open:
            open_[each.row.run] = open_.get(each.row.run, 0) + each.open
    for run, fen in list(open_.items())[:_MOST]:
        address = reverse("benefit-run", args=[run.pk])
        yield Waiting(title_of(run), _("决定银行多付"), address, run.due_on, fen)


def _refusals(person: User) -> Iterator[Waiting]:
    """Files that the cashier says the bank refused, and that nobody asked the bank about yet."""
    mine = reach_of(person).within(MAY_CHECK_BENEFITS, "run__place__")
    files = BankFile.objects.filter(
        mine, refusal_report__isnull=False, turned_down=None, tries__lines=None
    )
    for file in files.select_related("run").distinct().order_by("id")[:_MOST]:
        address = reverse("benefit-bank", args=[file.run_id])
        yield Waiting(title_of(file.run), _("核实整份退回"), address, file.run.due_on, file.fen)


def title_of(run: Run) -> Sentence:
    """What a run is called."""
    law = flat_programmes()[run.programme].law
    if run.resends_id is not None:
        return say("{programme} {month} 重发", programme=law.said, month=run.written)
    return say("{programme} {month}", programme=law.said, month=run.written)


def _rosters(person: User) -> Iterator[Waiting]:
    mine = reach_of(person).within(MAY_CONFIRM_BENEFITS, "town__")
    for run in Run.objects.filter(state=RunState.CHECKED).order_by("confirm_by")[:_MOST]:
        items = Item.objects.filter(mine, run=run, computation=run.computation)
        done = Confirmation.objects.filter(run=run, computation=run.computation)
        waiting = items.exclude(change=Item.Change.SAME).exclude(town__in=done.values("town"))
        for town in waiting.values_list("town", flat=True).distinct().order_by("town"):
            address = reverse("benefit-roster", args=[run.pk, town])
            yield Waiting(title_of(run), _("确认花名册"), address, run.confirm_by, 0)
