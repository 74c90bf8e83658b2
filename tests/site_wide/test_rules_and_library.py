"""The pages for waivers, overrides and the library, as people meet them."""

from __future__ import annotations

import pytest
from django.test import Client

from kaoji.samples import SONGJIANG_2023
from kaoji.subjects.declarations.actions.fill_library import fill_library
from kaoji.subjects.declarations.models import Declaration, FindingRow
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.library.actions.write_indicator_sheet import FIELDS
from kaoji.subjects.library.models import LibraryEntry
from kaoji.subjects.rulebook.models import Override
from support.pages import unbroken
from support.people import NOON, person

pytestmark = pytest.mark.django_db


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(person(role))
    return client


@pytest.fixture
def declaration() -> Declaration:
    filer = person("填报", "somebody")
    intake = import_document(
        SONGJIANG_2023.read_bytes(), name="s.txt", acting_user=filer, now=NOON
    )
    return confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)[0]


def test_a_reviewer_waives_a_finding_beside_its_row_and_takes_it_back(declaration: Declaration):
    client = signed_in("主管部门审核")
    address = f"/declarations/{declaration.pk}/"
    finding = FindingRow.objects.get(revision__declaration=declaration, rule="KJ307")

    page = client.post(
        f"{address}waive/{finding.pk}/",
        {"reason": "按季发放", "until": "2030-12-31"},
        follow=True,
    ).content.decode()

    assert "主管部门审核 豁免至 2030-12-31：按季发放" in page
    assert "已豁免 <b>1</b>" in page
    waiver = declaration.waivers.get()
    page = client.post(f"{address}waivers/{waiver.pk}/end/", follow=True).content.decode()
    assert "豁免至" not in page.split('id="history"')[0]


@pytest.mark.parametrize("until", ["", "soon", "2001-01-01"])
def test_a_waiver_without_a_proper_day_is_refused_in_a_sentence(
    declaration: Declaration, until: str
):
    finding = FindingRow.objects.filter(revision__declaration=declaration).first()

    page = signed_in("主管部门审核").post(
        f"/declarations/{declaration.pk}/waive/{finding.pk}/",
        {"reason": "x", "until": until},
        follow=True,
    )

    assert page.status_code == 200
    assert not declaration.waivers.exists()
    assert "日期" in page.content.decode() or "已经过去" in page.content.decode()


def test_who_fills_in_forms_sees_no_waiving(declaration: Declaration):
    client = signed_in("填报")

    assert "豁免这一项" not in client.get(f"/declarations/{declaration.pk}/").content.decode()
    assert client.post(f"/declarations/{declaration.pk}/waive/1/").status_code == 403


def test_the_rule_page_shows_how_often_the_rule_is_right():
    page = Client().get("/rules/KJ403/").content.decode()

    assert "准确度" in page
    assert "漏报 3 处" in page


def test_an_administrator_sets_a_rule_otherwise_and_restores_it():
    client = signed_in("管理员")

    page = client.post(
        "/rules/KJ316/override/",
        {"set": "threshold:rate_min", "value": "75", "region": "shanghai", "reason": "本区"},
        follow=True,
    ).content.decode()

    assert "rate_min 数值 →<b>75</b>" in unbroken(page)
    held = Override.objects.get()
    client.post(f"/rules/KJ316/restore/{held.pk}/")
    assert not Override.objects.exists()


def test_nobody_else_is_offered_to_change_rules():
    client = signed_in("主管部门审核")

    assert 'id="override"' not in client.get("/rules/KJ316/").content.decode()
    assert client.post("/rules/KJ316/override/").status_code == 403


def test_the_library_is_searched_and_an_entry_tells_its_uses():
    fill_library()
    client = signed_in("填报")

    page = client.get(
        "/library/", {"q": "满意度", "class": "服务对象满意度指标"}
    ).content.decode()
    entry = LibraryEntry.objects.filter(name__contains="救助对象满意").first()
    alone = client.get(f"/library/{entry.pk}/").content.decode()

    assert "社会救助对象满意度" in page
    assert "用过 2 次，其中 2 次可衡量" in alone
    assert "松江区民政局" in alone


def test_names_are_suggested_while_typing():
    fill_library()

    data = signed_in("填报").get("/library/suggest/", {"q": "社会满意"}).json()

    assert len(data["suggestions"]) == 10
    assert data["suggestions"][0]["measurable"]


def test_a_sheet_that_lacks_a_part_keeps_what_was_typed():
    fill_library()
    entry = LibraryEntry.objects.first()
    client = signed_in("主管部门审核")
    parts = dict.fromkeys(FIELDS, "原来写的") | {"method": ""}

    refused = client.post(f"/library/{entry.pk}/sheet/", parts)
    saved = client.post(
        f"/library/{entry.pk}/sheet/", {**parts, "method": "问卷调查法"}, follow=True
    )

    assert refused.status_code == 422
    assert "原来写的" in refused.content.decode()
    assert "已保存第 1 版" in saved.content.decode()


def test_a_vague_finding_leads_to_measurable_names(declaration: Declaration):
    page = signed_in("主管部门审核").get(f"/declarations/{declaration.pk}/").content.decode()

    assert "/library/?q=" in page


def test_suggestions_come_as_options_for_an_input():
    fill_library()
    client = signed_in("填报")

    page = client.get("/library/suggest/", {"value": "满意"}, headers={"HX-Request": "true"})

    assert page.content.decode().count("<option") == 10


def test_a_declaration_shows_the_sheets_of_its_indicators(declaration: Declaration):
    client = signed_in("主管部门审核")
    entry = declaration.observations.first().entry
    client.post(f"/library/{entry.pk}/sheet/", dict.fromkeys(FIELDS, "按月统计"))

    page = client.get(f"/declarations/{declaration.pk}/").content.decode()

    assert 'id="sheets"' in page
    assert "按月统计" in page


def test_a_visitor_does_not_see_who_set_a_rule_otherwise():
    signed_in("管理员").post(
        "/rules/KJ316/override/", {"set": "off:", "reason": "内部理由", "region": ""}
    )

    assert "内部理由" not in Client().get("/rules/KJ316/").content.decode()
    assert "内部理由" in signed_in("主管部门审核").get("/rules/KJ316/").content.decode()
