"""`kaoji manage createsuperuser`: Django's own command, and the event that tells of it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from kaoji.platform.events.event_log import record_event


class Command(createsuperuser.Command):
    """Make somebody who keeps the installation."""

    def handle(self, *args: Any, **options: Any) -> None:
        """The account and its event, both or neither."""
        with transaction.atomic():
            known = set(User.objects.values_list("pk", flat=True))
            super().handle(*args, **options)
            for person in User.objects.exclude(pk__in=known):
                record_event(
                    "account.made_superuser",
                    at=timezone.now(),
                    actor=None,
                    payload={"username": person.username},
                    rows=[person],
                )
