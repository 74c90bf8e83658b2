"""One indicator: how it is measured, what the evidence says on any day, from which rows, and what was entered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kaoji.core.indicator import Indicator
from kaoji.core.speech import restored, say
from kaoji.measuring.answer import Parameter, Row, Way
from kaoji.measuring.catalogue import WAYS
from kaoji.measuring.places import places_in
from kaoji.platform.files.models import Document
from kaoji.platform.imports.evidence import evidence
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui.acting import attempt
from kaoji.platform.ui.files_out import as_file
from kaoji.platform.ui.typed import day_asked, day_in
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.pages.access import approved_for, usual_day
from kaoji.subjects.results.actions.set_measure import set_measure
from kaoji.subjects.results.models import Actual, Measure
from kaoji.subjects.results.queries.evidence import Told, answers_of, measures_of
from kaoji.workflow.roles import MAY_FILE, MAY_VIEW

_MOST_ROWS = 500


@dataclass(frozen=True)
class Asked:
    """The indicator that an address names."""

    declaration: Declaration
    number: int
    place: str
    indicator: Indicator


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_VIEW, raise_exception=True)
def indicator(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Drill down; set how it is measured."""
    asked = _asked(request, pk, number)
    if request.method != "POST":
        return _page(request, asked)
    way = WAYS.get(request.POST.get("way", ""))
    status = attempt(
        request,
        lambda person, now: set_measure(
            asked.declaration,
            place=asked.place,
            title=request.POST.get("title", ""),
            way=way.id if way else "",
            parameters=_parameters(request, way) if way else {},
            milestones=_milestones(request.POST.get("milestones", "")),
            acting_user=person,
            now=now,
        ),
    )
    if status is not None:
        return _page(request, asked, status=status)
    return redirect("indicator", pk, number)


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def evidence_file(request: HttpRequest, pk: int, sha256: str) -> HttpResponse:
    """A file that a row of evidence of this promise names."""
    declaration = approved_for(request, pk)
    held = Document.objects.filter(sha256=sha256).filter(pk__in=_documents(declaration)).first()
    if held is None:
        raise Http404
    return as_file(bytes(held.content), held.name)


def _documents(declaration: Declaration) -> set[int]:
    """The files behind the evidence of a promise: of rows, and of the batches they came in."""
    rows: set[int | None] = set()
    for kind in evidence().values():
        columns = [
            name for name in ("document", "batch__document") if kind.has(name.split("__")[0])
        ]
        for column in columns if kind.shows_files else ():
            rows |= set(kind.rows(declaration).values_list(column, flat=True))
    return {key for key in rows if key is not None}


def _asked(request: HttpRequest, pk: int, number: int) -> Asked:
    declaration = approved_for(request, pk)
    form = declaration.revisions.get(number=declaration.approved_revision or 0).form
    if not 1 <= number <= len(form.indicators):
        raise Http404
    place = places_in(form)[number - 1]
    return Asked(declaration, number, place, form.indicators[number - 1])


def _page(request: HttpRequest, asked: Asked, *, status: int = 200) -> HttpResponse:
    person = cast("User", request.user)
    declaration = asked.declaration
    as_of = day_asked(request, "as_of", usual_day(declaration))
    known_on = day_asked(request, "known_on", timezone.localdate())
    measure = measures_of(declaration).get(asked.place)
    told = _told(asked, measure, as_of, known_on) if measure else None
    wanted = (
        request.POST.get("way") or request.GET.get("way") or (measure.way if measure else "")
    )
    way = WAYS.get(wanted)
    entered = (
        declaration.actuals.filter(place=asked.place)
        .select_related("made_by", "document", "measure")
        .defer("document__content")
    )
    rows = told.answer.rows if told and told.answer else ()
    context = {
        "declaration": declaration,
        "asked": asked,
        "measure": measure,
        "measure_way": WAYS[measure.way] if measure else None,
        "as_of": as_of,
        "known_on": known_on,
        "told": told,
        "rows": _shown(rows[:_MOST_ROWS]),
        "count": len(rows),
        "entered": [(item, _has_changed(asked, item)) for item in entered],
        "steps": [restored(step) for step in _steps(entered)],
        "may_file": person.has_perm(MAY_FILE, declaration),
        "ways": WAYS.values(),
        "way": way,
        "fields": _fields(way, measure, request, asked) if way else [],
        "title": request.POST.get("title", measure.title if measure else ""),
        "milestones": request.POST.get("milestones", _written(measure)),
        "today": timezone.localdate(),
    }
    return render(request, "results/pages/indicator.html", context, status=status)


