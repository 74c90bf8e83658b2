"""How people and other systems prove who they are, and where they are signed in."""

from __future__ import annotations

from django.conf import settings
from django.db import models

_PERSON = settings.AUTH_USER_MODEL


class AccessKey(models.Model):
    """A key of one person, until a day. Only its SHA-256 is kept; *shown* is how people tell keys apart."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="access_keys"
    )
    name = models.CharField("名称", max_length=100)
    shown = models.CharField("开头", max_length=16)
    digest = models.CharField("SHA-256", max_length=64, unique=True)
    may_write = models.BooleanField("可写", default=False)
    expires_on = models.DateField("有效期至")
    last_used_on = models.DateField("最近使用", null=True)
    made_at = models.DateTimeField("时间")
    ended_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "接口密钥"
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return self.name


class SecondFactor(models.Model):
    """A phone that shows one-time codes. Its secret is sealed with a key outside the database.

    *counter* is the last code that was taken, so that none is taken twice; *failures* and *wait_until*
    slow guessing down.
    """

    person = models.OneToOneField(_PERSON, models.CASCADE, related_name="second_factor")
    secret = models.CharField("密封的密钥", max_length=200)
    confirmed_at = models.DateTimeField("开启时间", null=True)
    counter = models.BigIntegerField("已用的计数", default=-1)
    failures = models.PositiveIntegerField("连错次数", default=0)
    wait_until = models.DateTimeField("何时可再试", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "两步验证"

    def __str__(self) -> str:
        return str(self.person)


class EmergencyCode(models.Model):
    """A code for when the phone is lost: only its hash is kept, and it goes when it is used."""

    person = models.ForeignKey(_PERSON, models.CASCADE, related_name="emergency_codes")
    digest = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "应急码"
        constraints = (
            models.UniqueConstraint(name="one_row_per_code", fields=("person", "digest")),
        )

    def __str__(self) -> str:
        return str(self.person)


class SignIn(models.Model):
    """A sitting of a person at some browser, from signing in until it ends."""

    person = models.ForeignKey(_PERSON, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField("会话", max_length=40, unique=True)
    address = models.CharField("地址", max_length=45, blank=True)
    browser = models.CharField("浏览器", max_length=200, blank=True)
    began_at = models.DateTimeField("开始")
    seen_at = models.DateTimeField("最近使用")

    class Meta:
        verbose_name = verbose_name_plural = "登录"
        ordering = ("-seen_at", "-id")

    def __str__(self) -> str:
        return f"{self.person} {self.began_at:%Y-%m-%d %H:%M}"


class GivenPassword(models.Model):
    """A password that somebody else set: the person must choose another before anything else."""

    person = models.OneToOneField(_PERSON, models.CASCADE, related_name="given_password")
    given_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "待更改的密码"

    def __str__(self) -> str:
        return str(self.person)
