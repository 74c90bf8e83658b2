"""Signs that look like others, and lines in another encoding than the rest of their file."""

from __future__ import annotations

import pytest

from kaoji.documents.manuscript import Manuscript
from kaoji.documents.read import read_manuscript
from kaoji.documents.read.folding import folded


def read(content: bytes) -> Manuscript:
    return read_manuscript(content, name="a.txt")


def texts(manuscript: Manuscript) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in manuscript.rows]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("项⽬⽀出绩效⽬标", "项目支出绩效目标"),
        ("⻚⾯⻋⻔⺠⽣⻅⻓", "页面车门民生见长"),
        ("\uf98e度", "年度"),
        ("︵一︶", "(一)"),
        ("﹪", "%"),
        ("⩾90", "≥90"),
        ("𝟗𝟎", "90"),
        ("平方米㎡ ℃ ① ½", "平方米㎡ ℃ ① ½"),
    ],
)
def test_a_sign_that_looks_like_another_is_read_as_that(written: str, meant: str):
    assert folded(written) == meant


def test_radicals_are_told_once_with_an_example():
    manuscript = read("项⽬名称\t甲\n主管部⻔\t乙\n实施单位\t丙\n".encode())

    assert texts(manuscript)[:2] == [["项目名称", "甲"], ["主管部门", "乙"]]
    assert [str(item.told) for item in manuscript.omissions] == [
        "部首或兼容字形按普通汉字读取，例如“⽬”（U+2F6C）读作“目”"
    ]


def test_a_sign_of_the_private_area_is_a_flaw_and_a_bullet_is_none():
    first, second = read("满意率\t\uf0b390%\n目标\t\uf0b7 培训12人\n".encode()).rows

    assert "读不出来" in str(first.cells[1].flaw)
    assert (second.cells[1].text, second.cells[1].flaw) == ("培训12人", None)


LINES = ["项目名称\t社区助餐", "主管部门\t某区民政局", "实施单位\t养老服务中心", "年度\t2023"]


@pytest.mark.parametrize(("usual", "other"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
@pytest.mark.parametrize("strange", [1, 2, 3])
def test_a_line_in_another_encoding_is_read_and_named(usual: str, other: str, strange: int):
    content = b"\n".join(
        line.encode(other if number == strange else usual)
        for number, line in enumerate(LINES, start=1)
    )

    manuscript = read(content)

    assert texts(manuscript) == [line.split("\t") for line in LINES]
    [item] = manuscript.omissions
    assert item.origin.line == strange
    assert "编码与全文不同" in str(item.told)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_file_in_one_encoding_has_no_strange_lines(encoding: str):
    manuscript = read("\n".join(LINES).encode(encoding))

    assert texts(manuscript) == [line.split("\t") for line in LINES]
    assert manuscript.omissions == ()


def test_a_damaged_byte_is_named_with_its_line():
    content = "\n".join(LINES * 30).encode().replace("某区".encode(), b"\xe6\x9f", 1)

    assert [place.line for place in read(content).damaged] == [2]
