"""The way out to the integrated budget platform: its columns, our values in them, and everything that is missing told.

The columns are typed from the statements that make the platform's tables (and from its code, where these end), not
from the mapping.
"""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from kaoji.core.declaration import Declaration as Form
from kaoji.core.notation import parse
from kaoji.core.outcome import IndicatorOutcome
from kaoji.documents.exchange.entry import Entry, Place
from kaoji.documents.exchange.lines import Line
from kaoji.documents.exchange.rows import sheets
from kaoji.documents.exchange.values import CODED, VALUES
from kaoji.standards.exchange import exchange_in_force
from kaoji.subjects.monitoring.actions.file_monitoring import Said, file_monitoring
from support.followed import entered, everything, spent
from support.people import NOON, person, place
from support.road_form import FORM, MID_JULY

KEYS = [
    "fiscal_year", "mof_div_code", "mof_div_name", "agency_code", "agency_name", "dept_code", "dept_name",
    "pro_code", "pro_name", "is_last_inst", "is_deleted", "create_time", "update_time",
]  # fmt: skip
LEVELS = [f"lv{level}_perf_ind_{what}" for level in (1, 2, 3) for what in ("code", "name")]
COLUMNS = {
    "PM_PERF_GOAL_INFO": ["kpi_per_id", *KEYS, "kpi_target", "yearflag", "version"],
    "PM_PERF_INDICATOR": [
        "kpi_id", *KEYS, *LEVELS, "kpi_content", "kpi_evalstd", "kpi_val", "kpi_remark",
        "perf_obj_type_code", "perf_obj_type_name", "sub_mof_div_code", "spe_pro_code",
        "mof_aud_opinion_code", "mof_aud_opinion_name", "bgt_id", "version", "version_name",
        "computesign", "meterunit", "yearflag", "weight", "frameweight", "actualweight", "goalguid",
        "indexstandards", "computetype", "referenceval", "snindexval", "qnindexval", "value_remark",
        "kpivalsource", "isfixed", "sumtype", "is_adj", "is_backup", "ai_recoindexmark",
    ],
    "PAY_PERF_MONITOR_TASK": [
        "perf_task_no", "perf_type_code", "perf_type_name", "title", "desc", "task_end_date",
    ],
    "PAY_PERF_MONITOR_INFO": [
        *KEYS, "kpi_target", "pro_bgt_comp", "est_pro_bgt_annual", *LEVELS, "kpi_val", "perf_comp",
        "est_perf_annual", "ana_dev_reasons", "complete_rate", "perf_send_date", "is_perf_rectify",
        "rectify_advise", "rectify_epilog",
    ],
    "PM_PERF_SELF_EVAL": [
        *KEYS, "devi_analy", "application_advise", "total_eval_value", "dept_score", "dept_suggest",
        "dep_aud_opinion", "mof_aud_opinion",
    ],
    "PM_SELF_EVAL_GOAL": [*KEYS, "kpi_target", "goal_comp"],
    "PM_SELF_EVAL_INDICATOR": [
        *KEYS, "kpi_val", "ind_comp", "kpi_evalstd", "ind_weight", "eval_score", "devi_analy",
    ],
    "PM_PERF_SELF_BGT": [
        *KEYS, "found_type_code", "found_type_name", "reply_amt", "year_adj_amt", "cur_amt",
        "year_exe_amt", "exe_amt_rate", "exe_score",
    ],
}  # fmt: skip
EXCHANGE = exchange_in_force(on=date(2023, 12, 31))
assert EXCHANGE is not None


def entry(form: Form) -> Entry:
    return Entry(form, Place("公路所", "101003"), Place("交通局", "101"), None, 2, NOON, NOON)


def cells(form: Form, table: str = "PM_PERF_INDICATOR") -> list[dict[str, Any]]:
    [sheet] = [item for item in sheets([entry(form)], [], EXCHANGE) if item.table.name == table]
    names = [column.name for column in sheet.table.columns]
    return [dict(zip(names, row, strict=True)) for row in sheet.rows]


def told(form: Form, table: str = "PM_PERF_INDICATOR") -> dict[tuple[int | None, str], str]:
    [sheet] = [item for item in sheets([entry(form)], [], EXCHANGE) if item.table.name == table]
    return {(item.row, item.column.name): str(item.why) for item in sheet.remarks}


def test_every_table_has_exactly_the_columns_of_the_platform():
    assert {
        table.name: [column.name for column in table.columns] for table in EXCHANGE.tables
    } == COLUMNS


def test_every_column_names_what_fills_it_or_why_nothing_does():
    for table in EXCHANGE.tables:
        for column in table.columns:
            assert bool(column.source) != bool(column.why), column.name
            assert not column.source or column.source in VALUES.keys() | CODED.keys(), column


