"""The questionnaire, for whoever has its link: no account, and who answers is not kept."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_noop as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kaoji.platform.middleware.client_address import address_of
from kaoji.platform.middleware.limits import (
    SURVEY_ANSWERS,
    SURVEY_ANSWERS_OF_A_BROWSER,
    too_many,
)
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying
from kaoji.subjects.surveys.actions.answer_survey import answer_survey
from kaoji.subjects.surveys.models import Survey
from kaoji.subjects.surveys.pages.views import typed_answers

_MARKS = {
    "5": _("很满意"),
    "4": _("满意"),
    "3": _("一般"),
    "2": _("不满意"),
    "1": _("很不满意"),
}
_CONFLICT = 409
# Tells one browser from another for a few hours, and nothing else.
_COOKIE, _COOKIE_SECONDS = "kaoji_survey", 14_400


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Answer once; a household may share a browser, an office an address, and no more than that."""
    response = _answered(request, token)
    # Whoever has the address may answer: it is told to nothing that the page loads or leads to.
    response["Referrer-Policy"] = "strict-origin"
    return response


def _answered(request: HttpRequest, token: str) -> HttpResponse:
    held = get_object_or_404(Survey, token=token)
    browser = request.COOKIES.get(_COOKIE, "")[:40]
    status = 200
    if request.method == "POST":
        seconds = _seconds_to_wait(request, held, browser)
        if seconds:
            return too_many(request, seconds)
        answers = {item["id"]: request.POST.get(item["id"], "") for item in held.questions}
        try:
            answer_survey(held, answers, code=request.POST.get("code", ""), now=timezone.now())
        except UnableToAct as refusal:
            saying.tell(request, refusal.sentence)
            status = _CONFLICT
        else:
            return _known(
                render(request, "surveys/pages/thanks.html", {"survey": held}), browser
            )
    context = {
        "survey": held,
        "marks": _MARKS.items(),
        "questions": typed_answers(request, held),
        "code": request.POST.get("code") or request.GET.get("code", ""),
        "is_open": held.opens_on <= timezone.localdate() <= held.closes_on,
    }
    return _known(render(request, "surveys/pages/answer.html", context, status=status), browser)


def _seconds_to_wait(request: HttpRequest, held: Survey, browser: str) -> int:
    """Who answers with a code has one anyhow; open links are limited by address and by browser."""
    if request.POST.get("code"):
        return SURVEY_ANSWERS.spend(f"codes {address_of(request)}")
    of_browser = SURVEY_ANSWERS_OF_A_BROWSER.spend(f"{held.pk} {browser}") if browser else 0
    return of_browser or SURVEY_ANSWERS.spend(f"{held.pk} {address_of(request)}")


def _known(response: HttpResponse, browser: str) -> HttpResponse:
    """The answer, with a mark for a browser that has none."""
    if not browser:
        response.set_cookie(
            _COOKIE,
            get_random_string(20),
            max_age=_COOKIE_SECONDS,
            path=f"{settings.PREFIX}/s/",
            httponly=True,
            secure=settings.HTTPS,
            samesite="Lax",
        )
    return response
