"""The messages that go out, as OpenAPI describes them: what a receiver of webhooks has to expect."""

from __future__ import annotations

from typing import Any

from kaoji.subjects.review.events import TOLD_OUTWARD

_LINE = {"$ref": "#/components/schemas/DeclarationLine"}
_HEADERS = {
    "webhook-id": "the message's own number, the same however often it is sent: take it once",
    "webhook-timestamp": "seconds since 1970, of this sending: refuse what is more than five minutes off",
    "webhook-signature": "`v1,` and the base64 of the HMAC-SHA256 of `id.timestamp.body`; the key is the base64 behind `whsec_`",
}


def webhooks() -> dict[str, Any]:
    """By type of message the request that a receiver gets."""
    moves = {name: _request("a form was moved", _moved(name)) for name in sorted(TOLD_OUTWARD)}
    return {**moves, "webhook.test": _request("somebody looks whether it arrives", _test())}


def _request(why: str, body: dict[str, Any]) -> dict[str, Any]:
    headers = [
        {
            "name": name,
            "in": "header",
            "required": True,
            "description": told,
            "schema": {"type": "string"},
        }
        for name, told in _HEADERS.items()
    ]
    return {
        "post": {
            "summary": why,
            "parameters": headers,
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": body}},
            },
            "responses": {
                "2XX": {"description": "it arrived"},
                "410": {"description": "nothing more is wanted: the webhook ends"},
                "default": {"description": "it is sent again later, for three days"},
            },
        }
    }


def _moved(name: str) -> dict[str, Any]:
    revision = {"type": "integer", "description": "number of the latest form"}
    data = _object({"declaration": _LINE, "revision": revision})
    return _message(name, data)


def _test() -> dict[str, Any]:
    return _message("webhook.test", _object({"name": {"type": "string"}}))


def _message(name: str, data: dict[str, Any]) -> dict[str, Any]:
    moment = {"type": "string", "format": "date-time", "description": "when it happened"}
    return _object({"type": {"const": name}, "timestamp": moment, "data": data})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}
