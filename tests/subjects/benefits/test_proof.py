"""An auditor takes the proof of a closed run home and recounts it there."""

from __future__ import annotations

import io

import pytest

from kaoji.audit.ledger.verify import verify_export
from support.paid import Office
from support.proved import closed_run, proof_of

pytestmark = pytest.mark.django_db


def test_what_was_paid_by_the_book_has_no_difference():
    office = Office()
    run = closed_run(office)

    verdict = verify_export(io.BytesIO(proof_of(office, run)))

    assert [str(d.sentence) for d in verdict.differences] == []
    assert (verdict.months, verdict.items) == (("2023-07",), 12)
