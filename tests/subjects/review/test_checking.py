"""A move that judges is shown once more before it is made."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from kaoji.platform.drafts.actions.drop_draft import drop_draft
from kaoji.platform.drafts.actions.keep_draft import keep_draft
from kaoji.platform.drafts.models import Draft
from kaoji.subjects.declarations.models import Declaration, Waiver
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.review.actions.give_opinion import give_opinion
from kaoji.subjects.review.actions.move_declaration import move_declaration
from kaoji.subjects.review.queries.outstanding import outstanding
from support.people import NOON, person
from support.road_form import SOUND

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(filer: User) -> Declaration:
    intake = import_document(SOUND.encode(), name="x.txt", acting_user=filer, now=NOON)
    [made] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    return move_declaration(made, "submit", revision=1, acting_user=filer, now=NOON)


@pytest.fixture
def reviewer(submitted: Declaration) -> Client:
    client = Client()
    client.force_login(person("主管部门审核"))
    return client


def test_asking_changes_nothing_and_tells_what_would_come(submitted, reviewer):
    asked = reviewer.post(
        f"/declarations/{submitted.pk}/move/return/",
        {"revision": "1", "reason": "补充成本指标", "ask": "1"},
    )
    page = asked.content.decode()

    assert asked.status_code == 200
    assert "确认退回" in page
    assert "补充成本指标" in page
    assert "退回填报人修改" in page
    submitted.refresh_from_db()
    assert submitted.state == "submitted"


def test_what_was_confirmed_is_done_and_says_who_has_it_now(submitted, reviewer):
    made = reviewer.post(
        f"/declarations/{submitted.pk}/move/forward/", {"revision": "1"}, follow=True
    )

    page = made.content.decode()
    assert "办理回执" in page
    assert "同意第 1 版并报财政" in page
    assert "待财政审核" in page


def test_nothing_is_passed_on_over_an_open_opinion_without_saying_so(submitted, reviewer):
    give_opinion(
        submitted, field="annual_goal", place="年度总目标", text="请写明人数",
        acting_user=User.objects.get(pk=reviewer.session["_auth_user_id"]), now=NOON,
    )  # fmt: skip

    page = reviewer.post(
        f"/declarations/{submitted.pk}/move/forward/", {"revision": "1", "ask": "1"}
    ).content.decode()

    [opinion] = submitted.opinions.all()
    assert f'value="opinions:1:{opinion.pk}" required> 我已知道：还有 1 条意见没有关闭' in page


def pressed(client: Client, form: Declaration, *acknowledged: str) -> HttpResponse:
    given = {"revision": "1", "acknowledged": list(acknowledged)}
    return client.post(f"/declarations/{form.pk}/move/forward/", given)


def test_what_was_not_ticked_is_asked_for_by_the_server_too(submitted, reviewer):
    who = User.objects.get(pk=reviewer.session["_auth_user_id"])
    for text in ("请写明人数", "请写明时限"):
        give_opinion(
            submitted, field="annual_goal", place="年度总目标", text=text,
            acting_user=who, now=NOON,
        )  # fmt: skip

    older, newer = sorted(item.pk for item in submitted.opinions.all())
    unticked, outdated, of_another = (
        pressed(reviewer, submitted),
        pressed(reviewer, submitted, f"opinions:1:{older}"),
        pressed(reviewer, submitted, f"opinions:2:{older}"),
    )

    for answer in (unticked, outdated, of_another):
        assert answer.status_code == 409
        assert "请先逐项确认：还有 2 条意见没有关闭" in answer.content.decode()
        assert "确认同意并报财政" in answer.content.decode()
    submitted.refresh_from_db()
    assert submitted.state == "submitted"
    assert pressed(reviewer, submitted, f"opinions:2:{newer}").status_code == 302
    submitted.refresh_from_db()
    assert submitted.state == "forwarded"


def test_a_waiver_that_ran_out_is_not_asked_about(submitted, reviewer):
    Waiver.objects.create(
        declaration=submitted, rule="KJ301", place="养护里程", said="x", reason="核实",
        until=NOON.date() - timedelta(1), given_at=NOON,
        given_by=submitted.revisions.get().made_by,
    )  # fmt: skip

    assert outstanding(submitted, "forward", person=user_of(reviewer), on=NOON.date()) == []
    assert (
        len(
            outstanding(
                submitted,
                "forward",
                person=user_of(reviewer),
                on=NOON.date() - timedelta(1),
            )
        )
        == 1
    )


@pytest.fixture
def unsent(submitted: Declaration, reviewer: Client) -> Draft:
    """An opinion that the reviewer wrote and did not send."""
    return keep_draft(
        f"opinion:{submitted.pk}", [["field", "annual_goal"], ["text", "请写明受益人数"]],
        seen=0, acting_user=user_of(reviewer), now=NOON,
    )  # fmt: skip


def user_of(client: Client) -> User:
    return User.objects.get(pk=client.session["_auth_user_id"])


def shown_in(page: str) -> str:
    """What the unsent opinion is named by, on the page that asks about it."""
    return re.findall(r'value="give:(unsent:\w+)"', page)[0]


def sent_back(reviewer: Client, form: Declaration, **given: str) -> HttpResponse:
    asked = {"revision": "1", "reason": "目标不清", **given}
    return reviewer.post(f"/declarations/{form.pk}/move/return/", asked)


def test_an_opinion_that_was_written_and_not_sent_is_not_left_behind_unseen(
    submitted, reviewer, unsent
):
    refused = sent_back(reviewer, submitted)

    assert refused.status_code == 409
    assert (
        "您写的意见还没有提出，办理后就提不了了：“请写明受益人数”" in refused.content.decode()
    )
    submitted.refresh_from_db()
    assert submitted.state == "submitted"


def test_it_goes_along_with_the_return_where_the_reviewer_says_so(submitted, reviewer, unsent):
    page = sent_back(reviewer, submitted, ask="1").content.decode()
    assert "连同退回一并提出" in page

    made = sent_back(reviewer, submitted, acknowledged=f"give:{shown_in(page)}")

    assert made.status_code == 302
    [opinion] = submitted.opinions.all()
    assert (opinion.text, opinion.field) == ("请写明受益人数", "annual_goal")
    assert not Draft.objects.exists()
    submitted.refresh_from_db()
    assert submitted.state == "returned"


def test_or_it_stays_a_draft(submitted, reviewer, unsent):
    asked = shown_in(sent_back(reviewer, submitted, ask="1").content.decode())

    assert sent_back(reviewer, submitted, acknowledged=asked).status_code == 302

    assert not submitted.opinions.exists()
    assert Draft.objects.get() == unsent


def test_what_was_written_after_the_question_is_asked_about_anew(submitted, reviewer, unsent):
    asked = shown_in(sent_back(reviewer, submitted, ask="1").content.decode())
    keep_draft(
        unsent.form, [["text", "请写明受益人数和标准"]],
        seen=1, acting_user=user_of(reviewer), now=NOON,
    )  # fmt: skip

    refused = sent_back(reviewer, submitted, acknowledged=f"give:{asked}")

    assert refused.status_code == 409
    assert not submitted.opinions.exists()


def test_what_was_dropped_and_begun_anew_is_asked_about_anew(submitted, reviewer, unsent):
    """It counts from one again, but says something else."""
    asked = shown_in(sent_back(reviewer, submitted, ask="1").content.decode())
    drop_draft(unsent.form, acting_user=user_of(reviewer))
    keep_draft(
        unsent.form, [["text", "没给人看过的话"]],
        seen=0, acting_user=user_of(reviewer), now=NOON,
    )  # fmt: skip

    refused = sent_back(reviewer, submitted, acknowledged=f"give:{asked}")

    assert refused.status_code == 409
    assert not submitted.opinions.exists()


def test_what_another_window_kept_meanwhile_is_not_dropped(unsent, reviewer):
    keep_draft(
        unsent.form, [["text", "又写了一句"]], seen=1, acting_user=user_of(reviewer), now=NOON
    )

    drop_draft(unsent.form, version=1, acting_user=user_of(reviewer))

    assert Draft.objects.get().content == [["text", "又写了一句"]]


def test_with_a_move_that_is_refused_no_opinion_goes_out(submitted, reviewer, unsent):
    asked = shown_in(sent_back(reviewer, submitted, ask="1").content.decode())
    refused = sent_back(reviewer, submitted, reason=" ", acknowledged=f"give:{asked}")

    assert refused.status_code == 409
    assert not submitted.opinions.exists()
    assert Draft.objects.exists()


def test_a_review_sheet_that_was_not_saved_is_asked_about_too(submitted, reviewer):
    keep_draft(
        f"judge:{submitted.pk}:general", [["remark", "成本指标偏少"]],
        seen=0, acting_user=user_of(reviewer), now=NOON,
    )  # fmt: skip

    refused = reviewer.post(
        f"/declarations/{submitted.pk}/move/forward/", {"revision": "1", "acknowledged": ""}
    )

    assert refused.status_code == 409
    assert "您填的审核表还没有保存" in refused.content.decode()


def test_what_somebody_else_wrote_is_no_matter_of_mine(submitted, reviewer):
    keep_draft(
        f"opinion:{submitted.pk}", [["text", "请写明"]],
        seen=0, acting_user=person("填报", "另一人"), now=NOON,
    )  # fmt: skip

    assert sent_back(reviewer, submitted).status_code == 302
