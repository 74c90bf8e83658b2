"""Fix what a run asks approval for. What becomes payable later waits for the next run."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Sum

from kaoji.benefits.digests import digest_of
from kaoji.subjects.benefits.models import PaymentRequest, Run
from kaoji.subjects.benefits.queries.digests import rows_asked
from kaoji.subjects.benefits.queries.money import Months
from kaoji.subjects.benefits.queries.requests import accounts_for, requests_of

_BLOCK = 2_000


def ask_approval(run: Run, owed: Mapping[int, Months]) -> None:
    """Write down who is to get what, to which account; who calls it saves the run, inside an action."""
    accounts = accounts_for(run, owed)
    PaymentRequest.objects.bulk_create(
        (
            PaymentRequest(
                run=run,
                computation=run.computation,
                person_id=person,
                account=accounts[person],
                fen=sum(fen for _, fen in months),
                months=[list(part) for part in months],
            )
            for person, months in owed.items()
        ),
        batch_size=_BLOCK,
    )
    sum_up(run)


def sum_up(run: Run) -> None:
    """The sum that approvals go by, and the digest that they sign."""
    run.approved_fen = int(requests_of(run).aggregate(fen=Sum("fen"))["fen"] or 0)
    run.asked_digest = digest_of(rows_asked(run))
