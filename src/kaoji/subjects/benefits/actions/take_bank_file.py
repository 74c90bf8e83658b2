"""Take a bank's file away: the one way in which names and accounts leave together, and when it left is noted."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.platform.events.event_log import record_event
from kaoji.platform.sealing import opened
from kaoji.subjects.benefits.actions.held import book, held_run, move, require_for
from kaoji.subjects.benefits.models import BankFile, Movement
from kaoji.subjects.benefits.queries.money import money_of, moves_in, parts_since
from kaoji.workflow.roles import MAY_PAY_BENEFITS


def take_bank_file(file: BankFile, *, acting_user: User, now: datetime) -> bytes:
    """The file's content. With the first taking its money is sent; with the last file the run is."""
    require_for(acting_user, MAY_PAY_BENEFITS, file.run)
    with transaction.atomic():
        run = held_run(file.run)
        held = BankFile.objects.get(pk=file.pk)
        booked: list[Movement] = []
        if held.taken_at is None:
            tries = list(held.tries.values_list("payment__person", "months"))
            people = {person for person, _ in tries}
            months = {month for _, parts in tries for month, _fen in parts}
            asked = people if run.resends_id is not None else None
            before = moves_in(money_of(run, months, asked))
            held.taken_at, held.taken_by = now, acting_user
            held.save()
            parts = parts_since(run, money_of(run, months, asked), before)
            booked = book(run, parts, on=localdate(now), cause=f"file:{held.pk}", now=now)
            if not run.bank_files.filter(taken_at__isnull=True).exists():
                move(run, "send")
                run.save()
        record_event(
            "benefits.file_taken",
            at=now,
            actor=acting_user,
            payload={
                "run": run.pk,
                "month": run.written,
                "file": held.name,
                "count": held.count,
                "fen": held.fen,
            },
            rows=[run, held, *booked],
        )
    return opened(held.sealed, purpose=f"benefits.file.{held.sha256}")
