"""Monitoring (双监控): periods, what units report in them, what the department says to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kaoji.platform.organisation.models import Organisation
from kaoji.subjects.declarations.models import Declaration
from kaoji.workflow.following import ADVICE_NAMES, VERDICT_NAMES

_PERSON = settings.AUTH_USER_MODEL


class MonitoringPeriod(models.Model):
    """A round of monitoring: every promise in force in the place and year reports until a day.

    *until* is the last day that is looked at, *due_on* the last day to report.
    """

    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("名称", max_length=60)
    place = models.ForeignKey(Organisation, models.PROTECT, related_name="monitoring_periods")
    until = models.DateField("监控到")
    due_on = models.DateField("报送截止")
    issued_at = models.DateTimeField("时间")
    issued_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "监控期"
        ordering = ("-until", "-id")
        constraints = (
            models.UniqueConstraint(
                name="one_monitoring_period_per_day", fields=("place", "year", "until")
            ),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.title}"


class MonitoringReport(models.Model):
    """A report as it was filed: the notation of a 监控表 with causes and likelihoods, its hash, the light.

    *deviations* holds, of reports filed before the notation told of causes, `{"classes": […], "reason": "…"}`
    by place; of later ones nothing.
    """

    period = models.ForeignKey(MonitoringPeriod, models.PROTECT, related_name="reports")
    declaration = models.ForeignKey(
        Declaration, models.PROTECT, related_name="monitoring_reports"
    )
    number = models.PositiveIntegerField("次")
    revision_number = models.PositiveIntegerField("版本")
    content = models.TextField("记法")
    sha256 = models.CharField("SHA-256", max_length=64)
    deviations = models.JSONField("偏差", default=dict)
    light = models.CharField("灯", max_length=6, blank=True)
    filed_at = models.DateTimeField("时间")
    filed_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "监控表"
        ordering = ("period", "declaration", "-number")
        constraints = (
            models.UniqueConstraint(
                name="monitoring_reports_are_numbered",
                fields=("period", "declaration", "number"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.declaration} {self.period}"


class MonitoringReview(models.Model):
    """What the department says to a report: accepted or returned, and what to do with the project."""

    report = models.OneToOneField(MonitoringReport, models.PROTECT, related_name="review")
    verdict = models.CharField("结论", max_length=10, choices=list(VERDICT_NAMES.items()))
    advice = models.CharField("建议", max_length=10, choices=list(ADVICE_NAMES.items()))
    remark = models.TextField("意见", blank=True)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "监控审核"
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.report} {self.get_verdict_display()}"
