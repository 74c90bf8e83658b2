"""From a file to saved declarations: every step an action, every action an event, or nothing."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from kaoji.core.canonical import digest
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.documents.reading import Reading
from kaoji.documents.reading_json import reading_as_data, reading_from_data
from kaoji.platform.accounts.actions.open_account import UnableToOpen
from kaoji.platform.events.event_log import story_of
from kaoji.platform.events.models import Event
from kaoji.platform.files.models import Document
from kaoji.samples import SONGJIANG_2023
from kaoji.subjects.declarations.actions import record_form as recording
from kaoji.subjects.declarations.actions.record_form import UnableToRecord
from kaoji.subjects.declarations.models import Declaration, FindingRow, IndicatorRow, Revision
from kaoji.subjects.intake.actions.confirm_intake import UnableToConfirm, confirm_intake
from kaoji.subjects.intake.actions.discard_intake import discard_intake
from kaoji.subjects.intake.actions.import_document import NothingToImport, import_document
from kaoji.subjects.intake.actions.open_intake import IntakeEnded, NoSuchForm
from kaoji.subjects.intake.actions.reopen_doubt import UnableToReopen, reopen_doubt
from kaoji.subjects.intake.actions.settle_doubt import UnableToSettle, settle_doubt
from kaoji.subjects.intake.models import Intake
from kaoji.subjects.verification.queries.verifying import differences, verify_chain
from support.people import NOON, person

pytestmark = pytest.mark.django_db

SAMPLE = SONGJIANG_2023.read_bytes()
EVERYTHING = range(17)


def opened(user, content: bytes = SAMPLE) -> Intake:
    return import_document(content, name="sample.txt", acting_user=user, now=NOON)


def saved(user, content: bytes = SAMPLE) -> list[Declaration]:
    intake = opened(user, content)
    return confirm_intake(
        intake, form_numbers=range(len(intake.reading["forms"])), acting_user=user, now=NOON
    )


def test_an_import_keeps_the_bytes_and_opens_an_intake():
    intake = opened(person("填报"))

    assert bytes(intake.document.content) == SAMPLE
    assert intake.document.sha256 == digest(SAMPLE)
    assert intake.state == Intake.State.OPEN
    assert len(intake.reading["forms"]) == 17
    assert Declaration.objects.count() == 0


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff", "没有表。".encode()])
def test_what_cannot_be_read_leaves_nothing_behind(content: bytes):
    user = person("填报")
    events = Event.objects.count()

    with pytest.raises((UnreadableDocument, NothingToImport)):
        opened(user, content)

    assert (Document.objects.count(), Intake.objects.count()) == (0, 0)
    assert Event.objects.count() == events


def test_a_file_name_is_only_a_name():
    intake = import_document(
        SAMPLE, name="..\\..\\etc/passwd", acting_user=person("填报"), now=NOON
    )

    assert intake.document.name == "passwd"


def test_confirming_saves_columns_rows_and_findings_that_agree_with_the_form():
    saved(person("填报"))

    assert Declaration.objects.count() == Revision.objects.count() == 17
    assert IndicatorRow.objects.count() == 177
    assert FindingRow.objects.count() == 471
    care = Declaration.objects.get(project_name="养老服务")
    assert care.annual_total == Decimal("316149500.00")
    assert (care.indicators, care.errors) == (18, 3)
    revision = care.revisions.get()
    assert revision.sha256 == digest(revision.content.encode())
    assert json.loads(revision.content)["funds"]["annual_fiscal"] == "175049500.00"


def test_saving_the_same_document_again_changes_nothing():
    user = person("填报")
    saved(user)

    again = saved(user)

    assert again == []
    assert Revision.objects.count() == 17


def test_a_changed_form_becomes_the_next_revision_and_the_old_one_stays():
    user = person("填报")
    saved(user)

    changed = saved(user, SAMPLE.replace("=5个".encode(), "=6个".encode()))

    [declaration] = changed
    assert declaration.revision_count == 2
    assert [r.number for r in declaration.revisions.order_by("number")] == [1, 2]
    assert "=5个" in declaration.revisions.get(number=1).content
    assert Declaration.objects.count() == 17


def test_settling_a_doubt_changes_the_field_and_names_the_person():
    user = person("填报")
    intake = opened(user)

    settle_doubt(
        intake,
        form_number=1,
        field="indicators[5].level2",
        value="时效指标",
        acting_user=user,
        now=NOON,
    )

    form = intake.reading["forms"][1]
    assert form["indicators"][5]["level2"] == "时效指标"
    assert "indicators[5].level2" not in [doubt["field"] for doubt in form["doubts"]]
    assert form["repairs"][-1]["what"]["with"]["person"] == "tian"
    event = Event.objects.get(type="doubt.settled")
    assert str(story_of(event)) == (
        "就“辅助业务管理与支持”的 indicators[5].level2 定为“时效指标”（原读作“质量指标”）"
    )


def test_a_settled_doubt_can_be_taken_back():
    user = person("填报")
    intake = opened(user)
    before = intake.reading["forms"][1]
    doubt = {
        "form_number": 1,
        "field": "indicators[7].level2",
        "acting_user": user,
        "now": NOON,
    }
    settle_doubt(intake, value="社会效益指标", **doubt)

    reopen_doubt(intake, **doubt)

    after = intake.reading["forms"][1]
    assert after["indicators"] == before["indicators"]
    assert after["repairs"] == before["repairs"]
    assert {item["field"] for item in after["doubts"]} == {
        item["field"] for item in before["doubts"]
    }
    with pytest.raises(UnableToReopen):
        reopen_doubt(intake, **doubt)


def test_settling_as_read_only_removes_the_doubt():
    user = person("填报")
    intake = opened(user)

    settle_doubt(
        intake,
        form_number=1,
        field="indicators[5].level2",
        value=None,
        acting_user=user,
        now=NOON,
    )

    assert intake.reading["forms"][1]["indicators"][5]["level2"] == "质量指标"
    assert len(intake.reading["forms"][1]["doubts"]) == 2


@pytest.mark.parametrize(
    ("number", "field"),
    [(1, "indicators[0].level2"), (1, "nonsense"), (1, "indicators[999].level2")],
)
def test_only_an_open_doubt_can_be_settled(number: int, field: str):
    user = person("填报")
    intake = opened(user)

    with pytest.raises(UnableToSettle):
        settle_doubt(
            intake, form_number=number, field=field, value="x", acting_user=user, now=NOON
        )


@pytest.mark.parametrize("number", [-1, 17])
def test_only_a_form_of_the_intake_can_be_settled(number: int):
    user = person("填报")
    intake = opened(user)

    with pytest.raises(NoSuchForm):
        settle_doubt(
            intake, form_number=number, field="year", value="2023", acting_user=user, now=NOON
        )


def test_a_value_that_does_not_fit_is_refused_and_nothing_changes():
    user = person("填报")
    intake = opened(
        user, SAMPLE.replace("项目资金总额\t150,000".encode(), "项目资金总额\t十五万".encode())
    )

    with pytest.raises(UnableToSettle, match="不是金额"):
        settle_doubt(
            intake, form_number=0, field="funds.total", value="许多", acting_user=user, now=NOON
        )

    intake.refresh_from_db()
    assert intake.reading["forms"][0]["funds"]["total"] is None


def test_an_intake_ends_once():
    user = person("填报")
    intake = opened(user)
    discard_intake(intake, acting_user=user, now=NOON)

    with pytest.raises(IntakeEnded, match="已结束"):
        confirm_intake(intake, form_numbers=[0], acting_user=user, now=NOON)
    with pytest.raises(IntakeEnded):
        discard_intake(intake, acting_user=user, now=NOON)
    with pytest.raises(IntakeEnded):
        settle_doubt(
            intake, form_number=1, field="year", value="2023", acting_user=user, now=NOON
        )
    assert Document.objects.count() == 1


@pytest.mark.parametrize("numbers", [[], [17], [-1, 0]])
def test_nothing_or_a_foreign_form_cannot_be_saved(numbers: list[int]):
    user = person("填报")

    with pytest.raises(UnableToConfirm):
        confirm_intake(opened(user), form_numbers=numbers, acting_user=user, now=NOON)
    assert Declaration.objects.count() == 0


def test_a_failure_in_the_middle_leaves_whole_forms_and_is_gone_on_with(
    monkeypatch: pytest.MonkeyPatch,
):
    """Forms are written two at a time, so that others can write meanwhile: eight stand, or ten."""
    user = person("填报")
    intake = opened(user)
    derived = recording.finding_rows
    calls = iter(range(17))

    def fails_at_the_ninth(*arguments):
        if next(calls) == 8:
            raise RuntimeError("power cut")
        return derived(*arguments)

    monkeypatch.setattr(recording, "finding_rows", fails_at_the_ninth)
    with pytest.raises(RuntimeError):
        confirm_intake(intake, form_numbers=EVERYTHING, acting_user=user, now=NOON)

    intake.refresh_from_db()
    assert intake.state == Intake.State.OPEN
    assert Declaration.objects.count() == Revision.objects.count() == 8
    assert verify_chain() == Event.objects.count()
    assert not list(differences())

    monkeypatch.undo()
    confirm_intake(intake, form_numbers=EVERYTHING, acting_user=user, now=NOON)
    intake.refresh_from_db()
    assert intake.state == Intake.State.CONFIRMED
    assert Declaration.objects.count() == Revision.objects.count() == 17
    assert FindingRow.objects.count() == 471
    assert not list(differences())


def test_a_form_without_a_name_cannot_be_saved_silently():
    user = person("填报")
    intake = opened(user, SAMPLE.replace("残疾人福利".encode(), b""))

    with pytest.raises(UnableToRecord, match="没有项目名称"):
        confirm_intake(intake, form_numbers=EVERYTHING, acting_user=user, now=NOON)
    assert Declaration.objects.count() == 0


def test_two_forms_that_cannot_be_told_apart_are_not_saved_over_each_other():
    user = person("填报")
    text = SAMPLE.decode()
    second = text[: text.index("财政项目", 200)].replace("=5个", "=9个")

    with pytest.raises(UnableToConfirm, match="残疾人福利"):
        saved(user, (text + "\n" + second).encode())
    assert Declaration.objects.count() == 0


def test_another_department_is_another_declaration():
    user = person("填报")
    saved(user)

    saved(
        user,
        SAMPLE.replace(
            "主管部门\t上海市松江区民政局".encode(), "主管部门\t上海市松江区财政局".encode()
        ),
    )

    assert Declaration.objects.count() == 34
    assert not Declaration.objects.filter(revision_count=2).exists()


def test_what_was_not_chosen_can_be_saved_later():
    user = person("填报")
    intake = opened(user)

    confirm_intake(intake, form_numbers=range(10), acting_user=user, now=NOON)
    intake.refresh_from_db()
    assert intake.state == Intake.State.OPEN
    confirm_intake(intake, form_numbers=range(10, 17), acting_user=user, now=NOON)

    intake.refresh_from_db()
    assert intake.state == Intake.State.CONFIRMED
    assert Declaration.objects.count() == 17


def test_a_level_two_class_brings_its_level_one_class_along():
    user = person("填报")
    intake = opened(user)
    doubt = {
        "form_number": 1,
        "field": "indicators[7].level2",
        "acting_user": user,
        "now": NOON,
    }

    with pytest.raises(UnableToSettle, match="不在当年的指标分类中"):
        settle_doubt(intake, value="随便什么", **doubt)
    settle_doubt(intake, value="社会效益指标", **doubt)

    row = intake.reading["forms"][1]["indicators"][7]
    assert (row["level1"], row["level2"]) == ("效益指标", "社会效益指标")


@pytest.mark.parametrize("year", ["20233", "今年", "1800"])
def test_a_year_that_is_none_is_refused(year: str):
    user = person("填报")
    intake = opened(user, SAMPLE.replace("(2023年度)".encode(), "(年度)".encode(), 1))

    with pytest.raises(UnableToSettle, match="不是年度"):
        settle_doubt(
            intake, form_number=0, field="year", value=year, acting_user=user, now=NOON
        )


def test_an_account_name_is_given_once():
    person("填报")

    with pytest.raises(UnableToOpen, match="已存在"):
        person("填报")


def test_a_doubt_about_the_whole_form_can_be_settled_and_taken_back(songjiang: Reading):
    data = reading_as_data(songjiang)
    data["forms"] = data["forms"][:1]
    data["forms"][0]["doubts"] = [{"field": "form", "reason": "由图片识别而来", "origin": {}}]
    clerk = person("填报")
    intake = import_document(
        json.dumps(data).encode(), name="a.json", acting_user=clerk, now=NOON
    )
    form = reading_from_data(intake.reading).forms[0].form

    settle_doubt(intake, form_number=0, field="form", value=None, acting_user=clerk, now=NOON)
    settled = reading_from_data(Intake.objects.get().reading).forms[0]
    reopen_doubt(intake, form_number=0, field="form", acting_user=clerk, now=NOON)
    reopened = reading_from_data(Intake.objects.get().reading).forms[0]

    assert (settled.form, settled.doubts) == (form, ())
    assert [doubt.field for doubt in reopened.doubts] == ["form"]


@pytest.mark.parametrize(
    "name", ["\u3164", "\u00ad", "\u115f", "残疾\u202e人福利", "养\u200b护", "\u2800\u2800"]
)
def test_a_name_with_unseen_signs_is_not_put_on_record(name: str):
    """Two names that look the same would be two projects."""
    filer = person("填报")
    text = f"项目: {name}\n年度: 2023\n主管部门: 乙\n实施单位: 丙\n年度目标: 修路。\n"
    intake = import_document(text.encode(), name="x.txt", acting_user=filer, now=NOON)

    with pytest.raises((UnableToRecord, UnableToConfirm)):
        confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    assert not Declaration.objects.exists()
