"""Twenty people open the same run, and twenty approve it, at once. Run as a program, with a fresh home.

Prints how many succeeded, how many rows there are of it, and whether the log holds.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from kaoji.cli.site import set_up

AT_ONCE = 20


def main() -> None:
    """Rush."""
    set_up()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0)
    from kaoji.platform.events.models import Event
    from kaoji.platform.refusals import UnableToAct
    from kaoji.subjects.benefits.actions.approve_run import approve_run
    from kaoji.subjects.benefits.actions.compute_run import compute_run
    from kaoji.subjects.benefits.actions.freeze_run import freeze_run
    from kaoji.subjects.benefits.actions.open_run import open_run
    from kaoji.subjects.benefits.models import DutyDone, Movement, Run
    from kaoji.subjects.verification.queries.verifying import verify_chain
    from support.paid import JULY, OLD_AGE, Office, day

    office = Office()
    office.receive()
    clerk, july = office.clerk, {"programme": OLD_AGE, "month": JULY}

    def rush(act: Callable[[int], object]) -> int:
        def one(at: int) -> bool:
            try:
                act(at)
            except UnableToAct:
                return False
            finally:
                connections.close_all()
            return True

        with ThreadPoolExecutor(AT_ONCE) as pool:
            return sum(pool.map(one, range(AT_ONCE)))

    opened = rush(lambda at: open_run(office.place, **july, acting_user=clerk, now=day(7, 2)))
    print("open", opened, Run.objects.count())
    run = freeze_run(Run.objects.get(), acting_user=clerk, now=day(7, 3))
    run = office.confirmed(compute_run(run, acting_user=clerk, now=day(7, 3)))
    people = [office.approver(at + 1) for at in range(AT_ONCE)]
    approved = rush(
        lambda at: approve_run(
            run, seen=run.asked_digest, acting_user=people[at], now=day(7, 6)
        )
    )
    print("approve", approved, DutyDone.objects.filter(duty="approve").count())
    accrued = Movement.objects.filter(kind="accrue").values_list("fen", flat=True)
    print("accrued", sum(accrued))
    print("holds", verify_chain() == Event.objects.count())


if __name__ == "__main__":
    main()
