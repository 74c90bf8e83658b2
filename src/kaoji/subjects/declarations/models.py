"""The promises. A revision keeps the canonical JSON of its form; all beside it is derived.

Declaration ──< Revision          one form's contents over time
                ├──< IndicatorRow    for queries
                └──< FindingRow      what the rules said when it was saved
"""

from __future__ import annotations

import json

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kaoji.core.declaration import Declaration as Form
from kaoji.core.written_form import form_of
from kaoji.platform.files.models import Document
from kaoji.platform.organisation.models import Organisation
from kaoji.workflow.moves import STATE_NAMES, State

_PERSON = settings.AUTH_USER_MODEL


class Declaration(models.Model):
    """One project of one unit in one year; the columns follow its latest revision."""

    class Publication(models.TextChoices):
        """Whether the public sees what was approved, whatever happens to the form now."""

        NEVER = "", _("未公开")
        PUBLIC = "public", _("公开")
        WITHDRAWN = "withdrawn", _("已撤下")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="declarations", verbose_name="机构"
    )
    year = models.PositiveSmallIntegerField("年度", null=True, db_index=True)
    project_name = models.CharField("项目名称", max_length=500)
    project_category = models.CharField("项目类别", max_length=100, blank=True)
    department = models.CharField("主管部门", max_length=255, blank=True)
    implementing_unit = models.CharField("实施单位", max_length=255, blank=True, db_index=True)
    total = models.DecimalField("项目资金总额", max_digits=20, decimal_places=2, null=True)
    annual_total = models.DecimalField(
        "年度资金申请总额", max_digits=20, decimal_places=2, null=True, db_index=True
    )
    indicators = models.PositiveIntegerField("指标数", default=0)
    measurable = models.PositiveIntegerField("可衡量指标数", default=0)
    doubts = models.PositiveIntegerField("存疑", default=0)
    errors = models.PositiveIntegerField("错误", default=0)
    warnings = models.PositiveIntegerField("提醒", default=0)
    hints = models.PositiveIntegerField("提示", default=0)
    undecided = models.PositiveIntegerField("无法判断", default=0)
    revision_count = models.PositiveIntegerField("版本数", default=0)
    state = models.CharField(
        "状态",
        max_length=12,
        default=State.DRAFT,
        choices=list(STATE_NAMES.items()),
        db_index=True,
    )
    state_since = models.DateTimeField("状态起始", null=True)
    submitted_revision = models.PositiveIntegerField("提交的版本", null=True)
    approved_revision = models.PositiveIntegerField("批复的版本", null=True)
    publication = models.CharField(
        "公开", max_length=10, blank=True, choices=Publication.choices, db_index=True
    )
    public_from = models.DateField("公开日期", null=True)
    public_revision = models.PositiveIntegerField("公开的版本", null=True)
    public_name = models.CharField("公开的名称", max_length=500, blank=True)
    public_total = models.DecimalField(
        "公开的年度资金", max_digits=20, decimal_places=2, null=True
    )
    changed_at = models.DateTimeField("更新时间")
    search_text = models.TextField("可查找的文字", default="", editable=False)
    # What nobody waived; only on forms that `queries/open_findings.py` has counted.
    open_errors: int
    open_warnings: int

    class Meta:
        verbose_name = verbose_name_plural = "申报表"
        ordering = ("-year", "implementing_unit", "id")
        indexes = (
            models.Index(
                fields=("-year", "implementing_unit", "id"), name="declarations_in_order"
            ),
            models.Index(
                fields=("publication", "-year", "implementing_unit", "id"),
                name="public_in_order",
            ),
            # What the list is sorted by; migrations/0003_searching has what may be blank, for PostgreSQL.
            models.Index(fields=("project_name", "id"), name="declarations_by_name"),
            models.Index(fields=("indicators", "id"), name="declarations_by_indicators"),
            models.Index(fields=("doubts", "id"), name="declarations_by_doubts"),
            models.Index(fields=("errors", "id"), name="declarations_by_errors"),
            models.Index(fields=("warnings", "id"), name="declarations_by_warnings"),
        )
        constraints = (
            models.UniqueConstraint(
                name="one_declaration_per_project_place_year",
                fields=("organisation", "year", "project_name"),
            ),
            models.CheckConstraint(
                name="measurable_among_indicators",
                condition=models.Q(measurable__lte=models.F("indicators")),
            ),
            models.CheckConstraint(
                name="what_is_public_was_approved",
                condition=models.Q(publication="")
                | models.Q(public_revision__isnull=False, public_from__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_approved_names_its_revision",
                condition=~models.Q(
                    state__in=["approved", "published", "withdrawn", "adjusting"]
                )
                | models.Q(approved_revision__isnull=False),
            ),
        )
        permissions = (
            ("file_declaration", "提交、撤回申报表"),
            ("review_in_unit", "单位审核"),
            ("review_for_department", "主管部门审核"),
            ("review_for_budget", "财政业务审核"),
            ("review_for_finance", "财政绩效审核"),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.project_name}"


class Revision(models.Model):
    """The form as it stood at one time. Never changed: a change is the next revision.

    *content* is the canonical JSON of what people wrote (`core/written_form.py`), *sha256* its hash; *notes* holds the
    doubts, repairs and places of the reading it came from.
    """

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField("版本")
    content = models.TextField("规范 JSON")
    sha256 = models.CharField("SHA-256", max_length=64)
    notes = models.JSONField("存疑与修补")
    document = models.ForeignKey(Document, models.PROTECT, null=True, verbose_name="来源文件")
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="经办人")

    class Meta:
        verbose_name = verbose_name_plural = "版本"
        constraints = (
            models.UniqueConstraint(
                name="one_revision_per_number", fields=("declaration", "number")
            ),
            models.CheckConstraint(
                name="revisions_count_from_one", condition=models.Q(number__gte=1)
            ),
        )

    @property
    def form(self) -> Form:
        """What the form said."""
        return form_of(json.loads(self.content))

    def __str__(self) -> str:
        return f"{self.declaration} v{self.number}"


