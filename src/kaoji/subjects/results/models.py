"""How each indicator is measured, and the values that were reached.

Nothing here is changed: a correction is a later row, and what was known on any day can be told.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kaoji.measuring.catalogue import WAYS
from kaoji.platform.files.models import Document
from kaoji.subjects.declarations.models import Declaration

_PERSON = settings.AUTH_USER_MODEL
_LONGEST = 200


class Measure(models.Model):
    """How an indicator is measured: a way by name, what it has to be told, milestones.

    The latest row of a place counts. *milestones* are pairs of day and cumulative number, for
    what is not done evenly over the year.
    """

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="measures")
    place = models.CharField("指标", max_length=500)
    title = models.CharField("名称", max_length=_LONGEST)
    way = models.CharField(
        "方式", max_length=20, choices=[(way.id, way.title) for way in WAYS.values()]
    )
    parameters = models.JSONField("参数", default=dict)
    milestones = models.JSONField("计划节点", default=list)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "指标的取值办法"
        ordering = ("declaration", "place", "-id")

    def __str__(self) -> str:
        return self.title


class Actual(models.Model):
    """An indicator's value as of a day: typed, or taken from the evidence that a measure names.

    *place* is the indicator's class and name, so that it outlives a moved row; *score* is a
    person's, where the formula leaves it to judgement. *basis* keeps what the evidence said
    then: the digest and the keys of its rows, the steps.
    """

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="actuals")
    place = models.CharField("指标", max_length=500)
    as_of = models.DateField("截至")
    value = models.CharField("完成值", max_length=200)
    score = models.DecimalField("评分", max_digits=6, decimal_places=2, null=True)
    reason = models.TextField("偏差原因", blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, related_name="actuals")
    basis = models.JSONField("依据", null=True)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "完成值"
        ordering = ("declaration", "place", "-as_of", "-id")

    def __str__(self) -> str:
        return f"{self.place} {self.value}"
