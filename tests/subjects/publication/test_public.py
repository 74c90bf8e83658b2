"""What everybody may see: published promises in plain words, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.test import Client
from lxml import etree

from kaoji.platform.ui.discreet import discreet
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.review.actions.move_declaration import move_declaration
from kaoji.subjects.self_evaluation.actions.file_self_evaluation import file_self_evaluation
from kaoji.subjects.self_evaluation.actions.recheck import recheck
from kaoji.subjects.self_evaluation.models import SelfEvaluation
from kaoji.subjects.spending.actions.record_spending import record_spending
from kaoji.subjects.verification.queries.derived import derived_differences
from support.followed import entered, spent
from support.people import NOON, person
from support.road_form import FORM, MET

pytestmark = pytest.mark.django_db


@pytest.fixture
def declaration() -> Declaration:
    filer = person("填报")
    intake = import_document(FORM.encode(), name="x.txt", acting_user=filer, now=NOON)
    [declaration] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    return declaration


def moved(declaration: Declaration, *verbs: str) -> None:
    filer, finance = declaration.revisions.get().made_by, person("财政绩效")
    people = {"submit": filer, "forward": person("主管部门审核")}
    for verb in verbs:
        somebody = people.get(verb, finance)
        move_declaration(
            declaration, verb, revision=1, reason="有误", acting_user=somebody, now=NOON
        )


APPROVED = ("submit", "forward", "approve")


@pytest.mark.parametrize("verbs", [(), ("submit",), ("submit", "forward"), APPROVED])
def test_nothing_is_seen_before_it_is_published(declaration: Declaration, verbs):
    moved(declaration, *verbs)

    assert Client().get(f"/public/{declaration.pk}/").status_code == 404
    assert Client().get(f"/public/{declaration.pk}/download.docx").status_code == 404
    assert "甲" not in Client().get("/public/").content.decode().split("<tbody>")[-1]


def test_a_published_promise_is_told_in_plain_words(declaration: Declaration):
    moved(declaration, *APPROVED, "publish")

    listed = Client().get("/public/?q=甲").content.decode()
    page = Client().get(f"/public/{declaration.pk}/").content.decode()

    assert f'href="/public/{declaration.pk}/"' in listed
    assert "养护里程：<b>至少 35公里</b>" in page
    assert "修补时限：<b>不超过 3天</b>" in page
    assert "财政项目支出绩效目标申报表" in page


def test_no_names_findings_or_files_of_people_are_shown(declaration: Declaration):
    moved(declaration, *APPROVED, "publish")

    page = Client().get(f"/public/{declaration.pk}/").content.decode()

    for secret in ("tian", "x.txt", "KJ", "填报", "办理记录"):
        assert secret not in page.split('<main id="main"')[1].split("</main>")[0]


@pytest.mark.parametrize("ending", ["docx", "xlsx", "pdf", "html", "json"])
def test_the_approved_form_can_be_taken_home(declaration: Declaration, ending: str):
    moved(declaration, *APPROVED, "publish")

    response = Client().get(f"/public/{declaration.pk}/download.{ending}")

    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]


def test_a_withdrawn_page_says_so(declaration: Declaration):
    moved(declaration, *APPROVED, "publish", "withdraw")

    response = Client().get(f"/public/{declaration.pk}/")

    assert response.status_code == 410
    assert "撤下" in response.content.decode()
    assert "养护里程" not in response.content.decode()
    assert Client().get(f"/public/{declaration.pk}/download.docx").status_code == 404


def test_what_was_reached_is_public_once_finance_has_looked_at_it(
    approved: Declaration, evaluation: SelfEvaluation, finance: User
):
    move_declaration(approved, "publish", revision=1, acting_user=finance, now=NOON)
    before = Client().get(f"/public/{approved.pk}/").content.decode()

    recheck(
        evaluation, level="finance", changes={}, opinion="属实", acting_user=finance, now=NOON
    )
    after = Client().get(f"/public/{approved.pk}/").content.decode()
    listed = Client().get("/public/").content.decode()

    assert "承诺了什么，做到没有" not in before
    assert "承诺了什么，做到没有" in after
    assert "○ 做到" in after
    assert "没有做到" not in after
    assert "21.55" in listed  # 215,457.60 yuan were spent
    assert "98.62" in listed


def test_the_public_finds_a_promise_by_its_indicator(declaration: Declaration):
    moved(declaration, *APPROVED, "publish")

    assert (
        f'href="/public/{declaration.pk}/"'
        in Client().get("/public/?q=养护里程").content.decode()
    )
    assert "没有找到" in Client().get("/public/?q=没有这个词").content.decode()
    assert "没有找到" in Client().get("/public/?missed=1").content.decode()


def test_what_is_new_can_be_followed_as_a_feed(
    approved: Declaration, evaluation: SelfEvaluation, finance: User
):
    assert feed_of("/public/feed.atom") == []

    move_declaration(approved, "publish", revision=1, acting_user=finance, now=NOON)
    promised = feed_of("/public/feed.atom")
    recheck(
        evaluation, level="finance", changes={}, opinion="属实", acting_user=finance, now=NOON
    )
    both = feed_of("/public/feed.atom")

    name = approved.public_name or approved.project_name
    assert promised == [f"公开绩效目标：{name}"]
    assert set(both) == {f"公开绩效目标：{name}", f"公开绩效结果：{name}"}
    assert feed_of(f"/public/feed.atom?unit={approved.implementing_unit}") == both
    assert feed_of("/public/feed.atom?unit=别的单位") == []


def test_a_promise_without_a_year_is_told_in_the_feed_without_one(approved, finance):
    move_declaration(approved, "publish", revision=1, acting_user=finance, now=NOON)
    Declaration.objects.filter(pk=approved.pk).update(year=None)

    feed = Client().get("/public/feed.atom").content.decode()

    assert "None" not in feed


def feed_of(address: str) -> list[str]:
    """The titles of a feed, as a reader that knows nothing of this site takes it."""
    answer = Client().get(address)
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    atom = {"a": "http://www.w3.org/2005/Atom"}
    whole = etree.fromstring(answer.content)
    for entry in whole.findall("a:entry", atom):
        assert entry.find("a:updated", atom) is not None
        assert entry.find("a:link", atom).attrib["href"].startswith("http://testserver/public/")
    return [title.text for title in whole.findall("a:entry/a:title", atom)]


def test_the_first_page_of_a_stranger_is_the_public_one(declaration: Declaration):
    moved(declaration, *APPROVED, "publish")

    page = Client().get("/")

    assert page.status_code == 200
    assert f'href="/public/{declaration.pk}/"' in page.content.decode()
    assert "待办" not in page.content.decode()


def test_what_is_entered_after_finance_looked_does_not_change_what_the_public_reads(
    approved: Declaration, evaluation: SelfEvaluation, finance: User, filer: User
):
    move_declaration(approved, "publish", revision=1, acting_user=finance, now=NOON)
    recheck(
        evaluation, level="finance", changes={}, opinion="属实", acting_user=finance, now=NOON
    )
    later = NOON + timedelta(days=9)

    entered(approved, filer, "养护里程", "3公里", reason="塌方", now=later)
    record_spending(
        approved, month=date(2023, 6, 1), amount=Decimal(1), acting_user=filer, now=later
    )

    page = Client().get(f"/public/{approved.pk}/").content.decode()
    listed = Client().get("/public/").content.decode()
    assert "没有做到" not in page
    assert "塌方" not in page
    assert "21.55" in page
    assert "21.55" in listed
    assert "没有找到" in Client().get("/public/?missed=1").content.decode()
    assert list(derived_differences()) == []


def test_results_of_an_older_version_are_not_told_of_a_newer_one(
    approved: Declaration, evaluation: SelfEvaluation, finance: User
):
    move_declaration(approved, "publish", revision=1, acting_user=finance, now=NOON)
    recheck(
        evaluation, level="finance", changes={}, opinion="属实", acting_user=finance, now=NOON
    )

    approved.settled.revision_number = 0
    approved.settled.save()

    page = Client().get(f"/public/{approved.pk}/").content.decode()
    assert "承诺了什么，做到没有" not in page
    assert len(list(derived_differences())) == 1


def test_a_departments_own_recheck_makes_nothing_public(
    approved: Declaration, evaluation: SelfEvaluation, finance: User, department: User
):
    move_declaration(approved, "publish", revision=1, acting_user=finance, now=NOON)
    recheck(
        evaluation,
        level="department",
        changes={},
        opinion="属实",
        acting_user=department,
        now=NOON,
    )

    page = Client().get(f"/public/{approved.pk}/").content.decode()
    assert "承诺了什么，做到没有" not in page


def test_numbers_of_people_in_a_reason_are_blacked_out(
    approved: Declaration, finance: User, filer: User
):
    for name, value in MET.items():
        entered(approved, filer, name, value)
    entered(approved, filer, "养护里程", "3公里", reason="联系 13800001111 未果，缺 32 公里")
    spent(approved, filer, 6, "215457.60")
    made = file_self_evaluation(approved, goal_done="已完成", acting_user=filer, now=NOON)
    recheck(made, level="finance", changes={}, opinion="属实", acting_user=finance, now=NOON)
    move_declaration(approved, "publish", revision=1, acting_user=finance, now=NOON)

    page = Client().get(f"/public/{approved.pk}/").content.decode()

    assert "■ 没有做到" in page
    assert "联系 ██ 未果，缺 32 公里" in page
    assert "13800001111" not in page


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("310117195001011234", "██"),
        ("31011719500101123X，男", "██，男"),
        ("卡 6222 0212 3456 7890 123", "卡 ██"),
        ("021-67812345", "██"),
        ("+86 138 0000 1111", "██"),
        ("2023年1月1日至12月31日", "2023年1月1日至12月31日"),
        ("1,234,567,890.00元", "1,234,567,890.00元"),
        ("文号沪财绩〔2020〕12号", "文号沪财绩〔2020〕12号"),
        ("补贴 2880000.00", "补贴 2880000.00"),
    ],
)
def test_a_number_of_a_person_is_told_from_money_and_days(written: str, told: str):
    assert discreet(written) == told


def test_a_citizen_comes_from_the_count_of_missed_promises_to_the_projects(
    approved: Declaration, evaluation: SelfEvaluation, finance: User, filer: User
):
    entered(approved, filer, "养护里程", "30公里", reason="塌方")
    again = file_self_evaluation(approved, goal_done="差 5 公里", acting_user=filer, now=NOON)
    move_declaration(approved, "publish", revision=1, acting_user=finance, now=NOON)
    recheck(again, level="finance", changes={}, opinion="属实", acting_user=finance, now=NOON)

    home = Client().get("/").content.decode()

    assert 'href="/public/?missed=1">看没有达成的' in home
    found = Client().get("/public/?missed=1").content.decode()
    assert f'href="/public/{approved.pk}/"' in found
    assert "看没有达成的" not in found
