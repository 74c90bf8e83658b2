"""When the stages of a year are open, and who may be late."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kaoji.platform.organisation.models import Organisation
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
