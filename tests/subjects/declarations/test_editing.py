"""A declaration written on the site: a revision and an event, or a refusal that loses nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.test import Client

from kaoji.documents.editing import Typed, TypedRow, typed_of
from kaoji.platform.events.models import Event
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.subjects.declarations.actions.edit_declaration import (
    StaleEdit,
    UnableToEdit,
    edit_declaration,
)
from kaoji.subjects.declarations.actions.record_form import UnableToRecord
from kaoji.subjects.declarations.actions.stored_reading import reading_of
from kaoji.subjects.declarations.models import Declaration, Revision
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.review.actions.give_opinion import give_opinion
from kaoji.subjects.review.actions.move_declaration import move_declaration
from kaoji.subjects.verification.queries.verifying import verify_chain
from support.pages import unbroken
from support.people import NOON, person
from support.road_form import SOUND

pytestmark = pytest.mark.django_db


@pytest.fixture
def filer() -> User:
    return person("填报")


@pytest.fixture
def declaration(filer: User) -> Declaration:
    return put_on_record(SOUND, filer)


def put_on_record(text: str, filer: User) -> Declaration:
    intake = import_document(text.encode(), name="x.txt", acting_user=filer, now=NOON)
    [made] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    return made


def latest(declaration: Declaration) -> Revision:
    return declaration.revisions.latest("number")


def with_row(revision: Revision, at: int, **changes: str) -> Typed:
    typed = typed_of(reading_of(revision), [])
    rows = list(typed.rows["indicators"])
    rows[at] = replace(rows[at], **changes)
    return replace(typed, rows={**typed.rows, "indicators": rows})


def save(declaration: Declaration, typed: Typed, base: Revision, seen: int, user: User):
    return edit_declaration(
        declaration, typed, base=base, seen=seen, acting_user=user, now=NOON
    )


def test_what_was_typed_is_the_next_revision_with_one_event(declaration, filer):
    before = Event.objects.count()
    base = latest(declaration)

    saved = save(declaration, with_row(base, 0, target_raw="≥ 40公里"), base, 1, filer)

    assert saved.revision_count == 2
    assert reading_of(latest(saved)).form.indicators[0].target.text == "≥ 40公里"
    assert saved.revisions.get(number=2).document is None
    assert Event.objects.count() == before + 1
    assert Event.objects.latest("sequence").type == "declaration.revised"
    assert verify_chain() == before + 1


def test_saving_what_is_there_makes_no_revision(declaration, filer):
    base = latest(declaration)
    before = Event.objects.count()

    saved = save(declaration, typed_of(reading_of(base), []), base, 1, filer)

    assert (saved.revision_count, Event.objects.count()) == (1, before)


def test_a_late_save_is_shown_what_the_other_changed_and_may_then_insist(declaration, filer):
    base = latest(declaration)
    save(declaration, with_row(base, 1, target_raw="≥ 99%"), base, 1, filer)
    mine = with_row(base, 0, target_raw="≥ 40公里")

    with pytest.raises(StaleEdit) as refusal:
        save(declaration, mine, base, 1, filer)

    [theirs] = refusal.value.theirs
    assert (theirs.row, theirs.before, theirs.after) == ("验收合格率", "≥ 98%", "≥ 99%")
    assert latest(declaration).number == 2
    assert save(declaration, mine, base, 2, filer).revision_count == 3


def test_an_amount_that_is_none_saves_nothing(declaration, filer):
    base = latest(declaration)

    with pytest.raises(UnableToEdit) as refusal:
        save(declaration, Typed({"funds.total": "若干"}, {}), base, 1, filer)

    assert [item.field for item in refusal.value.refusals] == ["funds.total"]
    assert latest(declaration).number == 1


def test_a_form_that_is_judged_cannot_be_written(declaration, filer):
    base = latest(declaration)
    move_declaration(declaration, "submit", revision=1, acting_user=filer, now=NOON)

    with pytest.raises(UnableToRecord, match="待主管部门审核"):
        save(declaration, with_row(base, 0, target_raw="≥ 1公里"), base, 1, filer)

    assert latest(declaration).number == 1


def test_who_only_reviews_cannot_write(declaration):
    base = latest(declaration)

    with pytest.raises(NotPermitted):
        save(declaration, Typed({}, {}), base, 1, person("主管部门审核"))


def test_a_name_that_another_declaration_of_the_unit_has_is_refused(declaration, filer):
    put_on_record(SOUND.replace("农村公路养护", "桥梁检测"), filer)
    base = latest(declaration)

    with pytest.raises(UnableToAct, match="桥梁检测"):
        save(declaration, Typed({"project_name": "桥梁检测"}, {}), base, 1, filer)


@pytest.fixture
def client(filer: User) -> Client:
    client = Client()
    client.force_login(filer)
    return client


def as_posted(declaration: Declaration, **changes: str) -> dict[str, object]:
    """What a browser sends when somebody saves the page."""
    form = reading_of(latest(declaration)).form
    rows = form.indicators
    return {
        "base": "1",
        "seen": "1",
        "indicators.class": [f"{row.level1}\t{row.level2}" for row in rows] + [""],
        "indicators.level3": [row.level3 for row in rows] + [""],
        "indicators.target_raw": [row.target.text for row in rows] + [""],
        "indicators.weight": ["" for _ in rows] + [""],
        "indicators.origin": [str(row.position) for row in rows] + [""],
        **changes,
    }


def test_the_page_saves_without_any_script(client, declaration):
    posted = as_posted(declaration, **{"cell.annual_goal": "养护公路 40 公里。"})

    response = client.post(f"/declarations/{declaration.pk}/edit/", posted)

    assert response.status_code == 302
    form = reading_of(latest(declaration)).form
    assert form.annual_goal == "养护公路 40 公里。"
    assert len(form.indicators) == 6


@pytest.mark.parametrize(
    ("step", "names"),
    [
        ("down:indicators:0", ["验收合格率", "养护里程"]),
        ("up:indicators:1", ["验收合格率", "养护里程"]),
        ("drop:indicators:0", ["验收合格率", "修补时限"]),
        ("copy:indicators:0", ["养护里程", "养护里程"]),
        ("up:indicators:0", ["养护里程", "验收合格率"]),
        ("drop:indicators:9999", ["养护里程", "验收合格率"]),
        ("nonsense", ["养护里程", "验收合格率"]),
    ],
)
def test_rows_move_without_any_script_and_nothing_is_saved(client, declaration, step, names):
    posted = as_posted(declaration, step=step, **{"cell.annual_goal": "还没写完"})

    page = client.post(f"/declarations/{declaration.pk}/edit/", posted).content.decode()

    table = page[page.index('data-table="indicators"') :]
    at = [table.index(f">\n{name}</textarea>") for name in dict.fromkeys(names)]
    assert at == sorted(at)
    assert "还没写完" in page
    assert latest(declaration).number == 1


def stepped(client: Client, declaration: Declaration, step: str, **changes: object) -> str:
    posted = as_posted(declaration, step=step, **changes)
    return client.post(f"/declarations/{declaration.pk}/edit/", posted).content.decode()


def test_a_correction_is_offered_and_made_without_any_script(client, declaration):
    targets = ["及时", "≥ 98%", "≤ 5天", "≥ 1万元", "≥ 1人", "≥ 90%", ""]
    changes = {"indicators.target_raw": targets}

    offered = stepped(client, declaration, "nonsense", **changes)
    page = stepped(client, declaration, "fix:indicators:0:target_raw:≤5个工作日", **changes)

    assert 'value="fix:indicators:0:target_raw:≤5个工作日"' in offered
    assert ">\n≤5个工作日</textarea>" in page
    assert latest(declaration).number == 1


def test_a_row_moves_to_the_class_that_a_correction_names(client, declaration):
    page = stepped(client, declaration, "fix:indicators:0:class:产出指标\t质量指标")

    first = page[page.index('name="indicators.class"') :]
    assert '<option value="产出指标\t质量指标" selected>' in first[: first.index("</select>")]


def test_all_safe_corrections_are_made_at_once_and_no_other(client, declaration):
    targets = ["及时", "≥ 98%", "≤ 5天", "≥ 1万元", "≥ 1人", "=90%", ""]
    names = [*as_posted(declaration)["indicators.level3"]]  # type: ignore[misc]
    names[5] = "受益群众满意度"

    page = stepped(
        client,
        declaration,
        "safe",
        **{"indicators.target_raw": targets, "indicators.level3": names},
    )

    assert ">\n≥90%</textarea>" in page
    assert ">\n及时</textarea>" in page


@pytest.mark.parametrize(
    "step",
    ["fix:", "fix:indicators:99:level3:甲", "fix::x:year:2030", "fix:indicators:0:origin:3"],
)
def test_a_correction_of_no_cell_changes_nothing(client, declaration, step):
    assert stepped(client, declaration, step).count(">\n养护里程</textarea>") == 1


def test_saving_may_stay_in_the_editor(client, declaration):
    posted = as_posted(declaration, stay="1", **{"cell.annual_goal": "养护公路 40 公里。"})

    response = client.post(f"/declarations/{declaration.pk}/edit/", posted)

    assert response.url == f"/declarations/{declaration.pk}/edit/"
    assert latest(declaration).number == 2


def test_a_refused_page_keeps_everything_typed(client, declaration):
    posted = as_posted(
        declaration, **{"cell.funds.total": "若干", "cell.annual_goal": "很长的目标。"}
    )

    response = client.post(f"/declarations/{declaration.pk}/edit/", posted)

    page = response.content.decode()
    assert response.status_code == 422
    assert "若干</textarea>" in page
    assert "很长的目标。</textarea>" in page
    assert "“若干”不是金额" in page
    assert latest(declaration).number == 1


def test_findings_name_the_row_of_the_page_not_of_the_form(client, declaration):
    posted = as_posted(declaration)
    rows = {name: posted[name] for name in posted if name.startswith("indicators.")}
    shifted = {name: ["", *values] for name, values in rows.items()}
    shifted["indicators.target_raw"][1] = "及时"

    answer = client.post(f"/declarations/{declaration.pk}/edit/check/", {**posted, **shifted})

    page = unbroken(answer.content.decode())
    assert 'data-table="indicators" data-row="1" data-cell="target_raw"' in page
    assert 'data-row="0"' not in page


def test_a_page_that_lost_a_column_loses_no_rows_in_silence(client, declaration):
    posted = as_posted(declaration)
    del posted["indicators.weight"]

    response = client.post(f"/declarations/{declaration.pk}/edit/", posted)

    assert response.status_code == 400
    assert latest(declaration).number == 1


def test_a_row_is_new_where_its_origin_is_nonsense(declaration, filer):
    base = latest(declaration)
    row = TypedRow("产出指标", "数量指标", "桥梁数", "≥ 3座", origin=99)

    saved = save(declaration, Typed({}, {"indicators": [row]}), base, 1, filer)

    assert [item.level3 for item in reading_of(latest(saved)).form.indicators] == ["桥梁数"]


def test_the_years_of_the_goal_are_typed_in_their_caption(client, declaration):
    page = client.get(f"/declarations/{declaration.pk}/edit/").content.decode()
    assert 'name="cell.goal_period"' in page
    posted = as_posted(declaration, **{"cell.goal_period": "2023-2025"})

    client.post(f"/declarations/{declaration.pk}/edit/", posted)

    assert str(reading_of(latest(declaration)).form.goal_period) == "2023-2025"


@pytest.mark.parametrize(("name", "value"), [("seen", "abc"), ("base", ""), ("seen", "-1")])
def test_a_page_that_does_not_say_what_it_shows_is_refused(client, declaration, name, value):
    response = client.post(
        f"/declarations/{declaration.pk}/edit/", as_posted(declaration, **{name: value})
    )

    assert response.status_code == 400
    assert latest(declaration).number == 1


def test_a_table_that_was_not_sent_keeps_its_rows(client, declaration):
    client.post(f"/declarations/{declaration.pk}/edit/", {"base": "1", "seen": "1"})

    assert len(reading_of(latest(declaration)).form.indicators) == 6


def test_a_late_page_takes_the_latest_text_where_nothing_was_typed(client, declaration):
    first = as_posted(declaration, **{"cell.annual_goal": "别人写的目标。"})
    client.post(f"/declarations/{declaration.pk}/edit/", first)
    late = as_posted(
        declaration,
        **{"cell.annual_goal": "养护公路 35 公里。", "cell.overall_goal": "我写的总目标。"},
    )

    response = client.post(f"/declarations/{declaration.pk}/edit/", late)

    page = response.content.decode()
    assert response.status_code == 409
    assert ">\n别人写的目标。</textarea>" in page
    assert ">\n我写的总目标。</textarea>" in page
    assert 'name="base" value="2"' in page


def test_an_opinion_stands_beside_its_row_after_the_row_has_moved(client, declaration, filer):
    move_declaration(declaration, "submit", revision=1, acting_user=filer, now=NOON)
    reviewer = person("主管部门审核")
    give_opinion(
        declaration,
        field="indicators[1].level3",
        place="2 验收合格率",
        text="请说明口径",
        acting_user=reviewer,
        now=NOON,
    )
    declaration.refresh_from_db()
    move_declaration(
        declaration, "return", revision=1, reason="见意见", acting_user=reviewer, now=NOON
    )
    posted = as_posted(declaration, step="up:indicators:1")

    page = client.post(f"/declarations/{declaration.pk}/edit/", posted).content.decode()

    opinion = page.index("请说明口径</span>")
    assert 'data-row="0"' in page[page.rindex("<li", 0, opinion) : opinion]


def test_a_form_submitted_by_a_colleague_meanwhile_keeps_what_was_typed(
    client, declaration, filer
):
    move_declaration(declaration, "submit", revision=1, acting_user=filer, now=NOON)
    posted = as_posted(declaration, **{"cell.annual_goal": "写了很久的目标。"})

    saved = client.post(f"/declarations/{declaration.pk}/edit/", posted)
    opened = client.get(f"/declarations/{declaration.pk}/edit/")

    assert saved.status_code == 422
    assert "写了很久的目标。</textarea>" in saved.content.decode()
    assert "不能改" in saved.content.decode()
    assert opened.status_code == 302
    assert latest(declaration).number == 1


def test_a_form_keeps_a_name(client, declaration):
    posted = as_posted(declaration, **{"cell.project_name": " "})

    response = client.post(f"/declarations/{declaration.pk}/edit/", posted)

    assert response.status_code == 422
    assert "项目名称不能空白" in response.content.decode()
    assert latest(declaration).number == 1
