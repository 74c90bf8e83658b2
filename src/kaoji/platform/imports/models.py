"""What comes in by sheet or interface: files that wait to be read, and the batches that were taken."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kaoji.platform.files.models import Document
from kaoji.platform.organisation.models import Organisation

_PERSON = settings.AUTH_USER_MODEL


class Batch(models.Model):
    """Rows that came in together: a sheet and how its columns were read, or invented for a demo."""

    class Kind(models.TextChoices):
        """What the rows are."""

        SPENDINGS = "spendings", "预算执行"
        SERVICE_RECORDS = "service_records", "服务记录"
        ANSWERS = "answers", "答卷"

    kind = models.CharField("种类", max_length=16, choices=Kind.choices)
    place = models.ForeignKey(Organisation, models.PROTECT, related_name="batches")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    columns = models.JSONField("各列", default=dict)
    rows = models.PositiveIntegerField("行数", default=0)
    is_invented = models.BooleanField("虚构", default=False)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "成批录入"
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.made_at:%Y-%m-%d}"


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
        BENEFITS = "benefits", _("发放名单")

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
