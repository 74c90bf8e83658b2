"""The list as a file: what was asked for, numbers as numbers, names never as formulas."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from django.test import Client
from openpyxl import load_workbook

from kaoji.platform.ui.tables_out import table_file
from kaoji.subjects.review.pages import exporting
from support.people import person, place

pytestmark = pytest.mark.django_db


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_file_holds_what_the_list_was_asked_for(clerk: Client):
    everything = rows_of(clerk.get("/declarations/export.csv"))
    errors = rows_of(clerk.get("/declarations/export.csv?mark=errors&sort=-money"))

    assert len(everything) == 1 + 17
    assert everything[0][:3] == ["年度", "项目", "实施单位"]
    assert next(row[1] for row in errors[1:]) == "养老服务"
    assert len(errors) == 1 + 5
    assert next(row[:3] for row in everything if row[1] == "残疾人福利") == [
        "2023",
        "残疾人福利",
        "上海市松江区民政局",
    ]


def test_money_is_a_number_in_the_workbook(clerk: Client):
    answer = clerk.get("/declarations/export.xlsx?q=残疾人福利")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    head, first = list(sheet.iter_rows(values_only=True))[:2]

    assert first[head.index("年度资金（元）")] == 150_000
    assert "attachment" in answer["Content-Disposition"]


def test_a_name_that_looks_like_a_formula_stays_a_name():
    row = ["=cmd|'/c calc'!A1", Decimal("1.50")]

    text = table_file("csv", "x", ["名称", "元"], [row]).content.decode("utf-8-sig")
    book = load_workbook(io.BytesIO(table_file("xlsx", "x", ["名称", "元"], [row]).content))

    assert "'=cmd" in text
    assert book.active is not None
    assert book.active["A2"].data_type == "s"


def test_nobody_exports_forms_of_another_place(clerk: Client):
    elsewhere = Client()
    elsewhere.force_login(person("填报", "elsewhere", place("奉贤区财政局")))

    assert len(rows_of(clerk.get("/declarations/export.csv"))) == 1 + 17
    assert len(rows_of(elsewhere.get("/declarations/export.csv"))) == 1
    assert Client().get("/declarations/export.csv").status_code == 302


def test_more_than_a_file_holds_is_told(clerk: Client, monkeypatch):
    monkeypatch.setattr(exporting, "MOST_IN_A_FILE", 3)

    answer = clerk.get("/declarations/export.xlsx?year=2023", follow=True)

    assert "超过 3 份，一个文件放不下；请先筛选" in answer.content.decode()


def test_another_kind_of_file_is_not_there(clerk: Client):
    assert clerk.get("/declarations/export.doc").status_code == 404
