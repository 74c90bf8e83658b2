"""What goes to a bank is what it asks for; what comes back is read line by line, or refused at its cell."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaoji.benefits.law_reading import UnusableLaw
from kaoji.benefits.payments import BankLine, Outcome, Try, Verdict, judge
from kaoji.documents.banks.answers import ReturnReading, read_return
from kaoji.documents.banks.layout import FIELD_TITLES, bank_layouts, read_layout
from kaoji.documents.banks.writing import OutgoingLine, UnableToWrite, write_files
from kaoji.standards.files import read_yaml

CMB, PLAIN = bank_layouts()["cmb_batch"], bank_layouts()["plain_fixed"]
LINE = OutgoingLine("K2023070001", "6225880112345678", "王小芳", 250_000, "困境儿童基本生活费")
BACK = (
    "B1-1|3|7500.00\r\n"
    "1|2500.00|20230710|S|||K1\r\n"
    "2|2500.00|2023-07-10|E|E001|账户已销户|K2\r\n"
    "3|2500.00|2023-07-10|A|||K3\r\n"
)


def faults(reading: ReturnReading) -> list[str]:
    return [f"{f.line}:{f.column or '-'} {f.sentence}" for f in reading.faults]


def test_an_upload_is_written_as_its_layout_says():
    [file] = write_files(
        CMB.upload, [LINE, replace(LINE, reference="K2", fen=5)], batch_reference="B1"
    )

    assert file.content.decode("gb18030") == (
        "B1-1|2|2500.05|N03020\r\n"
        "1|6225880112345678|王小芳|2500.00|困境儿童基本生活费||||K2023070001\r\n"
        "2|6225880112345678|王小芳|0.05|困境儿童基本生活费||||K2\r\n"
    )
    assert (file.count, file.fen) == (2, 250_005)
    assert file.sha256 == hashlib.sha256(file.content).hexdigest()
    assert file.lines == ((1, "K2023070001"), (2, "K2"))


def test_widths_count_bytes_and_the_last_line_sums_up():
    [file] = write_files(PLAIN.upload, [LINE], batch_reference="B1")

    first, last = file.content.decode("gbk").splitlines()
    assert len(first.encode("gbk")) == 20 + 32 + 60 + 16 + 40
    assert first.split() == [
        "K2023070001",
        "6225880112345678",
        "王小芳",
        "2500.00",
        "困境儿童基本生活费",
    ]
    assert last.split() == ["TOTAL1", "2500.00"]


def test_a_bank_that_takes_3000_lines_gets_two_files():
    lines = [replace(LINE, reference=f"K{n}") for n in range(3_001)]

    files = write_files(CMB.upload, lines, batch_reference="B1")

    assert [file.count for file in files] == [3_000, 1]
    assert files[1].lines == ((1, "K3000"),)
    assert files[1].content.startswith(b"B1-2|1|2500.00|")
    assert files[1].content.splitlines()[1].startswith(b"1|6225880112345678|")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"holder": "王" * 32}, "户名长 64 字节，银行至多收 62 字节，请缩短"),
        ({"holder": "王|芳"}, "户名含有分隔符或不可见字符，请改正"),
        ({"holder": "王\n芳"}, "户名含有分隔符或不可见字符，请改正"),
        ({"holder": ""}, "户名为空，请补上"),
        ({"account": "6225 8801"}, "收款账号应全是数字，请核对"),
        ({"account": "６２２５"}, "收款账号应全是数字，请核对"),
        ({"fen": 0}, "金额须大于零"),
        ({"fen": -5}, "金额须大于零"),
        ({"reference": "K" * 21}, "业务参考号长 21 字节，银行至多收 20 字节，请缩短"),
    ],
)
def test_a_line_that_cannot_be_sent_is_named_and_nothing_is_written(change, said):
    with pytest.raises(UnableToWrite) as caught:
        write_files(
            CMB.upload,
            [replace(LINE, reference="K0"), replace(LINE, **change)],
            batch_reference="B",
        )

    assert [(number, str(sentence)) for number, sentence in caught.value.faults] == [(2, said)]


def test_a_reference_is_used_once_and_a_rare_sign_is_named():
    with pytest.raises(UnableToWrite) as twice:
        write_files(CMB.upload, [LINE, LINE], batch_reference="B")
    with pytest.raises(UnableToWrite) as rare:
        write_files(PLAIN.upload, [replace(LINE, holder="王㐂")], batch_reference="B")

    assert "业务参考号与第 1 行相同，每笔须唯一" in str(twice.value)
    assert "户名里的“㐂”银行的编码写不出" in str(rare.value)


def test_a_return_is_read_line_by_line():
    reading = read_return(CMB.answer, BACK.encode("gb18030"))

    assert reading.faults == ()
    assert reading.lines == (
        BankLine(date(2023, 7, 10), Outcome.CREDITED, "K1", 250_000, 1),
        BankLine(date(2023, 7, 10), Outcome.FAILED, "K2", 250_000, 2),
        BankLine(date(2023, 7, 10), Outcome.PENDING, "K3", 250_000, 3),
    )
    assert reading.texts == ("", "账户已销户", "")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("|S|", "|X|", "2:4 结果代码“X”不认识；这家银行用：A、I、S、E、C、R"),
        ("20230710", "20230732", "2:3 日期：“2023-07-32”不是日期；请写成 2023-01-01"),
        ("1|2500.00|", "1|2500.001|", "2:2 金额：“2500.001”不是金额"),
        ("2|2500.00|", "二|2500.00|", "3:1 序号应全是数字，请核对"),
        ("|K3", "|", "4:7 业务参考号为空，请补上"),
        ("|||K1", "|K1", "2:- 有 5 栏，“招商银行大批量代发”应有 7 栏；是否拿错了银行的文件？"),
        ("|3|7500", "|4|7500", "1:- 汇总为 4 笔，实有 3 笔；文件可能不完整"),
        (
            "|7500.00",
            "|7600.00",
            "1:- 汇总为 7,600.00 元，各行合计 7,500.00 元；文件可能不完整",
        ),
    ],
)
def test_a_wrong_cell_of_a_return_is_named(old, new, said):
    reading = read_return(CMB.answer, BACK.replace(old, new, 1).encode("gb18030"))

    assert not reading.usable
    assert any(fault.startswith(said) for fault in faults(reading)), faults(reading)


def test_a_file_of_another_bank_or_encoding_is_refused():
    other = read_return(PLAIN.answer, BACK.encode("gb18030"))
    coded = read_return(CMB.answer, BACK.encode("utf-16"))
    empty = read_return(CMB.answer, b"\r\n")
    utf8 = read_return(CMB.answer, BACK.replace("账户已销户", "账户销").encode("utf-8"))

    assert "是否拿错了银行的文件？" in faults(other)[0]
    assert not coded.usable
    assert "文件是空的" in faults(empty)[0]
    assert "3:6 结果说明不是 gb18030 编码；请向银行要原文件，不要另存" in faults(utf8)


def test_a_sign_whose_second_byte_is_the_separator_is_one_sign():
    sign = b"\x81\x7c".decode("gb18030")

    reading = read_return(CMB.answer, BACK.replace("账户已销户", sign).encode("gb18030"))

    assert reading.faults == ()
    assert reading.texts[1] == sign


def test_a_fixed_return_is_read_and_its_summary_compared():
    def row(reference: str, amount: str, code: str) -> bytes:
        return f"{reference:20}{amount:16}{'2023-07-10':10}{code:2}".encode("gbk")

    good = b"\n".join(
        [row("K1", "75.00", "90"), row("K2", "75.00", "91"), b"TOTAL2         150.00"]
    )
    cut = good.replace(b"TOTAL2 ", b"TOTAL3 ")

    reading = read_return(PLAIN.answer, good)

    assert [line.outcome for line in reading.lines] == [Outcome.CREDITED, Outcome.FAILED]
    assert reading.usable
    assert "汇总为 3 笔，实有 2 笔" in faults(read_return(PLAIN.answer, cut))[0]


@settings(max_examples=40)
@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=30, unique=True), st.randoms())
def test_what_is_sent_is_matched_when_it_comes_back_in_any_order(amounts, chance: Random):
    lines = [replace(LINE, reference=f"K{n}", fen=fen) for n, fen in enumerate(amounts)]
    [file] = write_files(CMB.upload, lines, batch_reference="B")
    tries = [
        Try(line.reference, "p", line.fen, place)
        for (place, _reference), line in zip(file.lines, lines, strict=True)
    ]
    rows = [
        f"{place}|{t.fen // 100}.{t.fen % 100:02d}|20230710|S|||{t.reference}\r\n"
        for place, t in enumerate(tries, start=1)
    ]
    chance.shuffle(rows)
    total = sum(amounts)
    back = f"B-1|{len(rows)}|{total // 100}.{total % 100:02d}\r\n" + "".join(rows)

    reading = read_return(CMB.answer, back.encode("gb18030"))

    assert reading.faults == ()
    judged = judge(reading.lines, tries)
    assert all(j.verdict is Verdict.MATCHED and j.answers.fen == j.line.fen for j in judged)
    assert {j.answers.reference for j in judged} == {t.reference for t in tries}


def test_a_layout_is_closed():
    data = read_yaml("banks/cmb_batch.yaml")
    upload = data["upload"]
    column = {**upload, "columns": [{**upload["columns"][0], "size": 8}]}
    field = {**upload, "columns": [{"field": "colour", "form": "text"}]}
    bare = {key: value for key, value in upload.items() if key != "separator"}

    for wrong, said in [
        ({**data, "bank": 1}, "不认识“bank”"),
        ({**data, "upload": column}, "不认识“size”"),
        ({**data, "upload": field}, "不认识“colour”"),
        ({**data, "upload": bare}, "没有 separator"),
        ({**data, "upload": {**upload, "encoding": "gb1"}}, "“upload”不能是"),
    ]:
        with pytest.raises(UnusableLaw, match=said):
            read_layout("x", wrong, file="x.yaml")


def test_every_layout_on_record_can_be_read():
    assert bank_layouts().keys() == {"cmb_batch", "plain_fixed"}
    for layout in bank_layouts().values():
        fields = {column.field for column in layout.answer.columns}
        assert {"amount", "day", "outcome", "reference"} <= fields <= FIELD_TITLES.keys()
