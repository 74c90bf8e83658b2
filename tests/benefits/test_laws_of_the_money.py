"""What must hold of the money, whatever the bank answers and in which order."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaoji.benefits.accounts import MonthAccount
from kaoji.benefits.movements import (
    ENTRIES,
    MOVEMENT_NAMES,
    Account,
    Book,
    Dimensions,
    Movement,
    MovementKind,
    Part,
    UnableToBook,
    entries,
    grouped,
)
from kaoji.benefits.reductions import (
    Claim,
    Ground,
    OwedByOther,
    UnableToMoveClaim,
    settle_reduction,
)

fast = settings(max_examples=80)
fen = st.integers(1, 500_000)
# Which of the steps that are possible then, and how much; few amounts, so that they often meet.
steps = st.lists(
    st.tuples(st.integers(0, 10), st.sampled_from([1, 100, 250, 10_000])),
    min_size=4,
    max_size=25,
)
OTHER = OwedByOther("tekun", 60)


class Life:
    """One month's money and another month to set off against, moved at random, counted by hand."""

    def __init__(self) -> None:
        self.month, self.other = MonthAccount(), MonthAccount()
        self.other.grant(10**9)
        self.items = 0
        self.bank_paid = self.bank_back = self.recovered = 0

    def take(self, choice: int, wanted: int) -> None:
        most = self._possible()
        verb = list(most)[choice % len(most)]
        getattr(self, f"_{verb}")(min(wanted, most[verb]))

    def _possible(self) -> dict[str, int]:
        month = self.month
        undecided = sum(not claim.decided for claim in month.claims)
        left = month.claims[self._place()].outstanding if self._place() is not None else 0
        limits = {
            "grant": 10**6, "reduce": month.granted, "send": month.payable,
            "credit": month.in_transit, "fail": month.in_transit, "give_back": month.received,
            "decide": undecided, "recover": left, "waive": left, "write_off": left, "set_off": left,
        }  # fmt: skip
        return {verb: most for verb, most in limits.items() if most}

    def _place(self) -> int | None:
        open_claims = [
            n
            for n, claim in enumerate(self.month.claims)
            if claim.decided and claim.outstanding
        ]
        return open_claims[0] if open_claims else None

    def _grant(self, part: int) -> None:
        self.items += part
        self.month.grant(part)

    def _reduce(self, part: int) -> None:
        self.items -= part
        self.month.reduce(part, ground=Ground.AFTER_DEATH, owed=[OTHER], switch=["tekun"])

    def _send(self, part: int) -> None:
        self.month.send(part)

    def _credit(self, part: int) -> None:
        self.bank_paid += part
        self.month.credit(part)

    def _fail(self, part: int) -> None:
        self.month.fail(part)

    def _give_back(self, part: int) -> None:
        self.bank_back += part
        self.month.give_back(part)

    def _decide(self, part: int) -> None:
        self.month.claims[:] = [claim.decide() for claim in self.month.claims]

    def _recover(self, part: int) -> None:
        self.recovered += part
        self.month.recover(self._place(), part)

    def _waive(self, part: int) -> None:
        self.month.waive(self._place(), part)

    def _write_off(self, part: int) -> None:
        self.month.write_off(self._place(), part)

    def _set_off(self, part: int) -> None:
        self.month.set_off(self._place(), part, self.other, programme="tekun", allowed=True)


@fast
@given(steps)
def test_i5_no_fen_is_lost_between_what_is_due_and_where_it_is(moves):
    life = Life()
    for verb, wanted in moves:
        life.take(verb, wanted)
        month = life.month
        gone = sum(c.waived + c.written_off + c.offset for c in month.claims)
        assert month.received == life.bank_paid - life.bank_back - life.recovered
        assert life.items == month.granted == (
            month.received + month.in_transit + month.payable
            - month.open_claims - gone - month.switched - month.waiting
        )  # fmt: skip
        assert life.month.balance == life.other.balance == 0
        elsewhere = (
            month.switched + sum(claim.offset for claim in month.claims) + life.recovered
        )
        assert month.payable + month.in_transit <= month.granted + month.waiting + elsewhere
        assert min(month.payable, month.in_transit, month.received, month.waiting) >= 0


@fast
@given(steps)
def test_i15_nothing_is_claimed_that_was_not_received(moves):
    life = Life()
    for verb, wanted in moves:
        life.take(verb, wanted)
        assert life.month.open_claims <= life.month.received
        assert all(claim.outstanding >= 0 for claim in life.month.claims)


