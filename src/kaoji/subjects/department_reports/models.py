"""Reports of departments as they were filed."""

from __future__ import annotations

import json

from django.conf import settings
from django.db import models

from kaoji.core.department_report import REPORT_NAMES, DepartmentReport, report_from_data
from kaoji.platform.organisation.models import Organisation

_PERSON = settings.AUTH_USER_MODEL


class FiledReport(models.Model):
    """A department's report: what it said of each project that day, and the department's own words.

    *content* is the canonical JSON of a `DepartmentReport`, so that the paper can be written again as it was;
    *until* is the last day it looks at: the period's for a monitoring, the year's for self-evaluations.
    """

    place = models.ForeignKey(Organisation, models.PROTECT, related_name="filed_reports")
    kind = models.CharField("种类", max_length=16, choices=list(REPORT_NAMES.items()))
    year = models.PositiveSmallIntegerField("年度")
    until = models.DateField("截至")
    number = models.PositiveIntegerField("次")
    content = models.TextField("规范 JSON")
    sha256 = models.CharField("SHA-256", max_length=64)
    filed_at = models.DateTimeField("时间")
    filed_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "部门绩效报告"
        ordering = ("-year", "place", "-until", "-number")
        constraints = (
            models.UniqueConstraint(
                name="department_reports_are_numbered",
                fields=("place", "kind", "until", "number"),
            ),
        )

    @property
    def report(self) -> DepartmentReport:
        """What it says."""
        return report_from_data(json.loads(self.content))

    def __str__(self) -> str:
        return f"{self.place} {self.until} {self.get_kind_display()}"
