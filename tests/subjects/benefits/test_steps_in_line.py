"""Two steps of a programme at once: one waits for the other, and counts after it, whenever it was asked for."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kaoji.subjects.benefits.actions.compute_run import compute_run
from kaoji.subjects.benefits.actions.freeze_run import freeze_run
from kaoji.subjects.benefits.actions.make_bank_file import make_bank_file
from kaoji.subjects.benefits.actions.resend_failed import resend_failed
from kaoji.subjects.benefits.actions.take_bank_file import take_bank_file
from kaoji.subjects.benefits.actions.take_proof import take_proof
from kaoji.subjects.benefits.models import BankFile, Movement, Run
from support.paid import JULY, LAYOUT, PEOPLE, Office, day, number, sheet

pytestmark = pytest.mark.django_db

# 王春 died in June: the 75 yuan of July to September that July's run granted him fall.
FALLEN = 22_500


def booked() -> Counter[str]:
    """In fen, by kind."""
    found: Counter[str] = Counter()
    for each in Movement.objects.all():
        found[each.kind] += -each.fen if each.counter else each.fen
    return found


def two_runs(office: Office) -> tuple[Run, Run]:
    """July approved; August confirmed, which takes back what a dead person was granted."""
    office.receive()
    july = office.approved(office.confirmed(office.computed()))
    office.receive(
        sheet(f"{number(PEOPLE['王春'][0])},2023-06-10", captions="身份证号,日期"),
        kind="deaths", as_of=date(2023, 7, 8), now=day(7, 8),
    )  # fmt: skip
    return july, office.confirmed(office.computed(JULY + 1, now=day(8, 3)), now=day(8, 4))


def again(run: Run) -> Run:
    return Run.objects.get(pk=run.pk)


def test_every_step_of_a_run_holds_the_office_before_it_reads_anything_else(office: Office):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time")
    office.receive()
    # Whoever acts is appointed before, which is an event of its own.
    run = office.confirmed(office.computed())
    assert office.cashier
    assert office.approver()
    reckoned: list[Callable[[Run], object]] = [
        lambda run: freeze_run(run, acting_user=office.clerk, now=day(7, 4)),
        lambda run: compute_run(run, acting_user=office.clerk, now=day(7, 4)),
    ]
    paid: list[Callable[[Run], object]] = [
        lambda run: office.approved(run, now=day(7, 6)),
        lambda run: make_bank_file(run, LAYOUT, acting_user=office.cashier, now=day(7, 7)),
        lambda run: office.answered(run, failed=("王",)),
        lambda run: resend_failed(run, acting_user=office.clerk, now=day(7, 18)),
        lambda run: office.closed(run, now=day(7, 18)),
    ]
    for step in reckoned:
        require_held_first(step, run)
    office.confirmed(again(run))
    for step in paid:
        require_held_first(step, run)
        for file in BankFile.objects.filter(run=run, taken_at=None):
            take_bank_file(file, acting_user=office.cashier, now=day(7, 7))


def test_a_proof_is_taken_while_nothing_moves(office: Office):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time")
    office.receive()
    run = office.sent(office.approved(office.confirmed(office.computed())))
    office.answered(run)
    run = office.closed(again(run), now=day(7, 18))
    auditor = office.who("审计只读")

    require_held_first(
        lambda run: take_proof([run], io.BytesIO(), acting_user=auditor, now=day(7, 19)), run
    )


def require_held_first(step: Callable[[Run], object], run: Run) -> None:
    """The office is the first that is locked, and nothing that tells of money is read before it."""
    run = again(run)
    with CaptureQueriesContext(connection) as asked:
        step(run)
    told = [query["sql"] for query in asked.captured_queries]
    locks = [sql for sql in told if "FOR NO KEY UPDATE" in sql or "FOR UPDATE" in sql]
    assert "organisation" in locks[0].split("WHERE")[0]
    before = told[: told.index(locks[0])]
    kept = ("benefits_item", "benefits_movement", "benefits_payment")
    assert not [sql for sql in before if any(f'FROM "{name}' in sql for name in kept)]


def test_an_approval_that_waited_in_line_counts_after_the_file_that_went_before_it(
    office: Office,
):
    july, august = two_runs(office)
    asked_at = day(8, 5)

    july = office.sent(july, now=asked_at + timedelta(seconds=5))
    office.approved(august, now=asked_at)  # asked for first, let in second
    office.answered(july, on="2023-08-06", now=day(8, 7))

    moved = booked()
    assert moved["claim"] == FALLEN  # the bank had paid it: it is asked back
    assert moved["send"] == moved["credit"]
    assert moved["cancel"] == 0


@pytest.mark.parametrize("at", [day(7, 6, 3), day(7, 5)], ids=["an hour", "a day"])
def test_a_clock_that_was_set_back_sends_nothing_before_it_was_granted(
    office: Office, at: datetime
):
    office.receive()
    run = office.approved(office.confirmed(office.computed()), now=day(7, 6))
    run = office.sent(run, now=at)
    office.answered(run, failed=("王",))

    small = resend_failed(again(run), acting_user=office.clerk, now=day(7, 18))

    assert small.approved_fen == FALLEN
