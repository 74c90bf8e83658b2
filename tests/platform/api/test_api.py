"""The HTTP API: keys, spending reported by the system that pays, what was promised and reached."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from kaoji.core.canonical import canonical_json, digest
from kaoji.platform.accounts.actions.access_key import end_key, open_key
from kaoji.platform.accounts.actions.change_account import set_active
from kaoji.platform.accounts.models import AccessKey
from kaoji.platform.events.models import Event
from kaoji.platform.imports.models import Batch
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.spending.models import Spending
from kaoji.subjects.verification.queries.verifying import verify_chain
from kaoji.workflow.places import PlaceKind
from support.followed import entered
from support.forging import unguarded
from support.people import BUREAU, NOON, person, place

pytestmark = pytest.mark.django_db

TODAY = NOON.date()
ENTRY = {"project": "甲", "month": "2023-03", "amount": "50000.00", "source": "fiscal"}


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def key_for(user: User, *, may_write: bool = True, until: date = TODAY) -> str:
    name = f"国库{user.access_keys.count()}"
    _, token = open_key(name, until=until, may_write=may_write, acting_user=user, now=NOON)
    return token


def asked(token: str, address: str, **headers: str):
    return Client().get(
        f"/api/1{address}", headers={"authorization": f"Bearer {token}", **headers}
    )


def reported(token: str, *entries: dict[str, object], **more: object):
    body = {"place": BUREAU, "year": 2023, "entries": list(entries), **more}
    return Client().post(
        "/api/1/spendings",
        json.dumps(body),
        content_type="application/json",
        headers={"authorization": f"Bearer {token}"},
    )


def test_spending_comes_in_and_the_same_report_again_changes_nothing(approved, filer):
    token = key_for(filer)
    second = {**ENTRY, "month": "2023-04", "amount": "1234.5"}

    first = reported(token, ENTRY, second)
    again = reported(token, ENTRY, second)

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == {"entries": 2, "total": "51234.50", "already_known": 0}
    assert again.json() == {"entries": 0, "total": "0.00", "already_known": 2}
    batch = Batch.objects.get()
    assert json.loads(bytes(batch.document.content))["entries"][0]["amount"] == "50000.00"
    assert Event.objects.filter(type="spendings.reported").count() == 1
    assert verify_chain() == Event.objects.count()
    known = asked(token, f"/declarations/{approved.pk}/results?as_of=2023-12-31").json()
    assert known["executed"] == "51234.50"
    assert [row["month"] for row in known["spendings"]] == ["2023-03", "2023-04"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"amount": "-1"}, "执行数 -1 是负数"),
        ({"amount": "五万"}, "“五万”不是金额"),
        ({"amount": "1.234"}, "最多两位小数"),
        ({"amount": "NaN"}, "最多两位小数"),
        ({"amount": "1e3"}, "最多两位小数"),
        ({"amount": "０１２"}, "最多两位小数"),
        ({"amount": " 5"}, "最多两位小数"),
        ({"amount": "0e-999999999"}, "最多两位小数"),
        ({"month": "2023-13"}, "不是月份"),
        ({"month": "2022-03"}, "不在 2023 年度之内"),
        ({"month": "2027-03"}, "还没有到"),
        ({"project": "桥梁"}, "没有 2023 年的项目“桥梁”"),
        ({"amount": "250000.01"}, "超过全年预算"),
    ],
)
def test_a_faulty_entry_is_named_and_nothing_is_taken(approved, filer, change, why):
    events = Event.objects.count()
    token = key_for(filer)

    answer = reported(token, ENTRY, {**ENTRY, "month": "2023-05", **change})

    assert answer.status_code == 409
    assert why in " ".join(answer.json()["faults"])
    assert not Spending.objects.exists()
    assert not Batch.objects.exists()
    assert Event.objects.count() == events + 1  # the key


def test_every_fault_is_told_at_once_and_in_english_where_asked(approved, filer):
    token = key_for(filer)
    body = {
        "place": BUREAU,
        "year": 2023,
        "entries": [
            {**ENTRY, "month": "spring"},
            ENTRY,
            {**ENTRY, "amount": "7"},
            {**ENTRY, "month": "2023-04", "amount": "-1"},
            {**ENTRY, "month": "2022-04"},
        ],
    }

    answer = Client().post(
        "/api/1/spendings", json.dumps(body), content_type="application/json",
        headers={"authorization": f"Bearer {token}", "accept-language": "en-GB"},
    )  # fmt: skip

    assert answer.json()["faults"] == [
        "Row 1: “spring” is not a month; write it like 2023-04",
        "Row 3: The same project, month and source as in row 2",
        "Row 4: The amount spent -1 is negative; please deduct refunds from the month's spending",
        "Row 5: 2022-04-01 is not in 2023",
    ]


def test_one_project_under_two_spellings_is_one_project(approved, filer):
    token, unit = key_for(filer), approved.organisation.name
    april = {**ENTRY, "month": "2023-04", "unit": unit, "amount": "200000.01"}

    twice = reported(token, ENTRY, {**ENTRY, "unit": unit, "amount": "7"})
    over = reported(token, ENTRY, april)
    mixed = reported(token, ENTRY, {**ENTRY, "unit": unit, "source": ""})

    assert "第 2 行：与第 1 行是同一项目" in twice.json()["faults"][0]
    assert "第 2 行：累计执行 250,000.01 元超过全年预算" in over.json()["faults"][0]
    assert "第 2 行：2023-03 的执行数有的分了资金来源" in mixed.json()["faults"][0]
    assert not Spending.objects.exists()


def test_an_amount_that_differs_is_taken_only_with_replace(approved, filer):
    token = key_for(filer)
    reported(token, ENTRY)
    changed = {**ENTRY, "amount": "40000.00"}

    refused = reported(token, changed)
    taken = reported(token, changed, replace=True)

    assert refused.status_code == 409
    assert "已记 50,000.00 元" in refused.json()["faults"][0]
    assert taken.json()["entries"] == 1
    assert Spending.objects.count() == 2


@pytest.mark.parametrize(
    "body",
    [
        {"year": 2023, "entries": []},
        {"place": BUREAU, "year": "soon", "entries": []},
        {"place": BUREAU, "year": 2023, "entries": [{**ENTRY, "amount": 5}]},
        {"place": BUREAU, "year": 2023, "entries": [{**ENTRY, "source": "treasure"}]},
        {"place": BUREAU, "year": 2023, "entries": "all"},
        [],
    ],
)
def test_a_malformed_request_says_where(filer, body):
    answer = Client().post(
        "/api/1/spendings", json.dumps(body), content_type="application/json",
        headers={"authorization": f"Bearer {key_for(filer)}"},
    )  # fmt: skip

    assert answer.status_code == 422
    assert answer.json()["faults"][0].startswith("body.")


@pytest.mark.parametrize(
    ("address", "more", "status", "why"),
    [
        ("/spendings", {"content_type": "application/json", "data": "{"}, 400, "不是 JSON"),
        ("/spendings", {"data": {"place": "x"}}, 400, "不是 JSON"),
        ("/declarations", {"data": {}}, 405, "不接受这种方法"),
        ("/nothing", {"data": {}}, 404, "没有这个地址"),
        ("/spendings", {"content_type": "application/json", "data": "[" * 4_000_001}, 413, "请求太大"),
    ],
)  # fmt: skip
def test_whatever_goes_wrong_is_told_in_json(filer, address, more, status, why):
    headers = {"authorization": f"Bearer {key_for(filer)}"}

    answer = Client().post(f"/api/1{address}", headers=headers, **more)

    assert (answer.status_code, why in answer.json()["faults"][0]) == (status, True)


@pytest.mark.parametrize(
    ("query", "status", "why"),
    [
        ("?after=-1", 422, "query.after：不能小于 0"),
        ("?after=1e3", 422, "query.after：要写整数"),
        (f"?after={10**30}", 422, "query.after"),
        ("?year=-5", 422, "query.year：不能小于 2000"),
        ("?unit=%00", 422, "query.unit：含有不能用的符号"),
        (f"/{10**30}", 422, "path.number"),
        ("/{pk}?revision=0", 404, "没有这一项"),
        ("/{pk}/results?as_of=1703980800", 409, "不是日期"),
        ("/{pk}/results?as_of=20231231", 409, "不是日期"),
    ],
)
def test_odd_questions_are_refused_in_words(approved, filer, query, status, why):
    answer = asked(key_for(filer), f"/declarations{query.format(pk=approved.pk)}")

    assert answer.status_code == status
    assert why in answer.json()["faults"][0]


@pytest.mark.parametrize("field", ["project", "unit", "month", "amount"])
@pytest.mark.parametrize("sign", ["\x00", "\ud83d"])
def test_signs_that_no_database_holds_are_refused_where_they_stand(
    approved, filer, field, sign
):
    answer = reported(key_for(filer), {**ENTRY, field: f"a{sign}b"})

    assert answer.status_code == 422
    assert f"body.entries.0.{field}：含有不能用的符号" in answer.json()["faults"][0]


def test_a_place_is_found_by_code_and_another_units_is_not_there(approved, filer):
    unit = place("乙", PlaceKind.DEPARTMENT, place())
    other = person("填报", "other", place("别处", PlaceKind.DEPARTMENT, place()))

    assert reported(key_for(filer), ENTRY, place=unit.name).status_code == 200
    answer = reported(key_for(other), ENTRY, place=unit.name)
    assert (answer.status_code, answer.json()["faults"][0][:7]) == (409, "没有单位“乙”")
    assert asked(key_for(other), f"/declarations/{approved.pk}").status_code == 404
    assert asked(key_for(other), "/declarations").json() == {"items": [], "next": None}


def test_without_a_holding_key_the_door_is_closed(approved, filer):
    def opens(token: str) -> bool:
        return asked(token, "/declarations").status_code == 200

    key, token = open_key("国库", until=TODAY, acting_user=filer, now=NOON)
    late = key_for(filer)
    unguarded("accounts_accesskey")
    AccessKey.objects.filter(digest=digest(late.encode())).update(
        expires_on=TODAY - timedelta(days=1)
    )

    assert opens(token)
    assert not opens(late)
    assert not opens("kaoji_guess")
    assert not opens(token[:-1])
    end_key(key, acting_user=filer, now=NOON)
    assert not opens(token)
    other = key_for(filer)
    set_active(filer, active=False, acting_user=person("管理员"), now=NOON)
    assert not opens(other)
    answer = Client().get("/api/1/declarations")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert "kaoji_…" in answer.json()["faults"][0]


def test_a_sitting_does_not_open_the_api(approved, filer):
    client = Client()
    client.force_login(filer)

    assert client.get("/api/1/declarations").status_code == 401


def test_a_reading_key_reads_and_one_who_does_not_file_reports_nothing(approved, filer):
    reading = key_for(filer, may_write=False)

    assert asked(reading, f"/declarations/{approved.pk}").status_code == 200
    refused = reported(reading, ENTRY)
    assert (refused.status_code, "只能读取" in refused.json()["faults"][0]) == (403, True)
    assert reported(key_for(person("审计只读")), ENTRY).status_code == 409
    assert not Spending.objects.exists()


def test_a_form_comes_out_with_the_hash_that_anybody_computes(approved, filer):
    told = asked(key_for(filer), f"/declarations/{approved.pk}").json()

    assert told["sha256"] == digest(canonical_json(told["written"]))
    assert told["written"]["schema"] == "form/1"
    assert told["form"]["indicators"][0]["level3"] == "养护里程"
    assert told["approved_revision"] == 1
    assert asked(key_for(filer), f"/declarations/{approved.pk}?revision=9").status_code == 404


def test_results_tell_each_indicators_value_and_points(approved, filer):
    entered(approved, filer, "养护里程", "36公里")

    told = asked(key_for(filer), f"/declarations/{approved.pk}/results?as_of=2023-12-31").json()

    [first, second, *_] = told["indicators"]
    assert (first["actual"], first["earned"]) == ("36公里", first["points"])
    assert (second["actual"], second["earned"]) == (None, None)
    assert told["total"] is None


def test_lists_go_on_where_they_stopped(approved, filer, monkeypatch):
    monkeypatch.setattr("kaoji.subjects.declarations.api.routes._PER_PAGE", 1)
    [made] = Declaration.objects.all()
    made.pk, made.project_name = None, "另一个"
    made.save()
    token = key_for(filer)

    first = asked(token, "/declarations?year=2023").json()
    second = asked(token, f"/declarations?year=2023&after={first['next']}").json()

    assert [len(part["items"]) for part in (first, second)] == [1, 1]
    assert second["next"] is None


def test_an_account_that_is_closed_takes_its_keys_along_for_good(filer):
    token, manager = key_for(filer), person("管理员")

    set_active(filer, active=False, acting_user=manager, now=NOON)
    set_active(filer, active=True, acting_user=manager, now=NOON)

    assert asked(token, "/declarations").status_code == 401
    assert Event.objects.filter(type="key.ended").count() == 1
    assert verify_chain() == Event.objects.count()


def test_who_manages_a_place_ends_the_keys_of_its_people(filer):
    token, client = key_for(filer), Client()
    client.force_login(person("管理员"))
    held = filer.appointments.get()
    page = f"/places/{held.place_id}/"

    assert "停用接口密钥" in client.get(page).content.decode()
    client.post(f"{page}appointments/{held.pk}/keys/")

    assert asked(token, "/declarations").status_code == 401
    assert "停用接口密钥" not in client.get(page).content.decode()


def test_keys_are_opened_shown_once_and_ended_on_the_page(filer):
    client = Client()
    client.force_login(filer)
    until = (TODAY + timedelta(days=30)).isoformat()

    page = client.post(
        "/account/keys/", {"name": "国库系统", "until": until, "may_write": "on"}, follow=True
    )

    token = page.context["token"]
    assert token in page.content.decode()
    again = client.post("/account/keys/", {"name": "国库系统", "until": until})
    assert (again.status_code, AccessKey.objects.count()) == (409, 1)
    assert token not in client.get("/account/keys/").content.decode()
    key = AccessKey.objects.get()
    assert token not in str(AccessKey.objects.values().get())
    assert key.may_write
    client.post(f"/account/keys/{key.pk}/end/")
    assert asked(token, "/declarations").status_code == 401
    stranger = Client()
    stranger.force_login(person("审计只读"))
    assert stranger.post(f"/account/keys/{key.pk}/end/").status_code == 404


@pytest.mark.parametrize("days", [-1, 367])
def test_a_key_ends_within_a_year(filer, days):
    with pytest.raises(UnableToAct, match="一年之内"):
        open_key("国库", until=TODAY + timedelta(days=days), acting_user=filer, now=NOON)
    with pytest.raises(UnableToAct, match="名称"):
        open_key(" ", until=TODAY, acting_user=filer, now=NOON)


def test_an_administrator_ends_the_key_of_those_in_care_and_nobody_else_does(filer):
    key, _ = open_key("国库", until=TODAY, acting_user=filer, now=NOON)

    with pytest.raises(NotPermitted):
        end_key(key, acting_user=person("审计只读"), now=NOON)
    end_key(key, acting_user=person("管理员"), now=NOON)
    with pytest.raises(UnableToAct, match="已经停用"):
        end_key(key, acting_user=filer, now=NOON)