@fast
@given(steps)
def test_i3_movements_add_up_to_the_items_and_i4_both_sides_agree(moves):
    life, where, book = Life(), Dimensions("child_living", 2023, town="泗泾镇"), Book()
    tekun = Dimensions("tekun", 2023, town="泗泾镇")
    book.book(Movement(MovementKind.ACCRUE, 10**9, tekun, date(2023, 7, 5), "tekun"))
    for number, (verb, wanted) in enumerate(moves):
        before = len(life.month.moved)
        life.take(verb, wanted)
        parts = [
            Part(moved.kind, moved.fen, where, tekun if moved.against else None)
            for moved in life.month.moved[before:]
        ]
        for movement in grouped(parts, on=date(2023, 7, 10), cause=f"{number}"):
            book.book(movement)
            assert not book.book(movement)  # booked twice is booked once

    assert sum(book.balances.values()) == 0
    assert book.balances[Account.COST, where] == life.items + life.month.waiting
    assert -book.balances[Account.PAYABLE, where] == life.month.payable
    assert -book.balance(Account.BANK) == life.month.received
    gone = sum(claim.waived + claim.written_off for claim in life.month.claims)
    assert book.balance(Account.LOSS) == gone
    assert -book.balance(Account.IN_TRANSIT) == life.month.in_transit
    assert book.balance(Account.RECEIVABLE) == life.month.open_claims


def test_the_kinds_of_movement_are_those_of_the_design_and_no_others():
    """Typed from the table of the design, and what the bank pays besides: kind, debit, credit."""
    table = """
        allot quota budget; draw bank quota; carry quota quota; accrue cost payable;
        cancel payable cost; send payable in_transit; credit in_transit bank;
        fail in_transit payable; return bank payable; settle_town bank town; clear town meal_cost;
        overpay receivable bank; claim receivable cost; recover bank receivable; offset payable receivable;
        write_off loss receivable; owe cost treasury_due; surrender treasury_due bank;
        fund_reserve reserve bank; interest reserve treasury_due; confirm_meals meal_cost canteen;
        pay_canteen canteen reserve; fail_canteen reserve canteen"""
    wanted = {
        tuple(line.split()) for line in table.replace("\n", " ").split(";") if line.strip()
    }

    assert {(k.value, d.value, c.value) for k, (d, c) in ENTRIES.items()} == wanted
    assert len(ENTRIES) == 23
    assert ENTRIES.keys() == MOVEMENT_NAMES.keys() == set(MovementKind)


HERE = Dimensions("meals", 2023)


def moved(
    kind: MovementKind, amount: int, cause: str = "1", *, counter: bool = False
) -> Movement:
    return Movement(kind, amount, HERE, date(2023, 7, 1), cause, counter=counter)


@given(st.sampled_from(list(MovementKind)), fen, st.booleans())
def test_i4_every_movement_has_two_sides(kind, amount, counter):
    both = list(entries(moved(kind, amount, counter=counter)))

    assert sum(part for _account, _where, part in both) == 0
    assert len(both) == 2


def test_what_is_carried_arrives_in_the_next_year():
    book = Book()
    book.book(moved(MovementKind.ALLOT, 500))
    book.book(moved(MovementKind.CARRY, 200))

    assert book.balances[Account.QUOTA, HERE] == 300
    assert book.balances[Account.QUOTA, Dimensions("meals", 2024)] == 200


def test_i4_no_balance_falls_below_zero_where_it_may_not():
    book = Book()
    book.book(moved(MovementKind.FUND_RESERVE, 100))
    book.book(moved(MovementKind.CONFIRM_MEALS, 300))

    with pytest.raises(UnableToBook, match=r"划转 3\.00 元超出余额，差 2\.00 元；请先核对"):
        book.book(moved(MovementKind.PAY_CANTEEN, 300))
    assert book.balance(Account.RESERVE) == 100  # nothing was half booked
    assert book.balance(Account.CANTEEN) == -300

    Book(overdraft=[HERE]).book(moved(MovementKind.DRAW, 1))
    with pytest.raises(UnableToBook, match="须大于零"):
        book.book(moved(MovementKind.ALLOT, 0))
    with pytest.raises(UnableToBook, match="请另记一笔更正"):
        book.book(moved(MovementKind.FUND_RESERVE, 90))


def test_what_is_switched_lessens_what_the_other_benefit_owes():
    month, here, tekun, book = MonthAccount(), HERE, Dimensions("tekun", 2023), Book()
    book.book(Movement(MovementKind.ACCRUE, 197_000, tekun, date(2023, 9, 4), "tekun"))
    month.grant(250_000)
    month.send(250_000)
    month.credit(250_000)

    month.reduce(
        250_000, ground=Ground.LAW, owed=[OwedByOther("tekun", 197_000)], switch=["tekun"]
    )

    parts = [Part(m.kind, m.fen, here, tekun if m.against else None) for m in month.moved]
    for number, part in enumerate(parts):
        for movement in grouped([part], on=date(2023, 9, 4), cause=f"{number}"):
            book.book(movement)
    assert book.balances[Account.PAYABLE, tekun] == 0
    assert book.balances[Account.RECEIVABLE, here] == 53_000
    assert book.balances[Account.COST, here] == 0


