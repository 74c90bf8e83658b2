"""What a signed-in person may see: forms of other places answer as if there were none."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

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
