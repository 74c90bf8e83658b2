"""What dashboards add up: one narrow row for each promise, derived from the rows it sums."""

from __future__ import annotations

from django.db import models

from kaoji.records.models.kept import Declaration
from kaoji.records.models.organised import Organisation


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


class PlaceYear(models.Model):
    """The figures of one place in one year, kept until something of them changes.

    Whoever changes something raises *version*; *figures* hold while *computed* is the same.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    version = models.PositiveIntegerField("版本", default=1)
    computed = models.PositiveIntegerField("算到的版本", default=0)
    figures = models.JSONField("数", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "各单位各年的数"
        constraints = (
            models.UniqueConstraint(
                name="one_row_of_figures_per_place_and_year", fields=("organisation", "year")
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} {self.year}"
