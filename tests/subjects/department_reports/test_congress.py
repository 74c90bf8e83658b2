"""What goes to the people's congress: with the draft budget the targets, with the final accounts the results."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import docx
import pytest
from django.contrib.auth.models import User
from django.test import Client

from kaoji.documents.render.congress import Enclosure, render_congress_package
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.department_reports.actions.file_department_report import (
    report_self_evaluations,
)
from kaoji.subjects.self_evaluation.models import SelfEvaluation
from kaoji.workflow.places import PlaceKind
from support.evaluating import reported
from support.people import BUREAU, NOON, person, place

pytestmark = pytest.mark.django_db
YEARLY = {"organised": "各单位自评。", "measures": "早开工。", "use": "与预算挂钩。"}


def asked(who: User, occasion: str, year: int = 2023):
    client = Client()
    client.force_login(who)
    return client.get(
        f"/following/reports/{place().pk}/congress/{year}/{occasion}.zip", follow=True
    )


def words_in(content: bytes) -> str:
    paper = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(item.text for item in paper.paragraphs), *cells])


def test_the_targets_go_with_the_draft_budget(approved: Declaration, finance: User):
    with zipfile.ZipFile(io.BytesIO(asked(finance, "budget").content)) as pack:
        assert pack.namelist() == ["00-目录.docx", "01-项目绩效目标.docx"]
        contents, targets = (words_in(pack.read(name)) for name in pack.namelist())

    assert f"{BUREAU}随2023年部门预算草案报送的绩效材料" in contents
    assert "随2023年部门预算草案报送绩效材料 1 份" in contents
    assert "中发〔2018〕34号" in contents
    assert "项目支出绩效目标设置情况和申报表（1个项目）" in contents
    assert "编报绩效目标的项目共1个，涉及项目预算资金25.00万元" in targets
    assert "养护里程" in targets


def test_results_go_with_the_final_accounts_as_they_were_filed(
    approved: Declaration, evaluation: SelfEvaluation, department: User, finance: User
):
    refused = asked(finance, "accounts").content.decode()
    assert f"“{BUREAU}”还没有报送 2023 年的自评汇总报告，请先报送" in refused

    report_self_evaluations(place(), 2023, words=YEARLY, acting_user=department, now=NOON)
    made = reported(approved, finance)
    with zipfile.ZipFile(io.BytesIO(asked(finance, "accounts").content)) as pack:
        assert pack.namelist() == [
            "00-目录.docx",
            "01-绩效自评汇总报告.docx",
            "02-甲-绩效评价报告.docx",
        ]
        assert pack.read("02-甲-绩效评价报告.docx") == bytes(made.document.content)
        assert "“甲”绩效评价报告（97.00分，优）" in words_in(pack.read("00-目录.docx"))
        assert "早开工" in words_in(pack.read("01-绩效自评汇总报告.docx"))


def test_where_nothing_is_there_it_says_so(finance: User):
    assert "2031 年还没有已批复的项目" in asked(finance, "budget", 2031).content.decode()
    assert asked(finance, "else").status_code == 404


def test_it_is_for_who_sees_the_place(approved: Declaration):
    unit = place("丁部门", PlaceKind.DEPARTMENT, place())

    assert asked(person("填报", "别人", unit), "budget").status_code == 404


def test_a_name_that_no_folder_may_have_is_written_otherwise():
    packed = render_congress_package(
        "甲局",
        "2024年部门决算草案",
        [Enclosure("a/b:c.docx", "一份", b"x")],
        day=date(2024, 9, 1),
    )

    with zipfile.ZipFile(io.BytesIO(packed)) as pack:
        assert pack.namelist() == ["00-目录.docx", "01-a_b_c.docx"]
        assert "2024年9月1日" in words_in(pack.read("00-目录.docx"))
