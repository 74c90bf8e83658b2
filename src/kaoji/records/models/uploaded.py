"""What waits for a process of its own: files to be read, forms to be saved.

A tray, not a record: what becomes of them is recorded where it is kept.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kaoji.records.models.kept import Intake


class Upload(models.Model):
    """A file somebody handed in, until it has been read and taken, or given up.

    *asked* is what the page said with it (place, year, columns …), *result* what reading gave:
    intakes of documents, or the rows of a sheet. *refusal* is the sentence that says why it
    cannot be read.
    """

    class Purpose(models.TextChoices):
        """What it is to become."""

        DOCUMENT = "document", _("申报表")
        SPENDINGS = "spendings", _("预算执行")
        SERVICES = "services", _("服务记录")
        ANSWERS = "answers", _("答卷")
        ROSTER = "roster", _("机构与人员")

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("等待读取")
        READING = "reading", _("正在读取")
        READ = "read", _("已读取")
        REFUSED = "refused", _("不能读取")

    purpose = models.CharField("用途", max_length=12, choices=Purpose.choices)
    state = models.CharField(
        "状态", max_length=8, choices=State.choices, default=State.WAITING, db_index=True
    )
    name = models.CharField("文件名", max_length=255)
    content = models.BinaryField("内容")
    asked = models.JSONField("随附", default=dict)
    result = models.JSONField("读取结果", null=True)
    refusal = models.JSONField("不能读取的原因", null=True)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "待读取的文件"
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name

    @property
    def is_pending(self) -> bool:
        """Has nobody read it yet?"""
        return self.state in {self.State.WAITING, self.State.READING}

    @property
    def before(self) -> int:
        """How many files stand before it."""
        pending = Upload.objects.filter(state__in=[self.State.WAITING, self.State.READING])
        return pending.filter(pk__lt=self.pk).count()


class Confirmation(models.Model):
    """Forms of an intake that somebody asked to save, until whoever asked has seen what came of it.

    *done* of the forms were looked at, *saved* of them are new on record. *refusal* is the
    sentence that says why the rest was not saved. *tries* counts how often it was begun: a process
    may have died over it.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("等待保存")
        SAVING = "saving", _("正在保存")
        SAVED = "saved", _("已保存")
        REFUSED = "refused", _("没有全部保存")

    intake = models.OneToOneField(Intake, models.CASCADE, related_name="confirmation")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)
    form_numbers = models.JSONField("选定的表")
    done = models.PositiveIntegerField("已办", default=0)
    saved = models.PositiveIntegerField("已保存", default=0)
    tries = models.PositiveIntegerField("次数", default=0)
    refusal = models.JSONField("没有保存的原因", null=True)
    asked_at = models.DateTimeField("时间")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "待保存的导入"

    def __str__(self) -> str:
        return f"{self.intake} {self.get_state_display()}"

    @property
    def is_pending(self) -> bool:
        """Is it still to be done, or being done?"""
        return self.state in {self.State.WAITING, self.State.SAVING}

    @property
    def count(self) -> int:
        """How many forms were chosen."""
        return len(self.form_numbers)
