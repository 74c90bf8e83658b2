"""What the rules say is in the words of the field: no path of a field, no word that a reviewer avoids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from accuracy.fields import LABELS

from kaoji.core import notation
from kaoji.core.field_names import name_of
from kaoji.documents.checking import check_readings
from kaoji.documents.reading import Reading
from kaoji.rules.engine import check
from kaoji.standards.languages import LANGUAGES, speaker

RULES = Path(__file__).parents[2] / "src" / "kaoji" / "rules"
RAW = re.compile(
    r"indicators\[|funds\.|\[\d+\]|target_raw|level[123]|_goal|_date|_name|_unit\b|_category|goal_period"
)
# 未细化量化, 指向不明确, 未体现… are what reviewers write instead.
AVOIDED = ("空话", "看不出", "读不通", "读取存疑", "读得无误", "若读")
TEXTS = ("fields_working", "regions", "wellmade_working", "clean")


def sentences_on(reading: Reading) -> Iterator[str]:
    reports = list(check_readings(reading.forms))
    for name in TEXTS:
        forms = notation.parse_all((LABELS / f"{name}.txt").read_text("utf-8"))
        reports += [check(form) for form in forms]
    for language in LANGUAGES:
        speak = speaker(language)
        for item in (item for report in reports for item in report.findings):
            yield speak(item.message)
            yield speak(item.suggestion) if item.suggestion else ""
    for form in reading.forms:
        yield from (str(doubt.reason) for doubt in form.doubts)
        yield from (str(name_of(doubt.field, form.form)) for doubt in form.doubts)


def test_no_sentence_holds_the_path_of_a_field(songjiang: Reading):
    raw = {said for said in sentences_on(songjiang) if RAW.search(said)}

    assert not raw


def test_no_sentence_holds_a_word_that_reviewers_avoid(songjiang: Reading):
    avoided = {said for said in sentences_on(songjiang) if any(w in said for w in AVOIDED)}

    assert not avoided


def test_no_rule_is_written_with_such_a_word():
    said = re.compile(r'say\(\s*"([^"]*)"')
    found = {
        text
        for file in RULES.rglob("*.py")
        for text in said.findall(file.read_text("utf-8"))
        if any(word in text for word in AVOIDED) or RAW.search(re.sub(r"\{\w+\}", "", text))
    }

    assert not found


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("project_name", "项目名称"),
        ("funds.annual_fiscal", "当年财政拨款"),
        ("indicators", "绩效指标"),
        ("indicators[0].target_raw", "第 1 项“养护里程”的指标目标值"),
        ("indicators[7].level2", "第 8 项指标的二级指标"),
        ("somewhere", "表内其他内容"),
    ],
)
def test_a_field_is_named_as_the_form_names_it(path: str, name: str):
    form = notation.parse("项目: 甲\n产出指标 / 数量指标 / 养护里程: ≥ 35 公里\n")

    assert str(name_of(path, form)) == name
