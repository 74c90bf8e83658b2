"""When stages are open: everybody sees what holds for them; the finance bureau sets it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as now_in
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kaoji.core.speech import say
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying
from kaoji.platform.ui.acting import refused
from kaoji.platform.ui.days import Day
from kaoji.subjects.windows.actions.extend_window import extend_window
from kaoji.subjects.windows.actions.set_window import set_window
from kaoji.subjects.windows.models import Window
from kaoji.workflow.moves import STAGE_NAMES, Stage
from kaoji.workflow.places import FILING
from kaoji.workflow.roles import MAY_SET_WINDOWS, MAY_VIEW

_FIRST_YEAR, _LAST_YEAR, _UNUSABLE = 2000, 2100, 422


class WindowForm(forms.Form):
    """A window to be set."""

    year = forms.IntegerField(label=_("年度"), min_value=_FIRST_YEAR, max_value=_LAST_YEAR)
    stage = forms.ChoiceField(label=_("环节"))
    place = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("机构"), empty_label=None
    )
    opens_on = Day(label=_("开始"))
    closes_on = Day(label=_("截止"))

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stage: Any = self.fields["stage"]
        stage.choices = [(item.value, now_in(STAGE_NAMES[item])) for item in Stage]
        place: Any = self.fields["place"]
        place.queryset = places_of(person, MAY_SET_WINDOWS).filter(kind__in=FILING)

    def clean_stage(self) -> Stage:
        """As the domain knows it."""
        return Stage(self.cleaned_data["stage"])


class ExtensionForm(forms.Form):
    """A late exception to be granted."""

    place = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("机构"), empty_label=None
    )
    until = Day(label=_("延至"))
    reason = forms.CharField(label=_("理由"), max_length=500)

    def __init__(self, *args: Any, window: Window, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["place"]
        place.queryset = Organisation.objects.filter(
            path__startswith=str(window.place.path), kind__in=FILING
        )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_VIEW, raise_exception=True)
def windows(request: HttpRequest) -> HttpResponse:
    """The windows in the person's reach and above it; set one."""
    person: Any = request.user
    if request.method != "POST":
        return _page(request)
    form = WindowForm(request.POST, person=person)
    if not form.is_valid():
        return _page(request, form, status=_UNUSABLE)
    try:
        set_window(**form.cleaned_data, acting_user=person, now=timezone.now())
    except UnableToAct as refusal:
        return _page(request, form, status=refused(request, refusal))
    saying.confirm(request, say("已记下"))
    return redirect("windows")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_SET_WINDOWS, raise_exception=True)
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant a late exception."""
    person: Any = request.user
    window = get_object_or_404(_settable(person), pk=pk)
    form = ExtensionForm(request.POST or None, window=window)
    status = _UNUSABLE if request.method == "POST" else 200
    if form.is_valid():
        try:
            extend_window(window, **form.cleaned_data, acting_user=person, now=timezone.now())
        except UnableToAct as refusal:
            status = refused(request, refusal)
        else:
            saying.confirm(request, say("已准予延期"))
            return redirect("windows")
    context = {"form": form, "window": window, "stage": STAGE_NAMES[Stage(window.stage)]}
    return render(request, "windows/pages/extend.html", context, status=status)


def _settable(person: User) -> QuerySet[Window]:
    places = places_of(person, MAY_SET_WINDOWS)
    return Window.objects.filter(place__in=places).select_related("place")


def _page(
    request: HttpRequest, form: WindowForm | None = None, *, status: int = 200
) -> HttpResponse:
    person: Any = request.user
    places = list(places_of(person, MAY_VIEW))
    concerned = {place.pk for place in places} | {
        key for place in places for key in place.lineage
    }
    held = Window.objects.filter(place__in=concerned).select_related("place")
    settable = set(_settable(person).values_list("pk", flat=True))
    rows = [
        {
            "window": item,
            "stage": STAGE_NAMES[Stage(item.stage)],
            "extensions": [one for one in item.extensions.all() if one.place_id in concerned],
            "may_extend": item.pk in settable,
        }
        for item in held.prefetch_related("extensions__place")
    ]
    today = timezone.localdate()
    may_set = person.has_perm(MAY_SET_WINDOWS)
    empty = WindowForm(person=person, initial={"year": today.year + 1}) if may_set else None
    context = {"rows": rows, "today": today, "form": form or empty}
    return render(request, "windows/pages/windows.html", context, status=status)
