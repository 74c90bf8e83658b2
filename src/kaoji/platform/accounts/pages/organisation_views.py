"""The tree, one place, and what an administrator does there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kaoji.core.speech import say
from kaoji.platform.accounts.actions.access_key import end_keys_of, with_keys_among
from kaoji.platform.accounts.actions.change_account import change_password, set_active
from kaoji.platform.accounts.actions.open_account import open_account
from kaoji.platform.accounts.actions.second_factor import remove_second_factor, secured_among
from kaoji.platform.accounts.pages.organisation_forms import (
    AppointmentForm,
    ChangeForm,
    PlaceForm,
)
from kaoji.platform.organisation.actions.appoint import appoint
from kaoji.platform.organisation.actions.change_organisation import change_organisation
from kaoji.platform.organisation.actions.end_appointment import end_appointment
from kaoji.platform.organisation.actions.register_organisation import register_organisation
from kaoji.platform.organisation.actions.set_letterhead import set_letterhead
from kaoji.platform.organisation.models import Letterhead, Organisation
from kaoji.platform.organisation.reach import appointments_in_force, places_of
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying
from kaoji.platform.ui.acting import refused
from kaoji.platform.ui.paging import OFFICE, forget
from kaoji.workflow.places import PLACE_NAMES, PlaceKind
from kaoji.workflow.roles import MAY_MANAGE, ROLE_NAMES, Role

_UNUSABLE = 422


@require_safe
@permission_required(MAY_MANAGE, raise_exception=True)
def tree(request: HttpRequest) -> HttpResponse:
    """Every place that the person manages, with how many people and forms it has."""
    standing = appointments_in_force(timezone.localdate())
    places = (
        _managed(request)
        .annotate(
            people=Count("appointments", filter=Q(appointments__in=standing), distinct=True),
            forms=Count("declarations", distinct=True),
        )
        .order_by("path")
    )
    rows = [
        (place, range(len(place.lineage) - 1), PLACE_NAMES[PlaceKind(place.kind)])
        for place in places
    ]
    return render(request, "accounts/pages/tree.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_MANAGE, raise_exception=True)
def register(request: HttpRequest) -> HttpResponse:
    """Enter a place."""
    person: Any = request.user
    form = PlaceForm(request.POST or None, person=person, initial=request.GET.dict())
    if request.method != "POST":
        return render(request, "accounts/pages/register_place.html", {"form": form})
    status = _UNUSABLE
    if form.is_valid():
        try:
            made = register_organisation(
                **form.cleaned_data, acting_user=person, now=timezone.now()
            )
        except UnableToAct as refusal:
            status = refused(request, refusal)
        else:
            saying.confirm(request, say("已登记“{name}”", name=made.name))
            return redirect("place", made.pk)
    return render(request, "accounts/pages/register_place.html", {"form": form}, status=status)


@require_safe
@permission_required(MAY_MANAGE, raise_exception=True)
def place_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One place: its facts, what stands below it, who is there in which role."""
    return _page(request, get_object_or_404(_managed(request), pk=pk))


@require_POST
@permission_required(MAY_MANAGE, raise_exception=True)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change its code, its own review, its last day."""
    place, person = get_object_or_404(_managed(request), pk=pk), _person(request)
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return _page(request, place, change=form, status=_UNUSABLE)
    try:
        change_organisation(place, **form.cleaned_data, acting_user=person, now=timezone.now())
    except UnableToAct as refusal:
        return _page(request, place, change=form, status=refused(request, refusal))
    saying.confirm(request, say("已记下"))
    return redirect("place", pk)


@require_POST
@permission_required(MAY_MANAGE, raise_exception=True)
def letterhead(request: HttpRequest, pk: int) -> HttpResponse:
    """Put its name at the head of every page."""
    place = get_object_or_404(_managed(request), pk=pk)
    try:
        set_letterhead(place, acting_user=_person(request), now=timezone.now())
    except UnableToAct as refusal:
        return _page(request, place, status=refused(request, refusal))
    forget(OFFICE)
    saying.confirm(request, say("各页抬头已改为“{name}”", name=place.name))
    return redirect("place", pk)


@require_POST
@permission_required(MAY_MANAGE, raise_exception=True)
def appoint_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Appoint somebody; who has no account gets one in the same step, or neither happens."""
    place, person = get_object_or_404(_managed(request), pk=pk), _person(request)
    form = AppointmentForm(request.POST, manager=person)
    if not form.is_valid():
        return _page(request, place, appointment=form, status=_UNUSABLE)
    given, now = form.cleaned_data, timezone.now()
    try:
        with transaction.atomic():
            somebody = given["person"] or open_account(
                given["username"],
                full_name=given["full_name"],
                email=given["email"],
                password=given["password"],
                acting_user=person,
                now=now,
            )
            appoint(
                somebody,
                given["role"],
                place,
                since=given["since"],
                until=given["until"],
                agency=given["agency"],
                acting_user=person,
                now=now,
            )
    except UnableToAct as refusal:
        return _page(request, place, appointment=form, status=refused(request, refusal))
    saying.confirm(request, say("已任命 {name}", name=somebody.get_username()))
    return redirect("place", pk)


