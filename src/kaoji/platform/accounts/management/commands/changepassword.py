"""`kaoji manage changepassword`: Django's own command, and the event that tells of it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.management.commands import changepassword
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from kaoji.platform.events.event_log import record_event


class Command(changepassword.Command):
    """Change a password on the console."""

    def handle(self, *args: Any, **options: Any) -> Any:
        """The password and its event, both or neither."""
        with transaction.atomic():
            known = dict(User.objects.values_list("pk", "password"))
            answer = super().handle(*args, **options)
            for person in User.objects.all():
                if known.get(person.pk) != person.password:
                    record_event(
                        "account.changed",
                        at=timezone.now(),
                        actor=None,
                        payload={"username": person.username, "fields": "密码"},
                        rows=[person],
                    )
        return answer
