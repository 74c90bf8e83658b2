"""The event log: who did what and when, one event after another, chained by hashes."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Event(models.Model):
    """Something that happened. Append-only; each one carries the hash of the one before."""

    sequence = models.PositiveBigIntegerField("序号", unique=True)
    at = models.DateTimeField("时间")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="经办人"
    )
    type = models.CharField("类型", max_length=60, db_index=True)
    declaration = models.ForeignKey(
        "declarations.Declaration", models.PROTECT, null=True, related_name="events"
    )
    intake = models.ForeignKey(
        "intake.Intake", models.PROTECT, null=True, related_name="events"
    )
    payload = models.JSONField("内容")
    previous_hash = models.CharField("前一条散列", max_length=64, unique=True)
    hash = models.CharField("散列", max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "事件"
        ordering = ("sequence",)
        # Who asks for certain days does not wait for all of them.
        indexes = (models.Index(fields=("at", "sequence"), name="events_by_time"),)

    def __str__(self) -> str:
        return f"#{self.sequence} {self.type}"


class LogHead(models.Model):
    """The last event, in a single row that writers lock: events are written one at a time."""

    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        verbose_name = verbose_name_plural = "事件链末端"

    def __str__(self) -> str:
        return f"#{self.sequence}"
