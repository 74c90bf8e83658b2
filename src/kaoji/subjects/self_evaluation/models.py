"""What units say became of their promises, how that was checked again, and how each promise stands."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kaoji.platform.organisation.models import Organisation
from kaoji.subjects.declarations.models import Declaration
from kaoji.workflow.following import LEVEL_NAMES

_PERSON = settings.AUTH_USER_MODEL


class SelfEvaluation(models.Model):
    """A self-evaluation as it was filed: the notation that `kaoji score` recomputes, and its hash."""

    declaration = models.ForeignKey(
        Declaration, models.PROTECT, related_name="self_evaluations"
    )
    number = models.PositiveIntegerField("次")
    revision_number = models.PositiveIntegerField("版本")
    content = models.TextField("记法")
    sha256 = models.CharField("SHA-256", max_length=64)
    total = models.DecimalField("总分", max_digits=6, decimal_places=2)
    grade = models.CharField("等级", max_length=4)
    filed_at = models.DateTimeField("时间")
    filed_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "自评"
        ordering = ("declaration", "-number")
        constraints = (
            models.UniqueConstraint(
                name="self_evaluations_are_numbered", fields=("declaration", "number")
            ),
        )

    def __str__(self) -> str:
        return f"{self.declaration} {self.total}"


class Recheck(models.Model):
    """A self-evaluation looked at again: by place of an indicator the score before, after, and why."""

    evaluation = models.ForeignKey(SelfEvaluation, models.PROTECT, related_name="rechecks")
    level = models.CharField("级次", max_length=12, choices=list(LEVEL_NAMES.items()))
    changes = models.JSONField("改动")
    total_before = models.DecimalField("复核前", max_digits=6, decimal_places=2)
    total = models.DecimalField("复核后", max_digits=6, decimal_places=2)
    grade = models.CharField("等级", max_length=4)
    opinion = models.TextField("意见", blank=True)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "自评复核"
        ordering = ("evaluation", "id")

    def __str__(self) -> str:
        return f"{self.evaluation} → {self.total}"


class RecheckSample(models.Model):
    """Self-evaluations drawn for re-checking. Who has *seed* and *pool* draws the same again."""

    year = models.PositiveSmallIntegerField("年度")
    place = models.ForeignKey(Organisation, models.PROTECT, related_name="recheck_samples")
    seed = models.CharField("随机种子", max_length=64)
    pool = models.JSONField("总体")
    chosen = models.JSONField("抽中")
    drawn_at = models.DateTimeField("时间")
    drawn_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "复核抽样"
        ordering = ("-drawn_at",)

    def __str__(self) -> str:
        return f"{self.year} {self.place}"


class Settled(models.Model):
    """What finance last looked at of a promise's year: what the public is told, whatever was entered since.

    Money in yuan; *score* and *grade* are those of finance's last re-check.
    """

    declaration = models.OneToOneField(
        Declaration, models.CASCADE, primary_key=True, related_name="settled"
    )
    evaluation = models.ForeignKey(SelfEvaluation, models.PROTECT, related_name="+")
    revision_number = models.PositiveIntegerField("版本")
    budget = models.DecimalField("年度预算", max_digits=20, decimal_places=2)
    executed = models.DecimalField("执行数", max_digits=20, decimal_places=2)
    indicators = models.PositiveIntegerField("指标数")
    met = models.PositiveIntegerField("已达成")
    score = models.DecimalField("得分", max_digits=6, decimal_places=2)
    grade = models.CharField("等级", max_length=4)

    class Meta:
        verbose_name = verbose_name_plural = "财政复核过的结果"

    def __str__(self) -> str:
        return str(self.declaration)


class Standing(models.Model):
    """How a promise in force stands, for adding up; rewritten whenever something of it changes.

    *lights* has one letter for each month of the year (r, y, g, b, or - for none), *spent* the
    cumulative execution at each month's end in yuan.
    """

    declaration = models.OneToOneField(
        Declaration, models.CASCADE, primary_key=True, related_name="standing"
    )
    year = models.PositiveSmallIntegerField("年度")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    category = models.CharField("项目类别", max_length=60, blank=True)
    budget = models.DecimalField("年度预算", max_digits=20, decimal_places=2)
    executed = models.DecimalField("执行数", max_digits=20, decimal_places=2)
    indicators = models.PositiveIntegerField("指标数")
    measurable = models.PositiveIntegerField("可衡量")
    measured = models.PositiveIntegerField("有完成值")
    met = models.PositiveIntegerField("已达成")
    lights = models.CharField("各月的灯", max_length=12)
    spent = models.JSONField("各月累计执行", default=list)
    score = models.DecimalField("自评得分", max_digits=6, decimal_places=2, null=True)
    grade = models.CharField("等级", max_length=4, blank=True)
    is_public = models.BooleanField("公开", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "概况"
        indexes = (models.Index(fields=("year", "organisation"), name="standing_of_places"),)

    def __str__(self) -> str:
        return str(self.declaration)
