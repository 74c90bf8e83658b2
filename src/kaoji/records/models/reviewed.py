"""What reviewers say of a form: opinions on its cells, answered by the unit, closed by a reviewer."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kaoji.records.models.kept import Declaration

_PERSON = settings.AUTH_USER_MODEL


class Opinion(models.Model):
    """One opinion on one cell of one revision: given, answered, closed, each by somebody."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="opinions")
    revision_number = models.PositiveIntegerField("版本")
    field = models.CharField("位置", max_length=100)
    place = models.CharField("所指", max_length=500)
    text = models.TextField("意见")
    given_at = models.DateTimeField("时间")
    given_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")
    answer = models.TextField("答复", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.ForeignKey(_PERSON, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("关闭时间", null=True)
    closed_by = models.ForeignKey(_PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "审核意见"
        ordering = ("declaration", "id")
        constraints = (
            models.CheckConstraint(
                name="opinion_answered_by_somebody",
                condition=models.Q(
                    answered_at__isnull=True, answered_by__isnull=True, answer=""
                )
                | models.Q(answered_at__isnull=False, answered_by__isnull=False)
                & ~models.Q(answer=""),
            ),
            models.CheckConstraint(
                name="opinion_closed_by_somebody",
                condition=models.Q(closed_at__isnull=True, closed_by__isnull=True)
                | models.Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.place}: {self.text[:40]}"
