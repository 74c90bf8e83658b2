"""Somebody has a form open for writing. A trace that fades, so without an event."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import User

from kaoji.subjects.declarations.models import Declaration, Presence

# An open page tells every half minute that it is still open.
_FADES_AFTER = timedelta(seconds=90)


def be_present(declaration: Declaration, *, acting_user: User, now: datetime) -> list[str]:
    """Tell that the person is there; give the names of the others who are."""
    Presence.objects.update_or_create(
        declaration=declaration, person=acting_user, defaults={"at": now}
    )
    others = (
        Presence.objects.filter(declaration=declaration, at__gt=now - _FADES_AFTER)
        .exclude(person=acting_user)
        .select_related("person")
        .order_by("at")
    )
    return [item.person.get_full_name() or item.person.get_username() for item in others]
