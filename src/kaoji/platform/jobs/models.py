"""Which processes are alive: each of them says so every few seconds."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """The last sign of life of a process that does jobs."""

    worker = models.CharField("进程", max_length=64, unique=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "作业进程"

    def __str__(self) -> str:
        return self.worker


class Routine(models.Model):
    """When something that should happen again and again was last done, and whether it ended well."""

    name = models.CharField("例行事项", max_length=32, unique=True)
    at = models.DateTimeField("时间")
    well = models.BooleanField("办成")

    class Meta:
        verbose_name = verbose_name_plural = "例行事项"

    def __str__(self) -> str:
        return self.name
