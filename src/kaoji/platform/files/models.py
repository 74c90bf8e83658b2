"""Files exactly as somebody handed them in, each named by the hash of its content."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Document(models.Model):
    """A file exactly as somebody handed it in."""

    name = models.CharField("文件名", max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    media_type = models.CharField("类型", max_length=100)
    content = models.BinaryField("内容")
    received_at = models.DateTimeField("收到时间")
    received_from = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="提交人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "文件"

    def __str__(self) -> str:
        return self.name
