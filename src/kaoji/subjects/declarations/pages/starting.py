"""Starting a declaration: empty, or from last year's or a colleague's."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kaoji.core.period import UnreadableYear, read_year
from kaoji.core.speech import say
from kaoji.core.years_in_texts import moved
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying
from kaoji.platform.ui.numbers import number_in
from kaoji.standards.layouts import layouts
from kaoji.subjects.declarations.actions.start_declaration import Identity, start_declaration
from kaoji.subjects.declarations.actions.stored_reading import reading_of
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.pages.access import declaration_for
from kaoji.workflow.places import FILING
from kaoji.workflow.roles import MAY_FILE


def _layout_choices() -> list[tuple[str, str]]:
    """The layouts of declarations, newest first."""
    known = [item for item in layouts() if item.kind == "declaration"]
    known.sort(key=lambda item: str(item.validity.since), reverse=True)
    return [(item.id, f"{item.title}（{item.id}）") for item in known]


class StartForm(forms.Form):
    """Whose declaration it will be."""

    year = forms.CharField(label=_("年度"), max_length=10)
    place = forms.ModelChoiceField(Organisation.objects.none(), label=_("实施单位"))
    project_name = forms.CharField(label=_("项目名称"), max_length=500)
    layout = forms.ChoiceField(label=_("表式"), choices=_layout_choices)

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["place"]
        field.queryset = places_of(person, MAY_FILE).filter(
            Q(closed_on__isnull=True) | Q(closed_on__gt=timezone.localdate()),
            kind__in=FILING,
        )

    def clean_year(self) -> int:
        """A budget year."""
        try:
            return read_year(self.cleaned_data["year"])
        except UnreadableYear as refusal:
            raise forms.ValidationError(saying.spoken(refusal.sentence)) from refusal


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_FILE, raise_exception=True)
def start_page(request: HttpRequest) -> HttpResponse:
    """Ask whose declaration it will be, make it, and open the editor."""
    source, person = _source(request), cast("User", request.user)
    if request.method != "POST":
        form = StartForm(initial=_usual(request, source), person=person)
        return _shown(request, form, source)
    form = StartForm(request.POST, person=person)
    if not form.is_valid():
        return _shown(request, form, source, status=422)
    try:
        made = start_declaration(
            Identity(**form.cleaned_data),
            source=source,
            acting_user=person,
            now=timezone.now(),
        )
    except UnableToAct as refusal:
        saying.tell(request, refusal.sentence)
        return _shown(request, form, source, status=422)
    saying.confirm(request, say("已建立申报表，请填写"))
    return redirect("edit", made.pk)


def _source(request: HttpRequest) -> Declaration | None:
    """The declaration to start from, when the address names one."""
    asked = request.GET.get("from", "")
    if not asked:
        return None
    return declaration_for(request, number_in(asked) or 0)


def _usual(request: HttpRequest, source: Declaration | None) -> dict[str, Any]:
    """What is likely: next year, and the unit that the person wrote for last."""
    last = source or (
        Declaration.objects.filter(revisions__made_by=request.user.pk)
        .order_by("-revisions__made_at")
        .first()
    )
    values: dict[str, Any] = {"year": timezone.localdate().year + 1}
    if last is not None:
        values["place"] = last.organisation_id
    if source is not None:
        latest = source.revisions.get(number=source.revision_count)
        values["layout"] = reading_of(latest).form.layout
        values["project_name"] = source.project_name
        if source.year:
            values["year"] = source.year + 1
            values["project_name"] = moved(source.project_name, year=source.year, by=1)
    return values


def _shown(
    request: HttpRequest, form: StartForm, source: Declaration | None, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "source": source}
    return render(request, "declarations/pages/start.html", context, status=status)
