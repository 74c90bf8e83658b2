"""Web pages as a browser shows them: fields filled in, hidden parts left out and told."""

from __future__ import annotations

import time

import pytest

from kaoji.documents.manuscript import Manuscript
from kaoji.documents.read import read_manuscript
from kaoji.documents.read.kinds import Kind, kind_of


def read(page: str) -> Manuscript:
    return read_manuscript(page.encode(), name="a.html")


def texts(page: str) -> list[list[str]]:
    return [[item.text for item in line.cells] for line in read(page).rows]


def told(page: str) -> list[str]:
    return [str(item.told) for item in read(page).omissions]


def cell(inside: str) -> str:
    return f"<html><body><table><tr><td>名称</td><td>{inside}</td></tr></table></body></html>"


@pytest.mark.parametrize(
    ("inside", "seen"),
    [
        ('<input value="=12个">', "=12个"),
        ("<textarea>\n一段\n二段</textarea>", "一段\n二段"),
        ("<select><option>＝<option selected>≤<option>≥</select><input value=5>元", "≤5元"),
        ("<select><option>经常性<option>一次性</select>", "经常性"),
        ("<select multiple><option>甲<option>乙</select>", ""),
        ("<select multiple><option selected>甲<option>乙<option selected>丙</select>", "甲、丙"),
        ("<input type=checkbox checked>经常性 <input type=checkbox>一次性", "☑经常性 □一次性"),
        ("<label><input type=radio>经常性</label><label><input type=radio checked>一次性</label>", "□经常性☑一次性"),
        ("<input type=hidden value=令牌><input value=甲>", "甲"),
        ("甲<input type=submit value=保存><button>返回</button>", "甲"),
        ("<p>一段</p><p>二段</p>", "一段\n二段"),
        ("<div>一段<br>二段</div>", "一段\n二段"),
        ("运营\n   助餐点 2\n 个", "运营助餐点 2 个"),
        ("<b>10</b><sup>4</sup>平方米", "10⁴平方米"),
        ("<ruby>运<rp>(</rp><rt>yùn</rt><rp>)</rp></ruby>营", "运营"),
        ("满意&shy;率", "满意率"),
        ('<font face="Symbol">\uf0b3</font>90%', "≥90%"),
        ("<span style='font-family:Symbol;mso-ascii-font-family:宋体'>&sup3;</span>90%", "≥90%"),
        ('<span style="font-family:&quot;Wingdings 2&quot;">R</span>经常性', "☑经常性"),
        ('<span style="font-family:Wingdings"><b>&thorn;</b></span>经常性', "☑经常性"),
        ('<span style="font-family:Wingdings"><b style="font-family:宋体">&thorn;</b></span>', "þ"),
    ],
)  # fmt: skip
def test_a_cell_shows_what_was_entered_chosen_or_ticked(inside: str, seen: str):
    assert texts(cell(inside)) == [["名称", seen]]


@pytest.mark.parametrize(
    "hidden",
    [
        "<span hidden>旧=10个</span>",
        '<span style="display: none">旧=10个</span>',
        '<span style="visibility:hidden">旧=10个</span>',
        '<span style="visibility:hidden">旧<b>=</b>10个</span>',
        '<span style="mso-hide:all">旧=10个</span>',
        '<span style="font-size:0">旧=10个</span>',
        '<span style="position:absolute;left:-9999px">旧=10个</span>',
        '<span class="gone later">旧=10个</span>',
        '<span id="old">旧=10个</span>',
        "<dialog>旧=10个</dialog>",
        "<s>旧=10个</s>",
        '<span style="text-decoration:line-through">旧=10个</span>',
    ],
)
def test_what_is_hidden_or_struck_out_is_left_out_and_told(hidden: str):
    style = "<style>/* x */ @media print { td { display: none } } @import 'a';"
    style += ".gone, #old { color: red; display:none !important }</style>"
    page = cell(hidden + "=12个").replace("<body>", f"{style}<body>")

    assert texts(page) == [["名称", "=12个"]]
    [sentence] = told(page)
    assert "没有读取" in sentence
    assert "10个" in sentence


@pytest.mark.parametrize(
    "silent",
    [
        "<script>var a=1;</script>",
        "<style>td{color:red}</style>",
        "<template><b>旧</b></template>",
        "<!-- 旧=10个 -->",
        "<noscript>请打开脚本</noscript>",
        "<span style='opacity:0.5;display:inline'></span>",
    ],
)
def test_what_is_no_text_at_all_is_left_out(silent: str):
    assert texts(cell(f"{silent}=12个")) == [["名称", "=12个"]]
    assert told(cell(f"{silent}=12个")) == []


