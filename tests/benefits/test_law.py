"""The law as data: closed, dated, and known from the day on which it was issued."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from kaoji.benefits.law import Dated, NotInForce, Status
from kaoji.benefits.law_reading import UnusableLaw, law_of, read_law
from kaoji.benefits.months import month
from kaoji.benefits.programmes.catalogue import RULES
from kaoji.standards.files import read_yaml


def children() -> dict[str, Any]:
    return deepcopy(read_yaml("benefits/child_living/law.yaml"))


def fault(data: object) -> str:
    with pytest.raises(UnusableLaw) as caught:
        read_law(data, file="law.yaml")
    return str(caught.value.sentence)


@pytest.mark.parametrize("programme", RULES)
def test_every_programme_has_a_law_and_every_value_its_source(programme: str):
    for name, value in law_of(programme).values():
        assert value.source, name
        assert value.status in Status


def test_an_unknown_key_is_named_with_its_cure():
    head, amount, value, setting = children(), children(), children(), children()
    head["amount"] = {}
    amount["amounts"]["child_in_hardship"]["titel"] = "x"
    value["amounts"]["child_in_hardship"]["dated"][0]["fen"] = 5
    setting["settings"]["pay_dya"] = []

    assert "law.yaml：不认识“amount”；请删去，或改为：amounts、bands" in fault(head)
    assert "不认识“titel”；请删去，或改为：dated、title" in fault(amount)
    assert "不认识“fen”；请删去，或改为：article、claims、issued" in fault(value)
    assert "不认识“pay_dya”" in fault(setting)


@pytest.mark.parametrize("key", ["since", "value", "source", "status"])
def test_a_value_says_since_when_and_by_which_source(key: str):
    data = children()
    del data["amounts"]["child_in_hardship"]["dated"][1][key]

    assert f"缺少“{key}”，请补上" in fault(data)


@pytest.mark.parametrize("wrong", [1.5, "2500", -1, True, None])
def test_an_amount_is_whole_fen(wrong: object):
    data = children()
    data["amounts"]["child_in_hardship"]["dated"][0]["value"] = wrong

    assert "“child_in_hardship”不能是" in fault(data)


def test_other_faults_are_named():
    status, since, twice, claims, late, issued = (children() for _ in range(6))
    status["settings"]["pay_day"][0]["status"] = "sure"
    since["settings"]["pay_day"][0]["since"] = "2023"
    dated = twice["amounts"]["child_in_hardship"]["dated"]
    dated.append(dated[0])
    claims["amounts"]["child_in_hardship"]["dated"][0]["claims"] = True
    del late["settings"]["late"][0]["value"]["category"]
    issued["amounts"]["child_in_hardship"]["dated"][0]["issued"] = "2023-06"

    assert "status 写了“sure”；可以写：seen、unverified、chosen" in fault(status)
    assert "“2023”不是月份" in fault(since)
    assert "两个值起始和印发日期相同" in fault(twice)
    assert "须写明条款（article）" in fault(claims)
    assert "没有写“category”迟到时怎么办" in fault(late)
    assert "issued 应为日期" in fault(issued)
    assert "应为一组" in fault([])


def test_a_notice_is_unknown_before_its_day():
    law = law_of("child_living")
    june = month(2023, 6)

    assert law.at(june, known_at=date(2023, 6, 28)).fen("orphan_in_community").value == 190_000
    assert law.at(june, known_at=date(2023, 6, 29)).fen("orphan_in_community").value == 250_000
    assert law.at(month(2023, 5), known_at=date(2023, 7, 1)).fen(
        "orphan_in_community"
    ).value == (190_000)


def test_what_is_not_on_record_is_said():
    with pytest.raises(NotInForce, match="没有收录 2017-12 的“困境儿童每月标准”"):
        law_of("child_living").at(month(2017, 12), known_at=date(2023, 1, 1)).fen(
            "child_in_hardship"
        )


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (64, None),
        (65, (65, 7_500)),
        (69, (65, 7_500)),
        (70, (70, 15_000)),
        (79, (70, 15_000)),
        (80, (80, 18_000)),
        (89, (80, 18_000)),
        (90, (90, 35_000)),
        (99, (90, 35_000)),
        (100, (100, 60_000)),
        (113, (100, 60_000)),
    ],
)
def test_the_bands_of_old_age(age: int, band: tuple[int, int] | None):
    law = law_of("old_age_allowance").at(month(2023, 1), known_at=date(2023, 1, 1))

    assert law.band(age) == band


def test_unverified_values_in_force_are_listed():
    law = law_of("disability_living")

    found = law.unverified(period=month(2023, 6), known_at=date(2023, 6, 1))

    assert "重残无业、低保家庭残疾人每月标准" in found
    assert "look_back" not in found  # chosen by us, which is another thing


def test_a_changed_value_changes_the_digest():
    law = law_of("child_living")
    value = Dated(month(2026, 1), 330_000, "通知", Status.SEEN, date(2026, 2, 1))

    changed = law.with_amount("child_in_hardship", value)

    assert changed.digest != law.digest
    assert read_law(children(), file="x").digest == law.digest
    assert (
        changed.at(month(2026, 1), known_at=date(2026, 2, 1)).fen("child_in_hardship") == value
    )
