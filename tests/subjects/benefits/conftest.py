"""An office that pays benefits, and its run of July with the bank: where most of these tests begin."""

from __future__ import annotations

import pytest

from kaoji.subjects.benefits.models import Run
from support.paid import Office


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def run(office: Office) -> Run:
    office.receive()
    return office.sent(office.approved(office.confirmed(office.computed())))
