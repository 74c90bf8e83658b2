"""Who is where: the organisation tree, and the roles that people have in it for a time."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kaoji.workflow.places import PLACE_NAMES
from kaoji.workflow.roles import ROLE_NAMES

_PERSON = settings.AUTH_USER_MODEL


class Organisation(models.Model):
    """A place of the tree. *path* holds the keys from the top, `/1/4/`: all below start with it."""

    name = models.CharField("名称", max_length=255)
    code = models.CharField("单位编码", max_length=40, blank=True)
    kind = models.CharField("种类", max_length=12, choices=list(PLACE_NAMES.items()))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField("路径", max_length=255, unique=True, null=True, editable=False)
    reviews_first = models.BooleanField("本单位先审", default=False)
    closed_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "机构"
        ordering = ("path",)
        constraints = (
            models.UniqueConstraint(name="one_name_under_a_parent", fields=("parent", "name")),
            models.UniqueConstraint(
                name="one_place_per_code", fields=("code",), condition=~models.Q(code="")
            ),
        )

    @property
    def lineage(self) -> list[int]:
        """The keys of the places from the top down to this one."""
        return [int(key) for key in str(self.path).split("/") if key]

    def is_within(self, path: str) -> bool:
        """Is it the place with this path, or below it?"""
        return bool(self.path) and str(self.path).startswith(path)

    def __str__(self) -> str:
        return self.name


class Letterhead(models.Model):
    """Whose name heads every page, since when. Never changed: the latest holds."""

    place = models.ForeignKey(Organisation, models.PROTECT, related_name="letterheads")
    set_at = models.DateTimeField("时间")
    set_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "抬头"
        ordering = ("-id",)

    def __str__(self) -> str:
        return str(self.place)


class Appointment(models.Model):
    """One person in one role in one place, from a day until a day (both included).

    *agency* is whom a third party works for. An appointment that was ended early says by whom.
    """

    person = models.ForeignKey(_PERSON, models.PROTECT, related_name="appointments")
    place = models.ForeignKey(Organisation, models.PROTECT, related_name="appointments")
    role = models.CharField("角色", max_length=24, choices=list(ROLE_NAMES.items()))
    agency = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="seconded"
    )
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(_PERSON, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField("终止时间", null=True, blank=True)
    ended_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ("place", "role", "id")
        constraints = (
            models.UniqueConstraint(
                name="one_standing_appointment",
                fields=("person", "place", "role", "since"),
                condition=models.Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="appointment_ends_after_it_begins",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
            models.CheckConstraint(
                name="a_third_party_has_an_agency",
                condition=~models.Q(role="third_party") | models.Q(agency__isnull=False),
            ),
            models.CheckConstraint(
                name="appointment_ended_by_somebody",
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.get_role_display()} {self.place}"
