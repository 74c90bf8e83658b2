"""The demo's benefits: seventeen towns, who does what, and an allowance at one two-hundredth of its size.

Everybody in it is invented: no place has the area code of their numbers, and their names say so. The
lists are marked as invented, and so is every run that grows out of them. All goes through the same actions
that people take on the site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from random import Random
from typing import TYPE_CHECKING

from kaoji.workflow.roles import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from kaoji.platform.organisation.models import Organisation
    from kaoji.subjects.benefits.models import Run
    from kaoji.subjects.declarations.models import Declaration

TOWNS = (
    "岳阳街道", "永丰街道", "方松街道", "中山街道", "广富林街道", "九里亭街道", "泗泾镇", "佘山镇",
    "车墩镇", "新桥镇", "洞泾镇", "九亭镇", "泖港镇", "石湖荡镇", "新浜镇", "叶榭镇", "小昆山镇",
)  # fmt: skip
# Invented people; the names say so.
WORKERS = (
    ("jingban", Role.BENEFIT_CLERK, "景班（演示发放经办）"),
    ("qingcha", Role.BENEFIT_CHECKER, "卿查（演示发放清查）"),
    ("shenpi1", Role.BENEFIT_APPROVER, "申批（演示发放审批）"),
    ("shenpi2", Role.BENEFIT_APPROVER, "沈丕（演示发放审批）"),
    ("chuna", Role.CASHIER, "楚纳（演示发放出纳）"),
)
CONFIRMER = ("jiezhen", Role.TOWN_CONFIRMER, "解真（演示街镇确认）")
# 145,900 people of 65 and over, one in two hundred; bands of the city at the end of 2022.
_PEOPLE, _SEED = 730, 2023
_BANDS = ((65, 69, 380), (70, 79, 424), (80, 99, 193), (100, 104, 3))  # per mille
_NOWHERE = "9991"
_PROGRAMME, _LAYOUT = "old_age_allowance", "cmb_batch"
_ONE_IN = 150  # so many payments fail at first

Opened = Callable[[str, Role, "Organisation", str], "User"]


def settle_in(
    bureau: Organisation, department: Organisation, opened: Opened, now: datetime
) -> dict[str, User]:
    """Register the towns, and give the people of benefits their desks; by user name."""
    from kaoji.platform.organisation.actions.appoint import appoint
    from kaoji.platform.organisation.actions.register_organisation import register_organisation
    from kaoji.workflow.places import PlaceKind

    towns = [
        register_organisation(
            name, kind=PlaceKind.TOWN, parent=bureau, acting_user=None, now=now
        )
        for name in TOWNS
    ]
    people = {name: opened(name, role, department, full) for name, role, full in WORKERS}
    name, role, full = CONFIRMER
    people[name] = opened(name, role, towns[0], full)
    for town in towns[1:]:
        appoint(people[name], role, town, since=date(2022, 1, 1), acting_user=None, now=now)
    return people


def pay_two_quarters(
    people: Mapping[str, User], place: Organisation, project: Declaration | None
) -> None:
    """The third quarter of 2023 paid, answered, sent again and closed; the fourth waits for its towns."""
    from kaoji.benefits.months import month
    from kaoji.subjects.benefits.actions.close_run import close_run
    from kaoji.subjects.benefits.actions.receive_list import receive_list
    from kaoji.subjects.benefits.actions.resend_failed import resend_failed
    from kaoji.subjects.benefits.models import Run

    clerk = people["jingban"]
    receive_list(
        _sheet(),
        name="老年综合津贴名单（虚构）.csv",
        place=place,
        programme=_PROGRAMME,
        kind="grants",
        as_of=date(2023, 6, 30),
        is_invented=True,
        acting_user=clerk,
        now=_at(7, 1),
    )
    run = _computed(people, place, month(2023, 7), project, _at(7, 3))
    run = _paid(people, _confirmed(people, run, _at(7, 6)), _at(7, 7))
    _answered(people, run, _at(7, 17), fails=True)
    run = close_run(Run.objects.get(pk=run.pk), acting_user=clerk, now=_at(7, 18))
    again = _paid(people, resend_failed(run, acting_user=clerk, now=_at(7, 19)), _at(7, 20))
    _answered(people, again, _at(7, 24), fails=False)
    close_run(Run.objects.get(pk=again.pk), acting_user=clerk, now=_at(7, 25))
    _computed(people, place, month(2023, 10), project, _at(10, 7))


def _at(month: int, day: int) -> datetime:
    return datetime(2023, month, day, 2, tzinfo=UTC)


def _sheet() -> bytes:
    chance = Random(_SEED)  # noqa: S311 - invented on purpose, the same each time
    captions = "姓名,身份证号,街镇,起发月份,收款账号,开户行"
    return "\n".join([captions, *(_row(n, chance) for n in range(_PEOPLE)), ""]).encode()


def _row(number: int, chance: Random) -> str:
    from kaoji.benefits.identity import check_digit

    least, most, _share = chance.choices(_BANDS, [band[2] for band in _BANDS])[0]
    born = date(2023 - chance.randint(least, most), chance.randint(1, 6), chance.randint(1, 28))
    seventeen = f"{_NOWHERE}{number // 1000:02d}{born:%Y%m%d}{number % 1000:03d}"
    town = chance.choice(TOWNS)
    account = f"6200000000{number:06d}"
    return f"虚构{number:04d},{seventeen}{check_digit(seventeen)},{town},2023-07,{account},演示银行"


def _computed(
    people: Mapping[str, User],
    place: Organisation,
    period: int,
    project: Declaration | None,
    now: datetime,
) -> Run:
    from kaoji.benefits.months import Month
    from kaoji.subjects.benefits.actions.compute_run import compute_run
    from kaoji.subjects.benefits.actions.freeze_run import freeze_run
    from kaoji.subjects.benefits.actions.open_run import open_run

    clerk = people["jingban"]
    run = open_run(
        place,
        programme=_PROGRAMME,
        month=Month(period),
        declaration=project,
        acting_user=clerk,
        now=now,
    )
    run = freeze_run(run, acting_user=clerk, now=now)
    return compute_run(run, acting_user=clerk, now=now)


def _confirmed(people: Mapping[str, User], run: Run, now: datetime) -> Run:
    from kaoji.subjects.benefits.actions.confirm_roster import confirm_roster
    from kaoji.subjects.benefits.actions.end_confirming import end_confirming
    from kaoji.subjects.benefits.queries.rosters import towns_in

    for town in towns_in(run):
        if not town.confirmed:
            confirm_roster(run, town.place, acting_user=people["jiezhen"], now=now)
    return end_confirming(run, acting_user=people["qingcha"], now=now)


def _paid(people: Mapping[str, User], run: Run, now: datetime) -> Run:
    from kaoji.subjects.benefits.actions.approve_run import approve_run
    from kaoji.subjects.benefits.actions.make_bank_file import make_bank_file
    from kaoji.subjects.benefits.actions.take_bank_file import take_bank_file

    for name in ("shenpi1", "shenpi2"):
        if run.state == "confirmed":
            run = approve_run(run, seen=run.asked_digest, acting_user=people[name], now=now)
    for file in make_bank_file(run, _LAYOUT, acting_user=people["chuna"], now=now):
        take_bank_file(file, acting_user=people["chuna"], now=now)
    return run


def _answered(people: Mapping[str, User], run: Run, now: datetime, *, fails: bool) -> None:
    """The invented bank's answer, in the layout of the real one's."""
    from kaoji.subjects.benefits.actions.read_return import read_return

    lines = list(_lines(run, now.date(), fails=fails))
    total = sum(fen for fen, _line in lines)
    head = f"K{run.pk}|{len(lines)}|{total / 100:.2f}"
    content = "\r\n".join([head, *(line for _fen, line in lines), ""]).encode("gb18030")
    read_return(run, content, acting_user=people["chuna"], now=now)


def _lines(run: Run, today: date, *, fails: bool) -> Iterator[tuple[int, str]]:
    from kaoji.subjects.benefits.models import Try

    on = today.replace(day=14) if fails else today.replace(day=21)
    for at, each in enumerate(Try.objects.filter(file__run=run).order_by("id"), start=1):
        failed = fails and at % _ONE_IN == 0
        outcome, why = ("E", "账户已销户") if failed else ("S", "")
        yield (
            each.fen,
            f"{at}|{each.fen / 100:.2f}|{on:%Y-%m-%d}|{outcome}||{why}|{each.reference}",
        )