def test_what_shows_itself_inside_of_the_invisible_is_seen():
    inside = '<div style="visibility:hidden">旧<span style="visibility:visible">新</span></div>'

    assert texts(cell(inside)) == [["名称", "新"]]


def test_hidden_rows_columns_and_cells_are_left_out_and_told():
    page = """<table><col><col style="display:none"><col>
      <tr><td>甲<td>藏<td>乙</tr>
      <tr style="display:none"><td>停用<td>指标<td>作废</tr>
      <tbody hidden><tr><td>草稿</td></tr></tbody>
      <tr><td>丙<td style="display:none">无<td><td>丁</tr></table>"""

    assert texts(page) == [["甲", "", "乙"], ["丙", "", "丁"]]
    assert "隐藏的行没有读取：“停用指标作废”、“草稿”" in told(page)


def test_a_hidden_row_does_not_shift_what_a_merged_cell_covers():
    page = """<table><tr><td rowspan=2>产出<td>甲</tr><tr style="display:none"><td>旧</tr>
      <tr><td>乙</tr></table>"""

    first, second = read(page).rows

    assert [item.text for item in second.cells] == ["", "乙"]
    assert second.cells[0].from_above
    assert first.cells[0].text == "产出"


def test_tables_inside_cells_keep_their_rows_and_columns():
    inner = "<table><tr><td>项目名称<td>甲</tr><tr><td>主管部门<td>乙</tr></table>"
    beside = "<table><tr><td>经常性<td>一次性</tr></table>"

    assert texts(f"<table><tr><td>外{inner}</td></tr><tr><td>{beside}</table>") == [
        ["外"], ["项目名称", "甲"], ["主管部门", "乙"], ["经常性 一次性"],
    ]  # fmt: skip


def test_a_caption_and_its_field_outside_of_tables_are_apart():
    assert texts("<div><label>项目名称</label><input value=甲></div>") == [["项目名称 甲"]]


def test_a_page_within_the_page_is_told():
    assert "框架" in told("<p>甲</p><iframe src=b.html></iframe>")[0]


@pytest.mark.parametrize(
    "page",
    [
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">\n<html><p>甲',
        "<!-- saved from url=(0014)about:internet -->\n<html><p>甲",
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><p>甲</p></html>',
        "<form><p>甲</form>",
    ],
)
def test_a_page_is_known_by_its_first_element(page: str):
    assert kind_of(page.encode()) is Kind.HTML
    assert texts(page) == [["甲"]]


@pytest.mark.parametrize(
    "css", ["a" * 400_000, "/*" * 200_000, "@a" * 200_000, "@a{" * 100_000]
)
def test_a_style_sheet_that_never_ends_costs_little_time(css: str):
    begun = time.process_time()

    assert texts(cell("甲").replace("<body>", f"<style>{css}</style><body>")) == [
        ["名称", "甲"]
    ]
    assert time.process_time() - begun < 5


def archive(*parts: tuple[str, str]) -> bytes:
    """A web archive as a browser saves it."""
    lines = ["From: <Saved by Browser>", "MIME-Version: 1.0",
             'Content-Type: multipart/related; type="text/html"; boundary="----=_B"', ""]  # fmt: skip
    for place, page in parts:
        lines += ["------=_B", "Content-Type: text/html; charset=utf-8",
                  "Content-Transfer-Encoding: 8bit", f"Content-Location: {place}", "", page]  # fmt: skip
    return "\r\n".join([*lines, "------=_B--", ""]).encode()


def test_a_web_archive_is_read_like_its_page():
    content = archive(("http://a/", cell("<input value=12个>")), ("http://a/ad", "<p>广告</p>"))

    rows = read_manuscript(content, name="a.mht").rows

    assert [[item.text for item in row.cells] for row in rows] == [["名称", "12个"]]


def test_the_sheets_of_a_saved_workbook_are_read_one_by_one():
    content = archive(
        ("book.htm", "<html><frameset><frame src=sheet001.htm></frameset></html>"),
        ("tabstrip.htm", "<p>表一</p>"),
        ("sheet001.htm", "<table><tr><td>甲<td>乙</table>"),
        ("sheet002.htm", "<table><tr><td>丙<td>丁</table>"),
    )

    rows = read_manuscript(content, name="a.mht").rows

    assert [row.cells[0].text for row in rows] == ["甲", "丙"]
    assert [row.fragment for row in rows] == [0, 1]
