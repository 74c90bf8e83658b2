"""How a refusal is told: JSON with every fault, whatever went wrong on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from kaoji.core.speech import Sentence, say
from kaoji.platform.imports.actions.refused_rows import UnableToImport
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.standards.languages import speaker

_FORBIDDEN, _CONFLICT, _WRONG = 403, 409, 400
_JSON = "application/json"
_HERE = "/api/"
_A_MOMENT = say("要写成带时区的时刻，例如 2026-11-28T08:00:00Z")
# What the shapes ask for, by pydantic's name of the fault; the rest is told in its own words.
_SHAPE_FAULTS: dict[str, Callable[[Mapping[str, Any]], Sentence]] = {
    "missing": lambda told: say("没有写"),
    "string_type": lambda told: say("要写成文字，放在引号里"),
    "string_too_long": lambda told: say("不超过 {most} 字", most=told["max_length"]),
    "string_pattern_mismatch": lambda told: say("含有不能用的符号"),
    "string_unicode": lambda _: say("含有不能用的符号"),  # half a sign
    "int_type": lambda told: say("要写整数"),
    "int_parsing": lambda told: say("要写整数"),
    "int_parsing_size": lambda told: say("数太大"),
    "greater_than_equal": lambda told: say("不能小于 {least}", least=told["ge"]),
    "less_than_equal": lambda told: say("不能大于 {most}", most=told["le"]),
    "enum": lambda told: say("只能写 {known}", known=_either(told)),
    "timezone_aware": lambda _: _A_MOMENT,
    "datetime_parsing": lambda _: _A_MOMENT,
    "datetime_from_date_parsing": lambda _: _A_MOMENT,
    "beyond_our_time": lambda _: say("要在 2000 年到 2100 年之间"),
    "literal_error": lambda told: say("只能写 {known}", known=_either(told)),
    "bool_parsing": lambda told: say("只能写 true 或 false"),
    "bool_type": lambda told: say("只能写 true 或 false"),
    "list_type": lambda told: say("要写成列表 […]"),
}
_STATUS_FAULTS = {
    404: say("没有这个地址；有哪些请看 /api/1/openapi.json"),
    405: say("这个地址不接受这种方法；请看 /api/1/openapi.json"),
    410: say("这一项曾经公开，已经撤下"),
    413: say("请求太大，最多 4 MB；请分几次报"),
    500: say("服务器出了差错，什么也没有改；请稍后再试，并告诉管理员"),
}


def faults(request: HttpRequest, status: int, *told: Sentence) -> JsonResponse:
    """The answer of a refused request: every fault, so that all can be mended at once.

    In English where the request prefers it, else in Chinese.
    """
    wish = request.headers.get("Accept-Language", "").strip().lower()
    speak = speaker("en" if wish.startswith("en") else "zh")
    return JsonResponse(
        {"faults": [speak(fault) for fault in told]},
        status=status,
        json_dumps_params={"ensure_ascii": False},
        headers={"Cache-Control": "no-store"},
    )


def of_action(request: HttpRequest, reason: UnableToAct) -> JsonResponse:
    """Why an action was refused."""
    told = reason.refusals if isinstance(reason, UnableToImport) else (reason.sentence,)
    status = _FORBIDDEN if isinstance(reason, NotPermitted) else _CONFLICT
    return faults(request, status, *told)


def of_status(request: HttpRequest, status: int) -> JsonResponse:
    """What a status says by itself."""
    unknown = say("请求没有办成（HTTP {status}）；请把它告诉管理员", status=status)
    return faults(request, status, _STATUS_FAULTS.get(status, unknown))


def of_shape(errors: Iterable[Mapping[str, Any]]) -> list[Sentence]:
    """What of a request is not of the shape that the contract describes, and where."""
    return [
        say("{where}：{why}", where=_place(error["loc"]), why=_why(error)) for error in errors
    ]


def _why(error: Mapping[str, Any]) -> Sentence | str:
    known = _SHAPE_FAULTS.get(error["type"])
    return known(error.get("ctx", {})) if known else str(error["msg"])


def _either(told: Mapping[str, Any]) -> str:
    """The words that may be written; the library joins them by an English “or”."""
    return " / ".join(re.findall(r"'([^']*)'", told["expected"]))


def _place(location: Iterable[Any]) -> str:
    """`body.entries.0.amount`: the way to it, without what only the library says."""
    parts = [str(part) for part in location]
    return ".".join(parts[:1] + [part for part in parts[1:] if part != "body"])


class FaultsMiddleware:
    """Whatever goes wrong below /api/ is answered in JSON, like every refusal."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        response = self.get_response(request)
        told = response.get("Content-Type", "").startswith(_JSON)
        if response.status_code < _WRONG or told or not request.path_info.startswith(_HERE):
            return response
        answer = of_status(request, response.status_code)
        if "Allow" in response:
            answer["Allow"] = response["Allow"]
        return answer
