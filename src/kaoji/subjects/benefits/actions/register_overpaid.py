"""Register what the bank has paid besides and no row tells of: files that were read before such rows were kept.

It follows from the answers to our lines, as ever; booked is it with the file that told of it, the day being today's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.benefits.fen import written_fen
from kaoji.benefits.movements import MovementKind, Part
from kaoji.benefits.purses import Key
from kaoji.platform.events.event_log import record_event
from kaoji.subjects.benefits.actions.held import book, held_run, moment_in
from kaoji.subjects.benefits.actions.overpaying import why_paid_besides
from kaoji.subjects.benefits.models import Overpayment, ReturnLine, Run, Try
from kaoji.subjects.benefits.queries.money import besides_in, entangled, money_of, where_of


def register_overpaid(run: Run, *, acting_user: User, now: datetime) -> list[Overpayment]:
    """Of the run, or the one that it sends again: a step of its own, so that what is refused next leaves it there.

    Whoever calls it has asked for the permission to read or to close.
    """
    of = run.resends or run
    with transaction.atomic():
        held = held_run(of)
        missing = _missing(held)
        if not missing:
            return []
        at, rows, booked, where = moment_in(held, now), list[Overpayment](), [], where_of(held)
        by_file: defaultdict[int, list[Part]] = defaultdict(list)
        for key, months in sorted(missing.items()):
            line = ReturnLine.objects.filter(answers=key, outcome="credited").latest("id")
            rows.append(_row(line, months, acting_user, at))
            by_file[line.file_id] += [
                Part(MovementKind.OVERPAY, fen, where[who]) for who, fen in months.items()
            ]
        for file, parts in sorted(by_file.items()):
            of_file = next(row.run for row in rows if row.file_id == file)
            cause = f"return:{file}"
            booked += book(of_file, parts, on=localdate(now), cause=cause, now=now)
        record_event(
            "benefits.overpaid_found",
            at=now,
            actor=acting_user,
            payload={
                "run": held.pk,
                "month": held.written,
                "besides": len(rows),
                "yuan": written_fen(sum(row.fen for row in rows)),
            },
            rows=[held, *rows, *booked],
        )
    return rows


def _missing(run: Run) -> Mapping[int, Mapping[Key, int]]:
    """By try of the run's payments what is credited besides by the answers and stands in no row."""
    tries = Try.objects.filter(payment__run=run)
    months = {month for parts in tries.values_list("months", flat=True) for month, _ in parts}
    found = besides_in(money_of(run, months, entangled(run, months)))
    mine = set(
        tries.filter(pk__in=[key for key in found if key > 0]).values_list("pk", flat=True)
    )
    told = Overpayment.objects.filter(answers__in=mine, why__in=Overpayment.BY_ANSWERS)
    return {key: found[key] for key in mine - set(told.values_list("answers", flat=True))}


def _row(
    line: ReturnLine, months: Mapping[Key, int], acting_user: User, at: datetime
) -> Overpayment:
    return Overpayment.objects.create(
        run=line.file.run,
        file=line.file,
        line=line.line,
        why=why_paid_besides(line.answers),
        answers=line.answers,
        fen=sum(months.values()),
        said=line.fen,
        months=[[month, fen] for (_, month), fen in sorted(months.items())],
        on=line.on,
        reference=line.answers.reference,
        reference_hash="",
        made_at=at,
        made_by=acting_user,
    )
