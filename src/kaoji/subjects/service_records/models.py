"""Services that were given, row by row. A correction is a later row that names the one it replaces."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kaoji.measuring.ways.service_records import SERVICE_NAMES
from kaoji.platform.files.models import Document
from kaoji.platform.imports.models import Batch
from kaoji.subjects.declarations.models import Declaration

_PERSON = settings.AUTH_USER_MODEL
_LONGEST = 200


class ServiceRecord(models.Model):
    """One thing that was done: when, where, what, for how many; *replaces* names what it corrects.

    *due_on* is until when it had to be done, *passed* whether it stood a check; blank where the
    question does not arise. *withdrawn* takes the replaced row out without another in its place.
    """

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="service_records")
    kind = models.CharField("种类", max_length=16, choices=list(SERVICE_NAMES.items()))
    on = models.DateField("日期")
    subject = models.CharField("事项", max_length=_LONGEST)
    place = models.CharField("地点", max_length=_LONGEST, blank=True)
    people = models.PositiveIntegerField("人数", null=True)
    expected = models.PositiveIntegerField("应到", null=True)
    quantity = models.DecimalField("数量", max_digits=18, decimal_places=2, null=True)
    unit = models.CharField("单位", max_length=20, blank=True)
    due_on = models.DateField("期限", null=True)
    passed = models.BooleanField("合格", null=True)
    note = models.TextField("备注", blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="service_records")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by"
    )
    withdrawn = models.BooleanField("撤销", default=False)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "服务记录"
        ordering = ("-on", "-id")
        indexes = (models.Index(fields=("declaration", "kind", "on"), name="services_of_kind"),)
        constraints = (
            models.CheckConstraint(
                name="a_quantity_is_not_negative",
                condition=models.Q(quantity__isnull=True) | models.Q(quantity__gte=0),
            ),
            models.CheckConstraint(
                name="what_is_withdrawn_was_there",
                condition=models.Q(withdrawn=False) | models.Q(replaces__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.on} {self.subject}"
