"""Runs with what they found, who confirmed, decided and approved, and what is not granted."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.timezone import localdate

from kaoji.benefits.approvals import DUTY_NAMES
from kaoji.benefits.checks.check import EFFECT_NAMES
from kaoji.benefits.months import Month, first_day, written_month
from kaoji.benefits.run import ITEM_NAMES
from kaoji.benefits.run_states import OPEN, RUN_STATE_NAMES, RunState
from kaoji.core.speech import Sentence, say
from kaoji.platform.organisation.models import Organisation
from kaoji.subjects.benefits.models.people import Person
from kaoji.subjects.declarations.models import Declaration

_PERSON = settings.AUTH_USER_MODEL
_HASH = 64


class Run(models.Model):
    """One run of a programme for a month; *resends* names the run whose failures a small run sends again.

    *computation* counts how often it was reckoned: only the rows of the last one count.
    """

    place = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    programme = models.CharField("项目", max_length=40)
    month = models.PositiveIntegerField("月份")
    declaration = models.ForeignKey(
        Declaration, models.PROTECT, null=True, related_name="benefit_runs"
    )
    resends = models.ForeignKey("self", models.PROTECT, null=True, related_name="resent_by")
    state = models.CharField(
        "状态", max_length=12, choices=list(RUN_STATE_NAMES.items()), default=RunState.DRAFT
    )
    due_on = models.DateField("发放日")
    due_by_law = models.DateField("规定的发放日", null=True)
    due_reason = models.TextField("改期理由", blank=True)
    confirm_by = models.DateField("确认截止")
    computation = models.PositiveSmallIntegerField("第几次计算", default=0)
    as_known_at = models.DateTimeField("冻结时间", null=True)
    law_digest = models.CharField("法规散列", max_length=_HASH, blank=True)
    granted_digest = models.CharField("已发散列", max_length=_HASH, blank=True)
    items_digest = models.CharField("明细散列", max_length=_HASH, blank=True)
    doubts_digest = models.CharField("疑点散列", max_length=_HASH, blank=True)
    asked_digest = models.CharField("送审散列", max_length=_HASH, blank=True)
    people = models.PositiveIntegerField("人数", default=0)
    items = models.PositiveIntegerField("笔数", default=0)
    fen = models.BigIntegerField("应发（分）", default=0)
    reduced = models.BigIntegerField("核减（分）", default=0)
    approved_fen = models.BigIntegerField("发放（分）", default=0)
    approved_at = models.DateTimeField("审批时间", null=True)
    is_invented = models.BooleanField("虚构", default=False)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "批次"
        ordering = ("-month", "-id")
        constraints = (
            models.UniqueConstraint(
                name="one_open_run_of_a_programme",
                fields=("place", "programme"),
                condition=models.Q(state__in=sorted(OPEN), resends__isnull=True),
            ),
            models.UniqueConstraint(
                name="one_open_resending_of_a_run",
                fields=("resends",),
                condition=~models.Q(state__in=["closed", "cancelled"]),
            ),
            models.CheckConstraint(
                name="another_pay_day_has_a_reason",
                condition=models.Q(due_by_law__isnull=True) | ~models.Q(due_reason=""),
            ),
        )

    @property
    def period(self) -> Month:
        """The month as the kernel counts it."""
        return Month(self.month)

    @property
    def moved_day(self) -> Sentence | None:
        """That it pays on another day than the law says, and why; to be said wherever its timeliness is."""
        if self.due_by_law is None:
            return None
        return say(
            "发放日由 {by_law} 改为 {day}：{reason}",
            by_law=self.due_by_law,
            day=self.due_on,
            reason=self.due_reason,
        )

    @property
    def year(self) -> int:
        """The budget year that its money is taken from."""
        return self.due_on.year

    @property
    def frozen_on(self) -> date:
        """The day by whose knowledge it reckons; the day on which it was opened before that."""
        return localdate(self.as_known_at or self.made_at)

    @property
    def first_day(self) -> date:
        """The first day of its month."""
        return first_day(self.period)

    @property
    def written(self) -> str:
        """Its month as people write it."""
        return written_month(self.period)

    def __str__(self) -> str:
        return f"{self.programme} {self.written}"


class Item(models.Model):
    """One difference that a run found: fen ≠ 0, below nought exactly when it is a reduction."""

    class Change(models.TextChoices):
        """What it is beside what was granted before; whatever is not the same waits for its town."""

        SAME = "same", "与上月相同"
        NEW = "new", "新增"
        CHANGED = "changed", "变动"
        ARREAR = "arrear", "补发"
        STOPPED = "stopped", "停发核减"

    run = models.ForeignKey(Run, models.PROTECT, related_name="found_items")
    computation = models.PositiveSmallIntegerField("第几次计算")
    person = models.ForeignKey(Person, models.PROTECT, related_name="benefit_items")
    month = models.PositiveIntegerField("月份")
    fen = models.IntegerField("金额（分）")
    kind = models.CharField("类别", max_length=10, choices=list(ITEM_NAMES.items()))
    change = models.CharField("变化", max_length=8, choices=Change.choices)
    town = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    due_on = models.DateField("应到账日")

    class Meta:
        verbose_name = verbose_name_plural = "发放明细"
        ordering = ("id",)
        indexes = (models.Index(fields=("run", "computation", "town", "id"), name="roster"),)
        constraints = (
            models.UniqueConstraint(
                name="one_item_a_month", fields=("run", "computation", "person", "month")
            ),
            models.CheckConstraint(
                name="a_reduction_is_below_nought",
                condition=models.Q(kind="reduction", fen__lt=0)
                | (~models.Q(kind="reduction") & models.Q(fen__gt=0)),
            ),
        )

    @property
    def written_month(self) -> str:
        """Its month as people write it."""
        return written_month(Month(self.month))

    def __str__(self) -> str:
        return f"{self.run_id} {self.person_id} {self.written_month}"


class Doubt(models.Model):
    """What a check found of a person, or (without one) of the whole run. What holds waits for a decision."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="found_doubts")
    computation = models.PositiveSmallIntegerField("第几次计算")
    check_id = models.CharField("检查", max_length=4)
    effect = models.CharField("作用", max_length=4, choices=list(EFFECT_NAMES.items()))
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    month = models.PositiveIntegerField("月份", null=True)
    sentence = models.JSONField("所见")

    class Meta:
        verbose_name = verbose_name_plural = "疑点"
        ordering = ("check_id", "id")
        indexes = (models.Index(fields=("run", "computation", "check_id"), name="doubts_of"),)

    def __str__(self) -> str:
        return f"{self.check_id} {self.pk}"


