"""What events say of this subject, and the tables whose rows they vouch for."""

from __future__ import annotations

from kaoji.platform.events.told import Told
from kaoji.platform.organisation.models import Appointment, Letterhead, Organisation

STORIES = {
    "organisation.registered": "登记{kind}“{name}”",
    "organisation.changed": "更改机构“{name}”",
    "organisation.letterhead": "以“{name}”作各页抬头",
    "appointment.made": "任命 {username} 为“{place}”的{role}，自 {since}",
    "appointment.ended": "终止 {username} 在“{place}”的{role}",
}
AUDITED = {
    "organisations": Told(Organisation),
    "appointments": Told(Appointment),
    "letterheads": Told(Letterhead),
}
