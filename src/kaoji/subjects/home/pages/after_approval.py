"""What waits for a person beside the forms: ex-ante evaluations, monitoring, rectifications, evaluations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.contrib.auth.models import User
from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now_in
from django.utils.translation import gettext_noop as _

from kaoji.core.speech import Sentence, say
from kaoji.platform.organisation.reach import places_of, reach_of
from kaoji.platform.ui.saying import spoken
from kaoji.subjects.benefits.pages.waiting import waiting_benefits
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.reach import declarations_of
from kaoji.subjects.evaluation.models import Evaluation
from kaoji.subjects.ex_ante.queries import latest
from kaoji.subjects.home.pages.desk import Task
from kaoji.subjects.monitoring.queries import periods_for, summary_of, tasks_of
from kaoji.subjects.rectification.models import Rectification
from kaoji.subjects.rectification.queries import State, with_state
from kaoji.subjects.self_evaluation.models import RecheckSample, SelfEvaluation
from kaoji.subjects.self_evaluation.queries import not_self_evaluated
from kaoji.subjects.windows.queries import Calendar
from kaoji.workflow.moves import Stage
from kaoji.workflow.roles import (
    MAY_EVALUATE,
    MAY_FILE,
    MAY_FOLLOW,
    MAY_REVIEW_FOR_DEPARTMENT,
    MAY_REVIEW_FOR_FINANCE,
)

_MOST, _MOST_SAMPLES = 10, 3


def tasks_for(person: User) -> list[Task]:
    """The tasks, the soonest due first."""
    found = [
        *_ex_ante(person),
        *_monitoring(person),
        *_self_evaluations(person),
        *_rectifications(person),
        *_evaluations(person),
        *_rechecks(person),
    ]
    return sorted(found, key=lambda task: task.due or date.max)


def _ex_ante(person: User) -> Iterator[Task]:
    """The ex-ante evaluations that wait for finance."""
    if not reach_of(person).somewhere(MAY_REVIEW_FOR_FINANCE):
        return
    waiting = latest().filter(review=None, place__in=places_of(person, MAY_REVIEW_FOR_FINANCE))
    for item in waiting[:_MOST]:
        yield Task(
            _("事前评估"),
            "hint",
            item.project_name,
            reverse("ex-ante-evaluation", args=[item.pk]),
            _("审核"),
            about=say("{unit} · {year} 年度", unit=item.place.name, year=item.year),
            money=item.amount,
            told=(say("申请预算以前要审核"),),
        )


def benefit_tasks(person: User) -> Iterator[Task]:
    """What waits of benefits: steps of runs, rosters to confirm."""
    for item in waiting_benefits(person):
        yield Task(
            _("发放"),
            "hint",
            spoken(item.title),
            item.address,
            item.act,
            money=Decimal(item.fen) / 100 if item.fen else None,
            due=item.due,
        )


def _monitoring(person: User) -> Iterator[Task]:
    for right, states, words, act in (
        (MAY_FILE, ("missing", "returned"), _("还有 {count} 份监控表要报送"), _("报送")),
        (MAY_REVIEW_FOR_DEPARTMENT, ("filed",), _("有 {count} 份监控表要审核"), _("审核")),
    ):
        if not reach_of(person).somewhere(right):
            continue
        places = places_of(person, right)
        periods = periods_for(declarations_of(person, right)).order_by("due_on")
        for period in periods.filter(due_on__gte=timezone.localdate())[:_MOST]:
            told = summary_of(period, tasks_of(period).filter(organisation__in=places))
            count = sum(told["states"][state] for state in states)
            if count:
                yield Task(
                    _("监控"),
                    "hint",
                    period.title,
                    reverse("monitoring-period", args=[period.pk]),
                    act,
                    due=period.due_on,
                    told=(say(words, count=count),),
                )


def _self_evaluations(person: User) -> Iterator[Task]:
    """A line for each year of which self-evaluations may be filed now, with the soonest last day."""
    if not reach_of(person).somewhere(MAY_FILE):
        return
    today = timezone.localdate()
    places = {place.pk: place for place in places_of(person, MAY_FILE)}
    left = not_self_evaluated(on=today).filter(organisation__in=places)
    counts = (
        left.order_by("-year").values_list("year", "organisation").annotate(count=Count("pk"))
    )
    calendar = Calendar({year for year, _place, _count in counts})
    waiting: dict[int, int] = {}
    soonest: dict[int, date] = {}
    for year, place, count in counts:
        held = calendar.windows_for(year, places[place]).get(Stage.SELF_EVALUATION)
        if held is not None and not held[0].opens_on <= today <= held[1]:
            continue
        waiting[year] = waiting.get(year, 0) + count
        if held is not None:
            soonest[year] = min(held[1], soonest.get(year, date.max))
    for year, count in list(waiting.items())[:_MOST]:
        yield Task(
            _("自评"),
            "hint",
            now_in(_("年度自评")),
            f"{reverse('rechecks')}#missing",
            _("报送自评"),
            about=say("{year} 年度", year=year),
            due=soonest.get(year),
            told=(say("还有 {count} 份自评要报送", count=count),),
        )


def _rectifications(person: User) -> Iterator[Task]:
    for right, state, words, act in (
        (MAY_FILE, State.OPEN, _("要求：{demand}"), _("报整改结果")),
        (MAY_FOLLOW, State.ANSWERED, _("已报送，要销号或退回"), _("看整改结果")),
    ):
        if not reach_of(person).somewhere(right):
            continue
        demands = Rectification.objects.filter(place__in=places_of(person, right))
        found = with_state(demands).filter(state=state).select_related("place", "declaration")
        for item in found[:_MOST]:
            project = item.declaration
            yield Task(
                _("整改"),
                "warning",
                project.project_name if project else item.place.name,
                reverse("rectification", args=[item.pk]),
                act,
                about=say("{unit}", unit=item.place.name) if project else None,
                money=project.annual_total if project else None,
                due=item.due,
                told=(say("{finding}", finding=item.finding[:80]),),
                more=(say(words, demand=item.demand[:80]),),
            )


def _evaluations(person: User) -> Iterator[Task]:
    if not reach_of(person).somewhere(MAY_EVALUATE):
        return
    asked = Evaluation.objects.filter(
        experts=person,
        report=None,
        declaration__in=declarations_of(person, MAY_EVALUATE),
    ).exclude(sheets__expert=person)
    for item in asked.select_related("declaration__organisation").order_by("due_on")[:_MOST]:
        yield Task(
            _("评价"),
            "hint",
            item.declaration.project_name,
            reverse("evaluation", args=[item.pk]),
            _("打分"),
            about=_year_of(item.declaration),
            money=item.declaration.annual_total,
            due=item.due_on,
            told=(say("评价指标要打分"),),
        )


def _rechecks(person: User) -> Iterator[Task]:
    """The self-evaluations that were drawn in the person's places and not looked at since."""
    if not reach_of(person).somewhere(MAY_FOLLOW):
        return
    samples = RecheckSample.objects.filter(place__in=places_of(person, MAY_FOLLOW))
    for sample in samples.order_by("-drawn_at")[:_MOST_SAMPLES]:
        drawn = SelfEvaluation.objects.filter(declaration__in=sample.chosen)
        later = SelfEvaluation.objects.filter(
            declaration=OuterRef("declaration"), number__gt=OuterRef("number")
        )
        left = drawn.filter(~Exists(later)).exclude(rechecks__made_at__gte=sample.drawn_at)
        for item in left.select_related("declaration__organisation")[:_MOST]:
            yield Task(
                _("复核"),
                "hint",
                item.declaration.project_name,
                reverse("recheck", args=[item.declaration_id, item.number]),
                _("复核"),
                about=_year_of(item.declaration),
                money=item.declaration.annual_total,
                told=(say("抽中复核；自评 {total} 分", total=f"{item.total:.2f}"),),
            )


def _year_of(declaration: Declaration) -> Sentence:
    return say(
        "{unit} · {year} 年度", unit=declaration.organisation.name, year=declaration.year or "—"
    )
