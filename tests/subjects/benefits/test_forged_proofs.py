"""Whatever somebody forges of a proof is seen where it must be: against the log, the sums, or the law."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.db.models import F

from kaoji.platform.events.models import Event
from kaoji.subjects.benefits.models import (
    BankFile,
    DutyDone,
    Fact,
    Item,
    LeftOut,
    Movement,
    PayeeAccount,
    Payment,
    PaymentRequest,
    ReturnFile,
    ReturnLine,
    Run,
    Tally,
    Try,
)
from support.paid import JULY, Office
from support.proved import closed_run, cover_up, forge, proof_of, rewritten, told

pytestmark = pytest.mark.django_db

Forgery = Callable[[], object]
Files = dict[str, bytes]
FIRST = {"resends": None}


@pytest.fixture
def run(office: Office) -> Run:
    office.who("审计只读")  # appointed before anything is undone
    return closed_run(office)


@contextmanager
def undone() -> Iterator[None]:
    """What is done in here is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def of(name: str, path: str = "person") -> dict[str, object]:
    """The rows of somebody, by the first sign of their name."""
    return {f"{path}__name_masked__startswith": name}


# ---- on its way: a file of the proof is changed, and the manifest made again

# By table a column, and what a forger writes there instead in the first row.
CELLS = {
    "people": (1, "0" * 64),
    "facts": (6, "1930-01-01"),
    "listed": (1, "0" * 64),
    "sealed_rows": (4, "0" * 64),
    "items": (3, "77"),
    "left_out": (3, "late"),
    "doubts": (2, "none"),
    "decisions": (5, "release"),
    "requests": (2, "77"),
    "tries": (4, "77"),
    "answers": (5, "77"),
}
VOUCHED = (
    "benefit_lists", "benefit_runs", "benefit_confirmations", "benefit_duties", "benefit_files",
    "benefit_returns", "benefit_movements", "benefit_tallies", "events",
)  # fmt: skip


def other_cell(table: str) -> Callable[[Files], None]:
    column, value = CELLS[table]

    def change(files: Files) -> None:
        head, first, *others = files[f"{table}.csv"].decode().split("\r\n")
        cells = first.split(",")
        cells[column] = value
        lines = [head, ",".join(cells), *others]
        files[f"{table}.csv"] = "\r\n".join(lines).encode()

    return change


