"""Every way of measuring. To add one, write its file and add a line here."""

from __future__ import annotations

from kaoji.measuring.answer import Way
from kaoji.measuring.ways.budget_execution import BUDGET_EXECUTION
from kaoji.measuring.ways.formula import FORMULA
from kaoji.measuring.ways.payments import PAYMENTS
from kaoji.measuring.ways.service_records import SERVICE_RECORDS
from kaoji.measuring.ways.survey import SURVEY
from kaoji.measuring.ways.typed import TYPED

WAYS: dict[str, Way] = {
    way.id: way for way in (TYPED, SERVICE_RECORDS, SURVEY, BUDGET_EXECUTION, PAYMENTS, FORMULA)
}
