"""The pages: who sees them, what they say, in two languages, without JavaScript."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from kaoji.platform.events.models import Event
from kaoji.subjects.declarations.models import Declaration
from support.people import PASSWORD, person

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def projects_in(response) -> list[str]:
    return re.findall(
        r'<th scope="row"><a href="/declarations/\d+/">([^<]+)', response.content.decode()
    )


def test_nobody_sees_declarations_without_signing_in():
    client = Client()

    for name in ("declarations", "upload"):
        assert client.get(reverse(name)).headers["Location"].startswith("/account/sign-in/")
    assert client.get("/declarations/1/").status_code == 302


def test_the_rule_book_is_open_to_everybody():
    client = Client()

    assert "KJ301" in text_of(client.get("/rules/"))
    assert "为什么" in text_of(client.get("/rules/KJ301/"))
    assert client.get("/rules/KJ999/").status_code == 404


def test_signing_in_and_out():
    person("填报")
    client = Client()

    wrong = client.post("/account/sign-in/", {"username": "tian", "password": "no"})
    assert "账号或密码不对" in text_of(wrong)
    right = client.post("/account/sign-in/", {"username": "tian", "password": PASSWORD})
    assert right.headers["Location"] == "/todo/"
    client.post("/account/sign-out/")
    assert client.get("/declarations/").status_code == 302


def test_a_reviewer_sees_but_does_not_import(clerk: Client):
    client = Client()
    client.force_login(person("主管部门审核"))

    assert client.get("/declarations/").status_code == 200
    assert client.get("/intake/").status_code == 403
    assert client.post("/intake/1/confirm/", {"form": "0"}).status_code == 403
    assert "导入文件" not in text_of(client.get("/declarations/"))


def test_the_list_sums_what_it_shows(clerk: Client):
    page = text_of(clerk.get("/declarations/"))

    assert "17 份申报表，年度资金合计 563,894,180.00 元，177 项指标" in page
    assert "316,149,500.00" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=养老", 1),
        ("q=康复辅具", 1),
        ("q=养老+津贴", 1),
        ("q=不存在的词", 0),
        ("year=2023", 17),
        ("year=1999", 0),
        ("year=abc", 17),
        ("mark=errors", 5),
        ("mark=doubts", 6),
        ("mark=clean", 0),
        ("unit=上海市松江区民政局", 17),
        ("sort=nonsense&page=99", 17),
    ],
)
def test_search_and_filters(clerk: Client, query: str, count: int):
    assert len(projects_in(clerk.get(f"/declarations/?{query}"))) == count


def test_sorting_by_money_in_both_directions(clerk: Client):
    upwards = projects_in(clerk.get("/declarations/?sort=money"))
    downwards = projects_in(clerk.get("/declarations/?sort=-money"))

    assert upwards[0] == "业务培训"
    assert downwards[:2] == ["养老服务", "社会救助"]
    assert projects_in(clerk.get("/declarations/?sort=measurable"))[0].startswith(
        "网络信息系统开发"
    )


def test_what_is_blank_stands_last_in_both_directions(clerk: Client):
    first, second = Declaration.objects.order_by("pk")[:2]
    Declaration.objects.filter(pk=first.pk).update(year=None, annual_total=None)
    Declaration.objects.filter(pk=second.pk).update(year=2022)

    for sort in ("year", "-year", "money", "-money"):
        assert projects_in(clerk.get(f"/declarations/?sort={sort}"))[-1] == first.project_name
    assert projects_in(clerk.get("/declarations/?sort=-year"))[-2] == second.project_name


def test_htmx_gets_the_table_alone(clerk: Client):
    fragment = clerk.get(
        "/declarations/?q=养老", headers={"HX-Request": "true"}
    ).content.decode()

    assert "<html" not in fragment
    assert 'id="table"' in fragment


def test_a_declaration_shows_form_findings_doubts_repairs_and_history(clerk: Client):
    care = Declaration.objects.get(project_name="辅助业务管理与支持")

    page = text_of(clerk.get(f"/declarations/{care.pk}/"))

    assert "财政项目支出绩效目标申报表" in page
    assert "“计划完成数量”只是占位" in page
    assert 'href="/rules/KJ107/"' in page
    assert "可能属于“时效指标”" in page
    assert "去除了 &lt;p&gt; 标记" in page
    assert "建立申报表“辅助业务管理与支持”" in page


def test_every_note_is_described_by_its_cell(clerk: Client):
    for declaration in Declaration.objects.all():
        page = clerk.get(f"/declarations/{declaration.pk}/").content.decode()
        ids = re.findall(r'id="(note-\d+)"', page)
        described = " ".join(re.findall(r'aria-describedby="([^"]+)"', page)).split()
        assert len(ids) == len(set(ids))
        loose = re.findall(r'id="(note-\d+)"', page.partition('class="notes loose"')[2])
        assert set(described) == set(ids) - set(loose)


@pytest.mark.parametrize(
    ("form", "begins"), [("html", "<!doctype html>"), ("json", "{"), ("txt", "项目:")]
)
def test_downloads(clerk: Client, form: str, begins: str):
    care = Declaration.objects.get(project_name="养老服务")

    response = clerk.get(f"/declarations/{care.pk}/download.{form}")

    assert response.content.decode().startswith(begins)
    assert "attachment" in response.headers["Content-Disposition"]
    assert clerk.get(f"/declarations/{care.pk}/download.exe").status_code == 404


def test_english_by_switch_and_chinese_whatever_the_browser_prefers(clerk: Client):
    assert "申报表" in text_of(clerk.get("/declarations/", headers={"Accept-Language": "en"}))

    clerk.post("/account/language/", {"language": "en", "next": "/declarations/"})
    page = text_of(clerk.get("/declarations/"))

    assert '<html lang="en">' in page
    assert "Declarations" in page
    care = Declaration.objects.get(project_name="养老服务")
    assert "cannot be measured" in text_of(clerk.get(f"/declarations/{care.pk}/"))


def test_pages_carry_a_policy_that_runs_no_foreign_script(clerk: Client):
    response = clerk.get("/declarations/")

    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http://" not in re.sub(r"http://www.w3.org\S+", "", response.content.decode())


@pytest.mark.parametrize(
    "table",
    [
        "files/document",
        "intake/intake",
        "declarations/declaration",
        "declarations/revision",
        "declarations/indicatorrow",
        "declarations/findingrow",
        "events/event",
        "organisation/appointment",
    ],
)
def test_the_admin_shows_every_table_and_changes_none(clerk: Client, table: str):
    client = Client()
    client.force_login(User.objects.create_superuser("root", password=PASSWORD))

    assert client.get(f"/admin/{table}/").status_code == 200
    assert client.get(f"/admin/{table}/add/").status_code == 403
    first = re.search(
        rf"/admin/{table}/(\d+)/change/",
        text_of(client.get(f"/admin/{table}/")),
    )
    assert first
    assert client.get(first[0]).status_code == 200
    assert client.post(first[0], {}).status_code == 403
    assert clerk.get(f"/admin/{table}/").status_code == 302


def test_the_language_can_be_switched_before_signing_in():
    client = Client()

    client.post("/account/language/", {"language": "en", "next": "/rules/"})

    assert "Rules" in text_of(client.get("/rules/"))


def test_a_body_larger_than_any_document_is_refused_unread():
    response = Client().post(
        "/account/sign-in/",
        b"x",
        content_type="text/plain",
        headers={"Content-Length": "60000000"},
    )

    assert response.status_code == 413


def test_the_address_cannot_break_a_page(clerk: Client):
    first = Declaration.objects.first()
    assert first

    assert clerk.get(f"/declarations/{first.pk}/?revision={'9' * 4350}").status_code == 200
    assert clerk.get(f"/declarations/?q={'+'.join('甲乙丙丁' * 300)}").status_code == 200


def test_changing_an_account_in_the_admin_is_an_event(clerk: Client):
    boss = User.objects.create_superuser("root", password=PASSWORD)
    client = Client()
    client.force_login(boss)

    client.post(
        f"/admin/auth/user/{boss.pk}/change/", {"first_name": "关利", "is_active": "on"}
    )

    event = Event.objects.order_by("-sequence")[0]
    assert (event.type, event.payload["username"]) == ("account.changed", "root")
    assert client.get("/admin/auth/user/add/").status_code == 403
    assert (
        client.post(f"/admin/auth/user/{boss.pk}/delete/", {"post": "yes"}).status_code == 403
    )
