"""What events say of this subject, and the tables whose rows they vouch for."""

from __future__ import annotations

from kaoji.platform.events.told import Told
from kaoji.platform.webhooks.actions.name_what_stays import name_what_stays
from kaoji.platform.webhooks.models import Receiver

STORIES = {
    "webhook.opened": "为“{place}”开设推送“{name}”，送到 {host}",
    "webhook.ended": "停用“{place}”的推送“{name}”",
    "webhook.gone": "推送“{name}”的接收方答复不再接收，自动停用",
    "webhook.silent": "推送“{name}”连续 {days} 天送不到，自动停用",
    "webhook.sent_again": "把 {message} 再送给“{name}”",
    "webhook.tested": "向“{name}”送出一条测试",
}
# An address may bring a word of its own along that only the receiver should know.
REACTIONS = dict.fromkeys(("appointment.ended", "account.changed"), name_what_stays)
# How the sending goes is no matter of record.
AUDITED = {
    "webhook_receivers": Told(
        Receiver,
        unsaid=frozenset({"busy_until", "tended_at", "failing_since"}),
        sealed=frozenset({"secret", "address"}),
    )
}
