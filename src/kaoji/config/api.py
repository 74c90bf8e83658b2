"""The API as one: its version, its door, and how it refuses."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from kaoji.config.webhooks_described import webhooks
from kaoji.core.speech import say
from kaoji.platform.api.door import KeyDoor
from kaoji.platform.api.faults import faults, of_action, of_shape, of_status
from kaoji.platform.api.often import AskedTooOften
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.declarations.api import indicators
from kaoji.subjects.declarations.api import routes as declarations
from kaoji.subjects.publication.api import routes as public
from kaoji.subjects.results.api import routes as results
from kaoji.subjects.spending.api import routes as spendings

_UNREADABLE, _UNKNOWN, _MISSING, _MALFORMED, _TOO_MANY = 400, 401, 404, 422, 429


class _Api(NinjaAPI):
    """The rooms' routes; what a room cannot name of one above it is named here."""

    def get_openapi_schema(self, **how: Any) -> OpenAPISchema:
        """With the shape of the results that a declaration brings along."""
        schema = super().get_openapi_schema(**how)
        told = schema["components"]["schemas"]["DeclarationOut"]["properties"]["results"]
        told["anyOf"] = [{"$ref": "#/components/schemas/ResultsOut"}, {"type": "null"}]
        return schema


api = _Api(
    title="kaoji",
    version="1",
    description="Declarations, results and spending for other systems, and what is public for everybody; see docs/guide/api.md.",
    auth=KeyDoor(),
    docs_url=None,
    urls_namespace="api",
    openapi_extra={"webhooks": webhooks()},
)
api.add_router("/declarations", declarations.router)
api.add_router("/declarations", results.router)
api.add_router("/indicators", indicators.router)
api.add_router("/spendings", spendings.router)
api.add_router("/public", public.router)


@api.exception_handler(UnableToAct)
def _unable(request: HttpRequest, reason: UnableToAct) -> HttpResponse:
    return of_action(request, reason)


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, reason: AuthenticationError) -> HttpResponse:
    response = faults(
        request,
        _UNKNOWN,
        say("没有有效的密钥；请写 Authorization: Bearer kaoji_…，密钥在“账号安全”里开设"),
    )
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(Http404)
def _missing(request: HttpRequest, reason: Http404) -> HttpResponse:
    return faults(request, _MISSING, say("没有这一项，或不在您的范围内"))


@api.exception_handler(AskedTooOften)
def _too_often(request: HttpRequest, reason: AskedTooOften) -> HttpResponse:
    told = say("来自您这里的请求过于频繁；请 {seconds} 秒后再试", seconds=reason.seconds)
    response = faults(request, _TOO_MANY, told)
    response["Retry-After"] = str(reason.seconds)
    return response


@api.exception_handler(ValidationError)
def _malformed(request: HttpRequest, reason: ValidationError) -> HttpResponse:
    return faults(request, _MALFORMED, *of_shape(reason.errors))


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, reason: HttpError) -> HttpResponse:
    if reason.status_code != _UNREADABLE:
        return of_status(request, reason.status_code)
    told = say("请求的内容不是 JSON（UTF-8）；请写 Content-Type: application/json")
    return faults(request, _UNREADABLE, told)


def addresses() -> list[URLPattern | URLResolver]:
    """The API's addresses; they ask for a key, not for a sitting."""
    found: list[URLPattern | URLResolver] = api.urls[0]
    for item in found:
        if isinstance(item, URLPattern) and item.callback is not None:
            item.callback = login_not_required(item.callback)
    return found
