"""What is new in public, as a feed (Atom, RFC 4287): promises made public, results that finance has looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kaoji.platform.middleware.limits import PUBLIC_SEARCHES, limited
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.publication.pages.views import asked_in
from kaoji.subjects.publication.queries.open_data import beginning_of
from kaoji.subjects.publication.queries.published import found_by, newest_results

_MOST = 50


@dataclass(frozen=True)
class _News:
    """One thing that became public, when, and what can be said of it in a sentence."""

    declaration: Declaration
    kind: str
    at: datetime
    title: str
    sentence: str


@login_not_required
@require_safe
@limited(PUBLIC_SEARCHES, when=lambda request: bool(request.GET.get("q")))
def feed(request: HttpRequest) -> HttpResponse:
    """The newest of what the list shows for the same question: a unit, a year, a word can be followed."""
    here = request.get_full_path()
    written = Atom1Feed(
        title=_("公开的绩效目标和结果"),
        link=_address(request, reverse("public")),
        description=None,
        language=get_language(),
        feed_url=_address(request, here),
        feed_guid=_address(request, here),
    )
    for item in sorted(_news(request), key=lambda item: item.at, reverse=True)[:_MOST]:
        page = _address(request, reverse("public-declaration", args=[item.declaration.pk]))
        written.add_item(
            title=item.title,
            link=page,
            description=item.sentence,
            unique_id=f"{page}#{item.kind}-{item.declaration.public_revision}-{item.at:%Y%m%d}",
            pubdate=item.at,
            updateddate=item.at,
            author_name=item.declaration.implementing_unit or None,
        )
    return HttpResponse(
        written.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )


def _news(request: HttpRequest) -> Iterator[_News]:
    held = found_by(asked_in(request)).defer("search_text").select_related("settled")
    for item in held.order_by("-public_from", "-pk")[:_MOST]:
        yield _News(
            item,
            "promise",
            _since(item),
            _("公开绩效目标：%(name)s") % {"name": item.public_name},
            _("%(year)s 年 %(unit)s")
            % {
                "year": item.year or "—",
                "unit": item.implementing_unit or "—",
            },
        )
    for item, looked_at in newest_results(held, most=_MOST):
        told = {
            "whole": item.settled.indicators,
            "met": item.settled.met,
            "grade": _(item.settled.grade),
        }
        yield _News(
            item,
            "result",
            max(looked_at, _since(item)),
            _("公开绩效结果：%(name)s") % {"name": item.public_name},
            _("%(whole)s 项承诺达成 %(met)s 项，等级“%(grade)s”") % told,
        )


def _since(declaration: Declaration) -> datetime:
    """The beginning of the day from which it is public."""
    return beginning_of(declaration.public_from or localdate())  # what is public has one


def _address(request: HttpRequest, path: str) -> str:
    """The path on the site's own host, where it is set; else on the one that was asked."""
    if settings.SITE_ADDRESS:
        return f"{settings.SITE_ADDRESS}{path}"
    return request.build_absolute_uri(path)
