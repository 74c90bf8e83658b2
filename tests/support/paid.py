"""An office that pays: two towns, who does what, four old people of a list, and the way of a run."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.contrib.auth.models import User

from kaoji.benefits.identity import check_digit
from kaoji.benefits.months import Month, month
from kaoji.platform.organisation.models import Organisation
from kaoji.subjects.benefits.actions.approve_run import approve_run
from kaoji.subjects.benefits.actions.close_run import close_run
from kaoji.subjects.benefits.actions.compute_run import compute_run
from kaoji.subjects.benefits.actions.confirm_roster import confirm_roster
from kaoji.subjects.benefits.actions.end_confirming import end_confirming
from kaoji.subjects.benefits.actions.freeze_run import freeze_run
from kaoji.subjects.benefits.actions.make_bank_file import make_bank_file
from kaoji.subjects.benefits.actions.open_run import open_run
from kaoji.subjects.benefits.actions.read_return import read_return
from kaoji.subjects.benefits.actions.receive_list import Received, receive_list
from kaoji.subjects.benefits.actions.take_bank_file import take_bank_file
from kaoji.subjects.benefits.models import ReturnFile, Run, Try
from kaoji.subjects.benefits.queries.rosters import towns_in
from kaoji.workflow.places import PlaceKind
from support.people import person, place

OLD_AGE = "old_age_allowance"
JULY = month(2023, 7)
LAYOUT = "cmb_batch"
ACCOUNT = "62220210011100{:05d}"


def day(month_: int, of: int, hour: int = 4) -> datetime:
    """A day of 2023, at noon in Shanghai."""
    return datetime(2023, month_, of, hour, tzinfo=UTC)


def number(birth: date, serial: int = 12) -> str:
    """A citizen number of Songjiang that agrees with itself."""
    seventeen = f"310117{birth:%Y%m%d}{serial:03d}"
    return seventeen + check_digit(seventeen)


# Bands of 沪府发〔2016〕24号: 67 years 75 yuan, 73 years 150, 83 years 180, 92 years 350 a month.
PEOPLE = {
    "王春": (date(1956, 5, 9), "岳阳街道"),
    "李夏": (date(1950, 3, 2), "岳阳街道"),
    "张秋": (date(1940, 1, 31), "方松街道"),
    "赵冬": (date(1931, 2, 20), "方松街道"),
}
CAPTIONS = "姓名,身份证号,街镇,起发月份,收款账号,开户行"


def row(name: str, *, start: str = "2023-07", account: str | None = None) -> str:
    """A person's line of the list."""
    born, town = PEOPLE[name]
    place_of = list(PEOPLE).index(name)
    held = ACCOUNT.format(place_of) if account is None else account
    return f"{name},{number(born)},{town},{start},{held},工商银行松江支行"


def sheet(*rows: str, captions: str = CAPTIONS) -> bytes:
    return "\n".join([captions, *rows, ""]).encode()


EVERYBODY = sheet(*map(row, PEOPLE))


