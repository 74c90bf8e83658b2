"""The desk: what waits for whom, why it came back, what is counted in the head of every page."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.review.actions.move_declaration import move_declaration
from support.pages import unbroken
from support.people import NOON, person
from support.road_form import SOUND

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(filer: User) -> Declaration:
    intake = import_document(SOUND.encode(), name="x.txt", acting_user=filer, now=NOON)
    [made] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    return made


def page_of(user: User, address: str) -> str:
    client = Client()
    client.force_login(user)
    return unbroken(client.get(address).content.decode())


def test_a_form_that_was_returned_says_why_where_the_task_is_listed(form, filer):
    reviewer = person("主管部门审核")
    move_declaration(form, "submit", revision=1, acting_user=filer, now=NOON)
    assert "待我办理" in page_of(reviewer, "/todo/")
    assert "部门审核" in page_of(reviewer, "/todo/")

    move_declaration(
        form, "return", revision=1, reason="补充成本指标", acting_user=reviewer, now=NOON
    )

    desk = page_of(filer, "/todo/")
    assert "退回修改" in desk
    assert "退回理由：补充成本指标" in desk
    assert f'href="/declarations/{form.pk}/edit/"' in desk
    assert "退回修改" not in page_of(reviewer, "/todo/")


def test_the_head_of_every_page_counts_what_waits_for_me(form, filer):
    waits = '<span class="n hot"><span class="unseen">共</span>1</span>'

    assert waits in page_of(filer, "/declarations/")
    move_declaration(form, "submit", revision=1, acting_user=filer, now=NOON)

    assert waits not in page_of(filer, "/declarations/")
    assert waits in page_of(person("主管部门审核"), "/declarations/")


def test_the_page_of_a_form_says_who_has_it_and_what_to_do(form, filer):
    mine = page_of(filer, f"/declarations/{form.pk}/")
    move_declaration(form, "submit", revision=1, acting_user=filer, now=NOON)
    reviewer = person("主管部门审核")
    theirs = page_of(filer, f"/declarations/{form.pk}/")
    name = reviewer.get_full_name() or reviewer.get_username()

    assert "继续填写</a>" in mine
    assert "（您）" in mine
    assert "继续填写</a>" not in theirs
    assert f"现由 <b>{name}</b> 办理" in theirs
    assert 'class="now" aria-current="step">主管审核' in theirs
    assert f'href="/declarations/{form.pk}/review/">审核</a>' in page_of(
        reviewer, f"/declarations/{form.pk}/"
    )


def test_a_review_that_sent_a_form_back_is_marked_among_the_stages(form, filer):
    department, finance = person("主管部门审核"), person("财政绩效")
    move_declaration(form, "submit", revision=1, acting_user=filer, now=NOON)
    move_declaration(form, "forward", revision=1, acting_user=department, now=NOON)
    move_declaration(form, "return", revision=1, reason="太少", acting_user=finance, now=NOON)

    page = page_of(filer, f"/declarations/{form.pk}/")

    assert 'class="back">财政审核' in page
    assert 'class="now" aria-current="step">填报' in page


def test_a_unit_that_sends_its_own_form_back_marks_no_later_review(form, filer):
    form.organisation.reviews_first = True
    form.organisation.save()
    move_declaration(form, "submit", revision=1, acting_user=filer, now=NOON)
    move_declaration(
        form, "return", revision=1, reason="x", acting_user=person("单位审核"), now=NOON
    )

    page = page_of(filer, f"/declarations/{form.pk}/")

    assert 'class="back"' not in page
    assert 'class="now" aria-current="step">填报' in page


def counted(page: str) -> int:
    """What the menu says waits for me; nothing is said of nothing."""
    found = re.search(r"待办</span>\s*<span[^>]*><span[^>]*>共</span>(\d+)", page)
    return int(found[1]) if found else 0


def test_the_menu_counts_what_waits_now_whoever_moved_it(form, filer, settings):
    settings.KEEPS_SUMS = True
    cache.clear()
    reviewer = person("主管部门审核")
    assert counted(page_of(reviewer, "/following/")) == 0
    assert counted(page_of(filer, "/following/")) == 1

    # Not through a page of this process: another process, another person, a program.
    move_declaration(form, "submit", revision=1, acting_user=filer, now=NOON)

    assert counted(page_of(reviewer, "/following/")) == 1
    assert counted(page_of(filer, "/following/")) == 0


def test_the_list_counts_a_form_as_soon_as_it_is_there(form, filer, settings):
    settings.KEEPS_SUMS = True
    cache.clear()
    assert "1 份申报表" in page_of(filer, "/declarations/")

    text = SOUND.replace("项目: 农村公路养护", "项目: 农村公路修建")
    intake = import_document(text.encode(), name="y.txt", acting_user=filer, now=NOON)
    confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)

    assert "2 份申报表" in page_of(filer, "/declarations/")


def test_the_english_menu_leads_to_projects(form, filer):
    client = Client()
    client.force_login(filer)
    client.post("/account/language/", {"language": "en", "next": "/"})

    page = unbroken(client.get("/todo/").content.decode())

    assert "<span>Projects</span>" in page
