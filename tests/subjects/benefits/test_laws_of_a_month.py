"""Whatever is granted, taken back, sent, answered late and paid twice of one month: no fen is lost or paid again."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kaoji.benefits.purses import Money

TOWNS = (1, 2)
STEPS = ("grant", "reduce", "send", "credit", "fail", "late credit", "give back")
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
        self.granted = self.runs = 0
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
        else:
            self._answer(name, which)

    def _send(self, which: int) -> None:
        owing = [run for run in self.money.purses if self.money.payable(run)]
        if owing:
            run = owing[which % len(owing)]
            fen = self.money.payable(run)
            self.tries.append([run, fen, "sent"])
            self.money.purses[run].step("send", fen, len(self.tries))

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
            assert (
                min(account.payable, account.in_transit, account.received, account.waiting) >= 0
            )
            assert account.open_claims <= account.received


@settings(max_examples=300, deadline=None)
@given(asked)
def test_what_the_bank_paid_is_what_was_received_and_what_it_paid_besides(steps):
    month = Month()
    for step in steps:
        month.step(*step)

    credited = sum(fen for _run, fen, state in month.tries if state == "credited")
    received = sum(purse.account.received for purse in month.money.purses.values())
    besides = sum(sum(purse.besides.values()) for purse in month.money.purses.values())
    assert credited == received + besides
