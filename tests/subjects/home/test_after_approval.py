"""The to-do page after the approvals; addresses that only take forms; forms of another sitting."""

from __future__ import annotations

import pytest
from django.test import Client

from kaoji.subjects.rectification.actions.step_rectification import step_rectification
from support.evaluating import commissioned, experts
from support.followed import demanded
from support.people import NOON

pytestmark = pytest.mark.django_db


def todo_of(user) -> str:
    client = Client()
    client.force_login(user)
    return client.get("/todo/").content.decode()


def test_the_to_do_page_leads_to_what_waits_after_the_approvals(
    approved, filer, department, finance, period, monkeypatch
):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    held = demanded(approved, department)
    [expert, *_] = experts()
    asked = commissioned(approved, finance, [expert])

    unit = todo_of(filer)
    assert f'href="/monitoring/{period.pk}/">{period.title}</a>' in unit
    assert "还有 1 份监控表要报送" in unit
    assert f'href="/following/rectifications/{held.pk}/">甲</a>' in unit
    assert "进度滞后" in unit
    assert f'href="/following/evaluations/{asked.pk}/">甲</a>' in todo_of(expert)
    assert "要销号或退回" not in todo_of(department)
    step_rectification(held, "answer", text="已补", acting_user=filer, now=NOON)
    assert "要销号或退回" in todo_of(department)
    assert "报整改结果" not in todo_of(filer)


def test_an_address_that_only_takes_forms_leads_to_the_page_above(approved, filer):
    client = Client()
    client.force_login(filer)

    assert (
        client.get(f"/results/{approved.pk}/spending/")["Location"]
        == f"/results/{approved.pk}/"
    )


def test_a_form_of_another_sitting_says_what_to_do(filer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(filer)

    page = client.post("/account/keys/", {"name": "x"})

    assert page.status_code == 403
    assert "复制写好的内容，刷新后再提交" in page.content.decode()