def test_an_indicator_is_told_in_the_platforms_words():
    [first, *others] = cells(parse(FORM))

    assert first["fiscal_year"] == "2023"
    assert (first["agency_code"], first["dept_name"]) == ("101003", "交通局")
    assert (first["lv1_perf_ind_code"], first["lv2_perf_ind_code"]) == ("1", "11")
    assert (first["lv3_perf_ind_name"], first["kpi_val"]) == ("养护里程", Decimal(35))
    assert (first["computesign"], first["meterunit"], first["yearflag"]) == ("2", "公里", "0")
    assert (first["is_deleted"], first["create_time"]) == ("2", "20261124120000000")
    assert others[-1]["lv2_perf_ind_code"] == "31"
    assert others[-1]["lv1_perf_ind_code"] == "3"


@pytest.mark.parametrize(
    ("target", "sign", "value"),
    [
        ("≥ 98%", "2", Decimal(98)),
        ("> 5 个", "1", Decimal(5)),
        ("= 3 次", "3", Decimal(3)),
        ("12 次", "3", Decimal(12)),
        ("< 4 %", "4", Decimal(4)),
        ("≤ 3天", "5", Decimal(3)),
        ("90-95%", "9", "90-95%"),
        ("约 35 公里", "9", "约 35 公里"),
        ("2023年12月底前", "9", "2023年12月底前"),
        ("有效提升", "6", "有效提升"),
    ],
)
def test_a_target_has_its_sign_and_its_number(target: str, sign: str, value: object):
    [row] = cells(parse(f"项目: 甲\n年度: 2023\n产出指标 / 数量指标 / 里程: {target}\n"))

    assert (row["computesign"], row["kpi_val"]) == (sign, value)


@pytest.mark.parametrize(
    ("actual", "told"),
    [
        ("36公里", Decimal(36)),
        ("36,000 米", "36,000 米"),  # another unit: the number alone would lie
        ("约 36 公里", "约 36 公里"),
        ("≥ 36 公里", "≥ 36 公里"),
        ("已完成", "已完成"),
    ],
)
def test_what_was_reached_is_a_number_only_in_the_unit_of_the_target(actual: str, told: object):
    [indicator] = parse("项目: 甲\n产出指标 / 数量指标 / 养护里程: ≥ 35公里\n").indicators
    line = Line(indicator=indicator, said=IndicatorOutcome(actual_raw=actual))

    assert VALUES["actual"](line) == told


def test_both_goals_go_out_the_whole_and_the_years():
    goals = cells(parse(FORM), "PM_PERF_GOAL_INFO")

    assert [(row["kpi_target"], row["yearflag"]) for row in goals] == [
        ("公路得到养护。", "1"),
        ("养护公路 35 公里。", "0"),
    ]


def test_what_is_missing_is_told_with_its_row_and_reason():
    form = parse("项目: 甲\n产出指标 / 自定指标 / 里程: 35公里\n")
    why = told(form)

    assert why[None, "pro_code"].startswith("项目代码由平台编")
    assert why[3, "fiscal_year"] == "考绩里没有填"
    assert why[3, "lv2_perf_ind_code"] == "“自定指标”没有对应的代码"
    assert why[3, "weight"] == "考绩里没有填"
    assert (3, "kpi_val") not in why


def test_what_the_platform_cannot_hold_is_told_and_left_whole():
    long = "养" * 2_001
    form = parse(f"项目: 甲\n年度: 2023\n年度目标: {long}\n产出指标 / 数量指标 / 里程: 35\n")

    assert cells(form, "PM_PERF_GOAL_INFO")[0]["kpi_target"] == long
    assert "超过 2000 字" in told(form, "PM_PERF_GOAL_INFO")[3, "kpi_target"]


def test_a_number_that_a_spreadsheet_would_spoil_is_text_and_told():
    form = parse("项目: 甲\n年度: 2023\n产出指标 / 数量指标 / 里程: 12345678901234567 个\n")

    assert cells(form)[0]["kpi_val"] == "12345678901234567"
    assert "存不准" in told(form)[3, "kpi_val"]


def test_a_region_may_have_tables_of_its_own(monkeypatch: pytest.MonkeyPatch):
    """A regional entry outranks the national one; it has to say everything itself."""
    from kaoji.standards import exchange, files

    [usual] = files.read_yaml("exchange.yaml")
    own = {**usual, "id": "shanghai", "region": "shanghai", "since": date(2022, 1, 1)}
    monkeypatch.setattr(exchange, "read_yaml", lambda name: [usual, own])
    exchange._dated.cache_clear()
    day = date(2023, 12, 31)
    found = [exchange.exchange_in_force(on=day, region=name) for name in (None, "shanghai")]
    exchange._dated.cache_clear()

    assert [item.id for item in found if item] == ["pmkpi-2024", "shanghai"]


