"""The whole expenditure of a place (部门整体支出): its promise for a year and what became of it."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models

from kaoji.core.declaration import Declaration as Form
from kaoji.core.written_form import form_of
from kaoji.platform.organisation.models import Organisation
from kaoji.workflow.following import VERDICT_NAMES

_PERSON = settings.AUTH_USER_MODEL


class WholePlan(models.Model):
    """A version of the 部门整体支出绩效目标申报表: goals and indicators, and the main tasks.

    *content* is `{"form": canonical form, "tasks": [{"name", "content", "total", "fiscal",
    "other"}]}`, amounts in yuan as decimal strings.
    """

    place = models.ForeignKey(Organisation, models.PROTECT, related_name="whole_plans")
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveIntegerField("版本")
    content = models.TextField("规范 JSON")
    sha256 = models.CharField("SHA-256", max_length=64)
    filed_at = models.DateTimeField("时间")
    filed_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "部门整体目标"
        ordering = ("-year", "place", "-number")
        constraints = (
            models.UniqueConstraint(
                name="whole_plans_are_numbered", fields=("place", "year", "number")
            ),
        )

    @property
    def form(self) -> Form:
        """Goals, money and indicators."""
        return form_of(json.loads(self.content)["form"])

    @property
    def tasks(self) -> list[dict[str, Any]]:
        """The main tasks of the year."""
        return list(json.loads(self.content)["tasks"])

    def __str__(self) -> str:
        return f"{self.year} {self.place} v{self.number}"


class WholeDecision(models.Model):
    """What finance decided on a version: accepted, or returned with a reason."""

    plan = models.OneToOneField(WholePlan, models.PROTECT, related_name="decision")
    verdict = models.CharField("结论", max_length=10, choices=list(VERDICT_NAMES.items()))
    remark = models.TextField("意见", blank=True)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "部门整体目标审定"
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.plan} {self.get_verdict_display()}"


class WholeEvaluation(models.Model):
    """The 部门整体支出绩效自评表 as it was filed: the notation that `kaoji score` recomputes."""

    plan = models.ForeignKey(WholePlan, models.PROTECT, related_name="evaluations")
    number = models.PositiveIntegerField("次")
    content = models.TextField("记法")
    sha256 = models.CharField("SHA-256", max_length=64)
    total = models.DecimalField("总分", max_digits=6, decimal_places=2)
    grade = models.CharField("等级", max_length=4)
    filed_at = models.DateTimeField("时间")
    filed_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "部门整体自评"
        ordering = ("plan", "-number")
        constraints = (
            models.UniqueConstraint(
                name="whole_evaluations_are_numbered", fields=("plan", "number")
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan} {self.total}"
