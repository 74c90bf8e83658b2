"""Put what happened into the outbox, in the transaction in which it happened: neither is there without the other."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from kaoji.platform.organisation.models import Organisation
from kaoji.platform.signed_message import new_id
from kaoji.platform.webhooks.actions.deliver import ask_to_deliver
from kaoji.platform.webhooks.models import Delivery, Receiver


def set_aside(
    event_type: str,
    data: dict[str, Any],
    *,
    choices: Collection[str],
    place: Organisation,
    title: str,
    at: datetime,
) -> int:
    """One delivery for each receiver of the place, or of one above, that chose any of *choices*; gives how many."""
    wanted = set(choices)
    standing = Receiver.objects.filter(place__in=place.lineage, ended_at__isnull=True)
    receivers = [item for item in standing.order_by("pk") if wanted & set(item.choices)]
    for receiver in receivers:
        put_into_outbox(receiver, event_type, data, title=title, at=at)
    return len(receivers)


def put_into_outbox(
    receiver: Receiver, event_type: str, data: dict[str, Any], *, title: str, at: datetime
) -> Delivery:
    """One message to one receiver, which is asked for at once."""
    delivery = Delivery.objects.create(
        receiver=receiver,
        message=new_id(),
        type=event_type,
        title=title,
        body=_written(event_type, data, at),
        made_at=at,
        since=at,
        due_at=at,
    )
    ask_to_deliver()
    return delivery


def _written(event_type: str, data: dict[str, Any], at: datetime) -> str:
    """What is signed: type, moment and data, as Standard Webhooks has them."""
    moment = at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    told = {"type": event_type, "timestamp": moment, "data": data}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
