"""A move is shown once more before it is made: on what, why, from when, what stands against it, what comes next."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _

from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.review.queries.outstanding import Outstanding, outstanding
from kaoji.workflow.moves import VERB_NAMES

# What comes after a move that judges.
AFTERWARDS: dict[str, tuple[str, ...]] = {
    "endorse": (_("转主管部门审核，填报人不能再改"),),
    "forward": (_("转财政审核，填报人不能再改"), _("财政可以退回，或不予通过")),
    "return": (_("退回填报人修改，并答复意见"), _("改好后重新提交，从头审核")),
    "approve": (
        _("批复的内容从此有效，是监控、自评和评价的依据"),
        _("要改，须经调整重新批复"),
        _("通知实施单位"),
    ),
    "reject": (_("不予通过；这份表不再办理"), _("通知实施单位")),
    "publish": (_("任何人都能看到批复的表"), _("可以撤下，撤下也会公开说明")),
    "withdraw": (_("公开页改为说明已撤下及理由"),),
}
CHECKED_FIRST = frozenset(AFTERWARDS)


def check_page(
    request: HttpRequest, declaration: Declaration, verb: str, *, status: int = 200
) -> HttpResponse:
    """The page that asks whether this is meant, with the fields that were filled."""
    given = request.POST
    context = {
        "declaration": declaration,
        "verb": verb,
        "name": VERB_NAMES[verb],
        "revision": given.get("revision", ""),
        "reason": given.get("reason", ""),
        "public_from": given.get("public_from", ""),
        "warnings": ticks(declaration, verb, given.getlist("acknowledged")),
        "afterwards": AFTERWARDS[verb],
    }
    return render(request, "review/pages/check.html", context, status=status)


def ticks(
    declaration: Declaration, verb: str, acknowledged: Sequence[str]
) -> list[tuple[Outstanding, bool]]:
    """What is to be ticked before the move, and whether it was."""
    return [
        (item, item.key in acknowledged)
        for item in outstanding(declaration, verb, on=localdate())
    ]
