"""What the bank paid besides, from whom it is asked back, and what came back of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kaoji.subjects.benefits.models.bank import ReturnFile, Try
from kaoji.subjects.benefits.models.runs import Run

_PERSON = settings.AUTH_USER_MODEL
_HASH = 64


class Overpayment(models.Model):
    """Money that a line of a returned file says was credited and that nobody was to get. *months* are [month, fen].

    *answers* is the try whose line was credited too often or too high; without one nobody here sent it. *said* is
    the whole sum of the line.
    """

    class Why(models.TextChoices):
        """How it came about. The first two follow from the answers to our lines; of the others the bank is asked."""

        TWICE = "twice", "首发与重发都到账"
        LATE = "late", "已不应发放的又到账"
        MORE = "more", "到账多于报盘"
        AGAIN = "again", "同一笔又到账一次"
        UNKNOWN = "unknown", "不是我们报盘的"

    ON_WORD = (Why.MORE, Why.AGAIN)
    """Of a line of ours, but on the bank's own word."""
    BY_ANSWERS = (Why.TWICE, Why.LATE)

    run = models.ForeignKey(Run, models.PROTECT, related_name="overpayments")
    file = models.ForeignKey(ReturnFile, models.PROTECT, related_name="overpayments")
    line = models.PositiveIntegerField("行")
    why = models.CharField("情形", max_length=8, choices=Why.choices)
    answers = models.ForeignKey(Try, models.PROTECT, null=True, related_name="overpayments")
    fen = models.PositiveIntegerField("多付（分）")
    said = models.PositiveIntegerField("该行金额（分）")
    months = models.JSONField("各月")
    on = models.DateField("日期")
    reference = models.CharField("参考号", max_length=40, blank=True)
    reference_hash = models.CharField("参考号校验值", max_length=_HASH, blank=True)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "银行多付"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                name="one_overpayment_a_line", fields=("file", "line", "why")
            ),
            models.CheckConstraint(
                name="an_overpayment_is_something", condition=models.Q(fen__gt=0)
            ),
            models.CheckConstraint(
                name="only_what_nobody_sent_answers_nothing",
                condition=models.Q(why="unknown", answers__isnull=True)
                | (~models.Q(why="unknown") & models.Q(answers__isnull=False)),
            ),
        )

    @property
    def by_answers(self) -> bool:
        """Does it follow from the answers to our own lines?"""
        return self.why in self.BY_ANSWERS

    @property
    def tried(self) -> Try:
        """The try that was credited too often or too high; not to be asked of a stranger's."""
        if self.answers is None:
            raise ValueError(self.pk)
        return self.answers

    @property
    def sending(self) -> int:
        """By what the replay of its months tells it apart: its try, or below zero itself."""
        return self.tried.pk if self.by_answers else -self.pk

    def __str__(self) -> str:
        return f"{self.run_id} {self.why} {self.fen}"


class OverpaymentDecision(models.Model):
    """From whom it is asked back, and why. Before that nothing may be taken back but by the bank itself."""

    class Debtor(models.TextChoices):
        """Who owes it."""

        PAYEE = "payee", "向收款人追回"
        BANK = "bank", "由银行追回或赔付"

    overpayment = models.OneToOneField(Overpayment, models.PROTECT, related_name="decision")
    debtor = models.CharField("向谁追回", max_length=8, choices=Debtor.choices)
    reason = models.TextField("理由")
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "多付的决定"

    def __str__(self) -> str:
        return f"{self.overpayment_id} {self.debtor}"


class Regained(models.Model):
    """What came back of it: *reversed* by a line of the bank, or *recovered* on a paper. *months* are [month, fen]."""

    class How(models.TextChoices):
        """By whom."""

        REVERSED = "reversed", "银行冲回"
        RECOVERED = "recovered", "收回"

    overpayment = models.ForeignKey(Overpayment, models.PROTECT, related_name="regained")
    how = models.CharField("方式", max_length=10, choices=How.choices)
    fen = models.PositiveIntegerField("金额（分）")
    months = models.JSONField("各月")
    on = models.DateField("日期")
    file = models.ForeignKey(ReturnFile, models.PROTECT, null=True, related_name="regained")
    line = models.PositiveIntegerField("行", null=True)
    said = models.PositiveIntegerField("该行金额（分）", null=True)
    paper = models.TextField("凭据", blank=True)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "多付的收回"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="what_comes_back_is_something", condition=models.Q(fen__gt=0)
            ),
            models.CheckConstraint(
                name="what_the_bank_takes_back_stands_in_a_file",
                condition=models.Q(
                    how="reversed", file__isnull=False, line__isnull=False, said__isnull=False
                )
                | models.Q(
                    how="recovered", file__isnull=True, line__isnull=True, said__isnull=True
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.overpayment_id} {self.how} {self.fen}"
