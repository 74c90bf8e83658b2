"""A closed run with everything that can happen to one, its proof, and what a forger does with it."""

from __future__ import annotations

import io
from datetime import date

from kaoji.subjects.benefits.actions.close_run import close_run
from kaoji.subjects.benefits.actions.decide_doubt import decide_doubt
from kaoji.subjects.benefits.actions.resend_failed import resend_failed
from kaoji.subjects.benefits.actions.take_proof import take_proof
from kaoji.subjects.benefits.models import Doubt, Run
from support.paid import PEOPLE, Office, day, number, row, sheet


def closed_run(office: Office) -> Run:
    """王春 has no account and is left out; 张秋's payment fails and is sent again, 赵冬's is stopped on the way.

    李夏 is entitled by the city's list, a stranger on it is not known here.
    """
    office.receive(sheet(row("王春", account=""), *map(row, ("李夏", "张秋", "赵冬"))))
    listed = sheet(number(PEOPLE["李夏"][0]), number(date(1939, 4, 4)), captions="身份证号")
    office.receive(listed, kind="entitled", now=day(7, 2))
    run = office.sent(office.approved(office.confirmed(office.computed())))
    office.answered(run, failed=("张", "赵"))
    office.closed(Run.objects.get(pk=run.pk), now=day(7, 17, 6))
    died = sheet(f"{number(PEOPLE['赵冬'][0])},2023-06-20", captions="身份证号,日期")
    office.receive(died, kind="deaths", as_of=date(2023, 7, 18), now=day(7, 18))
    again = resend_failed(Run.objects.get(pk=run.pk), acting_user=office.clerk, now=day(7, 19))
    for doubt in Doubt.objects.filter(run=again, effect="hold"):
        decide_doubt(doubt, "stop", reason="死亡", acting_user=office.checker, now=day(7, 20))
    again = Run.objects.get(pk=again.pk)
    again = office.sent(office.approved(again, now=day(7, 20)), now=day(7, 20))
    office.answered(again, on="2023-07-21", now=day(7, 22))
    close_run(Run.objects.get(pk=again.pk), acting_user=office.clerk, now=day(7, 23))
    return Run.objects.get(pk=run.pk)


def proof_of(office: Office, *runs: Run) -> bytes:
    """The proof that an auditor of the office takes home."""
    target = io.BytesIO()
    take_proof(runs, target, acting_user=office.who("审计只读"), now=day(10, 9))
    return target.getvalue()