def test_i18_a_withdrawn_death_leaves_cash_and_claims_as_they_were():
    untouched, told = MonthAccount(), MonthAccount()
    for account in (untouched, told):
        account.grant(250_000)
        account.send(250_000)
        account.credit(250_000)

    told.reduce(250_000, ground=Ground.AFTER_DEATH)
    arrear = told.grant(250_000)

    assert (arrear.reversed, arrear.paid) == (250_000, 0)
    assert told.open_claims == untouched.open_claims == 0
    assert (told.received, told.payable) == (untouched.received, untouched.payable)


@fast
@given(steps, fen)
def test_i18_what_is_taken_and_given_again_leaves_everything_as_it_was(moves, wanted):
    life = Life()
    for choice, part in moves:
        life.take(choice, part)
    month = life.month
    before = (
        month.received,
        month.in_transit,
        month.payable - month.open_claims - month.waiting,
    )
    part = min(wanted, month.granted)
    if part:
        month.reduce(part, ground=Ground.AFTER_DEATH)
        month.grant(part)

    after = (
        month.received,
        month.in_transit,
        month.payable - month.open_claims - month.waiting,
    )
    assert after == before


def test_i18_what_was_already_recovered_is_paid_out_again():
    account = MonthAccount()
    account.grant(250_000)
    account.send(250_000)
    account.credit(250_000)
    account.reduce(250_000, ground=Ground.AFTER_DEATH)
    account.claims[0] = account.claims[0].decide()
    account.recover(0, 100_000)

    arrear = account.grant(250_000)

    assert (arrear.reversed, arrear.paid) == (150_000, 100_000)


def test_a_reduction_waits_for_the_bank_while_money_is_on_its_way():
    paid, failed = MonthAccount(), MonthAccount()
    for account in (paid, failed):
        account.grant(18_000)
        account.send(18_000)
        account.reduce(18_000, ground=Ground.AFTER_DEATH)
        assert account.open_claims == account.payable == 0

    paid.credit(18_000)
    failed.fail(18_000)

    assert paid.open_claims == 18_000
    assert failed.open_claims == failed.payable == 0


def test_a_reduction_is_cancelled_then_switched_then_claimed():
    """The example of the design: 2,500 less, 特困 owes 1,970 for the month, 530 are claimed."""
    owed = [OwedByOther("tekun", 197_000), OwedByOther("dibao", 90_000)]

    settled = settle_reduction(250_000, payable=0, owed=owed, switch=["tekun"])
    returned = settle_reduction(250_000, payable=250_000, owed=owed, switch=["tekun"])

    assert (settled.cancelled, settled.switched, settled.claimed) == (0, (owed[0],), 53_000)
    assert (returned.cancelled, returned.switched, returned.claimed) == (250_000, (), 0)


def test_a_claim_moves_only_after_its_decision_and_never_beyond_itself():
    claim = Claim(53_000, Ground.AFTER_DEATH)

    for move in (claim.recover, claim.waive, claim.write_off):
        with pytest.raises(UnableToMoveClaim, match="追缴还没有决定"):
            move(1)
    with pytest.raises(UnableToMoveClaim, match="这一项目不得抵扣"):
        claim.decide().set_off(1, allowed=False)
    with pytest.raises(UnableToMoveClaim, match=r"530\.01 元超出追缴余额 530\.00 元"):
        claim.decide().recover(53_001)
    assert claim.answer(53_000)[0].outstanding == 0  # only reversed without a decision


DAY = date(2023, 7, 10)


def test_movements_of_a_run_are_grouped_by_kind_and_town():
    one, two = Dimensions("x", 2023, town="甲镇"), Dimensions("x", 2023, town="乙镇")
    parts = [
        Part(MovementKind.ACCRUE, 5, one), Part(MovementKind.ACCRUE, 6, one),
        Part(MovementKind.ACCRUE, 7, two), Part(MovementKind.CANCEL, 0, one),
    ]  # fmt: skip

    made = grouped(parts, on=DAY, cause="r1")

    assert Counter({(m.dimensions.town, m.fen, m.count): 1 for m in made}) == Counter(
        {("甲镇", 11, 2): 1, ("乙镇", 7, 1): 1}
    )


def test_what_is_booked_is_not_asked_again_and_what_mends_a_balance_is_welcome():
    book = Book()
    book.carry(moved(MovementKind.ACCRUE, 100))
    # Two who did not wait for each other: 200 too much.
    book.carry(moved(MovementKind.SEND, 300))
    assert book.balance(Account.PAYABLE) == 200

    assert book.book(moved(MovementKind.ACCRUE, 150, "later"))
    assert book.book(moved(MovementKind.CREDIT, 300, "later"))
    with pytest.raises(UnableToBook):
        book.book(moved(MovementKind.SEND, 1, "later"))
