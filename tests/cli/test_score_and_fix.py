"""`kaoji score` and `kaoji fix` from the shell."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from kaoji.cli import main
from kaoji.core import notation
from kaoji.samples import SONGJIANG_2023

SELF_EVALUATION = """项目: 甲
年度: 2022
全年预算: 100 元
全年执行: 90 元
执行分值: 10
产出指标 / 数量指标 / 场次 (90分): ≥2场 → 1场 (60分)
"""


def kaoji(*arguments: str, stdin: str = ""):
    return CliRunner().invoke(main, arguments, input=stdin)


def test_a_score_is_told_step_by_step():
    done = kaoji("score", "-", stdin=SELF_EVALUATION)

    assert done.exit_code == 0
    assert "1 ÷ 2 × 90 = 45" in done.output
    assert "自评写 60 分，相差 15.00" in done.output
    assert "总分 54.00，等级 差" in done.output


def test_a_score_as_json_names_its_policy():
    data = json.loads(kaoji("score", "-", "--format", "json", stdin=SELF_EVALUATION).output)

    assert data["kaoji"] == "score/1"
    assert data["forms"][0]["policy"]["id"] == "national-2020"
    assert data["forms"][0]["total"] == "54.00"


def test_a_declaration_cannot_be_scored():
    done = kaoji("score", str(SONGJIANG_2023))

    assert done.exit_code == 2
    assert "没有可以计分的自评表" in done.output


def test_safe_corrections_are_made_and_told(tmp_path: Path):
    out = tmp_path / "mended.txt"

    done = kaoji("fix", str(SONGJIANG_2023), "-o", str(out))

    forms = notation.parse_all(out.read_text("utf-8"))
    assert done.exit_code == 0
    assert forms[0].indicators[4].target.text == "≥90%"
    assert "开展开展" in forms[5].annual_goal  # what was meant only its writer knows
    assert "- > =90%" in done.output
    assert "+ ≥90%" in done.output


def test_mending_twice_changes_nothing_more(tmp_path: Path):
    first, second = tmp_path / "1.txt", tmp_path / "2.txt"
    kaoji("fix", str(SONGJIANG_2023), "-o", str(first))

    kaoji("fix", str(first), "-o", str(second))

    assert first.read_text("utf-8") == second.read_text("utf-8")


def test_choices_are_shown_and_never_made():
    done = kaoji("fix", str(SONGJIANG_2023), "--diff")

    assert "可选（由人决定）：12月31日前 | ≤5个工作日" in done.output
    assert (
        kaoji("fix", "-", stdin="项目: 甲\n产出指标 / 时效指标 / 完工: 及时\n").output.count(
            "及时"
        )
        == 1
    )


def test_last_years_form_is_compared(tmp_path: Path):
    row = "产出指标 / 质量指标 / 合格率: ≥ {} %\n"
    now, then = tmp_path / "now.txt", tmp_path / "then.txt"
    now.write_text("项目: 甲\n年度: 2023\n年度资金: 200 元\n" + row.format(90), "utf-8")
    then.write_text("项目: 甲\n年度: 2022\n年度资金: 100 元\n" + row.format(95), "utf-8")

    alone, beside = kaoji("check", str(now)), kaoji("check", str(now), "--previous", str(then))

    assert "KJ709" not in alone.output.split("未检查")[0]
    assert "“≥ 90 %”不如上年的目标“≥ 95 %”" in beside.output
    assert "KJ711" in beside.output.split("未检查")[0]


def test_a_self_evaluation_is_compared_with_what_was_approved(tmp_path: Path):
    approved = tmp_path / "approved.txt"
    approved.write_text(
        "项目: 甲\n年度: 2022\n产出指标 / 数量指标 / 场次 (90分): ≥3场\n产出指标 / 质量指标 / 合格率: ≥ 90 %\n",
        "utf-8",
    )

    done = kaoji("check", "-", "--approved", str(approved), stdin=SELF_EVALUATION)

    assert "KJ807 场次：批复的目标值是“≥3场”，这里是“≥2场”" in done.output
    assert "KJ808" in done.output


def test_the_forms_must_add_up_to_the_departments_budget():
    alone = "项目: 甲\n年度: 2022\n年度资金: 200 万元\n"

    short = kaoji("check", "-", "--department-budget", "300万元", stdin=alone)
    nonsense = kaoji("check", "-", "--department-budget", "很多", stdin=alone)

    assert "1 份表合计 2,000,000.00 元，部门项目预算 3,000,000.00 元" in short.output
    assert nonsense.exit_code == 2


def test_mending_a_self_evaluation_keeps_what_was_reached(tmp_path: Path):
    out = tmp_path / "mended.txt"

    kaoji("fix", "-", "-o", str(out), stdin=SELF_EVALUATION)

    scored = kaoji("score", str(out))
    assert "总分 54.00" in scored.output
