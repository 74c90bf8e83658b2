"""Keys by which other systems speak for a person over the HTTP API."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class AccessKey(models.Model):
    """A key of one person, until a day. Only its SHA-256 is kept; *shown* is how people tell keys apart."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="access_keys"
    )
    name = models.CharField("名称", max_length=100)
    shown = models.CharField("开头", max_length=16)
    digest = models.CharField("SHA-256", max_length=64, unique=True)
    may_write = models.BooleanField("可写", default=False)
    expires_on = models.DateField("有效期至")
    last_used_on = models.DateField("最近使用", null=True)
    made_at = models.DateTimeField("时间")
    ended_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "接口密钥"
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return self.name
