"""Who is known by which list, what a run found and granted, who decided, what the bank was told and said.

Sums are fen (分), months are numbers (`benefits/months.py`). Names, identity numbers and accounts are
sealed; what is compared is a keyed hash, what is shown is a mask. Every table but two only grows: of a
run its state moves, and who takes a bank's file is noted once.
"""

from kaoji.subjects.benefits.models.bank import (
    BankFile,
    FileRefusal,
    Movement,
    Payment,
    RefusalReport,
    ReturnFile,
    ReturnLine,
    Tally,
    Try,
)
from kaoji.subjects.benefits.models.overpayments import (
    Overpayment,
    OverpaymentDecision,
    Regained,
)
from kaoji.subjects.benefits.models.people import (
    Fact,
    ListRow,
    PayeeAccount,
    Person,
    ReceivedList,
)
from kaoji.subjects.benefits.models.requests import AccountConfirmation, PaymentRequest
from kaoji.subjects.benefits.models.runs import (
    Confirmation,
    Doubt,
    DoubtDecision,
    DutyDone,
    Item,
    LeftOut,
    Run,
)

__all__ = [
    "AccountConfirmation", "BankFile", "Confirmation", "Doubt", "DoubtDecision", "DutyDone", "Fact", "FileRefusal", "Item", "LeftOut",
    "ListRow", "Movement", "Overpayment", "OverpaymentDecision", "PayeeAccount", "Payment", "PaymentRequest",
    "Person", "ReceivedList", "RefusalReport", "Regained", "ReturnFile",
    "ReturnLine", "Run", "Tally", "Try",
]  # fmt: skip