class DoubtDecision(models.Model):
    """How somebody settled a doubt, and why."""

    class Settlement(models.TextChoices):
        """What follows for the person's money in this run."""

        RELEASE = "release", "核实无误，照发"
        STOP = "stop", "不应发放"

    doubt = models.OneToOneField(Doubt, models.PROTECT, related_name="decision")
    settlement = models.CharField("决定", max_length=8, choices=Settlement.choices)
    reason = models.TextField("理由")
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "疑点处理"

    def __str__(self) -> str:
        return f"{self.doubt_id} {self.settlement}"


class Confirmation(models.Model):
    """A town stands for what is new and changed in its roster."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="confirmations")
    computation = models.PositiveSmallIntegerField("第几次计算")
    town = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    count = models.PositiveIntegerField("笔数")
    fen = models.BigIntegerField("金额（分）")
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "街镇确认"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                name="a_town_confirms_once", fields=("run", "computation", "town")
            ),
        )

    def __str__(self) -> str:
        return f"{self.run_id} {self.town_id}"


class LeftOut(models.Model):
    """An item that is not granted by its run: the next run finds it again, unless it was stopped."""

    class Why(models.TextChoices):
        """For what reason."""

        HELD = "held", "疑点未决"
        STOPPED = "stopped", "决定不发"
        UNCONFIRMED = "late", "街镇未确认"

    item = models.OneToOneField(Item, models.PROTECT, related_name="left_out")
    why = models.CharField("原因", max_length=8, choices=Why.choices)

    class Meta:
        verbose_name = verbose_name_plural = "未发放"

    def __str__(self) -> str:
        return f"{self.item_id} {self.why}"


class DutyDone(models.Model):
    """Who did which duty with a run: of preparing, confirming, checking, approving, paying no two by one person."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="duties")
    computation = models.PositiveSmallIntegerField("第几次计算")
    duty = models.CharField("职责", max_length=8, choices=list(DUTY_NAMES.items()))
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "经手"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                name="a_duty_once", fields=("run", "computation", "duty", "made_by")
            ),
        )

    def __str__(self) -> str:
        return f"{self.run_id} {self.duty}"
