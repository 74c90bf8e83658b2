"""Ex-ante evaluations as they were filed, and what finance said to each."""

from __future__ import annotations

import json

from django.conf import settings
from django.db import models

from kaoji.core.ex_ante import CONCLUSION_NAMES, ExAnte, ex_ante_from_data
from kaoji.platform.files.models import Document
from kaoji.platform.organisation.models import Organisation
from kaoji.workflow.following import VERDICT_NAMES

_PERSON = settings.AUTH_USER_MODEL


class ExAnteEvaluation(models.Model):
    """A version of an evaluation: *content* is the canonical JSON of an `ExAnte`."""

    place = models.ForeignKey(Organisation, models.PROTECT, related_name="ex_ante_evaluations")
    project_name = models.CharField("项目名称", max_length=255)
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveIntegerField("次")
    amount = models.DecimalField("申请资金", max_digits=20, decimal_places=2)
    conclusion = models.CharField("结论", max_length=8, choices=list(CONCLUSION_NAMES.items()))
    content = models.TextField("规范 JSON")
    sha256 = models.CharField("SHA-256", max_length=64)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    filed_at = models.DateTimeField("时间")
    filed_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "事前绩效评估"
        ordering = ("-year", "place", "project_name", "-number")
        constraints = (
            models.UniqueConstraint(
                name="ex_ante_evaluations_are_numbered",
                fields=("place", "year", "project_name", "number"),
            ),
        )

    @property
    def told(self) -> ExAnte:
        """What it argues."""
        return ex_ante_from_data(json.loads(self.content))

    def __str__(self) -> str:
        return f"{self.year} {self.project_name}"


class ExAnteReview(models.Model):
    """What finance says to an evaluation: accepted as a ground for the budget, or returned."""

    evaluation = models.OneToOneField(ExAnteEvaluation, models.PROTECT, related_name="review")
    verdict = models.CharField("结论", max_length=10, choices=list(VERDICT_NAMES.items()))
    remark = models.TextField("意见", blank=True)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "事前绩效评估审核"
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.evaluation} {self.get_verdict_display()}"
