"""File the whole expenditure's promise of a place (部门整体支出绩效目标申报表) as its next version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.canonical import canonical_json, digest
from kaoji.core.declaration import Declaration as Form
from kaoji.core.speech import say
from kaoji.core.written_form import as_written
from kaoji.platform.events.event_log import record_event
from kaoji.platform.notices.actions.notify import people_at, tell
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.department_expenditure.models import WholePlan
from kaoji.subjects.department_expenditure.queries import plan_in_force
from kaoji.workflow.roles import MAY_FILE, MAY_REVIEW_FOR_FINANCE

LAYOUT = "unit-targets-2020"
# Indicators share what execution leaves of a hundred.
_POINTS = Decimal(90)


@dataclass(frozen=True)
class Task:
    """One main task of the year; amounts in yuan."""

    name: str
    content: str
    total: Decimal
    fiscal: Decimal
    other: Decimal

    def as_data(self) -> dict[str, str]:
        """The task as it is kept."""
        return {
            "name": self.name,
            "content": self.content,
            "total": f"{self.total:.2f}",
            "fiscal": f"{self.fiscal:.2f}",
            "other": f"{self.other:.2f}",
        }


def file_whole_plan(
    place: Organisation,
    form: Form,
    tasks: Sequence[Task],
    *,
    acting_user: User,
    now: datetime,
) -> WholePlan:
    """Keep the version; finance is told. Raises UnableToAct with what is missing."""
    require(acting_user, MAY_FILE, place)
    form = replace(form, layout=LAYOUT, department=place.name, project_name=None)
    year = _require_whole(form, tasks)
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=place.pk)
        if plan_in_force(place, year) is not None:
            raise UnableToAct(say("{year} 年的部门整体目标已经审定", year=year))
        content = canonical_json(
            {"form": as_written(form), "tasks": [task.as_data() for task in tasks]}
        )
        plan = WholePlan.objects.create(
            place=place,
            year=year,
            number=WholePlan.objects.filter(place=place, year=year).count() + 1,
            content=content.decode(),
            sha256=digest(content),
            filed_at=now,
            filed_by=acting_user,
        )
        record_event(
            "whole.filed",
            at=now,
            actor=acting_user,
            payload={
                "plan": plan.pk,
                "place": place.name,
                "organisation": place.pk,
                "year": year,
                "number": plan.number,
                "sha256": plan.sha256,
            },
            rows=[plan],
        )
        sentence = say(
            "“{place}”报送了 {year} 年部门整体目标，请审定", place=place.name, year=year
        )
        tell(
            people_at(place, [MAY_REVIEW_FOR_FINANCE], now=now),
            sentence,
            declaration=None,
            now=now,
        )
    return plan


def _require_whole(form: Form, tasks: Sequence[Task]) -> int:
    if form.year is None:
        raise UnableToAct(say("请写年度"))
    if not form.annual_goal:
        raise UnableToAct(say("请写年度总体目标"))
    if not tasks:
        raise UnableToAct(say("请至少写一项年度主要任务"))
    for task in tasks:
        if not task.name.strip():
            raise UnableToAct(say("有一项主要任务没有名称"))
        if not task.total:
            raise UnableToAct(
                say("主要任务“{task}”没有金额；没有这项支出就删去", task=task.name)
            )
        if task.total != task.fiscal + task.other:
            raise UnableToAct(say("“{task}”的财政拨款与其他资金之和不等于总额", task=task.name))
    _require_indicators(form)
    return form.year


def _require_indicators(form: Form) -> None:
    if not form.indicators:
        raise UnableToAct(say("请至少写一项绩效指标"))
    for row in form.indicators:
        if not row.level1 or not row.level3 or not row.target.text or row.weight is None:
            raise UnableToAct(
                say("“{name}”要写一级指标、三级指标、指标值和分值", name=row.name)
            )
    points = sum((row.weight or Decimal(0) for row in form.indicators), Decimal(0))
    if points != _POINTS:
        raise UnableToAct(
            say("各项指标的分值合计 {points}，应为 90（预算执行率 10 分另计）", points=points)
        )
