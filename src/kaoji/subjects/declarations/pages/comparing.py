"""Two revisions of a declaration beside each other: only what differs, field by field."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from kaoji.core.comparison import Kind, compare
from kaoji.platform.ui.numbers import number_in
from kaoji.subjects.declarations.models import Declaration, Revision
from kaoji.subjects.declarations.pages.access import declaration_for
from kaoji.workflow.roles import MAY_VIEW

_NAMES = {
    Kind.CHANGED: gettext_noop("改"),
    Kind.ADDED: gettext_noop("增"),
    Kind.REMOVED: gettext_noop("删"),
    Kind.MOVED: gettext_noop("移"),
    Kind.RENAMED: gettext_noop("改名"),
}


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def compare_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed from one revision to another; the two latest unless the address says which."""
    declaration = declaration_for(request, pk)
    count = declaration.revision_count
    before = _revision(declaration, request.GET.get("from", ""), max(count - 1, 1))
    after = _revision(declaration, request.GET.get("to", ""), count)
    changes = compare(before.form, after.form)
    context = {
        "declaration": declaration,
        "before": before,
        "after": after,
        "numbers": range(1, count + 1),
        "changes": [(change, _NAMES[change.kind]) for change in changes],
    }
    return render(request, "declarations/pages/compare.html", context)


def _revision(declaration: Declaration, asked: str, otherwise: int) -> Revision:
    """The revision that the address names, 404 for one that there is not."""
    known = number_in(asked)
    number = otherwise if known is None else known
    return get_object_or_404(declaration.revisions.select_related("made_by"), number=number)
