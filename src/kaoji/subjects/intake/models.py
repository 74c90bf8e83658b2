"""Documents on their way into the records: read, looked at, confirmed or given up."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kaoji.platform.files.models import Document


class Intake(models.Model):
    """A document being read into the records: opened, then confirmed or discarded.

    *reading* is the stored form of a Reading (see documents/reading_json.py), changed only
    by settling doubts; *original* is the same before anybody settled any. *rows* is what stands
    beside it on the page, for documents that are shown as text.
    """

    class State(models.TextChoices):
        """Where an intake stands."""

        OPEN = "open", _("待确认")
        CONFIRMED = "confirmed", _("已保存")
        DISCARDED = "discarded", _("已放弃")

    document = models.ForeignKey(Document, models.PROTECT, verbose_name="文件")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.OPEN)
    reading = models.JSONField("读取结果")
    original = models.JSONField("最初的读取结果", default=dict)
    rows = models.JSONField("原文各行", null=True)
    opened_at = models.DateTimeField("开始时间")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="经办人"
    )
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入"
        constraints = (
            models.CheckConstraint(
                name="intake_closed_when_not_open",
                condition=models.Q(state="open", closed_at__isnull=True)
                | ~models.Q(state="open") & models.Q(closed_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.document} {self.get_state_display()}"


class PagePicture(models.Model):
    """A page of a document, drawn once for people to look at. A copy: it can be drawn again."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="pictures")
    page = models.PositiveIntegerField("页")
    picture = models.BinaryField("图片")

    class Meta:
        verbose_name = verbose_name_plural = "页面图片"
        constraints = (
            models.UniqueConstraint(name="one_picture_per_page", fields=("document", "page")),
        )

    def __str__(self) -> str:
        return f"{self.document} {self.page}"


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
