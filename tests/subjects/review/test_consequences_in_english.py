"""What last year's results propose is said in the language of the page, its reasons too."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from kaoji.platform.ui.saying import spoken
from kaoji.standards.consequences import Facts, proposal_for


@pytest.mark.parametrize("grade", ["优", "中", "差"])
def test_a_reason_is_said_in_english(grade: str):
    facts = Facts(grade, Decimal(50), overdue=True)
    reasons = proposal_for(facts, on=date(2024, 3, 1), region=None).trace

    with override("en"):
        told = [spoken(reason.why) for reason in reasons]

    assert len(told) >= 3
    assert all(
        text.isascii() for text in (line.replace("“", "").replace("”", "") for line in told)
    )
