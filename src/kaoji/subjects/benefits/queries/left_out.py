"""Whom the files of a run left out, and why."""

from __future__ import annotations

from datetime import datetime

from kaoji.core.speech import Sentence
from kaoji.documents.banks.layout import bank_layouts
from kaoji.subjects.benefits.models import BankFile, Run, Try
from kaoji.subjects.benefits.queries.money import Months
from kaoji.subjects.benefits.queries.outgoing import told_unfit, unfit
from kaoji.subjects.benefits.queries.requests import approved_accounts, to_pay
from kaoji.subjects.benefits.queries.waiting_lines import waiting_lines


def left_out_of(
    run: Run, layout: str, owed: dict[int, Months], now: datetime, *, again: bool
) -> dict[int, Sentence]:
    """Of whom a file does not pay why not: the bank's layout cannot hold the line, or it waits for a small run."""
    accounts = approved_accounts(run, owed)
    faults = dict(unfit(bank_layouts()[layout], run, owed, accounts))
    return {**faults, **waiting_lines(run, owed, now, again=again)}


def why_left_out(run: Run, now: datetime) -> tuple[Sentence, ...]:
    """Whom the files of a run that the bank took do not pay, and why, for whoever makes them."""
    file = BankFile.objects.filter(run=run, turned_down=None).last()
    if file is None:
        return ()
    tries = Try.objects.filter(payment__run=run, file__turned_down=None)
    sent = set(tries.values_list("payment__person", flat=True))
    owed = {person: months for person, months in to_pay(run).items() if person not in sent}
    again = run.bank_files.filter(turned_down__isnull=False).exists()
    return told_unfit(left_out_of(run, file.layout, owed, now, again=again))