@require_POST
@permission_required(MAY_MANAGE, raise_exception=True)
def end(request: HttpRequest, pk: int, appointment: int) -> HttpResponse:
    """End an appointment."""
    place = get_object_or_404(_managed(request), pk=pk)
    held = get_object_or_404(place.appointments, pk=appointment)
    try:
        end_appointment(held, acting_user=_person(request), now=timezone.now())
    except UnableToAct as refusal:
        return _page(request, place, status=refused(request, refusal))
    saying.confirm(request, say("已终止"))
    return redirect("place", pk)


@require_POST
@permission_required(MAY_MANAGE, raise_exception=True)
def account(request: HttpRequest, pk: int, appointment: int) -> HttpResponse:
    """Close somebody's account or open it again, or give it a new password."""
    place = get_object_or_404(_managed(request), pk=pk)
    held = get_object_or_404(place.appointments.select_related("person"), pk=appointment)
    person, now, password = _person(request), timezone.now(), request.POST.get("password", "")
    try:
        if password:
            change_password(held.person, password=password, acting_user=person, now=now)
        else:
            active = not held.person.is_active
            set_active(held.person, active=active, acting_user=person, now=now)
    except UnableToAct as refusal:
        return _page(request, place, status=refused(request, refusal))
    saying.confirm(request, say("已更改 {name} 的账号", name=held.person.get_username()))
    return redirect("place", pk)


@require_POST
@permission_required(MAY_MANAGE, raise_exception=True)
def unsecure(request: HttpRequest, pk: int, appointment: int) -> HttpResponse:
    """Turn off the second factor of somebody who lost the phone."""
    told = _("已关闭 {name} 的两步验证")
    return _for_somebody(request, pk, appointment, remove_second_factor, told)


@require_POST
@permission_required(MAY_MANAGE, raise_exception=True)
def end_keys(request: HttpRequest, pk: int, appointment: int) -> HttpResponse:
    """End the API keys of somebody."""
    return _for_somebody(request, pk, appointment, end_keys_of, _("已停用 {name} 的接口密钥"))


def _for_somebody(
    request: HttpRequest, pk: int, appointment: int, act: Callable[..., object], told: str
) -> HttpResponse:
    """Do something for the account of who is appointed, and say so."""
    place = get_object_or_404(_managed(request), pk=pk)
    held = get_object_or_404(place.appointments.select_related("person"), pk=appointment)
    try:
        act(held.person, acting_user=_person(request), now=timezone.now())
    except UnableToAct as refusal:
        return _page(request, place, status=refused(request, refusal))
    saying.confirm(request, say(told, name=held.person.get_username()))
    return redirect("place", pk)


def _managed(request: HttpRequest) -> Any:
    return places_of(request.user, MAY_MANAGE).select_related("parent")


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)


def _page(
    request: HttpRequest,
    place: Organisation,
    *,
    change: ChangeForm | None = None,
    appointment: AppointmentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    facts = {
        name: getattr(place, name) for name in ("name", "code", "reviews_first", "closed_on")
    }
    today = timezone.localdate()
    appointments = place.appointments.select_related("person", "agency").order_by(
        "ended_at", "role", "person__username"
    )
    context = {
        "place": place,
        "kind": PLACE_NAMES[PlaceKind(place.kind)],
        "children": place.children.order_by("path"),
        "appointments": [
            (item, ROLE_NAMES[Role(item.role)], item.ended_at is None) for item in appointments
        ],
        "with_keys": with_keys_among(
            (item.person_id for item in appointments), now=timezone.now()
        ),
        "secured": secured_among(item.person_id for item in appointments),
        "change": change or ChangeForm(initial=facts),
        "appointment": appointment
        or AppointmentForm(initial={"since": today}, manager=_person(request)),
        "forms": place.declarations.count(),
        "letterhead": Letterhead.objects.select_related("place").first(),
    }
    return render(request, "accounts/pages/place.html", context, status=status)
