"""What reviewers say of a form, and which of its revisions was approved."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kaoji.subjects.declarations.models import Declaration

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


class ApprovedForm(models.Model):
    """A revision that was approved, with what it was worth then; a letter, once issued."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="approvals")
    revision_number = models.PositiveIntegerField("版本")
    project_name = models.CharField("项目名称", max_length=500)
    annual_total = models.DecimalField("年度资金", max_digits=20, decimal_places=2, null=True)
    replaced_total = models.DecimalField(
        "调整前年度资金", max_digits=20, decimal_places=2, null=True
    )
    reason = models.TextField("调整理由", blank=True)
    approved_at = models.DateTimeField("时间")
    approved_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")
    letter = models.ForeignKey(
        "approval.ApprovalLetter", models.PROTECT, null=True, related_name="approvals"
    )

    class Meta:
        verbose_name = verbose_name_plural = "批复的表"
        ordering = ("declaration", "revision_number")
        constraints = (
            models.UniqueConstraint(
                name="one_approval_per_revision", fields=("declaration", "revision_number")
            ),
        )

    def __str__(self) -> str:
        return f"{self.declaration} v{self.revision_number}"