@dataclass
class Office:
    """The office 民政局 with its towns, and who does what; made when it is asked for."""

    place: Organisation = field(
        default_factory=lambda: place("民政局", PlaceKind.DEPARTMENT, place())
    )
    people: dict[str, User] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for town in ("岳阳街道", "方松街道"):
            place(town, PlaceKind.TOWN, place())

    def who(self, role: str, number_: int = 1, at: Organisation | None = None) -> User:
        """Somebody in a role at the office; another number is another person."""
        name = f"{role}{number_}{at.name if at else ''}"
        if name not in self.people:
            known = User.objects.filter(username=name).first()
            self.people[name] = known or person(role, name, at or self.place)
        return self.people[name]

    @property
    def clerk(self) -> User:
        return self.who("发放经办")

    @property
    def checker(self) -> User:
        return self.who("发放清查")

    @property
    def cashier(self) -> User:
        return self.who("发放出纳")

    def approver(self, number_: int = 1) -> User:
        return self.who("发放审批", number_)

    def town(self, name: str) -> Organisation:
        return Organisation.objects.get(name=name)

    def receive(
        self, content: bytes = EVERYBODY, *, now: datetime | None = None,
        programme: str = OLD_AGE, kind: str = "grants", as_of: date = date(2023, 6, 30),
        name: str = "名单.csv",
    ) -> Received:  # fmt: skip
        return receive_list(
            content, name=name, place=self.place, programme=programme, kind=kind, as_of=as_of,
            acting_user=self.clerk, now=now or day(7, 1),
        )  # fmt: skip

    def computed(
        self, of: Month = JULY, *, programme: str = OLD_AGE, now: datetime | None = None,
        **more: object,
    ) -> Run:  # fmt: skip
        now = now or day(7, 3)
        run = open_run(
            self.place, programme=programme, month=of, acting_user=self.clerk, now=now, **more
        )
        run = freeze_run(run, acting_user=self.clerk, now=now)
        return compute_run(run, acting_user=self.clerk, now=now)

    def confirmed(self, run: Run, *, now: datetime | None = None) -> Run:
        """Every town confirms, and the office ends the confirming."""
        now = now or day(7, 5)
        for town in towns_in(run):
            if not town.confirmed:
                who = self.who("街镇确认", 1, town.place)
                confirm_roster(run, town.place, acting_user=who, now=now)
        return end_confirming(run, acting_user=self.checker, now=now)

    def approved(self, run: Run, *, now: datetime | None = None, number_: int = 1) -> Run:
        return approve_run(
            run, seen=run.asked_digest, acting_user=self.approver(number_), now=now or day(7, 6)
        )

    def sent(self, run: Run, *, now: datetime | None = None, layout: str = LAYOUT) -> Run:
        now = now or day(7, 7)
        for file in make_bank_file(run, layout, acting_user=self.cashier, now=now):
            take_bank_file(file, acting_user=self.cashier, now=now)
        return Run.objects.get(pk=run.pk)

    def answered(
        self, run: Run, *, now: datetime | None = None, on: str = "2023-07-14",
        failed: tuple[str, ...] = (), only: tuple[str, ...] | None = None,
    ) -> ReturnFile:  # fmt: skip
        """The bank answers every line of a run, or those of some people."""
        content = answer(run, on=on, failed=failed, only=only)
        return read_return(run, content, acting_user=self.cashier, now=now or day(7, 17))

    def closed(self, run: Run, *, now: datetime | None = None) -> Run:
        return close_run(run, acting_user=self.clerk, now=now or day(7, 18))


def line(try_: Try, outcome: str, *, on: str, at: int, fen: int | None = None) -> str:
    """One line of the answer of 招商银行's layout."""
    told = {"S": "", "E": "账户已销户", "R": "退汇"}.get(outcome, "")
    yuan = (try_.fen if fen is None else fen) / 100
    return f"{at}|{yuan:.2f}|{on}|{outcome}||{told}|{try_.reference}"


def returned(run: Run, *lines: str, total: int | None = None) -> bytes:
    """A file of these lines, with its head."""
    if total is None:
        total = sum(round(float(each.split("|")[1]) * 100) for each in lines)
    head = f"K{run.pk}-1|{len(lines)}|{total / 100:.2f}"
    return "\r\n".join([head, *lines, ""]).encode("gb18030")


def answer(
    run: Run, *, on: str = "2023-07-14", failed: tuple[str, ...] = (),
    only: tuple[str, ...] | None = None,
) -> bytes:  # fmt: skip
    """What the bank sends back for a run; people are named by the first sign of their names."""
    tries = Try.objects.filter(file__run=run).select_related("payment__person").order_by("line")
    mine = [t for t in tries if only is None or t.payment.person.name_masked[0] in only]
    return returned(
        run,
        *(
            line(t, "E" if t.payment.person.name_masked[0] in failed else "S", on=on, at=at)
            for at, t in enumerate(mine, start=1)
        ),
    )
