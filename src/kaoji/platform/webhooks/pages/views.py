"""Where what happens is sent: open a receiver, see what was sent to it, send again, send a test, end it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kaoji.core.speech import Sentence, restored, say
from kaoji.platform.accounts.pages.proving import proved
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import places_of, reach_of
from kaoji.platform.ui.acting import attempt
from kaoji.platform.ui.numbers import number_in
from kaoji.platform.ui.shown_once import keep_to_show, shown_once
from kaoji.platform.webhooks.actions.deliver import deliver_due
from kaoji.platform.webhooks.actions.end_receiver import end_receiver
from kaoji.platform.webhooks.actions.open_receiver import open_receiver
from kaoji.platform.webhooks.actions.send_again import send_again
from kaoji.platform.webhooks.actions.send_test import send_test
from kaoji.platform.webhooks.models import Delivery, Receiver
from kaoji.platform.webhooks.offered import offered
from kaoji.workflow.roles import MAY_MANAGE

# How many of the last deliveries a page shows.
_SHOWN = 50
_SECRET = "new_webhook_secret"  # noqa: S105 - where in the session it lies for one page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_MANAGE, raise_exception=True)
@proved()
def webhooks(request: HttpRequest) -> HttpResponse:
    """The receivers of the places that one manages; a new one's secret is shown once, on its own page."""
    status, opened = None, Receiver()
    if request.method == "POST":
        place = get_object_or_404(
            _places(request), pk=number_in(request.POST.get("place")) or 0
        )

        def act(person: User, now: datetime) -> object:
            nonlocal opened
            opened, secret = open_receiver(
                place,
                request.POST.get("name", ""),
                address=request.POST.get("address", ""),
                choices=request.POST.getlist("choice"),
                acting_user=person,
                now=now,
            )
            keep_to_show(request, f"{_SECRET}.{opened.pk}", secret)
            return opened

        status = attempt(request, act, confirmed=say("推送已开设"))
        if status is None:
            return redirect("webhook", opened.pk)
    context = {
        "receivers": _receivers(request).annotate(
            waiting=Count("deliveries", Q(deliveries__state=Delivery.State.WAITING)),
            given_up=Count("deliveries", Q(deliveries__state=Delivery.State.GIVEN_UP)),
            last=Max("deliveries__ended_at", filter=Q(deliveries__state="delivered")),
        ),
        "places": _places(request),
        "choices": offered(),
        "typed": request.POST if status else {},
        "chosen": request.POST.getlist("choice") if status else [],
    }
    return render(request, "webhooks/pages/webhooks.html", context, status=status or 200)


@never_cache
@require_safe
@permission_required(MAY_MANAGE, raise_exception=True)
def webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """One receiver: what is sent to it, and what became of the last messages."""
    receiver = get_object_or_404(_receivers(request), pk=pk)
    context = {
        "receiver": receiver,
        "secret": shown_once(request, f"{_SECRET}.{pk}"),
        "choices": [offered()[choice] for choice in receiver.choices if choice in offered()],
        "deliveries": [(item, _why(item)) for item in receiver.deliveries.all()[:_SHOWN]],
        "shown": _SHOWN,
        "later": deliver_due.get_backend().supports_defer,
    }
    return render(request, "webhooks/pages/webhook.html", context)


@require_POST
@permission_required(MAY_MANAGE, raise_exception=True)
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a test."""
    receiver = get_object_or_404(_receivers(request), pk=pk)
    return _done(request, receiver, send_test, say("测试已送出；过一会儿刷新本页看答复"))


@require_POST
@permission_required(MAY_MANAGE, raise_exception=True)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a receiver."""
    receiver = get_object_or_404(_receivers(request), pk=pk)
    return _done(request, receiver, end_receiver, say("推送已停用"))


@require_POST
@permission_required(MAY_MANAGE, raise_exception=True)
def again(request: HttpRequest, pk: int, delivery: int) -> HttpResponse:
    """Send one message again."""
    receiver = get_object_or_404(_receivers(request), pk=pk)
    held = get_object_or_404(receiver.deliveries, pk=delivery)

    def act(receiver: Receiver, *, acting_user: User, now: datetime) -> None:
        send_again(held, acting_user=acting_user, now=now)

    return _done(request, receiver, act, say("就再送一次；过一会儿刷新本页看答复"))


def _done(
    request: HttpRequest, receiver: Receiver, act: Callable[..., object], told: Sentence
) -> HttpResponse:
    attempt(
        request,
        lambda person, now: act(receiver, acting_user=person, now=now),
        confirmed=told,
    )
    return redirect("webhook", receiver.pk)


def _why(delivery: Delivery) -> Sentence | None:
    return restored(delivery.fault) if delivery.fault else None


def _places(request: HttpRequest) -> QuerySet[Organisation]:
    """Where one may open a receiver: what one manages and is not closed, from the top."""
    today = timezone.localdate()
    standing = Q(closed_on=None) | Q(closed_on__gt=today)
    return places_of(request.user, MAY_MANAGE).filter(standing).order_by("path")


def _receivers(request: HttpRequest) -> QuerySet[Receiver]:
    within = reach_of(cast("User", request.user)).within(MAY_MANAGE, "place__")
    return Receiver.objects.filter(within).select_related("place", "made_by", "ended_by")