@pytest.mark.django_db
def test_a_year_before_every_table_is_refused(approved, filer, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("kaoji.subjects.exchange.queries.exchange_in_force", lambda **_: None)

    answer = signed_in(filer).get("/exchange/tables.xlsx?year=2023", follow=True)

    assert "没有收录 2023 年的交换表" in answer.content.decode()


def book_of(client: Client, query: str = "year=2023") -> Any:
    answer = client.get(f"/exchange/tables.xlsx?{query}")
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def rows_in(book: Any, table: str) -> list[dict[str, Any]]:
    names, _, *rows = book[table].iter_rows(values_only=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.django_db
def test_an_evaluated_promise_fills_every_sheet_numbers_as_numbers(evaluation, approved, filer):
    """The Putuo form of 2022: 215,457.60 of 250,000 yuan, 86.18 %, 98.62 points, of them 8.62 for the money."""
    book = book_of(signed_in(filer))

    assert list(COLUMNS) == book.sheetnames[2:]
    [whole] = rows_in(book, "PM_PERF_SELF_EVAL")
    assert whole["total_eval_value"] == 98.62
    assert rows_in(book, "PM_SELF_EVAL_GOAL")[0]["goal_comp"] == "已完成"
    [total, *_] = rows_in(book, "PM_PERF_SELF_BGT")
    assert (total["found_type_name"], total["cur_amt"]) == ("年度资金总额", 250_000)
    assert (total["year_exe_amt"], total["exe_amt_rate"]) == (215_457.6, 86.18)
    assert total["exe_score"] == 8.62
    indicators = rows_in(book, "PM_SELF_EVAL_INDICATOR")
    assert [row["ind_comp"] for row in indicators] == [36, 99, 2, 2.5, 93, 91]
    assert sum(row["eval_score"] for row in indicators) == 90
    assert len(rows_in(book, "PM_PERF_INDICATOR")) == 6


@pytest.mark.django_db
def test_monitoring_goes_out_with_its_task_and_what_was_said(period, approved, filer):
    """20 of 35 km by the end of July; what was said of it, and no number for how likely it is."""
    entered(approved, filer, "养护里程", "20公里", as_of=MID_JULY)
    spent(approved, filer, 6, "100000.00")
    said = everything(approved, 养护里程=Said((), "雨季停工", "有可能"))
    file_monitoring(period, approved, said=said, acting_user=filer, now=NOON)

    book = book_of(signed_in(filer))

    [task] = rows_in(book, "PAY_PERF_MONITOR_TASK")
    assert (task["title"], task["task_end_date"]) == ("1—7 月运行监控", "20261231")
    first, *others = rows_in(book, "PAY_PERF_MONITOR_INFO")
    assert len(others) == 5
    assert (first["perf_comp"], first["ana_dev_reasons"]) == (20, "雨季停工")
    assert (first["pro_bgt_comp"], first["perf_send_date"]) == (100_000, "20261124")
    assert first["complete_rate"] is None
    told = list(book["要补的"].iter_rows(values_only=True))
    assert ("PAY_PERF_MONITOR_INFO", "整列", None, "complete_rate") in [row[:4] for row in told]


@pytest.mark.django_db
def test_the_same_records_give_the_same_bytes(approved, filer):
    client = signed_in(filer)

    first, second = (client.get("/exchange/tables.xlsx?year=2023").content for _ in range(2))
    assert first == second


@pytest.mark.django_db
def test_nothing_of_another_place_and_nothing_that_is_not_approved_goes_out(approved):
    stranger = signed_in(person("填报", "feng", place("奉贤区财政局")))

    answer = stranger.get("/exchange/tables.xlsx?year=2023", follow=True)
    assert "没有批复的项目" in answer.content.decode()
    chosen = stranger.get(f"/exchange/tables.xlsx?year=2023&place={place().pk}", follow=True)
    assert "没有批复的项目" in chosen.content.decode()


@pytest.mark.django_db
def test_the_page_names_the_tables_and_speaks_english(approved, filer):
    client = signed_in(filer)

    page = client.get("/exchange/").content.decode()
    for name in COLUMNS:
        assert f"<code>{name}</code>" in page
    client.post("/account/language/", {"language": "en"})
    assert "Exchange tables" in client.get("/exchange/").content.decode()


@pytest.mark.django_db
def test_the_command_writes_the_same_and_says_what_is_to_be_seen_to(
    approved, filer, tmp_path: Path, capsys
):
    out = tmp_path / "out.xlsx"
    call_command("export_exchange", "2023", str(out), "--place", place().name)

    assert "项目 1 个，要补的" in capsys.readouterr().out
    assert out.read_bytes() == signed_in(filer).get("/exchange/tables.xlsx?year=2023").content
    for wrong, why in (
        (["1999", str(out)], "1999 年没有批复的项目"),
        (["2022", str(out)], "2022 年没有批复的项目"),
        (["2023", str(out), "--place", "nowhere"], "没有叫“nowhere”"),
        (["2023", str(tmp_path)], "无法写入"),
    ):
        with pytest.raises(CommandError, match=why):
            call_command("export_exchange", *wrong)
