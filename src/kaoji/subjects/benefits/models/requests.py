"""What a run asks approval for: person by person which months, how much, to which account; and accounts looked at since."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kaoji.subjects.benefits.models.people import PayeeAccount, Person
from kaoji.subjects.benefits.models.runs import Run

_PERSON = settings.AUTH_USER_MODEL


class PaymentRequest(models.Model):
    """What a person is to get of a run, fixed when it was sent for approval. *months* are [month, fen].

    A bank's file pays no more than this, and less where less is still owed.
    """

    run = models.ForeignKey(Run, models.PROTECT, related_name="requests")
    computation = models.PositiveSmallIntegerField("第几次计算")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    account = models.ForeignKey(PayeeAccount, models.PROTECT, related_name="requests")
    fen = models.PositiveIntegerField("金额（分）")
    months = models.JSONField("各月")

    class Meta:
        verbose_name = verbose_name_plural = "支付申请"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                name="one_request_a_person", fields=("run", "computation", "person")
            ),
            models.CheckConstraint(
                name="a_request_is_something", condition=models.Q(fen__gt=0)
            ),
        )

    def __str__(self) -> str:
        return f"{self.run_id} {self.person_id}"


class AccountConfirmation(models.Model):
    """A second person stands for an account that came after a run was frozen: it may be paid to at once."""

    account = models.OneToOneField(PayeeAccount, models.PROTECT, related_name="confirmation")
    reason = models.TextField("依据")
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "账户核实"

    def __str__(self) -> str:
        return f"{self.account_id}"
