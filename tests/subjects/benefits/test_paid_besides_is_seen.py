"""What the bank paid besides is seen: on the pages, among the tasks, and by the recount outside."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kaoji.benefits.fen import written_fen
from kaoji.platform.events.models import Event
from kaoji.subjects.benefits.models import (
    Movement,
    Overpayment,
    OverpaymentDecision,
    Regained,
    Run,
)
from support.besides import (
    BANK_SAYS,
    everything_besides,
    sent_to,
)
from support.paid import Office, line, returned
from support.proved import cover_up, files_of, forge, proof_of, remarks_of, told

pytestmark = pytest.mark.django_db


def test_the_pages_say_who_got_it_and_offer_what_is_to_be_done(office: Office, run: Run):
    client = Client()
    client.force_login(office.cashier)
    content = returned(run, line(sent_to("王"), "S", on="2023-07-14", at=1, fen=30_000))
    upload = {"return": SimpleUploadedFile("back.txt", content)}
    asked = client.post(f"/benefits/runs/{run.pk}/bank/", upload)
    assert asked.status_code == 422
    assert "银行确认的依据" in asked.content.decode()

    upload = {"return": SimpleUploadedFile("back.txt", content), "besides": BANK_SAYS}
    client.post(f"/benefits/runs/{run.pk}/bank/", upload)

    found = Overpayment.objects.get()
    said = "王** 310117********01**：银行 2023-07-14 多付 75.00 元（到账多于报盘）"
    for page in ("", "bank/"):
        assert said in client.get(f"/benefits/runs/{run.pk}/{page}").content.decode()
    client.force_login(office.checker)
    assert "决定银行多付" in client.get("/todo/").content.decode()
    besides = f"/benefits/runs/{run.pk}/besides/{found.pk}/"
    client.post(besides, {"debtor": "payee", "reason": "已电话告知"})
    assert found.decision.debtor == "payee"
    assert "决定银行多付" not in client.get("/todo/").content.decode()
    client.force_login(office.cashier)
    regain = {"yuan": "75.00", "on": "2023-07-20", "paper": "进账单"}
    client.post(f"/benefits/runs/{run.pk}/regain/{found.pk}/", regain)

    page = client.get(f"/benefits/runs/{run.pk}/").content.decode()
    assert "已冲回或收回" in page
    assert "75.00 元没有收回" not in page


def test_the_recount_outside_finds_it_again(office: Office, run: Run):
    run = everything_besides(office, run)

    proof = proof_of(office, run)

    assert told(proof) == {"V1": [], "V2": [], "V3": []}
    # 540.00 twice, 500.00 again, 300.00 to a stranger; 200.00 and the 300.00 came back.
    assert (
        f"批次 {run.pk}：银行多付 3 笔 1,340.00 元，已决定 3 笔，还有 840.00 元没有收回"
        in remarks_of(proof)
    )
    for name, content in files_of(proof).items():
        for hidden in ("张秋", "X9-77", BANK_SAYS):
            assert hidden not in content.decode(), name


@pytest.mark.parametrize(
    ("model", "where", "values"),
    [
        (Overpayment, {"why": "unknown"}, {"fen": 29_900}),
        (Overpayment, {"why": "twice"}, {"fen": 100}),
        (Regained, {"how": "recovered"}, {"fen": 54_000}),
        (Movement, {"kind": "overpay", "fen": 54_000}, {"fen": 1}),
    ],
)
def test_what_somebody_forges_of_it_is_seen(office: Office, run: Run, model, where, values):
    office.who("审计只读")
    run = everything_besides(office, run)

    forge(model, where, **values)
    cover_up()

    assert told(proof_of(office, run))["V2"]


@pytest.mark.parametrize("why", ["twice", "again", "unknown"])
def test_a_run_that_was_closed_over_it_is_told(office: Office, run: Run, why: str):
    """Somebody with database and program closes it first and writes the decision down afterwards."""
    office.who("审计只读")
    run = everything_besides(office, run)
    decided = OverpaymentDecision.objects.get(overpayment__why=why)
    for event in Event.objects.filter(type="benefits.overpayment_decided"):
        if str(decided.pk) in event.payload["rows"]["benefit_overpayment_decisions"]:
            forge(Event, {"pk": event.pk}, type="benefits.overpayment_regained", payload={
                name: value for name, value in event.payload.items() if name != "rows"
            })  # fmt: skip
    last = Event.objects.order_by("sequence").last()
    rows = {"benefit_overpayment_decisions": {str(decided.pk): ""}}
    forge(
        Event,
        {"pk": last.pk},
        payload={**last.payload, "rows": {**last.payload["rows"], **rows}},
    )
    cover_up()

    fen = Overpayment.objects.get(why=why).fen
    assert [each for each in told(proof_of(office, run))["V2"] if "关闭时" in each] == [
        f"批次 {run.pk} 关闭时，银行多付 {decided.overpayment_id} 的 {written_fen(fen)} 元还没有人决定"
    ]
