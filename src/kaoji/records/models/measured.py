"""What became of an approved promise: money spent, actual values with their evidence, self-evaluations.

Nothing here is changed: a correction is a later row, and what was known on any day can be told.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kaoji.records.models.evidenced import Batch, Measure
from kaoji.records.models.kept import Declaration, Document
from kaoji.workflow.following import SOURCE_NAMES

_PERSON = settings.AUTH_USER_MODEL


class Spending(models.Model):
    """What was spent in one month from one source; the latest row of both counts."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="spendings")
    month = models.DateField("月份")
    source = models.CharField(
        "资金来源", max_length=10, blank=True, default="", choices=list(SOURCE_NAMES.items())
    )
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="spendings")
    amount = models.DecimalField("执行数", max_digits=20, decimal_places=2)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "预算执行"
        ordering = ("declaration", "month", "id")
        indexes = (models.Index(fields=("month", "declaration"), name="spending_by_month"),)
        constraints = (
            models.CheckConstraint(
                name="spending_is_not_negative", condition=models.Q(amount__gte=0)
            ),
            models.CheckConstraint(
                name="a_month_is_its_first_day", condition=models.Q(month__day=1)
            ),
        )

    def __str__(self) -> str:
        return f"{self.declaration} {self.month:%Y-%m}"


class Actual(models.Model):
    """An indicator's value as of a day: typed, or taken from the evidence that a measure names.

    *place* is the indicator's class and name, so that it outlives a moved row; *score* is a
    person's, where the formula leaves it to judgement. *basis* keeps what the evidence said
    then: the digest and the keys of its rows, the steps.
    """

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="actuals")
    place = models.CharField("指标", max_length=500)
    as_of = models.DateField("截至")
    value = models.CharField("完成值", max_length=200)
    score = models.DecimalField("评分", max_digits=6, decimal_places=2, null=True)
    reason = models.TextField("偏差原因", blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, related_name="actuals")
    basis = models.JSONField("依据", null=True)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "完成值"
        ordering = ("declaration", "place", "-as_of", "-id")

    def __str__(self) -> str:
        return f"{self.place} {self.value}"


class SelfEvaluation(models.Model):
    """A self-evaluation as it was filed: the notation that `kaoji score` recomputes, and its hash."""

    declaration = models.ForeignKey(
        Declaration, models.PROTECT, related_name="self_evaluations"
    )
    number = models.PositiveIntegerField("次")
    revision_number = models.PositiveIntegerField("版本")
    content = models.TextField("记法")
    sha256 = models.CharField("SHA-256", max_length=64)
    total = models.DecimalField("总分", max_digits=6, decimal_places=2)
    grade = models.CharField("等级", max_length=4)
    filed_at = models.DateTimeField("时间")
    filed_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "自评"
        ordering = ("declaration", "-number")
        constraints = (
            models.UniqueConstraint(
                name="self_evaluations_are_numbered", fields=("declaration", "number")
            ),
        )

    def __str__(self) -> str:
        return f"{self.declaration} {self.total}"
