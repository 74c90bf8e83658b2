"""Wrong lines of a worked example are met with a sentence that names line and cure."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaoji.benefits.example_reading import ExampleReader
from kaoji.benefits.examples import UnreadableExample
from kaoji.benefits.playing import Player
from kaoji.benefits.programmes.catalogue import programmes

HEAD = "项目: 困境儿童基本生活费\n人员 甲: 出生 2014-03-02; 类别 困境儿童 自 2019-05; 待遇 自 2019-05\n"


def fault(text: str) -> str:
    with pytest.raises(UnreadableExample) as caught:
        list(Player(ExampleReader(programmes()).read(text)).play())
    return str(caught.value.sentence)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("批次 2023-13: 无", "第 3 行：“2023-13”不是月份；请写成 2023-06"),
        ("批次 2023-07 (见于 2023-07-01): 无", "第 3 行：括号里请写“已知于 2023-07-05”"),
        ("批次 2023-07: 甲 2023-07 = 一千", "请写“甲 2023-06 = 1,900.00”"),
        ("批次 2023-07: 甲 2023-07 = 1.234", "第 3 行：“1.234”不是金额"),
        ("批次 2023-07: 乙 2023-07 = 1", "第 3 行：没有“乙”；请先写“人员 乙: …”"),
        ("批次 2023-07: 余 5.00 追缴", "第 3 行：“余 5.00 追缴”前面没有核减或补发"),
        ("得知 2023-07-01: 甲 死亡", "第 3 行：“死亡”后面请写出值"),
        ("得知 2023-07-01: 甲 死亡 2023-02-30", "第 3 行：“2023-02-30”不是日期"),
        (
            "得知 2023-07-01: 甲 故去 2023-02-03",
            "第 3 行：不认识事实“故去”；可以写：出生、死亡",
        ),
        ("得知 昨天: 甲 死亡 2023-02-03", "第 3 行：“昨天”不是日期；请写成 2023-01-01"),
        (
            "得知 2023-07-01: 甲 残疾等级 5 自 2020-01",
            "第 3 行：“5”不是残疾等级；请写 1 到 4 的整数",
        ),
        ("得知 2023-07-01: 甲 类别 困境儿童 自 2020-05 至 2020-01", "早于开始"),
        ("撤回 2023-07-01: 甲 死亡 2023-06-30", "第 3 行：此前没有这条“死亡”可撤回"),
        ("更正 2023-07-01: 甲 就读 已毕业 自 2023-06", "第 3 行：此前没有“就读”可更正"),
        ("申请 2023-07-01: 甲", "第 3 行：这一项目 2023-07-01 起以“决定”开始"),
        ("得知 2023-07-05 (收到于 2023-07-09): 甲 死亡 2023-07-01", "晚于录入 2023-07-05"),
        ("甲乙丙", "第 3 行：“甲乙丙”读不出；一行以这些词开头：项目、人员"),
    ],
)
def test_a_wrong_line_is_named_with_its_cure(line: str, said: str):
    assert said in fault(HEAD + line)


def test_the_programme_is_named_first():
    assert "第 1 行：没有写项目" in fault(
        "人员 甲: 出生 2014-03-02\n批次 2023-07: 甲 2023-07 = 1\n"
    )
    assert "第 1 行：不认识项目“低保金”" in fault("项目: 低保金")


def test_full_width_signs_are_read_as_they_are_meant():
    text = HEAD + "批次　2023-07（已知于 2023-07-05）：甲 2023-07 ＝ 2,500.00；无"

    [batch] = Player(ExampleReader(programmes()).read(text)).play()

    assert not batch.misses


PIECES = [
    "项目: 困境儿童基本生活费", "项目: 最低生活保障", "人员 甲: ", "批次 2023-07: ", "批次 2023-07 至 2023-09: ", "决定 2023-07-20: ",
    "得知 2023-07-20: ", "更正 2023-07-20: ", "撤回 2023-07-20: ", "申请 2023-07-20: ", "名单 2024-07-20: ", "退回: ", "另发 特困: ",
    "甲 ", "乙 ", "出生 2014-03-02", "死亡 2023-07-12", "类别 困境儿童", "待遇", "转入 特困", "大宝·", "成员 2011-02-14", "工资 2,690.00",
    " 自 2018-05", " 至 2018-04", "; ", "\n", "甲 2023-07 = 2,500.00", " 补发", " 核减", "无", "余 530.00 追缴", "甲 待核", "2023-13", "（", ")",
    "(已知于 2023-07-05)", "(收到于 2023-08-01)", "0000-00-00", "9999-12", "#", "：", "·", "\u3000", "\x00",
]  # fmt: skip


@settings(max_examples=150)
@given(st.booleans(), st.lists(st.sampled_from(PIECES), max_size=14))
def test_whatever_is_written_is_played_or_met_with_a_sentence(begun: bool, pieces: list[str]):
    text = (HEAD if begun else "") + "".join(pieces)

    with suppress(UnreadableExample):
        list(Player(ExampleReader(programmes()).read(text)).play())
