"""What people decided about rules: a waiver for one finding, an override for a region."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kaoji.records.models.kept import Declaration


class Waiver(models.Model):
    """A finding that somebody lets stand: who, why, until when.

    *place* is the class and name of the indicator or the path of a field, so that a waiver
    outlives a revision that moves the row; *said* is the digest of the message: another fault
    in the same place is another finding. It ends by its date or by somebody's hand.
    """

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="waivers")
    rule = models.CharField("规则", max_length=12)
    place = models.CharField("位置", max_length=500)
    said = models.CharField("所指", max_length=64)
    reason = models.TextField("理由")
    until = models.DateField("有效至")
    given_at = models.DateTimeField("时间")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="经办人"
    )
    ended_at = models.DateTimeField("终止时间", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="终止人",
    )

    class Meta:
        verbose_name = verbose_name_plural = "豁免"
        ordering = ("declaration", "rule", "id")
        constraints = (
            models.UniqueConstraint(
                name="one_standing_waiver_per_finding",
                fields=("declaration", "rule", "place", "said"),
                condition=models.Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="waiver_ended_by_somebody",
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule} {self.place}"


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