def _told(asked: Asked, measure: Measure, as_of: date, known_on: date) -> Told:
    form = asked.declaration.revisions.get(number=asked.declaration.approved_revision or 0).form
    budget = form.funds.annual_total.yuan if form.funds.annual_total else None
    known_at = None
    if known_on < timezone.localdate():
        known_at = timezone.make_aware(datetime.combine(known_on, time.max))
    found = answers_of(
        asked.declaration,
        [(asked.indicator, measure)],
        as_of=as_of,
        budget=budget,
        known_at=known_at,
    )
    return found[asked.place]


def _has_changed(asked: Asked, actual: Actual) -> bool | None:
    """Do the rows behind a value say something else now? None where it has none behind it."""
    if actual.measure is None or actual.basis is None:
        return None
    told = _told(asked, actual.measure, actual.as_of, timezone.localdate())
    return told.answer is None or told.answer.digest != actual.basis["digest"]


def _steps(entered: Any) -> list[Any]:
    last = next((item for item in entered if item.basis), None)
    return last.basis["steps"] if last else []


@dataclass(frozen=True)
class Shown:
    """A row of evidence as the page shows it."""

    row: Row
    what: str
    detail: str
    invented: bool
    sha256: str


def _shown(rows: tuple[Row, ...]) -> list[Shown]:
    """The rows with their words and the files they came in, read table by table."""
    batches: dict[tuple[str, int], tuple[bool, str]] = {}
    for table, kind in evidence().items():
        keys = [row.id for row in rows if row.table == table]
        if not keys or not kind.has("batch"):
            continue
        found = kind.all().filter(pk__in=keys)
        for key, invented, sha256 in found.values_list(
            "pk", "batch__is_invented", "batch__document__sha256"
        ):
            batches[table, key] = bool(invented), sha256 or ""
    shown = []
    for row in rows:
        invented, sha256 = batches.get((row.table, row.id), (False, ""))
        what, detail = evidence()[row.table].told(row)
        shown.append(Shown(row, what, detail, invented, row.says.get("document") or sha256))
    return shown


@dataclass(frozen=True)
class Field:
    """A parameter of a way, with what stands in it and what may be chosen."""

    parameter: Parameter
    value: Any
    choices: list[tuple[str, str]]


def _fields(
    way: Way, measure: Measure | None, request: HttpRequest, asked: Asked
) -> list[Field]:
    kept = measure.parameters if measure and measure.way == way.id else {}
    form = asked.declaration.revisions.get(number=asked.declaration.approved_revision or 0).form
    others = [(place, place) for place in places_in(form) if place != asked.place]
    surveys = [(str(item.pk), item.title) for item in asked.declaration.surveys.all()]
    fields = []
    for item in way.parameters:
        if item.kind == "places":
            value: Any = request.POST.getlist(item.name) or kept.get(item.name, [])
        else:
            value = request.POST.get(item.name, kept.get(item.name, item.default))
        choices = {
            "choice": [(key, _(name)) for key, name in item.choices],
            "places": others,
            "survey": surveys,
        }.get(item.kind, [])
        fields.append(Field(item, value if isinstance(value, list) else str(value), choices))
    return fields


def _parameters(request: HttpRequest, way: Way) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for item in way.parameters:
        if item.kind == "places":
            told[item.name] = request.POST.getlist(item.name)
        elif request.POST.get(item.name, "").strip():
            told[item.name] = request.POST[item.name].strip()
    return told


def _milestones(text: str) -> list[tuple[date, Decimal]]:
    """Lines of a day and a number."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        day, _blank, number = line.partition(" ")
        try:
            value = Decimal(number.strip())
        except InvalidOperation:
            raise UnableToAct(
                say("节点“{line}”请写成“2023-06-30 20”：日期、空格、累计数", line=line)
            ) from None
        found.append((day_in(day), value))
    return found


def _written(measure: Measure | None) -> str:
    return "\n".join(f"{day} {value}" for day, value in measure.milestones) if measure else ""