class IndicatorRow(models.Model):
    """One indicator of a revision, for queries."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="indicator_rows")
    position = models.PositiveIntegerField("行号")
    level1 = models.CharField("一级指标", max_length=100, blank=True)
    level2 = models.CharField("二级指标", max_length=100, blank=True)
    level3 = models.TextField("三级指标", blank=True)
    target_raw = models.TextField("指标目标值", blank=True)
    op = models.CharField("比较符", max_length=5, blank=True)
    value = models.DecimalField("数值", max_digits=24, decimal_places=6, null=True)
    value_high = models.DecimalField("数值上限", max_digits=24, decimal_places=6, null=True)
    unit = models.CharField("单位", max_length=40, blank=True)
    kind = models.CharField("定量定性", max_length=12, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "指标"
        ordering = ("revision", "position")
        constraints = (
            models.UniqueConstraint(
                name="one_row_per_position", fields=("revision", "position")
            ),
        )

    def __str__(self) -> str:
        return self.level3


class FindingRow(models.Model):
    """What one rule said about a revision; *message* keeps template and values.

    *place* and *said* are what a waiver of it would be about (see Waiver).
    """

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="finding_rows")
    rule = models.CharField("规则", max_length=12, db_index=True)
    severity = models.CharField("程度", max_length=8)
    outcome = models.CharField("结果", max_length=10)
    field = models.CharField("位置", max_length=100)
    place = models.CharField("豁免所指的位置", max_length=500, default="")
    said = models.CharField("豁免所指的内容", max_length=64, default="")
    message = models.JSONField("内容")
    suggestion = models.JSONField("建议", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "检查结果"
        ordering = ("revision", "id")

    def __str__(self) -> str:
        return f"{self.rule} {self.field}"


class Waiver(models.Model):
    """A finding that somebody lets stand: who, why, until when.

    *place* is the class and name of the indicator or the path of a field, so that a waiver
    outlives a revision that moves the row; *said* is the digest of the message: another fault
    in the same place is another finding. It ends by its date or by somebody's hand.
    """

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="waivers")
    rule = models.CharField("规则", max_length=12)
    place = models.CharField("位置", max_length=500)
    said = models.CharField("所指", max_length=64)
    reason = models.TextField("理由")
    until = models.DateField("有效至")
    given_at = models.DateTimeField("时间")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="经办人"
    )
    ended_at = models.DateTimeField("终止时间", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="终止人",
    )

    class Meta:
        verbose_name = verbose_name_plural = "豁免"
        ordering = ("declaration", "rule", "id")
        constraints = (
            models.UniqueConstraint(
                name="one_standing_waiver_per_finding",
                fields=("declaration", "rule", "place", "said"),
                condition=models.Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="waiver_ended_by_somebody",
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule} {self.place}"


class Presence(models.Model):
    """Somebody has a form open for writing, and was there at that time last."""

    declaration = models.ForeignKey(Declaration, models.CASCADE, related_name="presences")
    person = models.ForeignKey(_PERSON, models.CASCADE, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "在填"
        constraints = (
            models.UniqueConstraint(
                name="one_presence_per_person", fields=("declaration", "person")
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.declaration}"
