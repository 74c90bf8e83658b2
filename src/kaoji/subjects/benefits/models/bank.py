"""Payments, the files that leave for a bank, what came back, the money's double entry, the rates of a run."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kaoji.benefits.movements import MOVEMENT_NAMES
from kaoji.platform.organisation.models import Organisation
from kaoji.subjects.benefits.models.people import PayeeAccount, Person
from kaoji.subjects.benefits.models.runs import Run

_PERSON = settings.AUTH_USER_MODEL
_HASH = 64


class Payment(models.Model):
    """What a person gets of one run; each try to pay it is a line to one account."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="payments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="payments")
    fen = models.PositiveIntegerField("金额（分）")

    class Meta:
        verbose_name = verbose_name_plural = "支付"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(name="one_payment_of_a_run", fields=("run", "person")),
            models.CheckConstraint(
                name="a_payment_is_something", condition=models.Q(fen__gt=0)
            ),
        )

    def __str__(self) -> str:
        return f"{self.run_id} {self.person_id}"


class BankFile(models.Model):
    """A file for the bank, sealed as it holds names and accounts. It was sent once somebody took it."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="bank_files")
    layout = models.CharField("银行格式", max_length=40)
    part = models.PositiveSmallIntegerField("第几份")
    sha256 = models.CharField("散列", max_length=_HASH, unique=True)
    count = models.PositiveIntegerField("笔数")
    fen = models.BigIntegerField("金额（分）")
    digest = models.CharField("各行散列", max_length=_HASH, blank=True)
    sealed = models.TextField("内容（密封）")
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField("取走时间", null=True)
    taken_by = models.ForeignKey(_PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "盘片"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(name="one_file_a_part", fields=("run", "part")),
            models.CheckConstraint(
                name="a_file_is_taken_by_somebody",
                condition=models.Q(taken_at__isnull=True, taken_by__isnull=True)
                | models.Q(taken_at__isnull=False, taken_by__isnull=False),
            ),
        )

    @property
    def name(self) -> str:
        """What the file is called when it leaves."""
        return f"{self.run.programme}-{self.run.written}-{self.run_id}-{self.part}.txt"

    def __str__(self) -> str:
        return self.name


class RefusalReport(models.Model):
    """The cashier says that the bank did not take a file at all. Nothing follows before somebody else asked the bank."""

    file = models.OneToOneField(BankFile, models.PROTECT, related_name="refusal_report")
    reason = models.TextField("银行的说法")
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "退盘登记"

    def __str__(self) -> str:
        return f"{self.file_id}"


class FileRefusal(models.Model):
    """The bank did not take a file at all, as a second person confirmed, on what word of the bank.

    None of its lines was paid; each may go out again under a new reference.
    """

    file = models.OneToOneField(BankFile, models.PROTECT, related_name="turned_down")
    reason = models.TextField("核实的依据")
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "盘片被退"

    def __str__(self) -> str:
        return f"{self.file_id}"


class Try(models.Model):
    """One line to one account: its reference is ours and unique for ever. *months* are [month, fen]."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="tries")
    number = models.PositiveSmallIntegerField("第几次")
    account = models.ForeignKey(PayeeAccount, models.PROTECT, related_name="+")
    file = models.ForeignKey(BankFile, models.PROTECT, related_name="tries")
    line = models.PositiveIntegerField("行")
    reference = models.CharField("业务参考号", max_length=20, unique=True)
    fen = models.PositiveIntegerField("金额（分）")
    months = models.JSONField("各月")

    class Meta:
        verbose_name = verbose_name_plural = "发放"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(name="one_try_a_number", fields=("payment", "number")),
        )

    def __str__(self) -> str:
        return self.reference


class ReturnFile(models.Model):
    """A file that came back; all of its lines were matched, or it is not here.

    *word* is on which word of the bank lines were taken that nobody had sent so.
    """

    place = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    run = models.ForeignKey(Run, models.PROTECT, related_name="return_files")
    layout = models.CharField("银行格式", max_length=40)
    sha256 = models.CharField("散列", max_length=_HASH, unique=True)
    count = models.PositiveIntegerField("笔数")
    credited = models.BigIntegerField("到账（分）")
    failed = models.BigIntegerField("失败（分）")
    word = models.TextField("银行确认的依据", blank=True)
    digest = models.CharField("各行散列", max_length=_HASH)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "回盘"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.run_id} {self.pk}"


class ReturnLine(models.Model):
    """What the bank says of one try; *on* is the bank's day, never ours."""

    file = models.ForeignKey(ReturnFile, models.PROTECT, related_name="answered")
    line = models.PositiveIntegerField("行")
    answers = models.ForeignKey(Try, models.PROTECT, related_name="lines")
    outcome = models.CharField("结果", max_length=8)
    on = models.DateField("日期")
    fen = models.PositiveIntegerField("金额（分）")
    text = models.CharField("说明", max_length=90, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "回盘行"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(name="a_line_of_a_file_once", fields=("file", "line")),
            models.UniqueConstraint(
                name="the_bank_says_it_once", fields=("answers", "on", "outcome")
            ),
        )

    def __str__(self) -> str:
        return f"{self.answers_id} {self.outcome}"


class Movement(models.Model):
    """Money of a programme and town, double entry by its kind; a mistake is mended by a counter-movement."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="movements")
    cause = models.CharField("由来", max_length=60)
    kind = models.CharField("种类", max_length=16, choices=list(MOVEMENT_NAMES.items()))
    counter = models.BooleanField("冲回", default=False)
    budget_year = models.PositiveSmallIntegerField("预算年度")
    town = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    fen = models.BigIntegerField("金额（分）")
    count = models.PositiveIntegerField("笔数")
    on = models.DateField("日期")
    made_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "资金变动"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                name="a_movement_is_booked_once",
                fields=("cause", "kind", "counter", "budget_year", "town"),
            ),
            models.CheckConstraint(
                name="a_movement_is_something", condition=models.Q(fen__gt=0)
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.fen}"


class Tally(models.Model):
    """One rate of a run and town, as known at a moment: *on the day* of the run, or by all known now.

    A later row of the same run, town, statistic and basis counts in its stead.
    """

    class Basis(models.TextChoices):
        """By which knowledge it was judged."""

        ON_DAY = "on_day", "当日口径"
        NOW = "now", "现时口径"

    run = models.ForeignKey(Run, models.PROTECT, related_name="tallies")
    town = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    statistic = models.CharField("统计", max_length=16)
    basis = models.CharField("口径", max_length=6, choices=Basis.choices)
    month = models.DateField("月份")
    numerator = models.BigIntegerField("分子")
    denominator = models.BigIntegerField("分母")
    made_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "发放统计"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="a_rate_is_no_more_than_all",
                condition=models.Q(numerator__gte=0)
                & models.Q(numerator__lte=models.F("denominator")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.run_id} {self.statistic} {self.numerator}/{self.denominator}"
