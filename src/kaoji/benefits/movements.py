"""Double entry for money at control level; items are the sub-ledger that adds up to it.

A state machine of items cannot show a reserve that must not go negative or half a claim taken
back: those are balances. There are 23 kinds of movement and no others; a mistake is mended by a
counter-movement, nothing is changed or deleted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kaoji.benefits.fen import written_fen
from kaoji.core.speech import Sentence, say


class Account(StrEnum):
    """The accounts of the sub-ledger."""

    BUDGET = "budget"
    QUOTA = "quota"
    BANK = "bank"
    COST = "cost"
    PAYABLE = "payable"
    IN_TRANSIT = "in_transit"
    RECEIVABLE = "receivable"
    LOSS = "loss"
    TREASURY_DUE = "treasury_due"
    RESERVE = "reserve"
    MEAL_COST = "meal_cost"
    CANTEEN = "canteen"
    TOWN = "town"


class MovementKind(StrEnum):
    """What can happen to money, and nothing else can."""

    ALLOT = "allot"
    DRAW = "draw"
    CARRY = "carry"
    ACCRUE = "accrue"
    CANCEL = "cancel"
    SEND = "send"
    CREDIT = "credit"
    FAIL = "fail"
    RETURN = "return"
    SETTLE_TOWN = "settle_town"
    CLEAR = "clear"
    OVERPAY = "overpay"
    CLAIM = "claim"
    RECOVER = "recover"
    OFFSET = "offset"
    WRITE_OFF = "write_off"
    OWE = "owe"
    SURRENDER = "surrender"
    FUND_RESERVE = "fund_reserve"
    INTEREST = "interest"
    CONFIRM_MEALS = "confirm_meals"
    PAY_CANTEEN = "pay_canteen"
    FAIL_CANTEEN = "fail_canteen"


MOVEMENT_NAMES = {
    MovementKind.ALLOT: "下达额度",
    MovementKind.DRAW: "国库拨付",
    MovementKind.CARRY: "结转",
    MovementKind.ACCRUE: "计提",
    MovementKind.CANCEL: "核减",
    MovementKind.SEND: "报盘",
    MovementKind.CREDIT: "到账",
    MovementKind.FAIL: "失败",
    MovementKind.RETURN: "退票",
    MovementKind.SETTLE_TOWN: "街镇缴付",
    MovementKind.CLEAR: "年终清算",
    MovementKind.OVERPAY: "银行多付",
    MovementKind.CLAIM: "追缴立项",
    MovementKind.RECOVER: "收回",
    MovementKind.OFFSET: "抵扣",
    MovementKind.WRITE_OFF: "核销",
    MovementKind.OWE: "应缴财政",
    MovementKind.SURRENDER: "缴回国库",
    MovementKind.FUND_RESERVE: "拨备用金",
    MovementKind.INTEREST: "备用金利息",
    MovementKind.CONFIRM_MEALS: "确认结算单",
    MovementKind.PAY_CANTEEN: "划转",
    MovementKind.FAIL_CANTEEN: "划转失败",
}

# kind: (debit, credit)
ENTRIES: Mapping[MovementKind, tuple[Account, Account]] = {
    MovementKind.ALLOT: (Account.QUOTA, Account.BUDGET),
    MovementKind.DRAW: (Account.BANK, Account.QUOTA),
    MovementKind.CARRY: (Account.QUOTA, Account.QUOTA),
    MovementKind.ACCRUE: (Account.COST, Account.PAYABLE),
    MovementKind.CANCEL: (Account.PAYABLE, Account.COST),
    MovementKind.SEND: (Account.PAYABLE, Account.IN_TRANSIT),
    MovementKind.CREDIT: (Account.IN_TRANSIT, Account.BANK),
    MovementKind.FAIL: (Account.IN_TRANSIT, Account.PAYABLE),
    MovementKind.RETURN: (Account.BANK, Account.PAYABLE),
    MovementKind.SETTLE_TOWN: (Account.BANK, Account.TOWN),
    MovementKind.CLEAR: (Account.TOWN, Account.MEAL_COST),
    MovementKind.OVERPAY: (Account.RECEIVABLE, Account.BANK),
    MovementKind.CLAIM: (Account.RECEIVABLE, Account.COST),
    MovementKind.RECOVER: (Account.BANK, Account.RECEIVABLE),
    MovementKind.OFFSET: (Account.PAYABLE, Account.RECEIVABLE),
    MovementKind.WRITE_OFF: (Account.LOSS, Account.RECEIVABLE),
    MovementKind.OWE: (Account.COST, Account.TREASURY_DUE),
    MovementKind.SURRENDER: (Account.TREASURY_DUE, Account.BANK),
    MovementKind.FUND_RESERVE: (Account.RESERVE, Account.BANK),
    MovementKind.INTEREST: (Account.RESERVE, Account.TREASURY_DUE),
    MovementKind.CONFIRM_MEALS: (Account.MEAL_COST, Account.CANTEEN),
    MovementKind.PAY_CANTEEN: (Account.CANTEEN, Account.RESERVE),
    MovementKind.FAIL_CANTEEN: (Account.RESERVE, Account.CANTEEN),
}

# Accounts whose balance may never fall below zero, counted on their own side.
DEBIT_SIDE = {Account.QUOTA, Account.RECEIVABLE, Account.RESERVE}
CREDIT_SIDE = {Account.PAYABLE, Account.IN_TRANSIT, Account.TREASURY_DUE, Account.CANTEEN}


@dataclass(frozen=True, slots=True)
class Dimensions:
    """By what money is told apart: programme, source, budget year and line, town, operator."""

    programme: str
    budget_year: int
    source: str = ""
    budget_line: str = ""
    town: str = ""
    operator: str = ""


@dataclass(frozen=True, slots=True)
class Movement:
    """So many fen (above zero), once per cause, kind and dimensions.

    A *counter* movement takes back one of its kind: debit and credit change places. What is set off
    *against* another benefit lessens what that one owes.
    """

    kind: MovementKind
    fen: int
    dimensions: Dimensions
    on: date
    cause: str
    count: int = 1
    counter: bool = False
    against: Dimensions | None = None

    @property
    def key(self) -> Key:
        """What makes booking it twice harmless."""
        return (self.cause, self.kind, self.counter, self.dimensions, self.against)


Key = tuple[str, MovementKind, bool, Dimensions, Dimensions | None]


class UnableToBook(ValueError):
    """A movement cannot be booked: the sentence names it and the balance it would break."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


