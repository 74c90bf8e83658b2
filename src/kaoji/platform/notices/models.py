"""What people are told."""

from __future__ import annotations

from django.conf import settings
from django.db import models

_PERSON = settings.AUTH_USER_MODEL


class Notice(models.Model):
    """Something that a person is told: a sentence, and the form that it is about.

    *topic* tells reminders apart that are said once a day; *mailed_at* is when one went out.
    """

    person = models.ForeignKey(_PERSON, models.CASCADE, related_name="notices")
    declaration = models.ForeignKey(
        "declarations.Declaration", models.CASCADE, null=True, related_name="notices"
    )
    sentence = models.JSONField("内容")
    topic = models.CharField("事由", max_length=40, blank=True)
    made_at = models.DateTimeField("时间")
    mailed_at = models.DateTimeField("邮件发出", null=True)
    seen_at = models.DateTimeField("已读", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "通知"
        ordering = ("-made_at", "-id")
        indexes = (models.Index(fields=("person", "seen_at")),)

    def __str__(self) -> str:
        return f"{self.person} {self.made_at:%Y-%m-%d}"
