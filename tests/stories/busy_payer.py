"""Somebody who pays benefits step by step, and may be killed inside one. Run as a program.

busy_payer.py die freeze    do the step, and stop when all of it is written and nothing is told yet
busy_payer.py do freeze     tell what stands, do the step, tell what stands then
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from kaoji.cli.site import set_up

if TYPE_CHECKING:
    from support.paid import Office

# By step the action that it takes, where whoever is killed stops.
STEPS = {
    "freeze": "freeze_run",
    "compute": "compute_run",
    "approve": "approve_run",
    "file": "make_bank_file",
    "return": "read_return",
    "close": "close_run",
}


def main() -> None:
    """Do a step, or die in it."""
    set_up()
    from django.core.management import call_command
    from django.db import connection

    how, step = sys.argv[1:]
    if "benefits_run" not in connection.introspection.table_names():
        call_command("migrate", verbosity=0)
    from support.paid import Office

    office = Office()
    ready(office, step)
    tell()
    if how == "die":
        stop_inside(step)
    do(office, step)
    tell()


def ready(office: Office, step: str) -> None:
    """What has to stand before a step, done once: who pays, the list, the towns' confirming, the file taken."""
    from kaoji.subjects.benefits.actions.open_run import open_run
    from kaoji.subjects.benefits.actions.take_bank_file import take_bank_file
    from kaoji.subjects.benefits.models import BankFile, Run
    from support.paid import JULY, OLD_AGE, day

    clerk, cashier, _approver = office.clerk, office.cashier, office.approver()
    if not Run.objects.exists():
        office.receive()
        open_run(office.place, programme=OLD_AGE, month=JULY, acting_user=clerk, now=day(7, 2))
    run = Run.objects.get()
    if step == "approve" and run.state == "checked":
        office.confirmed(run)
    if step == "return" and run.state == "filed":
        take_bank_file(BankFile.objects.get(), acting_user=cashier, now=day(7, 7))


def do(office: Office, step: str) -> None:
    """One step of the run."""
    from kaoji.subjects.benefits.actions.close_run import close_run
    from kaoji.subjects.benefits.actions.compute_run import compute_run
    from kaoji.subjects.benefits.actions.freeze_run import freeze_run
    from kaoji.subjects.benefits.actions.make_bank_file import make_bank_file
    from kaoji.subjects.benefits.models import Run
    from support.paid import LAYOUT, day

    run = Run.objects.get()
    steps: dict[str, Callable[[], object]] = {
        "freeze": lambda: freeze_run(run, acting_user=office.clerk, now=day(7, 3)),
        "compute": lambda: compute_run(run, acting_user=office.clerk, now=day(7, 3)),
        "approve": lambda: office.approved(run),
        "file": lambda: make_bank_file(run, LAYOUT, acting_user=office.cashier, now=day(7, 7)),
        "return": lambda: office.answered(run),
        "close": lambda: close_run(run, acting_user=office.clerk, now=day(7, 18)),
    }
    steps[step]()


def stop_inside(step: str) -> None:
    """Stop where the action has written everything and would tell of it: before its transaction ends."""
    name = STEPS[step]
    action = importlib.import_module(f"kaoji.subjects.benefits.actions.{name}")

    def stop(*_args: object, **_more: object) -> None:
        print("inside", flush=True)
        time.sleep(600)

    action.record_event = stop  # type: ignore[attr-defined]


def tell() -> None:
    """How many rows there are of everything, where the run stands, and that all of it holds."""
    from kaoji.platform.events.models import Event
    from kaoji.subjects.benefits import models
    from kaoji.subjects.benefits.queries.digests import digest_differences
    from kaoji.subjects.verification.queries.verifying import verify_chain

    counted = (
        models.Item, models.Doubt, models.DutyDone, models.PaymentRequest, models.Payment,
        models.BankFile, models.Try, models.ReturnFile, models.ReturnLine, models.Movement,
        models.Tally, Event,
    )  # fmt: skip
    run = models.Run.objects.get()
    stands = {model.__name__: model.objects.count() for model in counted}
    stands |= {"state": run.state, "computation": run.computation}
    assert verify_chain() == Event.objects.count()
    assert list(digest_differences()) == []
    print(json.dumps(stands), flush=True)


if __name__ == "__main__":
    main()
