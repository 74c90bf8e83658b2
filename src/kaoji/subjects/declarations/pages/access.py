"""What a signed-in person may see: forms of other places answer as if there were none."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.reach import declarations_of


def declaration_for(request: HttpRequest, pk: int, *, right: str | None = None) -> Declaration:
    """The declaration, if the person sees it: 404 otherwise; 403 for want of a further right."""
    person: Any = request.user
    found = get_object_or_404(declarations_of(person).select_related("organisation"), pk=pk)
    if right is not None and not person.has_perm(right, found):
        raise PermissionDenied
    return found


def require_right(request: HttpRequest, right: str, declaration: Declaration) -> None:
    """Raise PermissionDenied for want of a right over a declaration that the person sees."""
    person: Any = request.user
    if not person.has_perm(right, declaration):
        raise PermissionDenied


def approved_for(request: HttpRequest, pk: int) -> Declaration:
    """Results belong to what was approved; 404 for everything else."""
    declaration = declaration_for(request, pk)
    if declaration.approved_revision is None:
        raise Http404
    return declaration


def usual_day(declaration: Declaration) -> date:
    """Today, or the last day of the form's year once it has passed."""
    end = date(declaration.year or timezone.localdate().year, 12, 31)
    return min(end, timezone.localdate())
