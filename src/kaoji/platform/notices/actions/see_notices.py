"""Mark a person's notices as read. They are copies of what the log tells, so without an event."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User

from kaoji.platform.notices.models import Notice


def see_notices(*, acting_user: User, now: datetime) -> None:
    """All that were not read yet, in one step."""
    Notice.objects.filter(person=acting_user, seen_at__isnull=True).update(seen_at=now)
