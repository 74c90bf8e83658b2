"""A new project is argued for before it is declared; finance says whether that is a ground for money."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import docx
import pytest
from django.contrib.auth.models import User
from django.test import Client

from kaoji.core.ex_ante import ASPECT_NAMES, Argument, ExAnte, ex_ante_from_data
from kaoji.core.notation import parse
from kaoji.platform.events.models import Event
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.surroundings import Surroundings
from kaoji.subjects.ex_ante.actions.file_ex_ante import file_ex_ante
from kaoji.subjects.ex_ante.actions.review_ex_ante import review_ex_ante
from kaoji.subjects.ex_ante.models import ExAnteEvaluation
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.workflow.moves import State
from support.people import NOON, person, place
from support.road_form import FORM

pytestmark = pytest.mark.django_db

ARGUED = {name: Argument("meets", f"{title}有依据。") for name, title in ASPECT_NAMES.items()}
WHOLE = ExAnte(
    place="松江区财政局", project="智慧养老平台", year=2024, amount=Decimal("8000000.00"),
    about="建设一个平台。", method="专家评议、实地调研。", arguments=ARGUED, conclusion="support",
    advice="分两期实施。",
)  # fmt: skip
SENT = {
    "project": "智慧养老平台", "year": "2024", "amount": "8,000,000", "about": "建设一个平台。",
    "method": "专家评议。", "conclusion": "support", "advice": "",
    **{f"{name}.judgement": "meets" for name in ASPECT_NAMES},
    **{f"{name}.text": "有依据" for name in ASPECT_NAMES},
}  # fmt: skip


@pytest.fixture
def filer() -> User:
    return person("填报")


@pytest.fixture
def finance() -> User:
    return person("财政绩效")


def filed(filer: User, told: ExAnte = WHOLE) -> ExAnteEvaluation:
    return file_ex_ante(place(), told, acting_user=filer, now=NOON)


def said(made: ExAnteEvaluation, finance: User, verdict: str, remark: str = "") -> None:
    review_ex_ante(made, verdict=verdict, remark=remark, acting_user=finance, now=NOON)


def test_an_evaluation_is_kept_whole_with_its_event(filer: User):
    made = filed(filer)

    assert made.told == WHOLE
    assert list(made.told.arguments) == ["necessity", "economy", "goals", "plan", "financing"]
    assert (made.number, made.amount) == (1, Decimal("8000000.00"))
    event = Event.objects.get(type="ex_ante.filed")
    assert event.payload["conclusion"] == "予以支持"
    assert event.payload["sha256"] == made.sha256


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (replace(WHOLE, project=""), "请写项目名称"),
        (replace(WHOLE, year=24), "年度 24 不对"),
        (replace(WHOLE, amount=Decimal(0)), "要大于 0 元"),
        (replace(WHOLE, method=""), "请写“评估方式和方法”"),
        (
            replace(WHOLE, arguments={**ARGUED, "economy": Argument("meets", "")}),
            "“投入经济性”要选结论并写明依据",
        ),
        (
            replace(WHOLE, arguments={**ARGUED, "plan": Argument("perhaps", "依据")}),
            "“实施方案可行性”要选结论并写明依据",
        ),
        (replace(WHOLE, conclusion=""), "请选择总体结论"),
        (
            replace(WHOLE, arguments={**ARGUED, "financing": Argument("fails", "违规举债")}),
            "“筹资合规性”不符合，总体结论不能是“予以支持”",
        ),
    ],
)
def test_what_is_missing_or_does_not_follow_is_said(filer: User, told: ExAnte, sentence: str):
    with pytest.raises(UnableToAct, match=sentence):
        filed(filer, told)
    assert not ExAnteEvaluation.objects.exists()


def test_a_returned_one_may_be_filed_again_and_an_accepted_one_stands(
    filer: User, finance: User
):
    first = filed(filer)
    with pytest.raises(UnableToAct, match="已经报送，等财政审核"):
        filed(filer)
    with pytest.raises(UnableToAct, match="退回请写明理由"):
        said(first, finance, "returned")
    said(first, finance, "returned", "依据不足")

    second = filed(filer)
    said(second, finance, "accepted")

    assert second.number == 2
    with pytest.raises(UnableToAct, match="财政已经认可"):
        filed(filer)
    with pytest.raises(UnableToAct, match="已经审核过"):
        said(second, finance, "accepted")


def test_who_files_does_not_review_and_who_reviews_does_not_file(filer: User, finance: User):
    made = filed(filer)

    with pytest.raises(NotPermitted):
        said(made, filer, "accepted")
    with pytest.raises(NotPermitted):
        filed(finance, replace(WHOLE, project="另一个"))


def saved(filer: User, text: str) -> Organisation:
    """The place of a form that was filed."""
    intake = import_document(text.encode(), name="x.txt", acting_user=filer, now=NOON)
    [made] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    return made.organisation


def test_a_project_is_new_where_last_years_forms_do_not_know_it(filer: User, finance: User):
    new = parse(FORM.replace("项目: 甲", "项目: 智慧养老平台").replace("2023", "2024"))
    before = Surroundings().of(new, place()).beginning
    unit = saved(filer, FORM)
    unevaluated = Surroundings().of(new, unit).beginning
    made = file_ex_ante(unit, WHOLE, acting_user=filer, now=NOON)
    pending = Surroundings().of(new, unit).beginning
    said(made, finance, "accepted")
    supported = Surroundings().of(new, unit).beginning
    old = Surroundings().of(parse(FORM.replace("2023", "2024")), unit).beginning

    assert before is None  # nobody knows what there was in 2023
    assert unevaluated is not None
    assert (unevaluated.is_new, unevaluated.conclusion) == (True, None)
    assert pending is not None
    assert pending.conclusion == "pending"
    assert supported is not None
    assert supported.conclusion == "support"
    assert old is not None
    assert not old.is_new


@pytest.mark.parametrize(
    "line", ["项目: 农村 道路养护（一期）", "项目: 农村道路养护(一期)", "项目: 农村道路养护（ 一期）"]
)  # fmt: skip
def test_a_name_is_the_same_whatever_its_blanks_and_widths(filer: User, line: str):
    unit = saved(filer, FORM.replace("项目: 甲", "项目: 农村道路养护（一期）"))
    file_ex_ante(
        unit, replace(WHOLE, project="农村道路养护（一期）"), acting_user=filer, now=NOON
    )
    next_year = parse(FORM.replace("项目: 甲", line).replace("2023", "2024"))

    context = Surroundings().of(next_year, unit)

    assert context.beginning is not None
    assert not context.beginning.is_new
    assert context.beginning.conclusion == "pending"
    assert context.previous is not None
    with pytest.raises(UnableToAct, match="已经报送，等财政审核"):
        file_ex_ante(
            unit, replace(WHOLE, project="农村道路养护 (一期)"), acting_user=filer, now=NOON
        )


def test_what_finance_rejected_last_year_was_no_project(filer: User):
    unit = saved(filer, FORM)
    saved(filer, FORM.replace("项目: 甲", "项目: 乙"))
    Declaration.objects.filter(project_name="甲").update(state=State.REJECTED)
    again = parse(FORM.replace("2023", "2024"))

    context = Surroundings().of(again, unit)

    assert context.beginning is not None
    assert context.beginning.is_new
    assert context.previous is None


def test_it_is_written_on_a_page_reviewed_and_taken_home(filer: User, finance: User):
    client = Client()
    client.force_login(filer)
    refused = client.post(
        "/ex-ante/new/", {**SENT, "place": place().pk, "economy.text": "", "advice": "慢慢来"}
    )
    done = client.post("/ex-ante/new/", {**SENT, "place": place().pk})

    assert refused.status_code == 409
    assert "慢慢来" in refused.content.decode()
    assert "“投入经济性”要选结论并写明依据" in refused.content.decode()
    assert done.status_code == 302
    made = ExAnteEvaluation.objects.get()
    assert "存审核" not in client.get(f"/ex-ante/{made.pk}/").content.decode()

    client.force_login(finance)
    assert "待审核" in client.get("/ex-ante/").content.decode()
    assert f'href="/ex-ante/{made.pk}/"' in client.get("/todo/").content.decode()
    client.post(f"/ex-ante/{made.pk}/", {"verdict": "accepted", "remark": "可行"})
    assert f'href="/ex-ante/{made.pk}/"' not in client.get("/todo/").content.decode()
    page = client.get(f"/ex-ante/{made.pk}/").content.decode()
    assert "财政审核 · 认可" in page
    paper = docx.Document(io.BytesIO(client.get(f"/ex-ante/{made.pk}/paper.docx").content))
    lines = [paragraph.text for paragraph in paper.paragraphs]
    assert lines[0] == "智慧养老平台\n事前绩效评估报告"
    assert "总体结论：予以支持。" in lines
    assert "认可：可行" in lines
    assert client.get(f"/ex-ante/{made.pk}/attachment/").status_code == 404


def test_another_unit_does_not_see_it(filer: User):
    made = filed(filer)
    client = Client()
    client.force_login(User.objects.create_user("nobody", password="x"))

    assert client.get(f"/ex-ante/{made.pk}/").status_code == 403


def test_another_schema_is_refused():
    with pytest.raises(ValueError, match="ex-ante/1"):
        ex_ante_from_data({"schema": "ex-ante/7"})
