"""A move is shown once more before it is made: on what, why, from when, what stands against it, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _

from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.review.queries.outstanding import Outstanding, outstanding
from kaoji.subjects.review.queries.unsent import UnsentOpinion, unsent_opinion
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
# Moves with which an opinion that was written and not sent can go along.
_CARRIES_AN_OPINION = frozenset({"return", "reject"})
_GIVE = "give"


def check_page(
    request: HttpRequest, declaration: Declaration, verb: str, *, status: int = 200
) -> HttpResponse:
    """The page that asks whether this is meant, with the fields that were filled."""
    given, person = request.POST, cast("User", request.user)
    context = {
        "declaration": declaration,
        "verb": verb,
        "name": VERB_NAMES[verb],
        "revision": given.get("revision", ""),
        "reason": given.get("reason", ""),
        "public_from": given.get("public_from", ""),
        "warnings": ticks(declaration, verb, person, given.getlist("acknowledged")),
        "gives": f"{_GIVE}:" if verb in _CARRIES_AN_OPINION else "",
        "afterwards": AFTERWARDS[verb],
    }
    return render(request, "review/pages/check.html", context, status=status)


def ticks(
    declaration: Declaration, verb: str, person: User, acknowledged: Sequence[str]
) -> list[tuple[Outstanding, bool]]:
    """What the person is to tick before the move, and whether it was."""
    return [
        (item, item.key in acknowledged)
        for item in outstanding(declaration, verb, person=person, on=localdate())
    ]


def opinion_to_give(
    request: HttpRequest, declaration: Declaration, verb: str
) -> UnsentOpinion | None:
    """The opinion that the person chose to send along with the move, as it was shown to them."""
    if verb not in _CARRIES_AN_OPINION:
        return None
    unsent = unsent_opinion(declaration, cast("User", request.user))
    if unsent is None:
        return None
    chosen = f"{_GIVE}:{unsent.key}"
    return unsent if chosen in request.POST.getlist("acknowledged") else None
