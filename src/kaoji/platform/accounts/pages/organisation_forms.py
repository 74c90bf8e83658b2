"""The forms of the organisation's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.translation import gettext as now_in
from django.utils.translation import gettext_lazy as _

from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.ui.days import Day
from kaoji.workflow.places import PLACE_NAMES, PlaceKind
from kaoji.workflow.roles import MAY_MANAGE, ROLE_NAMES, Role

_NEW = _("新开账号")


class PlaceForm(forms.Form):
    """A new place below one that the person manages; a bureau stands below none."""

    name = forms.CharField(label=_("名称"), max_length=255)
    kind = forms.ChoiceField(label=_("种类"))
    parent = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("上级"), required=False, empty_label="—"
    )
    code = forms.CharField(label=_("单位编码"), max_length=40, required=False)

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [(item.value, now_in(PLACE_NAMES[item])) for item in PlaceKind]
        parent: Any = self.fields["parent"]
        parent.queryset = places_of(person, MAY_MANAGE)

    def clean_kind(self) -> PlaceKind:
        """As the domain knows it."""
        return PlaceKind(self.cleaned_data["kind"])


class ChangeForm(forms.Form):
    """What may change of a place."""

    name = forms.CharField(label=_("名称"), max_length=255)
    code = forms.CharField(label=_("单位编码"), max_length=40, required=False)
    reviews_first = forms.BooleanField(label=_("提交后先由本单位审核"), required=False)
    closed_on = Day(label=_("撤销日期"), required=False)


class AppointmentForm(forms.Form):
    """Somebody who has an account, or gets one here, in a role for a time."""

    role = forms.ChoiceField(label=_("角色"))
    person = forms.ModelChoiceField(
        User.objects.none(), label=_("账号"), required=False, empty_label=_NEW
    )
    username = forms.CharField(label=_("新账号"), max_length=150, required=False)
    full_name = forms.CharField(label=_("姓名"), max_length=150, required=False)
    email = forms.EmailField(label=_("邮箱"), required=False)
    password = forms.CharField(
        label=_("初始密码"), required=False, widget=forms.PasswordInput(render_value=False)
    )
    since = Day(label=_("自"))
    until = Day(label=_("至"), required=False)
    agency = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("受托机构"), required=False, empty_label="—"
    )

    def __init__(self, *args: Any, manager: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        managed = places_of(manager, MAY_MANAGE)
        role, person, agency = (self.fields[name] for name in ("role", "person", "agency"))  # type: Any, Any, Any
        role.choices = [(item.value, now_in(ROLE_NAMES[item])) for item in Role]
        known = Q(appointments__place__in=managed) | Q(appointments__isnull=True)
        person.queryset = (
            User.objects.filter(known, is_active=True, is_superuser=False)
            .distinct()
            .order_by("username")
        )
        person.label_from_instance = _called
        agency.queryset = managed.filter(kind=PlaceKind.AGENCY)

    def clean_role(self) -> Role:
        """As the domain knows it."""
        return Role(self.cleaned_data["role"])


def _called(person: User) -> str:
    return f"{person.get_full_name()} {person.get_username()}".strip()
