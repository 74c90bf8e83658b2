"""One promise as it goes out: the form in force, where it belongs, and what was reported of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.outcome import Outcome


@dataclass(frozen=True)
class Place:
    """A place with its code, as the platform knows it; the code may be blank."""

    name: str
    code: str


@dataclass(frozen=True)
class Evaluated:
    """The last self-evaluation. *scores* by indicator; what department and finance made of it, where they looked."""

    outcome: Outcome
    scores: tuple[Decimal | None, ...]
    execution_score: Decimal | None
    total: Decimal
    department_total: Decimal | None = None
    department_opinion: str = ""
    finance_opinion: str = ""


@dataclass(frozen=True)
class Monitored:
    """The last report of a monitoring period."""

    outcome: Outcome
    form: Declaration
    filed_on: date


@dataclass(frozen=True)
class Entry:
    """A promise in force. *department* is the place above the unit, where there is one."""

    form: Declaration
    unit: Place
    department: Place | None
    bureau: Place | None
    revision: int
    made_at: datetime
    approved_at: datetime
    evaluated: Evaluated | None = None
    evaluated_form: Declaration | None = None
    monitored: tuple[Monitored, ...] = ()


@dataclass(frozen=True)
class Period:
    """A round of monitoring."""

    title: str
    due_on: date
