"""The money of one beneficiary and month: granted, waiting to be paid, with the bank, received, claimed.

    granted = received + in transit + payable + set off here
              − open claims − given up − set off elsewhere − switched − waiting

holds after every step, and no claim is ever about money that was not received. Each step tells the
movements that book it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kaoji.benefits.movements import MovementKind
from kaoji.benefits.reductions import (
    Arrear,
    Claim,
    Ground,
    OwedByOther,
    Settlement,
    settle_reduction,
)


@dataclass(frozen=True, slots=True)
class Moved:
    """What a step moved, in fen; below zero: taken back. *against* is the programme set off against."""

    kind: MovementKind
    fen: int
    against: str | None = None


@dataclass
class MonthAccount:
    """What stands of one month, in fen. *received* is what was credited and neither returned nor recovered.

    It is below zero where the bank took back what the person had *given back* already, on a paper.
    """

    granted: int = 0
    payable: int = 0
    in_transit: int = 0
    received: int = 0
    waiting: int = 0
    switched: int = 0
    set_off_here: int = 0
    given_back: int = 0
    claims: list[Claim] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)

    @property
    def open_claims(self) -> int:
        """What is still asked back."""
        return sum(claim.outstanding for claim in self.claims)

    @property
    def balance(self) -> int:
        """Nothing, or a fen was lost."""
        gone = sum(claim.waived + claim.written_off + claim.offset for claim in self.claims)
        held = self.received + self.in_transit + self.payable + self.set_off_here
        return self.granted - held + self.open_claims + gone + self.switched + self.waiting

    def grant(self, fen: int) -> Arrear:
        """A positive item: what waits and what is claimed falls first, the rest is to be paid."""
        self.granted += fen
        kept = min(fen, self.waiting)
        self.waiting -= kept
        self._book(MovementKind.ACCRUE, fen - kept)
        fallen, left = kept, fen - kept
        for place in reversed(range(len(self.claims))):  # the newest error is the one mended
            self.claims[place], arrear = self.claims[place].answer(left)
            self._book(MovementKind.OFFSET, arrear.reversed)
            fallen, left = fallen + arrear.reversed, arrear.paid
        self.payable += left
        return Arrear(fallen, left)

    def reduce(
        self,
        fen: int,
        *,
        ground: Ground,
        owed: Iterable[OwedByOther] = (),
        switch: Sequence[str] = (),
    ) -> Settlement:
        """A negative item of so many fen (above zero)."""
        if not 0 < fen <= self.granted:
            raise ValueError(fen)
        self.granted -= fen
        settled = settle_reduction(
            fen,
            payable=self.payable,
            in_transit=self.in_transit - self.waiting,
            owed=owed,
            switch=switch,
        )
        self._cancel(settled.cancelled)
        self.waiting += settled.waiting
        for other in settled.switched:
            self.switched += other.fen
            self._book(MovementKind.CLAIM, other.fen)
            self._book(MovementKind.OFFSET, other.fen, against=other.programme)
        self._claim(settled.claimed, ground)
        return settled

    def send(self, fen: int) -> None:
        """So much goes to the bank."""
        self.payable -= _within(fen, self.payable)
        self.in_transit += fen
        self._book(MovementKind.SEND, fen)

    def credit(self, fen: int) -> None:
        """The bank paid so much; what waited for that becomes a claim."""
        self.in_transit -= _within(fen, self.in_transit)
        self.received += fen
        self._book(MovementKind.CREDIT, fen)
        due_back = max(0, self.waiting - self.in_transit)
        self.waiting -= due_back
        self._claim(due_back, Ground.AFTER_DEATH)

    def fail(self, fen: int) -> None:
        """The bank could not pay so much; what waited for that is cancelled."""
        self.in_transit -= _within(fen, self.in_transit)
        self.payable += fen
        self._book(MovementKind.FAIL, fen)
        cancelled = min(self.waiting, fen)
        self.waiting -= cancelled
        self._cancel(cancelled)

    def give_back(self, fen: int) -> None:
        """The bank returned so much after it had paid: a claim on it falls.

        Who had given part of it back before has less of it than the bank takes: *received* falls below zero,
        and what exceeds is owed like the rest.
        """
        self.received -= _within(fen, self.received + self.given_back)
        self.payable += fen
        self._book(MovementKind.RETURN, fen)
        left = fen
        for place, claim in enumerate(self.claims):
            self.claims[place], fallen, regained = claim.fall(left)
            self._book(MovementKind.WRITE_OFF, -regained)
            self._book(MovementKind.OFFSET, fallen + regained)
            self.payable -= fallen + regained
            left -= fallen + regained

    def recover(self, place: int, fen: int) -> None:
        """So much of a decided claim came back."""
        self.claims[place] = self.claims[place].recover(fen)
        self.received -= fen
        self.given_back += fen
        self._book(MovementKind.RECOVER, fen)

    def write_off(self, place: int, fen: int) -> None:
        """So much of a decided claim will not come back."""
        self.claims[place] = self.claims[place].write_off(fen)
        self._book(MovementKind.WRITE_OFF, fen)

    def waive(self, place: int, fen: int) -> None:
        """So much of a decided claim is not asked for."""
        self.claims[place] = self.claims[place].waive(fen)
        self._book(MovementKind.WRITE_OFF, fen)

    def set_off(
        self, place: int, fen: int, other: MonthAccount, *, programme: str, allowed: bool
    ) -> None:
        """So much of a decided claim is kept from what another month of a *programme* is to be paid."""
        _within(fen, other.payable)
        self.claims[place] = self.claims[place].set_off(fen, allowed=allowed)
        other.take_off(fen)
        self._book(MovementKind.OFFSET, fen, against=programme)

    def take_off(self, fen: int) -> None:
        """So much of what is to be paid here settles something elsewhere, which books it."""
        self.payable -= _within(fen, self.payable)
        self.set_off_here += fen

    def overpaid(self, fen: int) -> None:
        """The bank paid so much besides: whoever has it owes it. Below zero: it came back, or is the payment now."""
        self._book(MovementKind.OVERPAY, fen)

    def regained(self, fen: int) -> None:
        """So much of what the bank paid besides came back from whoever had it."""
        self.given_back += fen
        self._book(MovementKind.RECOVER, fen)

    def _cancel(self, fen: int) -> None:
        self.payable -= fen
        self._book(MovementKind.CANCEL, fen)

    def _claim(self, fen: int, ground: Ground) -> None:
        if fen:
            self.claims.append(Claim(fen, ground))
            self._book(MovementKind.CLAIM, fen)

    def _book(self, kind: MovementKind, fen: int, *, against: str | None = None) -> None:
        if fen:
            self.moved.append(Moved(kind, fen, against))


def _within(fen: int, limit: int) -> int:
    if not 0 < fen <= limit:
        raise ValueError(fen)
    return fen
