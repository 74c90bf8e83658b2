"""What a person types into the cells becomes the form, and what is known about rows moves along."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kaoji.core.provenance import Doubt, Origin
from kaoji.core.speech import say
from kaoji.core.written_form import canonical
from kaoji.documents.editing import Typed, TypedRow, edit, is_editable, typed_of
from kaoji.documents.reading import FormReading, Reading
from kaoji.documents.render.sheet import lay_out


def paths_of(reading: FormReading) -> list[str]:
    shown = [cell.field for row in lay_out(reading).rows for cell in row]
    return [path for path in shown if path and is_editable(path, reading.form)]


def as_shown(reading: FormReading) -> Typed:
    return typed_of(reading, paths_of(reading))


def edited(reading: FormReading, typed: Typed):
    return edit(reading, typed, person="tian", when="2026-11-24 12:00")


def cells(reading: FormReading, **changes: str) -> Typed:
    typed = as_shown(reading)
    named = {name.replace("__", "."): text for name, text in changes.items()}
    return replace(typed, cells={**typed.cells, **named})


@pytest.mark.parametrize("number", range(17))
def test_a_form_saved_as_it_was_shown_is_the_same_form(songjiang: Reading, number: int):
    reading = songjiang.forms[number]

    after = edited(reading, as_shown(reading))

    assert canonical(after.reading.form) == canonical(reading.form)
    assert (after.reading.doubts, after.refusals) == (reading.doubts, ())
    assert after.reading.places == reading.places


def test_money_is_read_in_the_unit_that_the_form_prints(songjiang: Reading):
    base = songjiang.forms[0]
    in_wan = replace(base, form=replace(base.form, layout="central-2015"))

    after = edited(in_wan, Typed({"funds.total": "12.5"}, {}))
    plain = edited(base, Typed({"funds.total": "12.5 万元"}, {}))

    assert str(after.reading.form.funds.total) == "125000.00"
    assert str(plain.reading.form.funds.total) == "125000.00"


def test_what_cannot_be_read_is_named_and_the_rest_is_taken(songjiang: Reading):
    typed = cells(songjiang.forms[0], funds__total="很多", annual_goal="修路 3 公里。")

    after = edited(songjiang.forms[0], typed)

    [refusal] = after.refusals
    assert refusal.field == "funds.total"
    assert "很多" in str(refusal.sentence)
    assert after.reading.form.annual_goal == "修路 3 公里。"
    assert after.reading.form.funds.total == songjiang.forms[0].form.funds.total


def test_the_year_and_the_unit_are_not_changed_in_passing(songjiang: Reading):
    base = songjiang.forms[0]

    after = edited(base, Typed({"year": "2030", "implementing_unit": "别的单位"}, {}))

    assert after.reading.form == replace(
        base.form, indicators=base.form.indicators, overall_indicators=()
    )


def test_doubts_and_further_columns_follow_their_rows(songjiang: Reading):
    base = replace(
        songjiang.forms[0],
        doubts=(
            Doubt("indicators[0].target_raw", say("看不清"), Origin(row=9)),
            Doubt("indicators[1].target_raw", say("看不清"), Origin(row=10)),
            Doubt("indicators[2].target_raw", say("看不清"), Origin(row=11)),
        ),
        extra={"indicators[2].remark": "备注丙", "indicators[1].remark": "备注乙"},
    )
    rows = list(as_shown(base).rows["indicators"])
    first, second, third = rows[:3]
    swapped = [third, TypedRow(), replace(first, target_raw="≥ 90%"), *rows[3:]]

    after = edited(base, Typed({}, {"indicators": swapped})).reading

    assert [row.level3 for row in after.form.indicators[:2]] == [third.level3, first.level3]
    assert [doubt.field for doubt in after.doubts] == ["indicators[0].target_raw"]
    assert dict(after.extra) == {"indicators[0].remark": "备注丙"}
    settled = [str(item.what) for item in after.repairs if "原存疑：看不清" in str(item.what)]
    assert len(settled) == 2
    assert any("tian 于 2026-11-24 12:00" in text and "≥ 90%" in text for text in settled)
    assert any("删去了这一行" in text for text in settled)
    assert second.level3 not in {row.level3 for row in after.form.indicators[:2]}


@pytest.mark.parametrize(("typed", "kept"), [("12.5", "12.5"), ("10分", "10")])
def test_points_are_read_as_people_write_them(songjiang: Reading, typed: str, kept: str):
    row = TypedRow("产出指标", "数量指标", "里程", "≥ 3 公里", typed)

    after = edited(songjiang.forms[0], Typed({}, {"indicators": [row]}))

    assert f"{after.reading.form.indicators[0].weight:f}" == kept


def test_points_that_are_none_are_refused_and_the_row_stays(songjiang: Reading):
    row = TypedRow("产出指标", "数量指标", "里程", "≥ 3 公里", "十几")

    after = edited(songjiang.forms[0], Typed({}, {"indicators": [TypedRow(), row]}))

    assert [item.field for item in after.refusals] == ["indicators[1].weight"]
    assert after.reading.form.indicators[0].level3 == "里程"


@pytest.mark.parametrize("typed", ["1e999999999999", "1_0", "Infinity", "一", "1e7"])
def test_points_are_plain_numbers(songjiang: Reading, typed: str):
    row = TypedRow("产出指标", "数量指标", "里程", "≥ 3 公里", typed)

    after = edited(songjiang.forms[0], Typed({}, {"indicators": [row]}))

    assert [item.field for item in after.refusals] == ["indicators[0].weight"]


def test_a_row_left_as_it_was_shown_is_kept_to_the_letter(songjiang: Reading):
    form = songjiang.forms[0].form
    odd = replace(form.indicators[0], level2="", level3="甲\r\n乙  ")
    base = replace(songjiang.forms[0], form=replace(form, indicators=(odd,)))

    after = edited(base, as_shown(base))

    assert after.reading.form.indicators == (odd,)


def test_signs_that_print_nothing_are_not_taken(songjiang: Reading):
    typed = cells(songjiang.forms[0], annual_goal="修路\x00 3 公里。")

    assert edited(songjiang.forms[0], typed).reading.form.annual_goal == "修路 3 公里。"
