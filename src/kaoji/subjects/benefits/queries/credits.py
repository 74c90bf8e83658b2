"""What the bank credited of a run: to whom, on which day, how much; and what it credited to nobody we know."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Q, Sum

from kaoji.benefits.payments import BankLine, Outcome, TryState, state_of_try
from kaoji.subjects.benefits.models import Overpayment, Regained, ReturnLine, Run, Try


def credited(run: Run) -> dict[tuple[int, int], tuple[date, int]]:
    """By person and month on which day the bank credited a run's payment, and how much.

    What was sent again counts, and what was paid besides of a line of ours.
    """
    heard: defaultdict[int, list[BankLine]] = defaultdict(list)
    lines = ReturnLine.objects.filter(answers__payment__run=run)
    for key, on, outcome, fen in lines.values_list("answers", "on", "outcome", "fen"):
        heard[key].append(BankLine(on, Outcome(outcome), "", fen))
    found: dict[tuple[int, int], tuple[date, int]] = {}
    tries = Try.objects.filter(payment__run=run).order_by("number")
    for key, person, months in tries.values_list("id", "payment__person", "months"):
        said = heard.get(key, [])
        if state_of_try(said) is TryState.CREDITED:
            on = max(line.on for line in said if line.outcome is Outcome.CREDITED)
            for month, fen in months:
                before = found.get((person, month), (on, 0))
                found[person, month] = (min(on, before[0]), before[1] + fen)
    besides = Overpayment.objects.filter(answers__payment__run=run)
    for row in besides.filter(why__in=Overpayment.ON_WORD):
        if row.answers is not None and not _reversed(row):
            for month, fen in row.months:
                of = (row.answers.payment.person_id, month)
                first, paid = found.get(of, (row.on, 0))
                found[of] = (first, paid + fen)
    return found


def credited_to_nobody(run: Run) -> list[tuple[date, int]]:
    """What the bank credited of a run to whom nobody had sent anything and has not taken back: day and fen."""
    rows = Overpayment.objects.filter(
        Q(run=run) | Q(run__resends=run), why=Overpayment.Why.UNKNOWN
    )
    return [(row.on, fen) for row in rows if (fen := row.fen - _reversed(row))]


def _reversed(row: Overpayment) -> int:
    """What the bank itself took back of it; what people gave back heals nothing."""
    back = row.regained.filter(how=Regained.How.REVERSED).aggregate(fen=Sum("fen"))
    return int(back["fen"] or 0)