def row_out(table: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        head, _first, *others = files[f"{table}.csv"].split(b"\r\n")
        files[f"{table}.csv"] = b"\r\n".join([head, *others])

    return change


def second_number(files: Files) -> None:
    """Somebody known here under a number of ours, once more under another."""
    _head, first, *_others = files["people.csv"].decode().split("\r\n")
    files["people.csv"] += f"99,{first.split(',')[1]}\r\n".encode()


def other_day(table: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        content = files[f"{table}.jsonl"]
        assert b"2023-07" in content
        files[f"{table}.jsonl"] = content.replace(b"2023-07", b"2023-08", 1)

    return change


def line_out(table: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        _first, *others = files[f"{table}.jsonl"].split(b"\n")
        files[f"{table}.jsonl"] = b"\n".join(others)

    return change


def test_what_was_changed_on_its_way_is_seen_against_the_log(office: Office, run: Run):
    proof = proof_of(office, run)
    changes = {
        **{f"a cell of {table}": other_cell(table) for table in CELLS},
        **{f"a row out of {table}": row_out(table) for table in CELLS},
        **{f"a day of {table}": other_day(table) for table in VOUCHED},
        **{f"a line out of {table}": line_out(table) for table in VOUCHED},
        "two numbers of one person": second_number,
    }

    unseen = [
        what for what, change in changes.items() if not told(rewritten(proof, change))["V1"]
    ]

    assert unseen == []


def test_another_law_is_seen_against_the_run(office: Office, run: Run):
    def change(files: Files) -> None:
        files["law.json"] = files["law.json"].replace(b"15000", b"25000")

    found = told(rewritten(proof_of(office, run), change))

    assert any("所依的法规散列应为" in each for each in found["V1"])
    assert found["V3"] == [f"批次 {run.pk} 所依的法规不在导出里，不能重算"]


def test_a_file_that_is_not_what_the_manifest_says_is_named(office: Office, run: Run):
    proof = proof_of(office, run)

    def change(files: Files) -> None:
        files["items.csv"] += files["items.csv"].split(b"\r\n")[1] + b"\r\n"

    found = told(rewritten(proof, change, remake=False))

    assert found["V1"][0] == "文件 items.csv 与清单的散列不符"


# ---- at home: somebody with database and program, who also writes the log again

V2: dict[str, tuple[Forgery, str]] = {
    "one person prepared and approved": (
        lambda: (
            forge(DutyDone, {"duty": "approve", "run__resends": None},
                  made_by=DutyDone.objects.filter(duty="prepare").first().made_by),
        ),
        "的审批和经办是同一人",
    ),
    "another sum was approved": (
        lambda: sign_another("fen", 1),
        "审批的是 0.01 元，送审的是",
    ),
    "something else was approved": (
        lambda: sign_another("digest", "0" * 64),
        "审批的是 0000",
    ),
    "nobody approved": (
        lambda: forge(DutyDone, {"duty": "approve", "run__resends": None}, duty="review"),
        "须 1 人审批，只有 0 人",
    ),
    "a movement is a fen more": (
        lambda: forge(Movement, {"kind": "credit", "run__resends": None}, fen=F("fen") + 1),
        "到账记账",
    ),
    "the sum of a run": (
        lambda: forge(Run, FIRST, fen=F("fen") + 100),
        "的应发写",
    ),
    "the people of a run": (
        lambda: forge(Run, FIRST, people=3),
        "的人数写 3，逐行数来是 4",
    ),
    "a payment that no item grants": (
        lambda: forge(PaymentRequest, of("李") | {"run__resends": None},
                      fen=90000, months=[[JULY, 90000]]),
        "申请支付 900.00 元，核定为 150.00 元",
    ),
    "an account that nobody approved": (
        lambda: forge(Try, of("李", "payment__person"),
                      account=PayeeAccount.objects.filter(**of("张")).first()),
        "审批的是账户",
    ),
    "an account that is another's": (
        lambda: (
            forge(Try, of("李", "payment__person"),
                  account=PayeeAccount.objects.filter(**of("张")).first()),
            forge(PaymentRequest, of("李"),
                  account=PayeeAccount.objects.filter(**of("张")).first()),
        ),
        "不是本人登记的",
    ),
    "more sent than approved": (
        lambda: (
            forge(Try, of("李", "payment__person"), fen=90000, months=[[JULY, 90000]]),
            forge(Payment, of("李"), fen=90000),
        ),
        "报盘 900.00 元，审批的是 150.00 元",
    ),
    "the total of a bank file": (
        lambda: forge(BankFile, {"run__resends": None}, fen=1),
        "的金额写 0.01 元",
    ),
    "a failed payment called credited": (
        lambda: forge(ReturnLine, {"outcome": "failed"} | of("赵", "answers__payment__person"),
                      outcome="credited"),
        "的到账写",
    ),
    "an answer about another sum": (
        lambda: forge(ReturnLine, of("李", "answers__payment__person"), fen=1),
        "行写 0.01 元，逐行加起来是 450.00 元",
    ),
    "a line that was never answered": (
        lambda: forge(ReturnLine, of("李", "answers__payment__person"), outcome="pending"),
        "没有回盘",
    ),
    "a payment credited above its sum": (
        lambda: forge(Payment, of("李"), fen=1),
        "到账 450.00 元，应付 0.01 元",
    ),
    "the total of what came back": (
        lambda: forge(ReturnFile, {"run__resends": None}, credited=1),
        "的到账写 0.01 元",
    ),
    "a better rate on the day": (
        lambda: forge(Tally, {"statistic": "timely", "basis": "on_day", "numerator": 0},
                      numerator=F("denominator")),
        "及时率（当日口径）写",
    ),
    "a better rate by now": (
        lambda: forge(Tally, {"statistic": "right_money", "basis": "now"},
                      numerator=F("denominator")),
        "（现时口径）写",
    ),
    "more of those entitled paid": (
        lambda: forge(Tally, {"statistic": "covered", "numerator": 0}, numerator=F("denominator")),
        "应补尽补率",
    ),
    "a late town's items out of the rates": (
        lambda: forge(LeftOut, {}, why="stopped"),
        "重算为",
    ),
}  # fmt: skip


def sign_another(name: str, value: object) -> None:
    """What an approval is said to have signed."""
    event = Event.objects.filter(type="benefits.run_approved").order_by("sequence").first()
    forge(Event, {"pk": event.pk}, payload=event.payload | {name: value})


def test_who_writes_the_log_again_is_seen_by_the_sums(office: Office, run: Run):
    unseen = []
    for what, (forgery, why) in V2.items():
        with undone():
            forgery()
            cover_up()
            found = told(proof_of(office, run))
        if found["V1"] or found["V3"] or not any(why in each for each in found["V2"]):
            unseen.append((what, found))

    assert unseen == []


# ---- sums, files, answers, movements and rates agree; only the law knows better

MORE = 10_000


def pay_more_in_everything() -> None:
    """李夏 gets 100 yuan more for July: item, request, line, answer, movements, rates and every total."""
    mine = of("李")
    tries = of("李", "payment__person")
    town = Item.objects.filter(**mine).first().town
    [try_] = Try.objects.filter(**tries)
    months = [[m, fen + MORE if m == JULY else fen] for m, fen in try_.months]
    forge(Item, mine | {"month": JULY}, fen=F("fen") + MORE)
    forge(Run, FIRST, fen=F("fen") + MORE, approved_fen=F("approved_fen") + MORE)
    forge(PaymentRequest, mine, fen=F("fen") + MORE, months=months)
    forge(Try, tries, fen=F("fen") + MORE, months=months)
    forge(Payment, mine, fen=F("fen") + MORE)
    forge(BankFile, {"pk": try_.file_id}, fen=F("fen") + MORE)
    forge(ReturnLine, {"answers": try_}, fen=F("fen") + MORE)
    forge(ReturnFile, {"run__resends": None}, credited=F("credited") + MORE)
    for kind in ("accrue", "send", "credit"):
        forge(Movement, {"kind": kind, "town": town, "run__resends": None}, fen=F("fen") + MORE)
    forge(Tally, {"statistic": "right_money", "town": town},
          numerator=F("numerator") + MORE, denominator=F("denominator") + MORE)  # fmt: skip
    event = Event.objects.get(type="benefits.run_approved", payload__fen__gt=100_000)
    forge(Event, {"pk": event.pk}, payload=event.payload | {"fen": event.payload["fen"] + MORE})


V3: dict[str, tuple[Forgery, str]] = {
    "more than the law gives, in everything": (
        pay_more_in_everything, "2023-07记 250.00 元，由规定和事实重算为 150.00 元",
    ),
    "an older person than the facts say": (
        lambda: forge(Fact, of("李") | {"kind": "birth"}, value="1960-03-01", since="1960-03-01"),
        "2023-07记 150.00 元，由规定和事实重算为 0.00 元",
    ),
    "a later day by which it is timely": (
        lambda: forge(Item, {"change": "new"} | of("李"), due_on="2023-07-31"),
        "的应到账日记为 2023-07-31，重算为",
    ),
}  # fmt: skip


def test_what_the_law_does_not_give_is_seen_by_reckoning_again(office: Office, run: Run):
    unseen = []
    for what, (forgery, why) in V3.items():
        with undone():
            forgery()
            cover_up()
            found = told(proof_of(office, run))
        if found["V1"] or found["V2"] or not any(why in each for each in found["V3"]):
            unseen.append((what, found))

    assert unseen == []
