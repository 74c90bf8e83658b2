"""A law: a declaration written as a document and read again is the same declaration."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaoji.core import notation
from kaoji.core.declaration import Declaration, Funds
from kaoji.core.indicator import Indicator
from kaoji.core.markup import has_markup
from kaoji.core.money import Money
from kaoji.core.period import Years
from kaoji.core.target import Target
from kaoji.core.taxonomy import Taxonomy
from kaoji.documents.reader import read_document
from kaoji.documents.reading import Reading
from kaoji.documents.render.docx import render_docx
from kaoji.documents.render.html import render_html
from kaoji.documents.render.pdf import render_pdf
from kaoji.documents.render.xlsx import render_xlsx
from kaoji.standards.layouts import layout_named
from kaoji.standards.taxonomies import taxonomy_for

Writer = Callable[[list[Declaration]], bytes]

WRITERS: dict[str, Writer] = {
    "docx": render_docx,
    "xlsx": render_xlsx,
    "pdf": render_pdf,
    "html": lambda forms: render_html(forms).encode(),
}


@pytest.mark.parametrize("name", WRITERS)
def test_the_sample_comes_back_identical_and_without_doubt(songjiang: Reading, name: str):
    forms = [item.form for item in songjiang.forms]

    again = read_document(WRITERS[name](forms), name=f"a.{name}")

    assert again.problems == ()
    assert [item.form for item in again.forms] == forms
    doubted = {
        (item.form.project_name, doubt.field, str(doubt.reason))
        for item in again.forms
        for doubt in item.doubts
    }
    assert doubted == set()


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_forms_give_the_same_bytes(songjiang: Reading, name: str):
    forms = [item.form for item in songjiang.forms[:3]]

    assert WRITERS[name](forms) == WRITERS[name](forms)


# Text as people write it in forms; a cell that only repeats a caption of the form, or reads as a
# bare year or page number, cannot be told from one and is left out.
_SIGNS = (
    "养护农村道路桥梁涵洞巡查修补质量安全通行村民，。、；（）“”ABCabc=<>&%‘’\"' ＡＢ１２％／"
)


def _is_plain(text: str) -> bool:
    chinese = any("\u4e00" <= sign <= "\u9fff" for sign in text)
    blanks = "  " in text
    return len(text) >= 2 and chinese and not has_markup(text) and not blanks


_words = st.text(alphabet=_SIGNS, min_size=2, max_size=40).map(str.strip).filter(_is_plain)
_long_words = st.lists(_words, min_size=1, max_size=8).map("，".join)
_lines = st.lists(_long_words, min_size=1, max_size=4).map("\n".join)
_money = st.decimals(min_value=0, max_value=10**15, places=2).map(Money)
_maybe_money = st.none() | _money
_targets = st.sampled_from(
    ["=5个", "≥ 95 %", "及时", "2-3个", "提升", "≤3天", "2023年6月底前", "=1,000人次", "≥９０％",
     "达到国家标准\n并通过验收", "≥90%", "<5%"]
)  # fmt: skip


@st.composite
def _rows(
    draw: st.DrawFn, taxonomy: Taxonomy, *, weighted: bool = False
) -> tuple[Indicator, ...]:
    return tuple(
        Indicator(
            level2.level1,
            level2.name,
            draw(_long_words),
            Target.parse(draw(_targets)),
            draw(st.none() | st.integers(1, 50).map(Decimal)) if weighted else None,
        )
        for level2 in taxonomy.level2
        for _ in range(draw(st.integers(0, 3)))
    )


@st.composite
def _forms(draw: st.DrawFn) -> Declaration:
    return Declaration(
        project_name=draw(_long_words),
        layout="shanghai-2023",
        year=2023,
        project_category=draw(st.none() | st.just("经常性项目")),
        department=draw(_words),
        implementing_unit=draw(_words),
        start_date=draw(st.none() | st.just(date(2023, 1, 1))),
        end_date=date(2023, 12, 31),
        funds=Funds(*draw(st.tuples(*[_maybe_money] * 7))),
        goal_period=Years(2023, 2023),
        overall_goal=draw(_lines),
        annual_goal=draw(_lines),
        indicators=draw(_rows(taxonomy_for(2023, layout_named("shanghai-2023")))),
    )


@st.composite
def _central_forms(draw: st.DrawFn) -> Declaration:
    taxonomy = taxonomy_for(2024, layout_named("central-2015"))
    return replace(
        draw(_forms()),
        layout="central-2015",
        year=2024,
        project_category=None,
        project_nature="延续项目",
        start_date=None,
        end_date=None,
        indicators=draw(_rows(taxonomy)),
        overall_indicators=draw(_rows(taxonomy)),
    )


@st.composite
def _weighted_forms(draw: st.DrawFn) -> Declaration:
    taxonomy = taxonomy_for(2024, layout_named("provincial-weighted"))
    funds = Funds(annual_total=draw(_money), annual_fiscal=draw(_maybe_money))
    return replace(
        draw(_forms()),
        layout="provincial-weighted",
        year=2024,
        project_category=None,
        start_date=None,
        end_date=None,
        goal_period=None,
        overall_goal=None,
        funds=funds,
        indicators=draw(_rows(taxonomy, weighted=True)),
    )


@pytest.mark.parametrize("name", WRITERS)
@settings(max_examples=20)
@given(form=_forms() | _central_forms() | _weighted_forms())
def test_any_declaration_comes_back_as_it_was(name: str, form: Declaration):
    [again] = read_document(WRITERS[name]([form]), name="x").forms

    if name == "pdf":
        assert what_a_page_shows(again.form) == what_a_page_shows(form)
    else:
        assert again.form == form


def what_a_page_shows(form: Declaration) -> str:
    """The form as text, without what leaves no trace on a page: a blank at which a printed line
    ends; of quotation marks side by side, whose glyphs overlap, their order and how often."""
    text = re.sub("[ \u3000]", "", notation.write(form))
    return re.sub("[\"'“”‘’]{2,}", lambda marks: "".join(sorted(set(marks[0]))), text)
