"""`kaoji benefit` from the shell."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from kaoji.cli import main

JUNE = """项目: 困境儿童基本生活费
人员 甲: 出生 2014-03-02; 类别 社会散居孤儿 自 2018-05; 待遇 自 2018-05
批次 2023-06 (已知于 2023-06-05): 甲 2023-06 = 1,900.00
批次 2023-07 (已知于 2023-07-05): 甲 2023-06 = +600.00 补发; 甲 2023-07 = 2,500.00
"""


def benefit(*arguments: str, stdin: str = ""):
    return CliRunner().invoke(main, ["benefit", *arguments], input=stdin)


def test_each_item_is_told_with_its_steps_and_sources():
    done = benefit("-", stdin=JUNE)

    assert done.exit_code == 0, done.output
    assert "甲 2023-06  +600.00 补发" in done.output
    assert (
        "社会散居孤儿，每月 2,500.00 元（2023-06 起，沪民规〔2023〕5号 2023-06-29，已见原文）"
        in (done.output)
    )
    assert "每月 1,900.00 元（2019-01 起，沪民规〔2023〕5号 所述原标准，未核实）" in done.output


def test_what_comes_out_otherwise_is_told_by_its_line():
    done = benefit("-", stdin=JUNE.replace("+600.00", "+500.00"))

    assert done.exit_code == 1
    assert "第 4 行：甲 2023-06 应为 500.00 元，算得 600.00 元" in done.output


def test_an_item_that_is_not_written_is_told_too():
    done = benefit("-", stdin=JUNE.replace("甲 2023-06 = +600.00 补发; ", ""))

    assert done.exit_code == 1
    assert "第 4 行：未写出的 甲 2023-06 600.00 元" in done.output


def test_lines_of_a_file_are_counted_from_its_first(tmp_path: Path):
    file = tmp_path / "算例.md"
    file.write_text(f"# 算例\n\n```benefit\n{JUNE.replace('孤儿', '孤')}```\n", "utf-8")

    done = benefit(str(file))

    assert done.exit_code == 2
    assert "第 5 行：“社会散居孤”不是类别；可以写：社会散居孤儿、" in done.output


def test_a_file_without_examples_is_met_with_a_sentence(tmp_path: Path):
    file = tmp_path / "算例.md"
    file.write_text("# 没有\n\n```\n```\n", "utf-8")

    assert "没有算例" in benefit(str(file)).output
    assert "读不到" in benefit(str(tmp_path / "无.md")).output
    assert benefit(str(tmp_path / "无.md")).exit_code == 2
