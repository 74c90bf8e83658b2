"""Who is told, and what was sent to whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kaoji.platform.organisation.models import Organisation

_PERSON = settings.AUTH_USER_MODEL


class Receiver(models.Model):
    """A system elsewhere that is told what happens in a place and below. Its secret is sealed; it only ends.

    *choices* are keys of what rooms offer (`OUTWARD`). Nobody ended one that ended itself, by answering 410 or by
    being silent for too long. Until *busy_until* one process sends to it, and no other; *tended_at* is when one last
    did; *failing_since* is the first try after which nobody was there, or somebody who had too much to do.
    """

    place = models.ForeignKey(Organisation, models.PROTECT, related_name="receivers")
    name = models.CharField("名称", max_length=100)
    address = models.CharField("地址", max_length=500)
    choices = models.JSONField("推送什么")
    secret = models.CharField("密封的密钥", max_length=200)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("停用时间", null=True)
    ended_by = models.ForeignKey(_PERSON, models.PROTECT, null=True, related_name="+")

    busy_until = models.DateTimeField("正在送，至", null=True)
    tended_at = models.DateTimeField("上次送", null=True)
    failing_since = models.DateTimeField("送不到，自", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "推送地址"
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One message to one receiver. *body* is what is signed and sent, sign by sign, however often.

    *due_at* is when it is tried next, *since* from when the pauses count: made, or asked for again. What became
    of the last try stands in *status*, *signs* (what was answered) and *fault* (why nothing was).
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("待送")
        DELIVERED = "delivered", _("已送达")
        GIVEN_UP = "given_up", _("已放弃")

    receiver = models.ForeignKey(Receiver, models.PROTECT, related_name="deliveries")
    message = models.CharField("编号", max_length=40, unique=True)
    type = models.CharField("事项", max_length=60)
    title = models.CharField("关于", max_length=500, blank=True)
    body = models.TextField("内容")
    made_at = models.DateTimeField("时间")
    state = models.CharField(
        "状态", max_length=10, choices=State.choices, default=State.WAITING
    )
    since = models.DateTimeField("自")
    due_at = models.DateTimeField("下次")
    tries = models.PositiveIntegerField("次数", default=0)
    status = models.PositiveSmallIntegerField("答复", null=True)
    signs = models.CharField("答复的开头", max_length=200, blank=True)
    fault = models.JSONField("为何没有送达", null=True)
    ended_at = models.DateTimeField("结束", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "推送"
        ordering = ("-id",)
        indexes = (
            models.Index(
                fields=("due_at",),
                name="deliveries_that_wait",
                condition=models.Q(state="waiting"),
            ),
            # What is forgotten after a while is looked for at every round.
            models.Index(fields=("ended_at",), name="deliveries_that_ended"),
        )
        constraints = (
            models.CheckConstraint(
                name="a_delivery_waits_or_has_ended",
                condition=models.Q(state="waiting", ended_at__isnull=True)
                | models.Q(state__in=["delivered", "given_up"], ended_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.message
