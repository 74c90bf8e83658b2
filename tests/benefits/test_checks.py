"""Each check finds its own planted fault and nothing else; a sound run has no hits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kaoji.benefits.checks.catalogue import CHECKS, hits
from kaoji.benefits.checks.check import Effect
from kaoji.benefits.checks.context import (
    AccountChange,
    FailedLine,
    PayeeAccount,
    Person,
    RunUnderCheck,
)
from kaoji.benefits.identity import birth_in, check_digit, normalised, well_formed
from kaoji.benefits.law_reading import law_of
from kaoji.benefits.months import month
from kaoji.benefits.run import Item, ItemKind, Run
from kaoji.core.speech import say

JULY = month(2023, 7)
OPENED = (AccountChange(date(2020, 1, 1), "6225-1"),)


def number(birth: date) -> str:
    first = f"310117{birth:%Y%m%d}001"
    return first + check_digit(first)


def item(who: str, fen: int, of: int = JULY, kind: ItemKind = ItemKind.DUE) -> Item:
    return Item("old_age_allowance", who, month(of // 12, of % 12 + 1), fen, kind, "泗泾镇")


def person(name: str, birth: date) -> Person:
    return Person(f"identity of {name}", birth, number(birth))


def payee(name: str, account: str) -> PayeeAccount:
    return PayeeAccount(name, name, name, account, confirmed=True, changes=OPENED)


SOUND = RunUnderCheck(
    run=Run(JULY, date(2023, 7, 5)),
    law=law_of("old_age_allowance"),
    today=date(2023, 7, 6),
    items=(item("甲", 7_500), item("乙", 18_000)),
    persons={"甲": person("甲", date(1958, 3, 1)), "乙": person("乙", date(1940, 5, 5))},
    payees={"甲": payee("王甲", "6225-1"), "乙": payee("李乙", "6225-2")},
    recomputed={("甲", JULY): 7_500, ("乙", JULY): 18_000},
    listed=frozenset({"甲", "乙"}),
    granted=frozenset({"甲", "乙"}),
    budget_left=25_500,
)
CHILD = replace(
    SOUND,
    law=law_of("child_living"),
    items=(replace(item("甲", 250_000), component="child_living"),),
    recomputed={("甲", JULY): 250_000},
    budget_left=None,
    others={("甲", JULY): frozenset({"tekun"})},
)


def with_payee(**changes: object) -> RunUnderCheck:
    return replace(SOUND, payees=SOUND.payees | {"甲": replace(SOUND.payees["甲"], **changes)})


def with_person(**changes: object) -> RunUnderCheck:
    return replace(
        SOUND, persons=SOUND.persons | {"甲": replace(SOUND.persons["甲"], **changes)}
    )


SWAPPED = (*OPENED, AccountChange(date(2023, 6, 25), "6225-9"))
PLANTED = [
    ("C01", replace(SOUND, deaths={"乙": date(2023, 6, 30)}), "名单显示已于 2023-06-30 死亡"),
    ("C02", replace(SOUND, left_city={"甲": date(2023, 5, 2)}), "2023-05-02 迁出本市"),
    ("C03", with_person(identity="identity of 乙"), None),
    ("C04", CHILD, "同月已享受特困，不得重复享受"),
    ("C05", with_person(id_number="310117195803010012"), "校验位不符"),
    ("C05", with_person(id_number=number(date(1958, 3, 2))), "出生日期与记录不符"),
    ("C07", with_payee(account="6225-2"), "2 人使用同一账户"),
    ("C08", with_payee(holder="王丙"), "账户户名不是收款人"),
    ("C08", with_payee(confirmed=False), "银行校验未通过"),
    ("C08", with_payee(account=""), "没有收款账户"),
    ("C08", replace(SOUND, payees={"乙": SOUND.payees["乙"]}), "没有收款账户"),
    (
        "C09",
        replace(SOUND, items=(item("甲", 15_000), SOUND.items[1]),
                recomputed={("甲", JULY): 15_000, ("乙", JULY): 18_000}, budget_left=None),
        "65 周岁，应为 75.00 元",
    ),
    (
        "C13",
        replace(SOUND, recomputed={("甲", JULY): 7_501, ("乙", JULY): 18_000}),
        "复算为 75.01 元，批次为 75.00 元",
    ),
    (
        "C14",
        replace(SOUND, recomputed={**(SOUND.recomputed or {}), ("丙", JULY): 7_500}),
        "复算应为 75.00 元，批次没有列",
    ),
    ("C15", replace(SOUND, listed=frozenset("甲乙丙")), "名单上符合条件，没有待遇"),
    ("C16", replace(SOUND, listed=frozenset("乙")), "不在应享名单"),
    (
        "C20",
        replace(SOUND, failed=(FailedLine("甲", date(2023, 6, 25)),)),
        "2023-06-25 发放失败，11 天未重发",
    ),
    ("C21", replace(SOUND, open_claims={"甲": 53_000}), "另有未结追缴 530.00 元"),
    ("C22", replace(SOUND, budget_left=25_499), "预算余额 254.99 元，差 0.01 元"),
    (
        "C31",
        replace(SOUND, unfit={"甲": ((say("某银行"), say("户名太长")),)}),
        "“某银行”写不进：户名太长；请在下一份名单里更正",
    ),
    ("C29", with_payee(account="6225-9", changes=SWAPPED), "账户于 2023-06-25 变更，距今 11 天"),
    (
        "C29",
        with_payee(changes=(*SWAPPED, AccountChange(date(2023, 1, 2), "6225-1"))),
        "账户于 2023-01-02 换回先前的账户",
    ),
]  # fmt: skip


def test_a_sound_run_has_no_hits():
    assert list(hits(SOUND)) == []


@pytest.mark.parametrize(("check_id", "beside", "said"), PLANTED)
def test_a_planted_fault_is_found_by_its_check(check_id, beside, said):
    found = list(hits(beside))

    assert check_id in {check.id for check, _hit in found}
    if said is not None:
        assert any(said in str(hit.sentence) for check, hit in found if check.id == check_id)


@pytest.mark.parametrize(("check_id", "beside", "said"), PLANTED)
def test_no_other_check_minds_it(check_id, beside, said):
    # Two accounts in one hand, or one person twice, may be two doubts; the others are one.
    assert {check.id for check, _hit in hits(beside)} <= {check_id}


def test_four_children_of_one_payee_are_looked_at_unless_it_is_an_institution():
    names = "丙丁戊己"
    children = replace(
        SOUND,
        items=tuple(item(who, 7_500) for who in names),
        persons={who: person(who, date(1958, 3, 1)) for who in names},
        payees={who: replace(payee(who, f"6225-{who}"), payee="院长") for who in names},
        recomputed=None,
        listed=None,
        budget_left=None,
    )
    home = replace(
        children,
        payees={who: replace(p, institution=True) for who, p in children.payees.items()},
    )

    assert "同一收款人代领 4 人，请核对" in {str(hit.sentence) for _c, hit in hits(children)}
    assert list(hits(home)) == []


@pytest.mark.parametrize(("day", "found"), [(date(2023, 6, 30), 1), (date(2023, 7, 1), 0)])
def test_the_month_of_the_death_is_still_paid(day: date, found: int):
    died, left = replace(SOUND, deaths={"乙": day}), replace(SOUND, left_city={"乙": day})

    assert len(list(hits(died))) == len(list(hits(left))) == found


def test_a_rise_within_a_month_paid_ahead_is_compared_as_a_whole():
    risen = replace(
        SOUND,
        items=(item("甲", 5_000), SOUND.items[1]),
        granted_before={("甲", JULY): 2_500},
        recomputed=None,
    )

    assert list(hits(risen)) == []


def test_arrears_and_reductions_are_no_question_of_the_band():
    arrear = item("甲", 100, JULY - 1, ItemKind.ARREAR)
    beside = replace(SOUND, items=(arrear,), recomputed=None, budget_left=None, listed=None)

    assert list(hits(beside)) == []


def test_only_few_checks_make_anybody_wait():
    """Death, leaving, a double, another person's account, an unconfirmed amount: typed from the design."""
    assert {c.id for c in CHECKS if c.effect is Effect.HOLD} == {
        "C01", "C02", "C03", "C04", "C08", "C13",
    }  # fmt: skip


def test_the_first_build_has_these_checks_each_with_its_reason():
    wanted = "C01 C02 C03 C04 C05 C07 C08 C09 C13 C14 C15 C16 C20 C21 C22 C29 C31"

    assert [check.id for check in CHECKS] == wanted.split()
    assert len({check.name for check in CHECKS}) == len(CHECKS)
    for check in CHECKS:
        assert check.basis, check.id
        assert "## Why\n" in check.essay, check.id
        assert "## 为什么\n" in check.essay, check.id


def test_citizen_numbers():
    """The published example of GB 11643."""
    assert well_formed("11010519491231002X")
    assert well_formed("１１０１０５１９４９１２３１００２ｘ")
    assert not well_formed("110105194912310021")
    assert not well_formed("11010519491231002")
    assert birth_in("11010519491231002X") == date(1949, 12, 31)
    assert birth_in("110105194902310029") is None
    assert birth_in("") is None
    assert normalised("110105491231002") == "11010519491231002X"
