"""Two revisions beside each other."""

from __future__ import annotations

import pytest
from django.test import Client

from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from support.people import NOON, person

pytestmark = pytest.mark.django_db

FORM = """项目: 甲
年度: 2023
主管部门: 乙
实施单位: 丙
年度资金: 100 元
产出指标 / 数量指标 / 里程: ≥ 35 公里
"""


@pytest.fixture
def client_and_declaration() -> tuple[Client, Declaration]:
    filer = person("填报")
    for text in (FORM, FORM.replace("100 元", "120 元").replace("35", "40")):
        intake = import_document(text.encode(), name="x.txt", acting_user=filer, now=NOON)
        [declaration] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    client = Client()
    client.force_login(filer)
    return client, declaration


def test_only_what_differs_is_shown(client_and_declaration):
    client, declaration = client_and_declaration

    page = client.get(f"/declarations/{declaration.pk}/compare/").content.decode()

    assert "<del>100.00</del>" in page
    assert "<ins>120.00</ins>" in page
    assert "<del>≥ 35 公里</del>" in page
    assert page.count("<tr class=") == 2


def test_a_revision_equals_itself(client_and_declaration):
    client, declaration = client_and_declaration

    page = client.get(f"/declarations/{declaration.pk}/compare/?from=1&to=1").content.decode()

    assert "两版一字不差" in page


@pytest.mark.parametrize("query", ["?from=9", "?from=0", "?to=999999"])
def test_a_revision_that_there_is_not_is_not_found(client_and_declaration, query: str):
    client, declaration = client_and_declaration

    assert client.get(f"/declarations/{declaration.pk}/compare/{query}").status_code == 404
