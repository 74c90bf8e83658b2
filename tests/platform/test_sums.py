"""Sums of money in both languages: 万元 and 亿元 in Chinese, yuan in English."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from kaoji.platform.ui import saying, sums
from kaoji.platform.ui.days import month_name
from kaoji.subjects.dashboards.pages.charts import execution_curve, money_by_category
from kaoji.subjects.dashboards.pages.drawn import drawing_of
from kaoji.subjects.dashboards.queries import Figures

D = Decimal


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


@pytest.mark.parametrize(
    ("yuan", "written"),
    [("784000", "78.40"), ("563894200", "56,389.42"), ("0", "0.00"), ("-12000", "-1.20")],
)
def test_in_chinese_tables_and_texts_have_ten_thousands(chinese: None, yuan: str, written: str):
    assert sums.ten_thousands(D(yuan)) == written
    assert sums.ten_thousands_in_text(D(yuan)) == written


def test_in_chinese_the_largest_sums_have_hundred_millions(chinese: None):
    assert sums.hundred_millions_in_text(D("563894200")) == "5.64"


@pytest.mark.parametrize(
    ("yuan", "written"),
    [
        ("784000", "784,000"),
        ("784000.00", "784,000"),
        ("784000.50", "784,000.50"),
        ("563894200", "563,894,200"),
        ("-12000", "-12,000"),
        ("0", "0"),
    ],
)
def test_in_english_tables_have_every_yuan(english: None, yuan: str, written: str):
    assert sums.ten_thousands(D(yuan)) == written


@pytest.mark.parametrize(
    ("yuan", "written"),
    [
        ("0", "0"),
        ("784000", "784,000"),
        ("784000.50", "784,001"),
        ("999999.49", "999,999"),
        ("1000000", "1 million"),
        ("1234567", "1.23 million"),
        ("12340000", "12.3 million"),
        ("563894200", "564 million"),
        ("995000000", "995 million"),
        ("999600000", "1 billion"),
        ("20500000000", "20.5 billion"),
        ("-1500000", "-1.5 million"),
    ],
)
def test_in_english_texts_have_millions_in_three_digits(english: None, yuan: str, written: str):
    assert sums.ten_thousands_in_text(D(yuan)) == written
    assert sums.hundred_millions_in_text(D(yuan)) == written


def test_columns_side_by_side_count_in_what_has_room(english: None):
    def counted(most: str) -> tuple[str, str]:
        scale = sums.scale_of_columns([D(0), D(most)])
        return f"{scale.of(D(most)):,.{scale.digits}f}", scale.unit

    assert counted("56389420") == ("56.4", "million yuan")
    assert counted("784000") == ("784", "thousand yuan")
    assert counted("9500") == ("9,500", "yuan")


def test_in_chinese_columns_count_in_ten_thousands(chinese: None):
    scale = sums.scale_of_columns([D("56389420")])

    assert (f"{scale.of(D('56389420')):,.{scale.digits}f}", scale.unit) == ("5,638.9", "万元")


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("zh-hans", "78.40 | 156.78 | 1.20 | — | 甲、乙：丙"),
        ("en", "784,000 | 1.57 million | 120 million | — | 甲, 乙: 丙"),
    ],
)
def test_the_filters_of_pages_follow_the_language(language: str, written: str):
    page = Template(
        "{% load kaoji_words %}{{ small|ten_thousands }} | {{ more|ten_thousands_in_text }} | "
        "{{ most|hundred_millions }} | {{ none|ten_thousands }} | {{ names|joined }}{% mark '：' %}丙"
    )
    amounts = {"small": D(784000), "more": D(1567800), "most": D(120000000), "none": None}

    with translation.override(language):
        assert page.render(Context({**amounts, "names": ["甲", "乙"]})) == written


def test_months_have_the_names_of_the_language():
    with translation.override("zh-hans"):
        assert [month_name(1), month_name(12)] == ["1月", "12月"]
    with translation.override("en"):
        assert [month_name(1), month_name(12)] == ["Jan", "Dec"]


def figures() -> Figures:
    whole = Figures()
    whole.budget = D(2_000_000)
    whole.categories["一次性项目"] = D(2_000_000)
    whole.spent[:2] = [D(100_000), D(1_500_000)]
    return whole


@pytest.mark.parametrize(
    ("language", "told", "spent", "bar"),
    [
        (
            "zh-hans",
            "预算共 200.00 万元；最大的一块是甲的一次性项目，200.00 万元，占 100.0%。",
            "到 2月 执行 150.00 万元，占预算的 75.0%。",
            ">200.00<",
        ),
        (
            "en",
            "Total budget: 2 million yuan; the largest part is 一次性项目 of 甲: 2 million yuan, 100.0%.",
            "Spent by Feb: 1.5 million yuan, 75.0% of the budget.",
            ">2,000,000<",
        ),
    ],
)
def test_pictures_tell_and_draw_money_in_the_language(
    language, told: str, spent: str, bar: str
):
    with translation.override(language):
        picture = money_by_category([("甲", figures())])

        assert saying.spoken(picture.words) == told
        assert saying.spoken(execution_curve(figures(), 2).words) == spent
        assert bar in drawing_of(picture)


def test_a_day_is_written_as_the_language_writes_it():
    page = Template("{% load kaoji_words %}{{ then|day }}")

    def written(language: str) -> str:
        with translation.override(language):
            return page.render(Context({"then": date(2019, 12, 4)}))

    assert written("zh-hans") == "2019 年 12 月 4 日"
    assert written("en") == "4 December 2019"
