"""What was found wrong and has to be put right, from whatever source, until it is closed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kaoji.platform.files.models import Document
from kaoji.platform.organisation.models import Organisation
from kaoji.subjects.declarations.models import Declaration
from kaoji.workflow.following import RECTIFICATION_SOURCES, RECTIFICATION_STEPS

_PERSON = settings.AUTH_USER_MODEL


class Rectification(models.Model):
    """One finding that a place has to put right until a day. What follows are its steps."""

    place = models.ForeignKey(Organisation, models.PROTECT, related_name="rectifications")
    declaration = models.ForeignKey(
        Declaration, models.PROTECT, null=True, related_name="rectifications"
    )
    source = models.CharField(
        "来源", max_length=16, choices=list(RECTIFICATION_SOURCES.items())
    )
    finding = models.TextField("问题")
    demand = models.TextField("整改要求")
    due_on = models.DateField("整改期限")
    opened_at = models.DateTimeField("时间")
    opened_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "整改"
        ordering = ("due_on", "id")

    def __str__(self) -> str:
        return self.finding[:40]


class RectificationStep(models.Model):
    """What somebody did about it: answered with a file, accepted, sent back, gave more time."""

    rectification = models.ForeignKey(Rectification, models.PROTECT, related_name="steps")
    kind = models.CharField("步骤", max_length=10, choices=list(RECTIFICATION_STEPS.items()))
    text = models.TextField("内容")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField("延至", null=True)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "整改步骤"
        ordering = ("rectification", "id")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.made_at:%Y-%m-%d}"
