"""A declaration started on the site: empty, or carried over from one on record."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client

from kaoji.core.declaration import Declaration as Form
from kaoji.core.indicator import Indicator
from kaoji.core.rollover import carry_over
from kaoji.platform.events.models import Event
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.samples import SONGJIANG_2023
from kaoji.subjects.declarations.actions.start_declaration import Identity, start_declaration
from kaoji.subjects.declarations.actions.stored_reading import reading_of
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.beside import (
    earlier_declaration,
    money_over_the_years,
)
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.workflow.places import PlaceKind
from support.people import NOON, person, place

pytestmark = pytest.mark.django_db


def unit() -> Organisation:
    return place("丙", PlaceKind.UNIT, place("乙", PlaceKind.DEPARTMENT, place()))


def roads() -> Identity:
    return Identity(2027, unit(), "农村公路养护", "shanghai-2026")


def typed() -> dict[str, str]:
    return {
        "year": "2027",
        "place": str(unit().pk),
        "project_name": "农村公路养护",
        "layout": "shanghai-2026",
    }


@pytest.fixture
def filer() -> User:
    return person("填报")


@pytest.fixture
def client(filer: User) -> Client:
    client = Client()
    client.force_login(filer)
    return client


def started(identity: Identity, filer: User, source: Declaration | None = None) -> Declaration:
    return start_declaration(identity, source=source, acting_user=filer, now=NOON)


def test_an_empty_form_has_its_identity_one_revision_and_one_event(filer):
    identity = roads()
    before = Event.objects.count()

    made = started(identity, filer)

    assert (made.state, made.revision_count, made.project_name) == ("draft", 1, "农村公路养护")
    assert made.errors > 0
    assert Event.objects.count() == before + 1


def test_a_form_is_started_once(filer):
    started(roads(), filer)

    with pytest.raises(UnableToAct, match="已有名为“农村公路养护”"):
        started(roads(), filer)

    assert Declaration.objects.count() == 1


def test_who_only_reviews_cannot_start(filer):
    with pytest.raises(NotPermitted):
        started(roads(), person("主管部门审核"))


def test_last_years_form_comes_along_with_dates_moved_and_money_blank(filer, songjiang):
    content = SONGJIANG_2023.read_bytes()
    intake = import_document(content, name="x.txt", acting_user=filer, now=NOON)
    [source] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    identity = Identity(2024, source.organisation, source.project_name, "shanghai-2023")

    made = started(identity, filer, source)

    form = reading_of(made.revisions.get(number=1)).form
    original = songjiang.forms[0].form
    assert [row.level3 for row in form.indicators] == [
        row.level3 for row in original.indicators
    ]
    assert (form.start_date, form.end_date) == (date(2024, 1, 1), date(2024, 12, 31))
    assert form.funds.total is None
    assert source.revisions.count() == 1


SWEEPING = """项目: 道路保洁
实施单位: 丙
年度: 2023
开始: 2023-01-01
完成: 2023-12-31
年度目标: 2023年底前完成主次干道保洁，较2022年减少投诉5%；自2021年起实行市场化，按《2023年环卫工作要点》执行。
产出指标 / 时效指标 / 2023年保洁完成时间: 2023年12月底前
产出指标 / 数量指标 / 保洁面积: ≥ 30 万平方米
"""


def test_the_year_in_texts_moves_along_and_each_place_is_told(filer, client):
    intake = import_document(SWEEPING.encode(), name="x.txt", acting_user=filer, now=NOON)
    [source] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)

    made = started(
        Identity(2024, source.organisation, "道路保洁", "shanghai-2023"), filer, source
    )

    reading = reading_of(made.revisions.get(number=1))
    assert reading.form.annual_goal == (
        "2024年底前完成主次干道保洁，较2023年减少投诉5%；自2021年起实行市场化，按《2023年环卫工作要点》执行。"
    )
    in_time, area = reading.form.indicators
    assert (in_time.level3, in_time.target.text) == ("2024年保洁完成时间", "2024年12月底前")
    assert in_time.target.kind == "deadline"
    assert area == source_row(source, 1)
    assert {item.field for item in reading.repairs} == {
        "annual_goal",
        "indicators[0].level3",
        "indicators[0].target_raw",
    }
    page = client.get(f"/declarations/{made.pk}/edit/").content.decode()
    assert "年度已改：2023年12月底前 → 2024年12月底前" in page
    assert "<span>上年 ≥ 30 万平方米</span>" in page


def source_row(source: Declaration, number: int) -> Indicator:
    return reading_of(source.revisions.get(number=1)).form.indicators[number]


def test_a_year_in_the_name_of_a_project_is_moved_before_it_is_asked(filer, client):
    source = started(Identity(2026, unit(), "2026年农村公路养护", "shanghai-2026"), filer)

    page = client.get(f"/declarations/new/?from={source.pk}").content.decode()

    assert 'value="2027年农村公路养护"' in page


def test_a_project_that_has_its_year_in_its_name_is_the_same_in_the_next(filer):
    last = started(Identity(2026, unit(), "2026年度农村公路养护", "shanghai-2026"), filer)
    other = started(Identity(2026, unit(), "桥梁养护", "shanghai-2026"), filer)

    made = started(Identity(2027, unit(), "2027年农村公路养护", "shanghai-2026"), filer, last)

    assert earlier_declaration(made) == last
    assert [year.declaration for year in money_over_the_years(made)] == [last, made]
    assert earlier_declaration(other) is None


def test_the_29th_of_february_has_a_neighbour():
    leap = Form(year=2024, start_date=date(2024, 2, 29))

    assert carry_over(leap, year=2025).start_date == date(2025, 2, 28)
    assert carry_over(leap, year=2028).start_date == date(2028, 2, 29)


def test_the_page_makes_the_form_and_opens_the_editor(client):
    response = client.post("/declarations/new/", typed())

    made = Declaration.objects.get()
    assert response.headers["Location"] == f"/declarations/{made.pk}/edit/"
    assert client.get(response.headers["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("year", "明年", "“明年”不是年度"),
        ("project_name", "", "必填"),
        ("layout", "nonsense", "nonsense"),
    ],
)
def test_what_does_not_fit_is_refused_and_the_rest_kept(client, field, value, said):
    response = client.post("/declarations/new/", {**typed(), field: value})

    assert response.status_code == 422
    assert said in response.content.decode()
    assert "丙" in response.content.decode()
    assert not Declaration.objects.exists()


@pytest.mark.parametrize("asked", ["99", "x", "-1", "9" * 30])
def test_a_source_that_there_is_not_is_not_found(client, asked):
    assert client.get(f"/declarations/new/?from={asked}").status_code == 404


def test_an_empty_form_offers_every_table_that_its_layout_prints(client):
    client.post("/declarations/new/", {**typed(), "layout": "central-2015"})
    made = Declaration.objects.get()

    page = client.get(f"/declarations/{made.pk}/edit/").content.decode()

    assert 'data-table="indicators"' in page
    assert 'data-table="overall_indicators"' in page


@pytest.mark.parametrize(("language", "label"), [("zh-hans", "年度"), ("en", "Year")])
def test_labels_stand_above_their_fields_without_a_colon(client, language, label):
    client.post("/account/language/", {"language": language, "next": "/"})

    page = client.get("/declarations/new/").content.decode()

    assert f'<label for="id_year">{label}</label>' in page
