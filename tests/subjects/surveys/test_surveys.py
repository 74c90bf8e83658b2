"""Surveys: choices and free text beside the scale, a share of one choice, paper by the sheet."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from kaoji.core.target import Target
from kaoji.measuring.answer import Question, Row
from kaoji.measuring.ways.survey import SURVEY
from kaoji.platform.events.models import Event
from kaoji.platform.imports.actions.refused_rows import UnableToImport
from kaoji.platform.imports.models import Batch
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.subjects.surveys.actions.answer_survey import answer_survey
from kaoji.subjects.surveys.actions.import_answers import import_answers
from kaoji.subjects.surveys.actions.open_survey import open_survey
from kaoji.subjects.surveys.models import Survey, SurveyAnswer
from kaoji.subjects.verification.queries.verifying import verify_chain
from support.followed import PLAN, measured, told
from support.people import NOON, handed_in, person, place
from support.road_form import END

pytestmark = pytest.mark.django_db

MIXED = replace(
    PLAN,
    questions=[
        "总的来说，您对路况满意吗？",
        "您知道报修电话吗？[知道|听说过|不知道]",
        "您有什么建议？【文字】",
    ],
)
SHEET = """日期,q1 总的来说，您对路况满意吗？,q2,您有什么建议？
2023-06-01,5,知道,多修夜路
2023-06-01,4,知道,
2023-06-02,2,不知道,
2023-06-03,4,,
"""


@pytest.fixture
def mixed(approved, filer) -> Survey:
    return open_survey(approved, MIXED, acting_user=filer, now=NOON)


def brought(survey: Survey, filer, text: str = SHEET, name: str = "答卷.csv") -> int:
    # The captions hold full-width commas only, as the sheet's own commas part its cells.
    return import_answers(text.encode(), name=name, survey=survey, acting_user=filer, now=NOON)


def test_questions_say_by_their_brackets_what_answers_them(mixed):
    assert [item["kind"] for item in mixed.questions] == ["scale", "choice", "text"]
    assert mixed.questions[1]["text"] == "您知道报修电话吗？"
    assert mixed.questions[1]["choices"] == ["知道", "听说过", "不知道"]


@pytest.mark.parametrize(
    ("questions", "why"),
    [
        (["知道吗？[知道|不知道]"], "第一道题问总体满意"),
        (["满意吗？", "知道吗？[知道]"], "2 到 12 个选项"),
        (["满意吗？", "知道吗？[知道|知道]"], "不能空白、重复"),
        (["满意吗？", "知道吗？[知道|]"], "不能空白、重复"),
        (["满意吗？", "问" * 201], "不超过 200 字"),
        ([" "], "至少写一道题"),
        (["满意吗？"] * 31, "不超过 30 道"),
        (["满意吗？", "知道吗？[知道|不知道]。"], "不在行末的方括号里"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(approved, filer, questions, why):
    with pytest.raises(UnableToAct, match=why):
        open_survey(approved, replace(PLAN, questions=questions), acting_user=filer, now=NOON)
    assert not Survey.objects.exists()


def test_a_sheet_of_paper_answers_is_taken_whole_and_only_once(mixed, filer):
    assert brought(mixed, filer) == 4

    kept = list(SurveyAnswer.objects.order_by("id").values_list("channel", "answers"))
    assert kept[0] == ("paper", {"q1": "5", "q2": "知道", "q3": "多修夜路"})
    assert kept[3] == ("paper", {"q1": "4"})
    assert Batch.objects.get().document.name == "答卷.csv"
    with pytest.raises(UnableToAct, match="导入过"):
        brought(mixed, filer)
    assert verify_chain() == Event.objects.count()


def test_every_faulty_row_is_named_and_nothing_is_kept(mixed, filer):
    text = SHEET.replace("2023-06-01,4", "2022-06-01,4").replace("2,不知道", "9,不知道")
    text = text.replace("2023-06-03,4,,", "2023-06-03,4,大概,")

    with pytest.raises(UnableToImport) as refused:
        brought(mixed, filer, text)

    told_rows = [str(item) for item in refused.value.refusals]
    assert "第 4 行：“总的来说，您对路况满意吗？”请选 1 到 5 中的一项" in told_rows
    assert any("没有选项“大概”；可选 知道、听说过、不知道" in row for row in told_rows)
    assert not SurveyAnswer.objects.exists()
    with pytest.raises(UnableToImport, match="不在作答期间"):
        brought(mixed, filer, SHEET.replace("2023-06-01,4", "2022-06-01,4"))
    assert not Batch.objects.exists()


def test_brackets_inside_a_question_are_its_own(approved, filer):
    asked = ["满意吗？", "您对[甲]服务知道吗？[知道|不知道]", "您怎么看[甲]？"]
    survey = open_survey(approved, replace(PLAN, questions=asked), acting_user=filer, now=NOON)

    assert survey.questions[1]["text"] == "您对[甲]服务知道吗？"
    assert survey.questions[1]["choices"] == ["知道", "不知道"]
    assert survey.questions[2]["kind"] == "scale"


@pytest.mark.parametrize(
    "change",
    [{"population": -5}, {"population": 10**14}, {"minimum": 0}, {"minimum": 10**14}],
)
def test_numbers_of_a_survey_that_cannot_be_are_refused(approved, filer, change):
    with pytest.raises(UnableToAct, match="之间"):
        open_survey(approved, replace(PLAN, **change), acting_user=filer, now=NOON)


def test_no_paper_is_taken_for_a_sum_and_no_column_is_left_out(mixed, filer):
    text = SHEET.replace("多修夜路", "总额太少").replace("2,不知道,", "2,不知道,合计起来不够")
    odd = SHEET.replace("q2", "您知道报修电话吗")

    with pytest.raises(UnableToImport, match="不知道这些列是哪道题：您知道报修电话吗"):
        brought(mixed, filer, odd)
    assert brought(mixed, filer, text) == 4


def test_a_sheet_that_came_to_the_wrong_survey_comes_to_the_right_one(approved, mixed, filer):
    other = open_survey(approved, MIXED, acting_user=filer, now=NOON)

    assert brought(other, filer) == brought(mixed, filer) == 4


def test_line_ends_of_a_browser_count_once(approved, mixed, filer, monkeypatch):
    text = "好\r\n" * 499
    answer_survey(mixed, {"q1": "5", "q3": text}, now=NOON.replace(year=2023))

    assert SurveyAnswer.objects.get().answers["q3"] == ("好\n" * 499).strip()


def test_codes_of_a_sample_come_with_the_papers_each_once(approved, filer):
    sampled = replace(
        MIXED, minimum=5, population=100, sample_size=6, seed="7", is_open_to_all=False
    )
    survey = open_survey(approved, sampled, acting_user=filer, now=NOON)
    first, second, *_ = [item.code for item in survey.codes.all()]
    sheet = "日期,答题码,q1\n2023-06-01,{},5\n2023-06-01,{},4\n"

    assert brought(survey, filer, sheet.format(first, second.lower())) == 2
    for codes, why in (
        (("", "NOPE"), "写卷上的答题码"),
        (("NOPE", "NOPE2"), "没有答题码“NOPE”"),
        ((first, second), "已经用过"),
    ):
        with pytest.raises(UnableToImport, match=why):
            brought(survey, filer, sheet.format(*codes), "另一份.csv")
    third = survey.codes.all()[2].code
    with pytest.raises(UnableToImport, match="与第 2 行重复"):
        brought(survey, filer, sheet.format(third, third), "第三份.csv")


def test_the_share_of_a_choice_is_an_actual_value(approved, mixed, filer):
    brought(mixed, filer)
    measured(
        approved, filer, "居民满意度", "survey",
        survey=mixed.pk, question="q2", result="chosen", choice="知道",
    )  # fmt: skip

    answer = told(approved, "居民满意度", END).answer

    assert answer.value == "66.67%"
    assert "有效答卷 3 份，选“知道”的 66.67%" in str(answer.steps[0])


def test_what_must_not_be_exceeded_is_proved_by_the_upper_end(approved, mixed, filer):
    papers = "日期,q1,q2\n" + "2023-06-01,5,知道\n" * 59 + "2023-06-01,5,不知道\n"
    brought(mixed, filer, papers)
    survey = Row(
        "surveys", mixed.pk, END, {"title": "问卷", "main_question": "q1", "minimum": 10}
    )
    rows = [
        Row("survey_answers", item.pk, item.on, {"survey": mixed.pk, "answers": item.answers, "channel": "paper"})
        for item in mixed.given.all()
    ]  # fmt: skip
    asked = {"survey": mixed.pk, "question": "q2", "result": "chosen", "choice": "不知道"}

    def warned(target: str) -> list[str]:
        question = Question(Target.parse(target), END, asked)
        return [str(item) for item in SURVEY.answer(question, [survey, *rows]).warnings]

    assert warned("≤10%") == []
    assert warned("≤5%") == ["区间上限高于目标 ≤5%，样本不足以断定已经达到"]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"question": "q2"}, "不能这样统计"),
        ({"question": "q3"}, "不能这样统计"),
        ({"question": "q1", "result": "chosen", "choice": "5"}, "不能这样统计"),
        ({"question": "q2", "result": "chosen", "choice": "也许"}, "没有选项“也许”"),
        ({"question": "q2", "result": "chosen"}, "统计哪一个选项"),
        ({"question": "q9"}, "没有题目“q9”"),
    ],
)
def test_a_question_is_counted_only_as_it_can_be(approved, mixed, filer, asked, why):
    with pytest.raises(UnableToAct, match=why):
        measured(approved, filer, "居民满意度", "survey", survey=mixed.pk, **asked)


def test_the_page_shows_every_kind_and_takes_a_sheet(approved, mixed, filer):
    client = Client()
    client.force_login(filer)
    page = f"/results/{approved.pk}/surveys/{mixed.pk}/"
    sheet = SimpleUploadedFile("答卷.csv", SHEET.encode())
    faulty = SimpleUploadedFile("错的.csv", SHEET.replace(",5,", ",50,").encode())

    _, refused = handed_in(client, f"{page}import/", {"sheet": faulty})
    where, shown = handed_in(client, f"{page}import/", {"sheet": sheet})
    taken = client.post(where, follow=True).content.decode()

    assert refused.status_code == 422
    assert "共 4 份答卷" in shown.content.decode()
    assert "第 2 行：“总的来说" in refused.content.decode()
    assert "多修夜路" in taken
    assert "66.67%" in taken
    empty = client.get(f"{page}template.xlsx")
    captions = [cell.value for cell in load_workbook(BytesIO(empty.content)).active[1]]
    assert captions[:3] == ["日期", "答题码", "q1 总的来说，您对路况满意吗？"]
    assert captions[-1] == "q3 您有什么建议？"
    auditor = Client()
    auditor.force_login(person("审计只读"))
    sheet = SimpleUploadedFile("答卷.csv", SHEET.encode())
    assert auditor.post(f"{page}import/", {"sheet": sheet}).status_code == 403


def test_somebody_answers_choices_and_text_and_a_wrong_one_loses_nothing(
    approved, mixed, filer, monkeypatch
):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON.replace(year=2023))
    address = f"/s/{mixed.token}/"

    wrong = Client().post(address, {"q1": "5", "q2": "或许", "q3": "多种树"})
    right = Client().post(address, {"q1": "5", "q2": "听说过", "q3": "多种树"})

    assert wrong.status_code == 409
    assert "多种树" in wrong.content.decode()
    assert right.status_code == 200
    assert SurveyAnswer.objects.get().answers == {"q1": "5", "q2": "听说过", "q3": "多种树"}


def test_the_address_of_a_survey_is_told_to_nothing_that_its_page_loads(mixed):
    """A browser would name it to every style and picture, and servers write that down."""
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(f"/s/{mixed.token}/", secure=True)

    assert page.headers["Referrer-Policy"] == "strict-origin"
    sent = {"q1": "5", "csrfmiddlewaretoken": page.context["csrf_token"]}
    # What a browser says of itself under that policy is enough to be let in.
    answered = browser.post(f"/s/{mixed.token}/", sent, secure=True,
                            headers={"Origin": "https://testserver", "Referer": "https://testserver/"})  # fmt: skip
    assert answered.status_code != 403


def test_nobody_of_another_place_brings_answers(mixed):
    stranger = person("填报", "stranger", place("别处", parent=place(), kind="department"))
    with pytest.raises(NotPermitted):
        brought(mixed, stranger)
    with pytest.raises(UnableToAct, match="作答"):
        answer_survey(mixed, {"q1": "5"}, now=NOON)
