"""The 批复: a numbered letter that tells a department which of its promises were approved."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kaoji.records.models.kept import Declaration, Document
from kaoji.records.models.organised import Organisation

_PERSON = settings.AUTH_USER_MODEL


class ApprovalLetter(models.Model):
    """One letter: its number within the year, whom it goes to, and the PDF as it was issued."""

    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveIntegerField("序号")
    reference = models.CharField("文号", max_length=60)
    bureau = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    place = models.ForeignKey(Organisation, models.PROTECT, related_name="letters")
    document = models.OneToOneField(Document, models.PROTECT)
    issued_at = models.DateTimeField("时间")
    issued_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "批复"
        ordering = ("-year", "-number")
        constraints = (
            models.UniqueConstraint(
                name="one_letter_per_number", fields=("bureau", "year", "number")
            ),
            models.UniqueConstraint(
                name="one_letter_per_reference", fields=("bureau", "reference")
            ),
        )

    def __str__(self) -> str:
        return self.reference


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
        ApprovalLetter, models.PROTECT, null=True, related_name="approvals"
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
