"""Whatever is granted, taken back, sent, answered late and paid twice of one month: no fen is lost or paid again."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from kaoji.benefits.purses import Money

TOWNS = (1, 2)
STEPS = ("grant", "reduce", "send", "credit", "fail", "late credit", "give back", "recover")
asked = st.lists(
    st.tuples(
        st.sampled_from(STEPS), st.integers(0, 9), st.sampled_from((2_500, 7_500, 9_000))
    ),
    max_size=30,
)


class Month:
    """A month as the bank sees it: which tries it holds, and how they stand."""

    def __init__(self) -> None:
        self.money = Money()
        self.granted = self.runs = self.recovered = 0
        self.tries: list[list] = []  # [run, fen, state]

    def step(self, name: str, which: int, fen: int) -> None:
        if name == "grant":
            self.runs += 1
            self.money.grant(self.runs, TOWNS[which % 2], 2023 + which % 2, fen)
            self.granted += fen
        elif name == "reduce":
            part = min(fen, self.granted)
            if part:
                self.money.grant(0, 1, 2023, -part)
                self.granted -= part
        elif name == "send":
            self._send(which)
        elif name == "recover":
            self._recover(which, fen)
        else:
            self._answer(name, which)

    def _send(self, which: int) -> None:
        owing = [run for run in self.money.purses if self.money.payable(run)]
        if owing:
            run = owing[which % len(owing)]
            fen = self.money.payable(run)
            self.tries.append([run, fen, "sent"])
            self.money.purses[run].step("send", fen, len(self.tries))

    def _recover(self, which: int, fen: int) -> None:
        """Somebody gives back of what the bank had paid besides."""
        owing = [
            (purse, sending, open_)
            for purse in self.money.purses.values()
            for sending, open_ in purse.besides.items()
        ]
        if owing:
            purse, sending, open_ = owing[which % len(owing)]
            purse.step("recover", min(fen, open_), sending)
            self.recovered += min(fen, open_)

    def _answer(self, name: str, which: int) -> None:
        of, after, moves = {
            "credit": ("sent", "credited", ("credit",)),
            "fail": ("sent", "failed", ("fail",)),
            "late credit": ("failed", "credited", ("send", "credit")),
            "give back": ("credited", "returned", ("give_back",)),
        }[name]
        found = [at for at, each in enumerate(self.tries) if each[2] == of]
        if found:
            at = found[which % len(found)]
            run, fen, _state = self.tries[at]
            self.tries[at][2] = after
            for move in moves:
                self.money.purses[run].step(move, fen, at + 1)


@settings(max_examples=300, deadline=None)
@given(asked)
def test_every_step_leaves_the_books_even_and_nothing_below_nought(steps):
    month = Month()
    for step in steps:
        month.step(*step)

        accounts = [purse.account for purse in month.money.purses.values()]
        assert all(account.balance == 0 for account in accounts)
        assert sum(account.granted for account in accounts) == month.granted
        for account in accounts:
            assert min(account.payable, account.in_transit, account.waiting) >= 0
            # Who gave back what the bank takes back too has paid twice: no more than was given back is owed for it.
            assert account.received >= -account.given_back
            assert account.open_claims <= max(account.received, 0)


@settings(max_examples=300, deadline=None)
@given(asked)
def test_what_the_bank_paid_is_what_was_received_and_what_it_paid_besides(steps):
    month = Month()
    for step in steps:
        month.step(*step)

    credited = sum(fen for _run, fen, state in month.tries if state == "credited")
    received = sum(purse.account.received for purse in month.money.purses.values())
    besides = sum(sum(purse.besides.values()) for purse in month.money.purses.values())
    assert credited == received + besides + month.recovered


@settings(max_examples=300, deadline=None)
@given(asked)
def test_the_bank_account_is_as_the_bank_tells_it_and_what_is_owed_is_receivable(steps):
    """Counted by hand from what the bank did, whatever of it was a payment."""
    month = Month()
    for step in steps:
        month.step(*step)

    booked: Counter[str] = Counter()
    claims = 0
    for purse in month.money.purses.values():
        for moved in purse.account.moved:
            booked[moved.kind.value] += moved.fen
        claims += purse.account.open_claims + sum(purse.besides.values())
    credited = sum(fen for _run, fen, state in month.tries if state == "credited")
    left = booked["credit"] - booked["return"] + booked["overpay"] - booked["recover"]
    assert left == credited - month.recovered
    receivable = booked["claim"] + booked["overpay"] - booked["recover"] - booked["offset"]
    assert receivable == claims


@settings(max_examples=200, deadline=None)
@given(asked)
def test_nothing_is_payable_while_the_bank_has_paid_it_besides(steps):
    month = Month()
    for step in steps:
        month.step(*step)
        for purse in month.money.purses.values():
            assert not (purse.account.payable and purse.besides)
