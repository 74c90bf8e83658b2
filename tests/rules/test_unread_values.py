"""A value that could not be read is neither blank nor zero: the rules cannot decide."""

from __future__ import annotations

import pytest

from kaoji.core.finding import Outcome
from kaoji.documents.checking import check_reading
from kaoji.documents.reader import read_document
from kaoji.samples import SONGJIANG_2023

MONEY_RULES = ["KJ201", "KJ202", "KJ203", "KJ204", "KJ205"]


@pytest.mark.parametrize("amount", ["壹拾伍万元整", "15O,000", "约15万"])
def test_an_unread_amount_leaves_every_money_rule_undecided(amount: str):
    text = SONGJIANG_2023.read_text("utf-8").replace(
        "项目资金总额\t150,000", f"项目资金总额\t{amount}"
    )
    form = read_document(text.encode(), name="x.txt").forms[0]

    report = check_reading(form)

    money = [item for item in report.findings if item.rule.id in MONEY_RULES]
    assert [item.rule.id for item in money] == MONEY_RULES
    assert {item.outcome for item in money} == {Outcome.UNDECIDED}
    assert "未能读出" in str(money[0].message)
