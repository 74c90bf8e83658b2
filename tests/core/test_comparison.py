"""What changed between two versions, told in the words of the form."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kaoji.core import notation
from kaoji.core.comparison import Change, Kind, compare
from kaoji.core.declaration import Declaration

FORM = notation.parse("""
项目: 农村道路养护
年度资金: 100 元
年度目标: 修路。
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
产出指标 / 质量指标 / 验收合格率: ≥ 95 %
产出指标 / 时效指标 / 病害修补: 及时
满意度指标 / 服务对象满意度指标 / 村民满意度: ≥ 90 %
""")


def with_rows(form: Declaration, *numbers: int, **changes) -> Declaration:
    rows = [form.indicators[number] for number in numbers]
    return replace(form, indicators=tuple(rows), **changes)


def told(changes: tuple[Change, ...]) -> list[tuple[str, str | None]]:
    return [(change.kind.value, change.row) for change in changes]


def test_equal_forms_do_not_differ():
    assert compare(FORM, FORM) == ()


def test_a_changed_amount_is_told_with_both_values():
    after = notation.parse(notation.write(FORM).replace("100.00", "120.00"))

    assert compare(FORM, after) == (
        Change(Kind.CHANGED, "funds.annual_total", "100.00", "120.00"),
    )


def test_a_row_inserted_above_changes_no_row_below():
    new = notation.parse("项目: x\n产出指标 / 数量指标 / 修补桥梁: = 4 座").indicators
    after = replace(FORM, indicators=(*new, *FORM.indicators))

    assert told(compare(FORM, after)) == [("added", "修补桥梁")]


def test_a_removed_row_is_told_with_what_it_promised():
    [change] = compare(FORM, with_rows(FORM, 0, 1, 3))

    assert (change.kind, change.before) == (Kind.REMOVED, "时效指标 / 病害修补: 及时")


def test_one_row_moved_is_one_row_moved():
    assert told(compare(FORM, with_rows(FORM, 3, 0, 1, 2))) == [("moved", "村民满意度")]


def test_a_renamed_indicator_is_recognised():
    after = notation.parse(notation.write(FORM).replace("验收合格率", "工程验收合格率"))

    [change] = compare(FORM, after)

    assert (change.kind, change.before, change.after) == (
        Kind.RENAMED, "验收合格率", "工程验收合格率",
    )  # fmt: skip


def test_a_row_in_another_class_keeps_its_identity():
    after = notation.parse(
        notation.write(FORM).replace("时效指标 / 病害修补", "质量指标 / 病害修补")
    )

    [change] = compare(FORM, after)

    assert (change.kind, change.field) == (Kind.CHANGED, "indicators[2].level2")


ROWS = st.permutations(range(4)).flatmap(
    lambda order: st.integers(0, 4).map(lambda count: order[:count])
)


@given(left=ROWS, right=ROWS)
def test_what_came_and_went_accounts_for_every_row(left: list[int], right: list[int]):
    before, after = with_rows(FORM, *left), with_rows(FORM, *right)

    changes = compare(before, after)

    came = sum(change.kind is Kind.ADDED for change in changes)
    went = sum(change.kind is Kind.REMOVED for change in changes)
    assert len(before.indicators) + came - went == len(after.indicators)
    assert (changes == ()) == (before == after)
