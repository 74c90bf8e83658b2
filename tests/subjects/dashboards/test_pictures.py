"""Pictures: drawn by the server from their table, the same on the page and as a file."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest
from django.test import Client

from kaoji.platform.ui.drawing import bars, columns, grid, grouped, lines, tally
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from support.people import NOON
from support.road_form import FORM

D = Decimal


def texts_of(svg: str) -> list[str]:
    return [item.text or "" for item in ET.fromstring(svg).iter() if item.tag.endswith("text")]  # noqa: S314


def test_every_bar_carries_its_name_and_its_value():
    drawn = bars("两个单位", ["甲", "乙"], [D("1234.5"), D(0)], digits=2)

    assert texts_of(drawn) == ["甲", "1,234.50", "乙", "0.00"]
    assert 'aria-label="两个单位"' in drawn


def test_a_column_is_as_high_as_its_value():
    drawn = ET.fromstring(columns("x", ["1月", "2月"], [D(50), D(100)]))  # noqa: S314
    heights = [float(item.get("height", "0")) for item in drawn if item.tag.endswith("rect")]

    assert heights == [70.0, 140.0]


def test_a_curve_leaves_out_what_is_not_known_and_says_its_last_value():
    drawn = lines("x", ["1月", "2月", "3月"], [("执行率", [D(10), None, D("97.4")])], unit="%")

    assert "97.4%" in texts_of(drawn)
    assert drawn.count("<circle") == 2


def test_nothing_that_people_typed_becomes_markup():
    for drawn in (
        bars("<b>", ["<script>"], [D(1)]),
        grouped('"', ["<i>"], [("<u>", [D(1)])]),
        grid("x", ["<s>"], ["&"], [[D(1)]]),
    ):
        ET.fromstring(drawn)  # noqa: S314
        for sign in ("<script>", "<i>", "<u>", "<s>", "<b>"):
            assert sign not in drawn


def test_no_picture_has_a_style_that_the_policy_would_refuse():
    for drawn in (bars("x", ["甲"], [D(1)]), tally("x", 1, 2), columns("x", ["甲"], [D(1)])):
        assert "style=" not in drawn


def test_a_promise_that_was_missed_is_framed_and_not_filled():
    drawn = tally("3 项达成 2 项", 2, 3)

    assert drawn.count('fill="#164a7b"') == 2
    assert drawn.count('stroke="#a3231b"') == 1


@pytest.mark.django_db
def test_the_figures_page_needs_no_script_and_its_picture_comes_as_a_file(
    evaluation, approved, finance
):
    client = Client()
    client.force_login(finance)

    page = client.get("/figures/?year=2023").content.decode()
    drawn = client.get("/figures/promised.svg?year=2023")

    assert "<svg" in page
    assert page.count("<script") == client.get("/todo/").content.decode().count("<script")
    assert drawn["Content-Type"] == "image/svg+xml"
    assert b"<svg" in drawn.content
    assert client.get("/figures/nothing.svg?year=2023").status_code == 404


@pytest.mark.django_db
def test_a_year_of_which_there_are_drafts_alone_is_not_the_one_that_is_shown(approved, filer):
    text = FORM.replace("年度: 2023", "年度: 2024")
    intake = import_document(text.encode(), name="x.txt", acting_user=filer, now=NOON)
    confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    client = Client()
    client.force_login(filer)

    page = client.get("/figures/").content.decode()

    assert "图表 · 2023" in page
    assert "图表 · 2024" in client.get("/figures/?year=2024").content.decode()