def entries(movement: Movement) -> Iterator[tuple[Account, Dimensions, int]]:
    """The two entries of a movement: debit above zero, credit below; together they are nothing.

    What is carried arrives in the next year's quota.
    """
    debit, credit = ENTRIES[movement.kind]
    where = movement.dimensions
    carried = movement.kind is MovementKind.CARRY
    fen = -movement.fen if movement.counter else movement.fen
    there = movement.against or replace(where, budget_year=where.budget_year + carried)
    yield debit, there, fen
    yield credit, where, -fen


class Book:
    """Movements in order, and the balances they leave. Booking the same again changes nothing."""

    def __init__(self, *, overdraft: Iterable[Dimensions] = ()) -> None:
        self.movements: list[Movement] = []
        self.balances: Counter[tuple[Account, Dimensions]] = Counter()
        self._keys: dict[Key, int] = {}
        self._overdraft = set(overdraft)

    def book(self, movement: Movement) -> bool:
        """Book one; False when it was booked before. Raises UnableToBook, and changes nothing then."""
        if movement.fen <= 0:
            raise UnableToBook(
                say("{kind}的金额须大于零", kind=say(MOVEMENT_NAMES[movement.kind]))
            )
        if movement.key in self._keys:
            return self._same(movement)
        for account, where, fen in entries(movement):
            self._hold(movement, account, where, fen)
        self.carry(movement)
        return True

    def carry(self, movement: Movement) -> None:
        """Take over what is booked already, whatever it left: it was asked when it was booked, not again."""
        for account, where, fen in entries(movement):
            self.balances[account, where] += fen
        self._keys[movement.key] = movement.fen
        self.movements.append(movement)

    def balance(self, account: Account) -> int:
        """An account over all dimensions; debits above zero."""
        return sum(fen for (of, _where), fen in self.balances.items() if of is account)

    def _same(self, movement: Movement) -> bool:
        before = self._keys[movement.key]
        if before != movement.fen:
            raise UnableToBook(
                say(
                    "同一笔{kind}已记 {before} 元，现为 {now} 元；请另记一笔更正",
                    kind=say(MOVEMENT_NAMES[movement.kind]),
                    before=written_fen(before),
                    now=written_fen(movement.fen),
                )
            )
        return False

    def _hold(
        self, movement: Movement, account: Account, where: Dimensions, change: int
    ) -> None:
        """Refuse what takes from a balance more than it has; what adds to one that is short is welcome."""
        fen = self.balances[account, where] + change
        short = (account in DEBIT_SIDE and change < 0 and fen < 0) or (
            account in CREDIT_SIDE and change > 0 and fen > 0
        )
        if short and where not in self._overdraft:
            raise UnableToBook(
                say(
                    "{kind} {amount} 元超出余额，差 {short} 元；请先核对",
                    kind=say(MOVEMENT_NAMES[movement.kind]),
                    amount=written_fen(movement.fen),
                    short=written_fen(abs(fen)),
                )
            )


def sending_cause(run: int, first_part: int) -> str:
    """Under which cause the files of a run are booked that were made together, the first of which is this part."""
    return f"send:{run}" if first_part == 1 else f"send:{run}:{first_part}"


@dataclass(frozen=True, slots=True)
class Part:
    """A share of a movement, in fen, of *count* items; below zero it is booked as a counter-movement."""

    kind: MovementKind
    fen: int
    where: Dimensions
    against: Dimensions | None = None
    count: int = 1


def grouped(parts: Iterable[Part], *, on: date, cause: str) -> list[Movement]:
    """The movements of a run or file: its parts added up by kind and dimensions."""
    sums: Counter[tuple[MovementKind, bool, Dimensions, Dimensions | None]] = Counter()
    counts = sums.copy()
    for part in parts:
        if part.fen:
            key = (part.kind, part.fen < 0, part.where, part.against)
            sums[key] += abs(part.fen)
            counts[key] += part.count
    return [
        Movement(
            kind, fen, where, on, cause, counts[kind, counter, where, against], counter, against
        )
        for (kind, counter, where, against), fen in sums.items()
    ]
