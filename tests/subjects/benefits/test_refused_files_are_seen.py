"""What the pages and the recount outside tell of files that the bank refused whole."""

from __future__ import annotations

import pytest
from django.test import Client

from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.make_bank_file import make_bank_file
from kaoji.subjects.benefits.actions.take_bank_file import take_bank_file
from kaoji.subjects.benefits.models import (
    BankFile,
    FileRefusal,
    Run,
)
from kaoji.subjects.benefits.pages.strip import act_for
from support.besides import QUARTER, now
from support.paid import LAYOUT, Office, day
from support.proved import cover_up, files_of, forge, proof_of, told
from support.refused import answered, refused, sent_again

pytestmark = pytest.mark.django_db
ALL = sum(QUARTER.values())


def test_the_recount_outside_finds_it_again(office: Office, run: Run):
    refused(office, run)
    again = sent_again(office, run)
    answered(office, run, list(again.tries.all()))
    office.closed(now(run))

    proof = proof_of(office, now(run))

    assert told(proof) == {"V1": [], "V2": [], "V3": []}
    for name, content in files_of(proof).items():
        assert "李经理" not in content.decode(), name


def test_who_confirms_their_own_word_is_seen_outside(office: Office, run: Run):
    office.who("审计只读")
    refused(office, run)
    again = sent_again(office, run)
    answered(office, run, list(again.tries.all()))
    office.closed(now(run))
    first = BankFile.objects.filter(turned_down__isnull=False).get()

    forge(FileRefusal, {"file": first.pk}, made_by=office.cashier)
    cover_up()

    assert told(proof_of(office, now(run)))["V2"] == [
        f"盘片 {first.pk} 的整份退回没有第二人核实"
    ]


def test_the_cashier_is_led_to_a_new_file_and_to_take_it_away(office: Office, run: Run):
    def next_() -> str:
        act = act_for(now(run), office.cashier)
        return act.name if act is not None else ""

    refused(office, run)
    assert next_() == "制作盘片"
    [again] = make_bank_file(now(run), LAYOUT, acting_user=office.cashier, now=day(7, 9))
    assert next_() == "取走盘片"
    with pytest.raises(UnableToAct, match="还没有取走，银行不会有回盘"):
        answered(office, run, list(again.tries.all()))
    take_bank_file(again, acting_user=office.cashier, now=day(7, 9))
    assert next_() == "读入回盘"


def test_the_page_of_the_bank_offers_it_and_says_what_is_to_be_done(office: Office, run: Run):
    client = Client()
    client.force_login(office.cashier)
    page, file = f"/benefits/runs/{run.pk}/bank/", run.bank_files.get()
    assert "登记整份退回" in client.get(page).content.decode()

    client.post(f"{page}{file.pk}/refused/", {"reason": "账户号错误"})

    shown = client.get(page).content.decode()
    assert "整份退回待核实" in shown
    assert "退回的盘片里" not in shown
    checker = Client()
    checker.force_login(office.checker)
    assert "核实整份退回" in checker.get("/todo/").content.decode()
    assert "核实整份退回" in checker.get(page).content.decode()
    checker.post(f"{page}{file.pk}/confirmed/", {"reason": "已电话核实"})
    checker.get(page)  # and is told so
    assert "核实整份退回" not in checker.get("/todo/").content.decode()

    shown = client.get(page).content.decode()
    assert "账户号错误" in shown
    assert "退回的盘片里 4 人还没有发放，请另制盘片" in shown
    client.post(page, {"layout": LAYOUT})
    assert run.bank_files.count() == 2
    assert "还没有发放" not in client.get(page).content.decode()
