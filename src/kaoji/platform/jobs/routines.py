"""What should happen again and again – a backup, a verification, reminders: when it last did, and how it ended.

It is a note for whoever watches the installation, no record: what was done stands in the log.
"""

from __future__ import annotations

from datetime import datetime

from django.db import DatabaseError, transaction

from kaoji.platform.jobs.models import Routine

BACKUP, VERIFY, REMIND = "backup", "verify_log", "remind"


def note(name: str, *, at: datetime, well: bool) -> None:
    """Remember that it was done now; who may only read does it without leaving a note."""
    try:
        with transaction.atomic():
            Routine.objects.update_or_create(name=name, defaults={"at": at, "well": well})
    except DatabaseError:
        pass


def last_of(name: str) -> Routine | None:
    """When it was last done; None where it never was."""
    return Routine.objects.filter(name=name).first()
