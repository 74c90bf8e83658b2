"""When things are due and who is told: windows, late exceptions, notices."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kaoji.records.models.kept import Declaration
from kaoji.records.models.organised import Organisation
from kaoji.workflow.moves import STAGE_NAMES

_PERSON = settings.AUTH_USER_MODEL


class Window(models.Model):
    """From which day until which day (both included) a stage of a year is open in a place.

    It holds for the place and all below; the nearest one to a unit counts.
    """

    year = models.PositiveSmallIntegerField("年度")
    stage = models.CharField("环节", max_length=20, choices=list(STAGE_NAMES.items()))
    place = models.ForeignKey(Organisation, models.PROTECT, related_name="windows")
    opens_on = models.DateField("开始")
    closes_on = models.DateField("截止")
    set_at = models.DateTimeField("时间")
    set_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "办理期限"
        ordering = ("-year", "opens_on", "id")
        constraints = (
            models.UniqueConstraint(
                name="one_window_per_stage_and_place", fields=("year", "stage", "place")
            ),
            models.CheckConstraint(
                name="window_closes_after_it_opens",
                condition=models.Q(closes_on__gte=models.F("opens_on")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.get_stage_display()} {self.place}"


class Extension(models.Model):
    """A late exception: one unit may still act in a window until a day, for a reason."""

    window = models.ForeignKey(Window, models.PROTECT, related_name="extensions")
    place = models.ForeignKey(Organisation, models.PROTECT, related_name="extensions")
    until = models.DateField("延至")
    reason = models.TextField("理由")
    given_at = models.DateTimeField("时间")
    given_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "延期"
        ordering = ("-until", "id")

    def __str__(self) -> str:
        return f"{self.place} {self.until}"


class Notice(models.Model):
    """Something that a person is told: a sentence, and the form that it is about.

    *topic* tells reminders apart that are said once a day; *mailed_at* is when one went out.
    """

    person = models.ForeignKey(_PERSON, models.CASCADE, related_name="notices")
    declaration = models.ForeignKey(
        Declaration, models.CASCADE, null=True, related_name="notices"
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
