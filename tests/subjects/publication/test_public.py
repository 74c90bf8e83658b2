"""What everybody may see: published promises in plain words, and nothing else."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.review.actions.move_declaration import move_declaration
from kaoji.subjects.self_evaluation.actions.recheck import recheck
from kaoji.subjects.self_evaluation.models import SelfEvaluation
from people import NOON, person
from road_form import FORM

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


def test_the_first_page_of_a_stranger_is_the_public_one(declaration: Declaration):
    moved(declaration, *APPROVED, "publish")

    page = Client().get("/")

    assert page.status_code == 200
    assert f'href="/public/{declaration.pk}/"' in page.content.decode()
    assert "待办" not in page.content.decode()
