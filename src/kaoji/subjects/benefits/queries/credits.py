"""What the bank credited of a run: on which day, how much, and whether it did so twice."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from kaoji.benefits.payments import BankLine, Outcome, TryState, state_of_try
from kaoji.subjects.benefits.models import ReturnLine, Run, Try


def credited(run: Run) -> dict[tuple[int, int], tuple[date, int]]:
    """By person and month on which day the bank credited a run's payment, and how much; sent again included."""
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
    return found


def doubly_credited(run: Run) -> int:
    """How many payments of a run the bank credited twice and has not taken back."""
    heard: defaultdict[int, list[BankLine]] = defaultdict(list)
    lines = ReturnLine.objects.filter(answers__payment__run=run)
    for key, on, outcome, fen in lines.values_list("answers", "on", "outcome", "fen"):
        heard[key].append(BankLine(on, Outcome(outcome), "", fen))
    times: defaultdict[int, int] = defaultdict(int)
    for key, payment in Try.objects.filter(payment__run=run).values_list("id", "payment"):
        times[payment] += state_of_try(heard.get(key, ())) is TryState.CREDITED
    return sum(count > 1 for count in times.values())
