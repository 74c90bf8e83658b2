"""Money spent on an approved promise. A correction is a later row."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kaoji.platform.imports.models import Batch
from kaoji.subjects.declarations.models import Declaration
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
