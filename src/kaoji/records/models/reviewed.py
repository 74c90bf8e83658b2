"""What reviewers say of a form: opinions on its cells, and review sheets that grade it."""

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


class Review(models.Model):
    """One review sheet filled in for one revision. A later one of the same part counts instead.

    *answers* holds by the name of each point what was said of it and, on a scored sheet, its
    points; *score* is their sum, of 100.
    """

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="reviews")
    revision_number = models.PositiveIntegerField("版本")
    part = models.CharField("环节", max_length=12)
    template = models.CharField("审核表", max_length=40)
    answers = models.JSONField("各项")
    remark = models.TextField("总体意见", blank=True)
    grade = models.CharField("等级", max_length=4)
    score = models.DecimalField("总分", max_digits=5, decimal_places=2, null=True)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "审核表"
        ordering = ("declaration", "-id")
        constraints = (
            models.CheckConstraint(
                name="a_review_scores_within_a_hundred",
                condition=models.Q(score__isnull=True) | models.Q(score__gte=0, score__lte=100),
            ),
        )

    def __str__(self) -> str:
        return f"{self.declaration} {self.grade}"


class Presence(models.Model):
    """Somebody has a form open for writing, and was there at that time last."""

    declaration = models.ForeignKey(Declaration, models.CASCADE, related_name="presences")
    person = models.ForeignKey(_PERSON, models.CASCADE, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "在填"
        constraints = (
            models.UniqueConstraint(
                name="one_presence_per_person", fields=("declaration", "person")
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.declaration}"
