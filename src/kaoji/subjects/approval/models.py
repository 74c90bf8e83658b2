"""The 批复: a numbered letter that tells a department which of its promises were approved."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kaoji.platform.files.models import Document
from kaoji.platform.organisation.models import Organisation

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
