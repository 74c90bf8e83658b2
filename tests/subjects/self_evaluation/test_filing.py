"""A self-evaluation is shown once more before it is filed, and leaves a receipt."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from kaoji.platform.drafts.actions.keep_draft import keep_draft
from kaoji.platform.drafts.models import Draft
from kaoji.subjects.declarations.models import Declaration
from support.followed import entered, spent
from support.pages import unbroken
from support.people import NOON
from support.road_form import MET

pytestmark = pytest.mark.django_db

GOAL = "养护公路 36 公里，验收全部合格。"


@pytest.fixture
def reached(approved: Declaration, filer: User) -> Declaration:
    """A promise of which all is known: one indicator was missed, and it is said why."""
    for name, value in MET.items():
        entered(approved, filer, name, value)
    entered(approved, filer, "验收合格率", "90%", reason="雨季返工")
    spent(approved, filer, 12, "200000")
    return approved


@pytest.fixture
def client(filer: User) -> Client:
    client = Client()
    client.force_login(filer)
    return client


def sent(client: Client, promise: Declaration, **more: str):
    return client.post(f"/results/{promise.pk}/file/", {"goal_done": GOAL, **more})


def test_asking_files_nothing_and_shows_what_would_be_frozen(client, reached):
    page = unbroken(sent(client, reached, ask="1").content.decode())

    assert not reached.self_evaluations.exists()
    assert "核对后报送自评" in page
    assert GOAL in page
    assert "验收合格率" in page
    assert "雨季返工" in page
    assert "没有佐证文件的完成值" in page
    assert "财政复核后向社会公开" in page


def test_the_page_of_the_results_asks_first(client, reached):
    page = client.get(f"/results/{reached.pk}/").content.decode()

    form = page.partition(f'action="/results/{reached.pk}/file/"')[2].partition("</form>")[0]
    assert 'name="ask" value="1"' in form


def test_what_the_rules_find_in_it_is_shown_and_has_to_be_ticked(client, reached, filer):
    """The money was hardly spent, all the same everything is said to be met."""
    entered(reached, filer, "验收合格率", "99%")
    spent(reached, filer, 12, "0")

    page = unbroken(sent(client, reached, ask="1").content.decode())

    assert "/rules/KJ" in page
    assert 'type="checkbox" required' in page


def test_what_is_missing_is_said_before_anybody_is_asked(client, approved):
    refused = sent(client, approved, ask="1")

    assert refused.status_code == 409
    assert GOAL in refused.content.decode()


def test_a_filed_one_leaves_a_receipt_with_who_comes_next(client, reached, department):
    keep_draft(
        f"self-evaluation:{reached.pk}", [["goal_done", GOAL]], seen=0,
        acting_user=User.objects.get(pk=client.session["_auth_user_id"]), now=NOON,
    )  # fmt: skip
    made = sent(client, reached)

    [filed] = reached.self_evaluations.all()
    assert made["Location"] == f"/results/{reached.pk}/receipt/1/"
    assert not Draft.objects.exists()
    page = unbroken(client.get(made["Location"]).content.decode())
    assert "办理回执" in page
    assert f"<b>{filed.total} · {filed.grade}</b>" in page
    assert department.get_full_name() in page
    assert f"#{reached.events.get(type='evaluation.filed').sequence} " in page
    assert client.get(f"/results/{reached.pk}/receipt/2/").status_code == 404
