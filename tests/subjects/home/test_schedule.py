"""The schedule of a year: whose days hold, what is left, what the documents say where nobody set a day."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.timezone import localdate

from kaoji.core.speech import restored
from kaoji.platform.notices.models import Notice
from kaoji.standards.schedule import step_of, steps_of
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.rectification.actions.step_rectification import step_rectification
from kaoji.subjects.review.actions.move_declaration import move_declaration
from kaoji.subjects.review.actions.remind import remind
from kaoji.subjects.windows.actions.set_window import set_window
from kaoji.workflow.moves import Stage
from kaoji.workflow.places import PlaceKind
from support.evaluating import commissioned, experts, scored
from support.followed import demanded
from support.people import NOON, person, place

pytestmark = pytest.mark.django_db

TODAY = localdate(NOON)


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def rows_of(who: User, year: int = 2023) -> dict[str, str]:
    """By step what stands in its row, in one line."""
    client = Client()
    client.force_login(who)
    page = client.get(f"/schedule/?year={year}").content.decode()
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    rows = (re.sub(r"<[^>]+>", " ", row) for row in body.split("</tr>"))
    told = [" ".join(row.split()) for row in rows]
    return {row.split()[0]: row for row in told if row}


def reminded(days: int) -> list[tuple[str, str]]:
    Notice.objects.all().delete()
    remind(days=days, now=NOON)
    return [
        (item.person.username, str(restored(item.sentence))) for item in Notice.objects.all()
    ]


def test_where_nobody_set_a_day_the_document_speaks_with_its_name(filer: User):
    rows = rows_of(filer)

    # 财预〔2019〕136号: 8 月 31 日前报送; 预算法第五十二条: 20 日、15 日.
    assert "没有设期限；一般不晚于 2023-08-31" in rows["运行监控"]
    assert "财预〔2019〕136号" in rows["运行监控"]
    assert "未核对原文" in rows["运行监控"]
    assert "人大批准预算后二十日内批复部门，部门接到批复后十五日内批复单位" in rows["批复"]
    assert "第五十二条" in rows["批复"]
    assert "未核对原文" not in rows["批复"]
    assert "没有设期限；一般从 2022-07 起" in rows["申报"]


def test_the_steps_stand_in_the_order_of_the_year():
    steps = steps_of(2023)

    assert [step.first_day(2023) for step in steps] == sorted(
        step.first_day(2023) for step in steps
    )
    assert [step.key for step in steps][:2] == ["ex_ante", "declare"]
    assert {stage.value for stage in Stage} <= {step.key for step in steps}
    assert step_of(2023, "publish").day_after(date(2023, 2, 10)) == date(2023, 3, 2)


def test_a_window_stands_in_the_place_of_the_usual_time_with_what_is_left(
    approved: Declaration, filer: User, finance: User
):
    set_window(
        2023, Stage.SELF_EVALUATION, place(), opens_on=TODAY - timedelta(3),
        closes_on=TODAY + timedelta(4), acting_user=finance, now=NOON,
    )  # fmt: skip

    row = rows_of(filer)["自评"]

    assert "2026-11-21 – 2026-11-28 还有 1 份" in row
    assert "没有设期限" not in row


def test_a_unit_sees_its_own_windows_and_work_alone(approved: Declaration, finance: User):
    other = place("丁", PlaceKind.UNIT, place("乙", PlaceKind.DEPARTMENT, place()))
    set_window(
        2023, Stage.ADJUST, approved.organisation, opens_on=TODAY, closes_on=TODAY,
        acting_user=finance, now=NOON,
    )  # fmt: skip
    stranger = person("填报", "丁的填报", at=other)

    assert "2026-11-24" not in rows_of(stranger)["调整"]
    assert "2026-11-24" in rows_of(finance)["调整"]


def test_monitoring_evaluations_and_rectifications_bring_their_own_days(
    approved: Declaration, filer: User, department: User, finance: User, period
):
    held = demanded(approved, department)
    [expert, *_] = experts()
    asked = commissioned(approved, finance, [expert])

    rows = rows_of(finance)

    assert "2026-12-31 还有 1 份 丙 报送1—7 月运行监控" in rows["运行监控"]
    assert f"{held.due_on} 还有 1 份 丙 整改：{held.finding[:40]}" in rows["整改"]
    assert f"{asked.due_on} 还有 1 份 丙 评价“甲”" in rows["部门评价和财政评价"]

    step_rectification(held, "answer", text="已补", acting_user=filer, now=NOON)
    assert "还有" not in rows_of(finance)["整改"]


def test_what_is_approved_has_to_be_public_twenty_days_later(
    approved: Declaration, finance: User
):
    approved.state_since = NOON
    approved.save(update_fields=["state_since"])

    assert "2026-12-14 还有 1 份" in rows_of(finance)["公开绩效目标"]

    move_declaration(approved, "publish", revision=1, acting_user=finance, now=NOON)
    assert "还有" not in rows_of(finance)["公开绩效目标"]


def test_who_has_to_act_is_reminded_of_days_without_a_window(
    approved: Declaration, filer: User, department: User, finance: User, period
):
    demanded(approved, department)
    [expert, *_] = experts()
    asked = commissioned(approved, finance, [expert])

    told = reminded((asked.due_on - TODAY).days)

    assert (filer.username, "2023 年运行监控于 2026-12-31 截止，还有 1 份等您办理") in told
    assert (
        expert.username,
        f"2023 年部门评价和财政评价于 {asked.due_on} 截止，还有 1 份等您办理",
    ) in told
    assert [text for who, text in told if who == finance.username] == [
        "2023 年公开绩效目标于 2026-12-14 截止，还有 1 份等您办理"
    ]
    assert not [who for who, text in told if "运行监控" in text and who == department.username]


def test_an_expert_who_scored_is_not_reminded(approved: Declaration, finance: User):
    both = experts()[:2]
    asked = commissioned(approved, finance, both)
    scored(asked, both[0])

    told = reminded((asked.due_on - TODAY).days)

    assert [who for who, text in told if "评价" in text] == [both[1].username]


def test_the_desk_says_until_when_an_approved_form_has_to_be_public(
    approved: Declaration, finance: User
):
    approved.state_since = NOON
    approved.save(update_fields=["state_since"])
    client = Client()
    client.force_login(finance)

    desk = " ".join(client.get("/todo/").content.decode().split())

    assert "12 月 14 日" in desk
    assert "还有 20 天" in desk


def test_who_is_late_is_named_and_what_is_over_is_said_first(
    approved: Declaration, filer: User, department: User
):
    demanded(approved, department)  # until 2026-11-24
    later = TODAY + timedelta(1)
    client = Client()
    client.force_login(department)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.timezone.localdate", lambda *_args: later)
        page = " ".join(client.get("/schedule/?year=2023").content.decode().split())

    assert "整改已过期限，还有没有办完的。" in page
    assert f"<small>{approved.organisation.name}</small>" in page
