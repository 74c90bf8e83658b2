"""Persons by the lists that name them: facts, accounts, who is entitled by somebody else's word."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kaoji.platform.organisation.models import Organisation

_PERSON = settings.AUTH_USER_MODEL
_HASH = 64


class Person(models.Model):
    """A beneficiary, as little of them as the rules need. *birth* is the first day of its month, as first told."""

    place = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    id_hash = models.CharField("证号校验值", max_length=_HASH)
    key_number = models.PositiveSmallIntegerField("密钥序号", default=1)
    id_sealed = models.TextField("证号（密封）")
    id_masked = models.CharField("证号", max_length=18)
    name_sealed = models.TextField("姓名（密封）")
    name_hash = models.CharField("姓名校验值", max_length=_HASH)
    name_masked = models.CharField("姓名", max_length=40)
    birth = models.DateField("出生月份")
    list = models.ForeignKey("benefits.ReceivedList", models.PROTECT, related_name="people")
    made_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        constraints = (
            models.UniqueConstraint(
                name="one_person_per_number", fields=("place", "id_hash", "key_number")
            ),
        )

    def __str__(self) -> str:
        return self.name_masked


class ReceivedList(models.Model):
    """A list as it was received. The file itself is not kept: its hash is, and each row sealed."""

    class Kind(models.TextChoices):
        """What its rows say."""

        GRANTS = "grants", "享受待遇名单"
        DEATHS = "deaths", "死亡名单"
        LEFT = "left", "迁出名单"
        ENTITLED = "entitled", "应享名单"
        BIRTHS = "births", "出生更正名单"

    place = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    programme = models.CharField("项目", max_length=40)
    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    as_of = models.DateField("截至")
    name = models.CharField("文件名", max_length=255)
    sha256 = models.CharField("散列", max_length=_HASH)
    rows = models.PositiveIntegerField("行数")
    digest = models.CharField("各行散列", max_length=_HASH)
    is_invented = models.BooleanField("虚构", default=False)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "名单"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                name="a_list_is_taken_once", fields=("place", "programme", "kind", "sha256")
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.as_of}"


class ListRow(models.Model):
    """Who stands on a list of those entitled by somebody else's word; *person* where we know them.

    Of a death or a departure only whom we do not know stands here, with its day: it becomes a fact when the
    person is granted something.
    """

    list = models.ForeignKey(ReceivedList, models.PROTECT, related_name="listed")
    id_hash = models.CharField("证号校验值", max_length=_HASH)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    on = models.DateField("日期", null=True)
    received_on = models.DateField("收到日期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "名单行"
        indexes = (models.Index(fields=("id_hash",), name="listed_by_number"),)
        constraints = (
            models.UniqueConstraint(name="once_on_a_list", fields=("list", "id_hash")),
        )

    def __str__(self) -> str:
        return f"{self.list_id} {self.pk}"


class Fact(models.Model):
    """One statement about a person; *programme* is blank where it holds for all of them.

    *since* until *until* it is true, from *made_at* on it is known, on *received_on* the paper was in hand.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="facts")
    programme = models.CharField("项目", max_length=40, blank=True)
    kind = models.CharField("种类", max_length=40)
    value = models.CharField("值", max_length=60)
    since = models.DateField("自")
    until = models.DateField("至", null=True)
    asked_on = models.DateField("申请日期", null=True)
    decided_on = models.DateField("决定日期", null=True)
    received_on = models.DateField("收到日期", null=True)
    list = models.ForeignKey(ReceivedList, models.PROTECT, related_name="facts")
    made_at = models.DateTimeField("录入时间")

    class Meta:
        verbose_name = verbose_name_plural = "事实"
        ordering = ("id",)
        indexes = (
            models.Index(fields=("person", "id"), name="facts_of_a_person"),
            models.Index(fields=("programme", "kind", "person"), name="facts_of_a_programme"),
        )
        constraints = (
            models.CheckConstraint(
                name="a_fact_ends_after_it_begins",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.since}"


class PayeeAccount(models.Model):
    """Who receives for a person, and where; the latest by *since* counts.

    The payee's and the holder's names are compared by their hashes.
    """

    class Kind(models.TextChoices):
        """What the payee is to the person."""

        SELF = "self", "本人"
        GUARDIAN = "guardian", "监护人"
        CARER = "carer", "代领人"
        INSTITUTION = "institution", "机构"

    person = models.ForeignKey(Person, models.PROTECT, related_name="accounts")
    kind = models.CharField("收款人", max_length=12, choices=Kind.choices)
    payee_hash = models.CharField("收款人校验值", max_length=_HASH)
    holder_sealed = models.TextField("户名（密封）")
    holder_hash = models.CharField("户名校验值", max_length=_HASH)
    number_sealed = models.TextField("账号（密封）")
    number_hash = models.CharField("账号校验值", max_length=_HASH)
    last4 = models.CharField("尾号", max_length=4)
    bank = models.CharField("开户行", max_length=60, blank=True)
    since = models.DateField("自")
    list = models.ForeignKey(ReceivedList, models.PROTECT, related_name="accounts")
    made_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "收款账户"
        ordering = ("since", "id")

    def __str__(self) -> str:
        return f"**** {self.last4}"
