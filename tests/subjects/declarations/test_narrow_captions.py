"""Where the columns of the form stand below each other, no two captions are the same."""

from __future__ import annotations

from kaoji.core.notation import parse
from kaoji.documents.render.sheet import lay_out
from kaoji.subjects.declarations.pages.narrow_captions import narrow_captions
from support.road_form import FORM


def test_the_second_of_two_equal_captions_is_called_by_its_full_name():
    sheet = lay_out(parse(FORM))

    assert sorted(narrow_captions(sheet).values()) == ["其他资金", "年度其他资金"]


def test_a_caption_that_is_there_once_stays_as_it_is_printed():
    sheet = lay_out(parse(FORM))
    renamed = {sheet.rows[y][x].text for y, x in narrow_captions(sheet)}

    assert renamed == {"其他资金"}
