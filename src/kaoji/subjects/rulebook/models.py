"""What an administrator decided about a rule or a number, for a region."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Override(models.Model):
    """What an administrator set otherwise: a rule's severity, a rule off, a threshold's value.

    *subject* is a rule's id or a threshold's name; *region* is blank for everywhere. The row
    names no code, so it survives every upgrade of the rules.
    """

    class Kind(models.TextChoices):
        """What is set."""

        SEVERITY = "severity", "程度"
        OFF = "off", "停用"
        THRESHOLD = "threshold", "数值"

    kind = models.CharField("种类", max_length=10, choices=Kind.choices)
    subject = models.CharField("规则或数值", max_length=60)
    region = models.CharField("地区", max_length=40, blank=True)
    value = models.CharField("改为", max_length=40, blank=True)
    reason = models.TextField("理由")
    set_at = models.DateTimeField("时间")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="经办人")

    class Meta:
        verbose_name = verbose_name_plural = "改写"
        ordering = ("subject", "region")
        constraints = (
            models.UniqueConstraint(
                name="one_override_per_subject", fields=("kind", "subject", "region")
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} {self.get_kind_display()} {self.value}"
