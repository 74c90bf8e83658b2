"""Which runs somebody sees: all of the offices where they work on benefits, or their town's part of them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import places_of, reach_of
from kaoji.subjects.benefits.models import Item, Run
from kaoji.workflow.roles import MAY_CONFIRM_BENEFITS, MAY_SEE_BENEFITS


def require_benefits(request: HttpRequest) -> None:
    """Raise PermissionDenied for who has nothing to do with benefits anywhere."""
    person: Any = request.user
    reach = reach_of(person)
    if not (reach.somewhere(MAY_SEE_BENEFITS) or reach.somewhere(MAY_CONFIRM_BENEFITS)):
        raise PermissionDenied


def runs_of(request: HttpRequest) -> QuerySet[Run]:
    """The runs that somebody sees whole."""
    require_benefits(request)
    person: Any = request.user
    return Run.objects.filter(reach_of(person).within(MAY_SEE_BENEFITS, "place__"))


def run_of(request: HttpRequest, pk: int) -> Run:
    """A run that somebody sees whole; 404 for any other."""
    found = runs_of(request).select_related("place", "made_by", "declaration", "resends")
    return get_object_or_404(found, pk=pk)


def towns_of(request: HttpRequest) -> QuerySet[Organisation]:
    """The towns for which somebody confirms."""
    person: Any = request.user
    return places_of(person, MAY_CONFIRM_BENEFITS)


def rosters_of(request: HttpRequest) -> QuerySet[Run]:
    """The runs of which somebody sees at least a town's roster."""
    require_benefits(request)
    person: Any = request.user
    reach = reach_of(person)
    mine = Item.objects.filter(reach.within(MAY_CONFIRM_BENEFITS, "town__"), run=OuterRef("pk"))
    whole = reach.within(MAY_SEE_BENEFITS, "place__")
    return Run.objects.filter(whole | Q(Exists(mine)))


def roster_of(request: HttpRequest, pk: int, town: int) -> tuple[Run, Organisation]:
    """A run and a town of it whose roster somebody sees; 404 for any other."""
    run = get_object_or_404(rosters_of(request).select_related("place"), pk=pk)
    place = get_object_or_404(Organisation, pk=town)
    person: Any = request.user
    reach = reach_of(person)
    if not (reach.at(MAY_SEE_BENEFITS, run.place) or reach.at(MAY_CONFIRM_BENEFITS, place)):
        return get_object_or_404(rosters_of(request), pk=0), place
    return run, place
