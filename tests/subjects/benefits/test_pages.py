"""The pages of benefits: one thing to do by role, masks everywhere, another office's runs as if there were none."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kaoji.platform.events.models import Event
from kaoji.subjects.benefits.models import Item, PayeeAccount, Person, Run
from support.paid import ACCOUNT, EVERYBODY, PEOPLE, Office, answer, number
from support.people import person, place
from support.proved import closed_run, told

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def test_the_whole_way_by_the_pages(django_user_model):
    office = Office()
    clerk, checker = signed_in(office.clerk), signed_in(office.checker)
    approver, cashier = signed_in(office.approver()), signed_in(office.cashier)
    home = f"/benefits/{office.place.pk}/old_age_allowance/"

    shown = clerk.post(
        f"{home}list/",
        {
            "kind": "grants",
            "as_of": "2023-06-30",
            "sheet": SimpleUploadedFile("名单.csv", EVERYBODY),
        },
    )["Location"]
    assert "新增 4 人" in text(clerk, shown)
    assert clerk.post(shown).status_code == 302
    assert clerk.post(home, {"month": "2023-07"}).status_code == 302
    run = Run.objects.get()
    page = f"/benefits/runs/{run.pk}/"
    assert ">冻结</button>" in text(clerk, page)
    clerk.post(f"{page}do/freeze/")
    assert ">计算并清查</button>" in text(clerk, page)
    clerk.post(f"{page}do/compute/")
    assert "button primary big" not in text(clerk, page)  # the turn is another's

    for name in ("岳阳街道", "方松街道"):
        town = office.town(name)
        confirmer = signed_in(office.who("街镇确认", 1, town))
        assert "确认花名册" in text(confirmer, "/todo/")
        roster = f"{page}towns/{town.pk}/"
        assert "确认 6 笔新增和变动" in text(confirmer, roster)
        assert confirmer.post(roster).status_code == 302
        assert text(confirmer, page, 404)
    assert ">结束确认</button>" in text(checker, page)
    checker.post(f"{page}do/end/")
    assert "去审批" in text(approver, page)
    assert "去审批" in text(approver, "/todo/")
    approval = text(approver, f"{page}approval/")
    assert "同意发放 2,265.00 元" in approval
    run.refresh_from_db()
    approver.post(f"{page}approval/", {"seen": run.asked_digest})
    assert "制作盘片" in text(cashier, page)
    assert cashier.post(f"{page}bank/", {"layout": "cmb_batch"}).status_code == 302
    [file] = run.bank_files.all()
    taken = cashier.post(f"{page}bank/{file.pk}/")
    assert taken["Content-Disposition"].startswith("attachment")
    assert ACCOUNT.format(0) in taken.content.decode("gb18030")
    bad = cashier.post(f"{page}bank/", {"return": SimpleUploadedFile("r.txt", b"a|b")})
    assert bad.status_code == 422
    assert "第 1 行" in bad.content.decode()
    content = answer(run, failed=("张",))
    cashier.post(f"{page}bank/", {"return": SimpleUploadedFile("r.txt", content)})
    assert ">重发失败的</button>" in text(clerk, page)
    clerk.post(f"{page}do/close/")
    assert "75.00%" in text(clerk, home)
    clerk.post(f"{page}do/resend/")
    assert Run.objects.filter(resends=run, state="confirmed").exists()


@pytest.fixture
def paid() -> tuple[Office, Run]:
    office = Office()
    office.receive()
    run = office.sent(office.approved(office.confirmed(office.computed())))
    office.answered(run, failed=("张",))
    return office, Run.objects.get(pk=run.pk)


def secrets() -> list[str]:
    """Everything that may stand on no page, in no export, no event and no address."""
    numbers = [number(born) for born, _town in PEOPLE.values()]
    return [*PEOPLE, *numbers, *(ACCOUNT.format(at) for at in range(4))]


def test_no_name_number_or_account_stands_on_any_page_or_in_the_log(paid):
    office, run = paid
    client = signed_in(office.clerk)
    item = Item.objects.first()
    pages = [
        "/benefits/", f"/benefits/{office.place.pk}/old_age_allowance/", f"/benefits/runs/{run.pk}/",
        f"/benefits/runs/{run.pk}/doubts/", f"/benefits/runs/{run.pk}/approval/",
        f"/benefits/runs/{run.pk}/bank/", f"/benefits/runs/{run.pk}/towns/{item.town_id}/",
        f"/benefits/items/{item.pk}/", "/todo/",
    ]  # fmt: skip
    told = "".join(text(client, address) for address in pages)
    told += "".join(str(event.payload) for event in Event.objects.all())

    from kaoji.platform.events.audit_export import evidence, tables

    told += "".join(str(list(rows)) for rows in tables().values())
    told += "".join(content.decode("gb18030", "replace") for _, content in evidence())
    for secret in secrets():
        assert secret not in told
    assert "王**" in told


def test_the_database_holds_no_name_number_or_account_in_the_clear(paid):
    from django.apps import apps

    held = "".join(
        str(row)
        for model in apps.get_app_config("benefits").get_models()
        for row in model.objects.values_list()
    )
    for secret in secrets():
        assert secret not in held


def test_opening_a_value_needs_a_purpose_and_is_told(paid):
    office, _run = paid
    client = signed_in(office.clerk)
    item = Item.objects.first()
    address = f"/benefits/items/{item.pk}/see/"

    refused = client.post(address, {"field": "id", "purpose": ""})
    assert refused.status_code == 409
    assert "请写明用途" in refused.content.decode()
    shown = client.post(address, {"field": "id", "purpose": "核对证件"})
    assert number(PEOPLE["王春"][0]) in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    event = Event.objects.get(type="benefits.seal_opened")
    assert event.payload["purpose"] == "核对证件"
    assert number(PEOPLE["王春"][0]) not in str(event.payload)
    assert (
        signed_in(office.approver())
        .post(address, {"field": "id", "purpose": "看看是谁"})
        .status_code
        == 403
    )


def test_runs_of_another_office_answer_as_if_there_were_none(paid):
    office, run = paid
    other = place("奉贤区财政局")
    stranger = signed_in(person("发放经办", "stranger", other))
    item = Item.objects.first()

    for address in (
        f"/benefits/runs/{run.pk}/", f"/benefits/items/{item.pk}/",
        f"/benefits/runs/{run.pk}/towns/{item.town_id}/",
        f"/benefits/{office.place.pk}/old_age_allowance/",
    ):  # fmt: skip
        text(stranger, address, 404)
    assert "老年综合津贴 2023" not in text(stranger, "/benefits/")
    assert signed_in(person("填报", "filer9")).get("/benefits/").status_code == 403


def test_a_town_sees_its_own_roster_and_no_other(paid):
    office, run = paid
    mine, other = office.town("岳阳街道"), office.town("方松街道")
    client = signed_in(office.who("街镇确认", 1, mine))

    assert "王**" in text(client, f"/benefits/runs/{run.pk}/towns/{mine.pk}/")
    text(client, f"/benefits/runs/{run.pk}/towns/{other.pk}/", 404)
    theirs = Item.objects.filter(town=other).first()
    text(client, f"/benefits/items/{theirs.pk}/", 404)
    address = f"/benefits/items/{theirs.pk}/see/"
    assert client.post(address, {"field": "id", "purpose": "核对证件"}).status_code == 404


def test_what_was_received_is_shown_without_names(django_user_model):
    office = Office()
    client = signed_in(office.clerk)
    shown = client.post(
        f"/benefits/{office.place.pk}/old_age_allowance/list/",
        {
            "kind": "grants",
            "as_of": "2023-06-30",
            "sheet": SimpleUploadedFile("名单.csv", EVERYBODY),
        },
    )["Location"]

    page = text(client, shown)

    for secret in secrets():
        assert secret not in page
    assert not Person.objects.exists()
    assert not PayeeAccount.objects.exists()


def test_an_auditor_takes_the_proof_away_by_the_pages():
    office = Office()
    run = closed_run(office)
    auditor, clerk = signed_in(office.who("审计只读")), signed_in(office.clerk)
    page = f"/benefits/runs/{run.pk}/"
    months = f"/benefits/{office.place.pk}/old_age_allowance/proof/"

    assert "带走证明" in text(auditor, page)
    assert "带走证明" not in text(clerk, page)
    one = auditor.post(f"{page}proof/")
    many = auditor.post(months, {"from": "2023-07", "to": "2023-09"})
    for taken in (one, many):
        assert taken["Content-Disposition"].startswith("attachment")
        assert told(b"".join(taken.streaming_content)) == {"V1": [], "V2": [], "V3": []}
    assert clerk.post(f"{page}proof/").status_code == 302
    assert "没有此项权限" in text(clerk, page)
    assert auditor.post(months, {"from": "七月", "to": "2023-09"}).status_code == 302
    assert "“七月”不是月份" in text(auditor, page)
