"""A run through the tables: seconds of each step from the list to the bank's answer, and of the pages.

    python scripts/benchmark_payments.py [items]

Makes a database of its own in a folder that goes away; KAOJI_DATABASE_URL names an empty one instead. A
quarter of 老年综合津贴 is paid ahead, so a person is three items. Printed, never tested: CPU seconds of
this process are the honest column on a shared machine (PostgreSQL's own work is not in them).
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
_A_SHEET, _TIMES = 15_000, 5
NOWHERE = {
    "KAOJI_SECRET_KEY": "none",
    "KAOJI_SEALING_KEY": "none",
    "KAOJI_HOSTS": "testserver",
}


def timed(what: str, act: Callable[[], Any]) -> Any:
    """Do it, and print how long it took."""
    cpu, wall = time.process_time(), time.perf_counter()
    given = act()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(f"{what:34}{cpu:9.2f}{wall:9.2f}", flush=True)
    return given


def lines(people: int) -> Iterator[str]:
    """So many invented people in two towns; no place has the area code of their numbers."""
    from datetime import date

    from kaoji.benefits.identity import check_digit

    for at in range(people):
        born = date(1958 - at % 40, 1 + at % 12, 1 + at % 28)
        seventeen = f"9991{at // 1000:02d}{born:%Y%m%d}{at % 1000:03d}"
        town = ("岳阳街道", "方松街道")[at % 2]
        yield f"虚构{at},{seventeen}{check_digit(seventeen)},{town},2023-07,62000{at:011d},演示"


def main() -> None:
    """Pay a quarter."""
    items = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(KAOJI_HOME=folder, **NOWHERE)
        from kaoji.cli.site import set_up

        set_up()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        print(f"{'':34}{'cpu s':>9}{'wall s':>9}", flush=True)
        _pay(items // 3)
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


def _pay(people: int) -> None:
    from kaoji.subjects.benefits.actions.close_run import close_run
    from kaoji.subjects.benefits.actions.compute_run import compute_run
    from kaoji.subjects.benefits.actions.freeze_run import freeze_run
    from kaoji.subjects.benefits.actions.make_bank_file import make_bank_file
    from kaoji.subjects.benefits.actions.open_run import open_run
    from kaoji.subjects.benefits.actions.take_bank_file import take_bank_file
    from kaoji.subjects.benefits.models import Run
    from support.paid import JULY, OLD_AGE, Office, day, sheet
    from support.proved import proof_of, told

    office, rows = Office(), list(lines(people))
    for start in range(0, people, _A_SHEET):
        part = sheet(*rows[start : start + _A_SHEET])
        timed(
            f"receive a list, {min(_A_SHEET, people - start)} rows",
            lambda part=part: office.receive(part),
        )
    july = {"programme": OLD_AGE, "month": JULY, "acting_user": office.clerk, "now": day(7, 3)}
    run = freeze_run(open_run(office.place, **july), acting_user=office.clerk, now=day(7, 3))
    clerk = {"acting_user": office.clerk, "now": day(7, 3)}
    run = timed("compute and check", lambda: compute_run(run, **clerk))
    run = timed("towns confirm, confirming ends", lambda: office.confirmed(run))
    for at in (1, 2, 3):
        if run.state == "confirmed":
            run = timed(
                f"approval {at}", lambda at=at, run=run: office.approved(run, number_=at)
            )
    cashier = {"acting_user": office.cashier, "now": day(7, 7)}
    files = timed("make the bank files", lambda: make_bank_file(run, "cmb_batch", **cashier))
    for file in files:
        take_bank_file(file, **cashier)
    timed(f"read {people} answers", lambda: office.answered(run))
    run = Run.objects.get(pk=run.pk)
    run = timed(
        "close, with rates", lambda: close_run(run, acting_user=office.clerk, now=day(7, 18))
    )
    proof = timed("take the proof away", lambda: proof_of(office, run))
    print(f"  {len(proof) // 1024} KiB")
    timed("recount it", lambda: told(proof))
    august = open_run(office.place, **{**july, "month": JULY + 1, "now": day(8, 3)})
    august = freeze_run(august, acting_user=office.clerk, now=day(8, 3))
    timed(
        "the next run, nobody touched",
        lambda: compute_run(august, acting_user=office.clerk, now=day(8, 3)),
    )
    _look(office, run)


def _look(office: Any, run: Any) -> None:
    from django.test import Client

    from kaoji.subjects.benefits.models import Item

    client = Client()
    client.force_login(office.clerk)
    item = Item.objects.filter(run=run).last()
    for name, address in {
        "page: run": f"/benefits/runs/{run.pk}/",
        "page: roster of a town": f"/benefits/runs/{run.pk}/towns/{item.town_id}/?page=200",
        "page: item": f"/benefits/items/{item.pk}/",
        "page: approval": f"/benefits/runs/{run.pk}/approval/",
    }.items():
        client.get(address)
        cpu, wall = time.process_time(), time.perf_counter()
        for _ in range(_TIMES):
            client.get(address)
        cpu, wall = (time.process_time() - cpu) / _TIMES, (time.perf_counter() - wall) / _TIMES
        print(f"{name:34}{cpu:9.3f}{wall:9.3f}")


if __name__ == "__main__":
    main()
