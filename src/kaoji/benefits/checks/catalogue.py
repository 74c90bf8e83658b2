"""Every check of the first build, in the order of their numbers. To add one: its file and a line here."""

from __future__ import annotations

from collections.abc import Iterator

from kaoji.benefits.checks.account_changed_lately import account_changed_lately
from kaoji.benefits.checks.account_of_another import account_of_another
from kaoji.benefits.checks.amount_differs import amount_differs
from kaoji.benefits.checks.band_differs_from_age import band_differs_from_age
from kaoji.benefits.checks.budget_exceeded import budget_exceeded
from kaoji.benefits.checks.check import Check, Hit
from kaoji.benefits.checks.context import RunUnderCheck
from kaoji.benefits.checks.due_but_missing import due_but_missing
from kaoji.benefits.checks.exclusive_benefits import exclusive_benefits
from kaoji.benefits.checks.failure_not_resent import failure_not_resent
from kaoji.benefits.checks.grant_without_list import grant_without_list
from kaoji.benefits.checks.id_number_wrong import id_number_wrong
from kaoji.benefits.checks.listed_without_grant import listed_without_grant
from kaoji.benefits.checks.paid_after_death import paid_after_death
from kaoji.benefits.checks.paid_after_leaving import paid_after_leaving
from kaoji.benefits.checks.paid_despite_claim import paid_despite_claim
from kaoji.benefits.checks.paid_twice import paid_twice
from kaoji.benefits.checks.shared_account import shared_account
from kaoji.benefits.checks.unfit_for_bank import unfit_for_bank

CHECKS: tuple[Check, ...] = (
    paid_after_death,
    paid_after_leaving,
    paid_twice,
    exclusive_benefits,
    id_number_wrong,
    shared_account,
    account_of_another,
    band_differs_from_age,
    amount_differs,
    due_but_missing,
    listed_without_grant,
    grant_without_list,
    failure_not_resent,
    paid_despite_claim,
    budget_exceeded,
    account_changed_lately,
    unfit_for_bank,
)


def hits(beside: RunUnderCheck) -> Iterator[tuple[Check, Hit]]:
    """What every check finds of a run, in order."""
    for each in CHECKS:
        yield from ((each, hit) for hit in each.look(beside))
