"""Word as a person sees it: changes accepted, controls filled, symbols seen, what is hidden told."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.documents.word_files import cell, document, p, part, row, run, table, word

from kaoji.documents.manuscript import Manuscript
from kaoji.documents.read import read_manuscript
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.documents.read.word.fields import Field
from kaoji.documents.read.word.numbers import numeral


def read(body: str, **parts: str | bytes) -> Manuscript:
    return read_manuscript(word(body, **parts), name="a.docx")


def texts(manuscript: Manuscript) -> list[list[str]]:
    return [[item.text for item in line.cells] for line in manuscript.rows]


def shown(inside: str) -> str:
    """What a cell with this paragraph shows."""
    return texts(read(table(row(cell("名称"), cell(p(inside))))))[0][1]


def told(manuscript: Manuscript) -> list[str]:
    return [str(item.told) for item in manuscript.omissions]


def field(code: str, result: str | None = None, form: str = "") -> str:
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r>'
    text = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    middle = (
        "" if result is None else '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + result
    )
    return f'{begin}{text}{middle}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def deleted(text: str) -> str:
    return f'<w:del w:id="1"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def inserted(inside: str) -> str:
    return f'<w:ins w:id="2">{inside}</w:ins>'


def test_tracked_changes_are_read_as_if_accepted_and_told_once():
    body = table(
        row(cell(p(run("≥") + deleted("10") + inserted(run("12")) + run("个"))), cell("乙")),
        row(cell("旧"), cell("旧"), about='<w:del w:id="3"/>'),
        row(cell("新"), cell("新"), about='<w:ins w:id="4"/>'),
        row(cell("移"), cell(p(f'<w:moveFrom w:id="5">{run("走")}</w:moveFrom>')
                            + p(f'<w:moveTo w:id="5">{run("来")}</w:moveTo>'))),
    )  # fmt: skip

    manuscript = read(body)

    assert texts(manuscript) == [["≥12个", "乙"], ["新", "新"], ["移", "来"]]
    assert told(manuscript) == [
        "文件里有未接受的修订，按全部接受后的样子读取：插入的读入，删除的不读"
    ]


def test_a_deleted_end_of_paragraph_joins_two_paragraphs():
    first = p(run("供餐"), about='<w:rPr><w:del w:id="1"/></w:rPr>')

    assert texts(read(table(row(cell(first + p(run("客数")))))))[0] == ["供餐客数"]
    assert texts(read(first + p(run("客数")))) == [["供餐客数"]]


@pytest.mark.parametrize("name", ["sdt", "customXml", "smartTag"])
def test_what_goes_around_cells_rows_and_runs_is_not_seen(name: str):
    inside = ("<w:sdtPr/><w:sdtContent>", "</w:sdtContent>") if name == "sdt" else ("", "")

    def around(content: str) -> str:
        return f"<w:{name}>{inside[0]}{content}{inside[1]}</w:{name}>"

    cells = around(cell(p(around(run("12")) + run("个"))))
    body = around(table(row(cell("数量"), cells), around(row(cell("质量"), cell("高")))))

    assert texts(read(around(around(body)))) == [["数量", "12个"], ["质量", "高"]]


def test_a_prompt_that_nobody_answered_is_no_content_and_told():
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('单击此处输入文字。')}</w:sdtContent></w:sdt>"

    manuscript = read(table(row(cell("名称"), cell(p(prompt)))))

    assert texts(manuscript) == [["名称", ""]]
    assert told(manuscript) == ["控件里还没有填写，提示文字没有读取：“单击此处输入文字。”"]


@pytest.mark.parametrize(
    ("inside", "seen"),
    [
        (field("DOCPROPERTY 目标", run("≥90%")), "≥90%"),
        (field("IF " + "x", run("外") + field("PAGE", run("2"))), "外2"),
        (f'<w:fldSimple w:instr="PAGE">{run("3")}</w:fldSimple>', "3"),
        (field("FORMCHECKBOX", form="<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>") + run("是"), "☑是"),
        (field("FORMCHECKBOX", "", form='<w:ffData><w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox></w:ffData>'), "□"),
        (field("FORMCHECKBOX", form='<w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData>'), "☑"),
        (field("FORMDROPDOWN", form='<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="经常性"/><w:listEntry w:val="一次性"/></w:ddList></w:ffData>'), "一次性"),
        (field("FORMDROPDOWN", run("旧"), form='<w:ffData><w:ddList><w:listEntry w:val="经常性"/><w:listEntry w:val="一次性"/></w:ddList></w:ffData>'), "经常性"),
        (field("FORMTEXT", run("12个"), form="<w:ffData><w:textInput/></w:ffData>"), "12个"),
        (field(r'SYMBOL 179 \f "Symbol" \s 12') + run("90%"), "≥90%"),
        (field(r"EQ \f(1,2)"), "1/2"),
        (field(r"EQ \o\ac(○,3)") + run("培训"), "③培训"),
        (field(r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(yùn),运)') + run("营"), "运营"),
        (field("MACROBUTTON NoMacro 请填写"), "请填写"),
        (field("XE 索引"), ""),
    ],
)  # fmt: skip
def test_a_field_shows_its_result_never_its_code(inside: str, seen: str):
    assert shown(inside) == seen


def test_a_field_that_never_ends_swallows_nothing():
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'

    assert texts(read(p(begun) + p(run("甲")) + table(row(cell(p(begun)), cell("乙"))))) == [
        ["甲"], ["", "乙"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("inside", "seen"),
    [
        ("<m:oMath><m:r><m:t>≤5</m:t></m:r></m:oMath>", "≤5"),
        ("<m:oMathPara><m:oMath><m:r><m:t>≥</m:t></m:r><m:r><m:t>𝟗𝟎%</m:t></m:r></m:oMath></m:oMathPara>", "≥90%"),
        ("<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath>", "1/3"),
        ("<m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>4</m:t></m:r></m:sup></m:sSup></m:oMath>", "10⁴"),
        ("<m:oMath><m:d><m:e><m:r><m:t>a</m:t></m:r></m:e></m:d></m:oMath>", "(a)"),
        ("<m:oMath><m:rad><m:deg/><m:e><m:r><m:t>a</m:t></m:r></m:e></m:rad></m:oMath>", "√a"),
        ("<m:oMath><w:del><m:r><m:t>旧</m:t></m:r></w:del><w:ins><m:r><m:t>新</m:t></m:r></w:ins></m:oMath>", "新"),
    ],
)  # fmt: skip
def test_an_equation_is_read_in_one_line(inside: str, seen: str):
    assert shown(inside) == seen


@pytest.mark.parametrize(
    ("font", "code", "seen"),
    [
        ("Symbol", "F0B3", "≥"), ("Symbol", "F0A3", "≤"), ("Symbol", "B3", "≥"),
        ("Wingdings", "F0FE", "☑"), ("Wingdings", "F0A8", "□"), ("Wingdings", "F0FC", "✓"),
        ("Wingdings 2", "F052", "☑"), ("Wingdings 2", "F0A3", "□"), ("Webdings", "F061", "✓"),
        ("宋体", "2264", "≤"),
    ],
)  # fmt: skip
def test_a_symbol_is_the_sign_that_its_font_shows(font: str, code: str, seen: str):
    assert shown(f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>') == seen


def test_signs_set_in_a_font_of_symbols_are_what_the_font_shows():
    look = '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'

    assert shown(run("³", look) + run("90%")) == "≥90%"
    assert shown(run("\uf0a3", look) + run("5元")) == "≤5元"
    assert shown(run("≥5元", look)) == "≥5元"


def test_a_symbol_that_nobody_knows_is_a_flaw_of_its_cell():
    symbol = '<w:r><w:sym w:font="单位徽标" w:char="F0B3"/></w:r>'

    [line] = read(table(row(cell("满意率"), cell(p(symbol + run("90%")))))).rows

    assert "读不出来" in str(line.cells[1].flaw)


def test_a_reading_over_a_sign_is_no_sign():
    ruby = f"<w:r><w:ruby><w:rt>{run('yùn')}</w:rt><w:rubyBase>{run('运')}</w:rubyBase></w:ruby></w:r>"

    assert shown(ruby + run("营")) == "运营"


def test_a_text_box_kept_twice_is_read_once():
    box = f"<w:txbxContent>{p(run('=12个'))}</w:txbxContent>"
    kept = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )

    assert shown(kept) == "=12个"
    assert shown(kept.replace(box, "", 1)) == "=12个"
    assert texts(read(p(run("甲") + kept))) == [["甲"], ["=12个"]]


def test_hidden_text_is_left_out_and_told():
    styles = part("styles", '<w:style w:type="character" w:styleId="秘"><w:rPr><w:vanish/></w:rPr></w:style>'
                            '<w:style w:type="character" w:styleId="密"><w:basedOn w:val="秘"/></w:style>')  # fmt: skip
    body = table(
        row(cell(p(run("旧=10个", "<w:vanish/>") + run("=12个"))), cell("甲")),
        row(cell(p(run("作废", '<w:rStyle w:val="密"/>') + run("有效"))), cell("乙")),
        row(cell(p(run("看得见", '<w:rStyle w:val="秘"/><w:vanish w:val="0"/>'))), cell("丙")),
        row(cell(p(run("藏", '<w:color w:val="FFFFFF"/>') + run("显"))), cell("丁")),
        row(cell(p(run("表头", '<w:color w:val="FFFFFF"/>')), '<w:shd w:fill="1F3864"/>'), cell("戊")),
        row(cell("隐藏行"), cell("己"), about="<w:hidden/>"),
    )  # fmt: skip

    manuscript = read(body, styles=styles)

    assert texts(manuscript) == [
        ["=12个", "甲"], ["有效", "乙"], ["看得见", "丙"], ["显", "丁"], ["表头", "戊"],
    ]  # fmt: skip
    assert told(manuscript) == [
        "隐藏的文字没有读取：“旧=10个”、“作废”、“藏”",
        "隐藏的行没有读取：“隐藏行 己”",
    ]


def test_text_that_is_struck_out_is_left_out_and_told():
    manuscript = read(table(row(cell("数量"), cell(p(run("10", "<w:strike/>") + run("12个"))))))

    assert texts(manuscript) == [["数量", "12个"]]
    assert told(manuscript) == ["划掉的文字没有读取：“10”"]


def numbering(style: str, text: str, more: str = "") -> str:
    return part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}',
    )


def listed(text: str, number: int = 1, level: int = 0) -> str:
    about = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(run(text), about)


def test_automatic_numbers_stand_before_their_paragraphs():
    again = '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    body = listed("甲") + listed("乙", level=1) + listed("丙", level=1) + listed("丁")
    body += listed("戊", number=2) + listed("己", number=0)

    read_back = read(body, numbering=numbering("decimal", "%1.", again))

    assert [line[0] for line in texts(read_back)] == [
        "1.甲", "1.1 乙", "1.2 丙", "2.丁", "1.戊", "己",
    ]  # fmt: skip


def test_numbers_that_a_style_brings_are_shown_and_bullets_are_not():
    styles = part("styles", '<w:style w:type="paragraph" w:styleId="条"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>')  # fmt: skip
    body = p(run("甲"), '<w:pStyle w:val="条"/>') + p(run("乙"), '<w:pStyle w:val="条"/>')

    chinese = read(body, styles=styles, numbering=numbering("chineseCounting", "（%1）"))
    bullets = read(body, styles=styles, numbering=numbering("bullet", "•"))

    assert texts(chinese) == [["（一）甲"], ["（二）乙"]]
    assert texts(bullets) == [["甲"], ["乙"]]


@pytest.mark.parametrize(
    ("count", "style", "written"),
    [
        (4, "upperRoman", "IV"), (27, "lowerLetter", "aa"), (12, "chineseCounting", "十二"),
        (20, "japaneseCounting", "二十"), (103, "chineseCountingThousand", "一百零三"),
        (3, "decimalEnclosedCircle", "③"), (2, "ideographTraditional", "乙"), (7, "decimalZero", "07"),
        (3, "decimalEnclosedParen", "⑶"), (21, "decimalEnclosedCircle", "21"), (5, "none", ""),
    ],
)  # fmt: skip
def test_a_number_is_written_as_its_list_asks(count: int, style: str, written: str):
    assert numeral(count, style) == written


def test_hyphens_are_those_that_are_seen():
    assert shown("<w:r><w:t>2023</w:t><w:noBreakHyphen/><w:t>12</w:t></w:r>") == "2023-12"
    assert shown("<w:r><w:t>满意</w:t><w:softHyphen/><w:t>率\xad高</w:t></w:r>") == "满意率高"


def test_a_raised_digit_stays_raised():
    assert shown(run("10") + run("4", '<w:vertAlign w:val="superscript"/>')) == "10⁴"


def test_a_form_pasted_into_a_cell_keeps_its_rows_and_columns():
    inner = table(row(cell("项目名称"), cell("甲")), row(cell("主管部门"), cell("乙")))
    beside = table(row(cell("经常性"), cell("一次性")))
    body = table(row(cell(p(run("外面")) + inner)), row(cell(beside + p(""))))

    assert texts(read(body)) == [
        ["外面"],
        ["项目名称", "甲"],
        ["主管部门", "乙"],
        ["经常性 一次性"],
    ]


def test_merged_cells_of_old_and_new_word_are_covered():
    body = table(
        row(cell("甲", '<w:gridSpan w:val="2"/>'), cell("乙", '<w:vMerge w:val="restart"/>')),
        row(
            cell("丙", '<w:hMerge w:val="restart"/>'),
            cell("", "<w:hMerge/>"),
            cell("", "<w:vMerge/>"),
        ),
    )

    first, second = read(body).rows

    assert [(c.text, c.covered) for c in first.cells] == [
        ("甲", False),
        ("", True),
        ("乙", False),
    ]
    assert [(c.text, c.from_above) for c in second.cells] == [
        ("丙", False),
        ("", False),
        ("", True),
    ]


def test_a_row_longer_than_the_grid_loses_nothing():
    grid = "<w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
    body = f"<w:tbl>{grid}{row(cell('甲'), cell('乙'), cell('丙'))}</w:tbl>"

    assert texts(read(body)) == [["甲", "乙", "丙"]]


def test_notes_comments_and_headers_are_told():
    manuscript = read(
        p(run("甲")),
        footnotes=part("footnotes", f'<w:footnote w:type="separator">{p(run("——"))}</w:footnote><w:footnote>{p(run("含增值税"))}</w:footnote>'),
        comments=part("comments", f"<w:comment>{p(run('请核对'))}</w:comment>"),
        header=part("hdr", p(run("单位：万元"))),
        footer=part("ftr", p(run("第 1 页 共 3 页"))),
    )  # fmt: skip

    assert told(manuscript) == [
        "脚注没有读取：“含增值税”",
        "批注没有读取：“请核对”",
        "页眉没有读取：“单位：万元”",
    ]


def test_a_strict_document_is_read_like_any_other():
    def strict(content: str) -> str:
        return content.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ).replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"
        )  # fmt: skip

    content = word("")
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            text = source.read(name).decode()
            if name == "word/document.xml":
                text = document(
                    table(row(cell("数量"), cell(p(deleted("10") + inserted(run("12"))))))
                )
            archive.writestr(name, strict(text))

    assert texts(read_manuscript(target.getvalue(), name="a")) == [["数量", "12"]]


def test_the_main_part_may_have_another_name():
    source, target = zipfile.ZipFile(io.BytesIO(word(p(run("甲"))))), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            text = source.read(name).replace(b"word/document.xml", b"word/document2.xml")
            archive.writestr(name.replace("document.xml", "document2.xml"), text)

    assert texts(read_manuscript(target.getvalue(), name="a")) == [["甲"]]


def test_a_document_taken_in_is_read_in_its_place():
    content = word(
        p(run("前")) + '<w:altChunk r:id="aFChunk"/>' + p(run("后")),
        aFChunk="<html><table><tr><td>甲<td>乙</table></html>",
    )

    assert texts(read_manuscript(content, name="a")) == [["前"], ["甲", "乙"], ["后"]]


def test_a_document_of_pictures_only_says_so():
    picture = '<w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/></w:drawing></w:r>'

    with pytest.raises(UnreadableDocument, match="只有图片"):
        read(p(picture))


def test_an_old_equation_within_another_is_drawn():
    assert Field(code=[r"EQ \f(\r(,4),2)"]).instead() == "√4/2"
