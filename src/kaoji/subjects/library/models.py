"""The library of indicators: what names people use, for what, with which targets.

LibraryEntry ──< Observation      one use of it in one form
├──< LibraryPair                  its name in pairs of characters, for searching
└──< IndicatorSheet               how it is defined and measured, in versions
LibraryBacklog                    a form that was saved and is still to be learned from
"""

from __future__ import annotations

from django.conf import settings
from django.db import models


class LibraryEntry(models.Model):
    """Indicators of one class whose names mean the same; the columns sum up its observations."""

    key = models.CharField("归一名称", max_length=300)
    level1 = models.CharField("一级指标", max_length=100, blank=True)
    level2 = models.CharField("二级指标", max_length=100, blank=True)
    name = models.CharField("名称", max_length=300)
    unit = models.CharField("常用单位", max_length=40, blank=True)
    uses = models.PositiveIntegerField("使用次数", default=0, db_index=True)
    measurable_uses = models.PositiveIntegerField("可衡量次数", default=0)
    norm_uses = models.PositiveIntegerField("以常用单位计的次数", default=0)
    low = models.DecimalField("低值", max_digits=24, decimal_places=6, null=True)
    middle = models.DecimalField("中位数", max_digits=24, decimal_places=6, null=True)
    high = models.DecimalField("高值", max_digits=24, decimal_places=6, null=True)
    first_year = models.PositiveSmallIntegerField("最早年度", null=True)
    last_year = models.PositiveSmallIntegerField("最近年度", null=True)
    is_stale = models.BooleanField("待重新汇总", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "指标库"
        ordering = ("-uses", "name")
        indexes = (
            models.Index(
                fields=("id",), name="entries_to_sum_up", condition=models.Q(is_stale=True)
            ),
        )
        constraints = (
            models.UniqueConstraint(name="one_entry_per_name", fields=("level2", "key")),
        )

    def __str__(self) -> str:
        return self.name


class LibraryPair(models.Model):
    """Two neighbouring characters of an entry's name."""

    pair = models.CharField("字对", max_length=2)
    entry = models.ForeignKey(LibraryEntry, models.CASCADE, related_name="pairs")

    class Meta:
        verbose_name = verbose_name_plural = "字对"
        constraints = (
            models.UniqueConstraint(name="one_row_per_pair", fields=("pair", "entry")),
        )

    def __str__(self) -> str:
        return self.pair


class Observation(models.Model):
    """One use of an entry: in which form, with which target. Follows the latest revision.

    What the library brings along has no declaration; its *source* says whence it is.
    """

    entry = models.ForeignKey(LibraryEntry, models.CASCADE, related_name="observations")
    declaration = models.ForeignKey(
        "declarations.Declaration", models.CASCADE, null=True, related_name="observations"
    )
    source = models.CharField("来源", max_length=200, blank=True)
    position = models.PositiveIntegerField("行号")
    name = models.CharField("写法", max_length=500)
    target_raw = models.CharField("指标目标值", max_length=500, blank=True)
    value = models.DecimalField("数值", max_digits=24, decimal_places=6, null=True)
    measurable = models.BooleanField("可衡量", default=False)
    unit = models.CharField("单位", max_length=40, blank=True)
    year = models.PositiveSmallIntegerField("年度", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "用例"
        ordering = ("-year", "declaration", "position")
        constraints = (
            models.UniqueConstraint(
                name="one_observation_per_row", fields=("declaration", "position")
            ),
            models.CheckConstraint(
                name="observation_from_a_form_or_a_source",
                condition=models.Q(declaration__isnull=False, source="")
                | models.Q(declaration__isnull=True) & ~models.Q(source=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.target_raw}"


class LibraryBacklog(models.Model):
    """A form that was saved and from whose latest revision the library is still to learn.

    One row for every saving, so that none can be taken away together with an earlier one.
    """

    declaration = models.ForeignKey(
        "declarations.Declaration", models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "待学习的申报表"

    def __str__(self) -> str:
        return f"{self.declaration_id}"


class IndicatorSheet(models.Model):
    """How an indicator is defined and measured. Never changed: a change is the next version."""

    entry = models.ForeignKey(LibraryEntry, models.PROTECT, related_name="sheets")
    number = models.PositiveIntegerField("版本")
    definition = models.TextField("定义")
    numerator = models.TextField("分子", blank=True)
    denominator = models.TextField("分母", blank=True)
    unit = models.CharField("计量单位", max_length=40)
    polarity = models.CharField("方向", max_length=10)
    data_source = models.TextField("数据来源")
    method = models.CharField("取值方法", max_length=100)
    frequency = models.CharField("采集频率", max_length=40)
    owner = models.CharField("负责部门", max_length=255)
    evidence = models.TextField("佐证材料")
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="经办人")

    class Meta:
        verbose_name = verbose_name_plural = "指标说明"
        ordering = ("entry", "-number")
        constraints = (
            models.UniqueConstraint(name="one_sheet_per_version", fields=("entry", "number")),
        )

    def __str__(self) -> str:
        return f"{self.entry} v{self.number}"
