"""Less than was granted: what becomes of it, in this order.

    1 not credited yet        cancel   no letter: in the commonest death the account was closed
      with the bank           wait     for its answer: then 1, or 2 and 3
    2 owed by another benefit switch   one net figure, where the law names the pair
    3 only the rest           claim    with debtor and ground; nothing happens before its decision

And the way back: a month with an open claim that is due again first reverses the claim; only what
was already recovered is paid out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from kaoji.benefits.fen import written_fen
from kaoji.core.speech import Sentence, say


class Ground(StrEnum):
    """Why money that was received should not have been."""

    FALSE_STATEMENT = "false_statement"
    OWN_ERROR = "own_error"
    AFTER_DEATH = "after_death"
    LAW = "law"


class Debtor(StrEnum):
    """From whom it is claimed."""

    SELF = "self"
    PAYEE = "payee"
    ESTATE = "estate"
    OPERATOR = "operator"
    UNKNOWN = "unknown"


GROUND_NAMES = {
    Ground.FALSE_STATEMENT: "虚报、隐瞒、伪造",
    Ground.OWN_ERROR: "经办差错",
    Ground.AFTER_DEATH: "死亡后发放",
    Ground.LAW: "法规明文追溯",
}


@dataclass(frozen=True, slots=True)
class OwedByOther:
    """What another programme owes the same payee for the same month."""

    programme: str
    fen: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """How one reduction is settled; the parts add up to it."""

    cancelled: int
    waiting: int
    switched: tuple[OwedByOther, ...]
    claimed: int

    @property
    def fen(self) -> int:
        """The whole reduction."""
        switched = sum(other.fen for other in self.switched)
        return self.cancelled + self.waiting + switched + self.claimed


def settle_reduction(
    fen: int,
    *,
    payable: int,
    in_transit: int = 0,
    owed: Iterable[OwedByOther] = (),
    switch: Iterable[str] = (),
) -> Settlement:
    """Settle a reduction of so many *fen* of a month of which so much is not credited yet.

    What still lies with us is cancelled; what is with the bank waits for its answer; so a claim is
    only ever about money that was received.
    """
    cancelled = min(fen, payable)
    waiting = min(fen - cancelled, in_transit)
    rest, switched, named = fen - cancelled - waiting, [], set(switch)
    for other in owed:
        taken = min(rest, other.fen) if other.programme in named else 0
        if taken > 0:
            switched.append(replace(other, fen=taken))
            rest -= taken
    return Settlement(cancelled, waiting, tuple(switched), rest)


@dataclass(frozen=True, slots=True)
class Arrear:
    """How a positive difference of a month is settled: first the claim falls, the rest is paid."""

    reversed: int
    paid: int


class UnableToMoveClaim(ValueError):
    """A claim may not be moved so: the sentence says why, and what would allow it."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


@dataclass(frozen=True, slots=True)
class Claim:
    """Money received that should not have been, and what became of it; all in fen."""

    fen: int
    ground: Ground
    debtor: Debtor = Debtor.UNKNOWN
    decided: bool = False
    recovered: int = 0
    offset: int = 0
    waived: int = 0
    written_off: int = 0
    reversed: int = 0

    @property
    def outstanding(self) -> int:
        """What is still open of it."""
        gone = self.recovered + self.offset + self.waived + self.written_off + self.reversed
        return self.fen - gone

    def decide(self) -> Claim:
        """The claim with its decision: from now on it may be sent, recovered or waived."""
        return replace(self, decided=True)

    def recover(self, fen: int) -> Claim:
        """So much came back."""
        self._allow(fen)
        return replace(self, recovered=self.recovered + fen)

    def set_off(self, fen: int, *, allowed: bool) -> Claim:
        """So much was kept from another payment, where the law lets a decision do that."""
        if not allowed:
            raise UnableToMoveClaim(say("这一项目不得抵扣；请另行追缴"))
        self._allow(fen)
        return replace(self, offset=self.offset + fen)

    def waive(self, fen: int) -> Claim:
        """So much is not asked for."""
        self._allow(fen)
        return replace(self, waived=self.waived + fen)

    def write_off(self, fen: int) -> Claim:
        """So much will not come back."""
        self._allow(fen)
        return replace(self, written_off=self.written_off + fen)

    def answer(self, fen: int) -> tuple[Claim, Arrear]:
        """The month is due again by so many *fen*: the open claim falls first."""
        fallen = min(fen, self.outstanding)
        return replace(self, reversed=self.reversed + fallen), Arrear(fallen, fen - fallen)

    def fall(self, fen: int) -> tuple[Claim, int, int]:
        """The bank returned so many fen of this money: what is open falls, then what was given up.

        Tells how much fell of each.
        """
        fallen = min(fen, self.outstanding)
        waived = min(fen - fallen, self.waived)
        written_off = min(fen - fallen - waived, self.written_off)
        regained = waived + written_off
        claim = replace(
            self,
            waived=self.waived - waived,
            written_off=self.written_off - written_off,
            reversed=self.reversed + fallen + regained,
        )
        return claim, fallen, regained

    def _allow(self, fen: int) -> None:
        if not self.decided:
            raise UnableToMoveClaim(
                say("追缴还没有决定，不得收回、抵扣、减免或核销；请先作出决定")
            )
        if not 0 < fen <= self.outstanding:
            raise UnableToMoveClaim(
                say(
                    "{amount} 元超出追缴余额 {left} 元；请核对金额",
                    amount=written_fen(fen),
                    left=written_fen(self.outstanding),
                )
            )
