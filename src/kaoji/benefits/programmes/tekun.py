"""特困人员救助供养: the monthly living amount, the same at home and in an institution.

Who is destitute is decided case by case and stands in the grant; care bands, burial, medicine and
schooling are helps of their own and not reckoned here.
"""

from __future__ import annotations

from kaoji.benefits.entitlement import Entitlement, monthly
from kaoji.benefits.facts import FactsInForce
from kaoji.benefits.law import LawInMonth
from kaoji.benefits.months import Month


def tekun(facts: FactsInForce, of: Month, law: LawInMonth) -> Entitlement:
    """The living amount of the month."""
    return monthly("excluded_by", "tekun", law.fen("living"))
