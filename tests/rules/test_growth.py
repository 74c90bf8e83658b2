"""Nothing small is slow: every regular expression and every rule grows with its input, and no faster.

Measured as a ratio between two sizes in one run: four times the input may take four times as long,
with room for noise, and not sixteen times.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache, partial

import pytest

import kaoji
from kaoji.core import notation
from kaoji.core.declaration import Declaration
from kaoji.core.indicator import Indicator
from kaoji.core.target import Target
from kaoji.documents.reader import read_document
from kaoji.rules.catalogue import CATALOGUE
from kaoji.rules.context import Context
from kaoji.rules.engine import check
from kaoji.rules.patience import Patience
from kaoji.rules.prices import products_of

UNITS = (
    "1", "一", "十", "字", " ", "　", "\n", "(", ")", "（", "[", "《", "“", "、", "，", "。", "%", "率", "<p", "<p>",
    "1月", "2023年", "1.", "1、", "(1)", "1,", "等", "和", "率、", "1个", "个1", "资金", "每", "≥", "-", "=", "…", '"', "万",
    " / ", ": ", "|", "|-", "_", "\\", "元", "年-", "至",
)  # fmt: skip
# Applied only to texts that were measured before (at most so long), or only to our own files.
BOUNDED = {
    ("kaoji.documents.recognise.noise", "_PAGE_NUMBER"),  # 40
    ("kaoji.documents.recognise.noise", "_CONTENTS_ENTRY"),  # 120
    ("kaoji.documents.recognise.glosses", "_GLOSS"),  # 120
    ("kaoji.documents.read.number_format", "_TOKEN"),  # 255
    ("kaoji.measuring.questionnaire", "_BRACKETS"),  # 942
    ("kaoji.core.target_patterns", "AMOUNT"),  # 500
    ("kaoji.rules.essay", "_NORM"),  # our own essays
}  # fmt: skip
# Exported, and only ever matched at the beginning.
MATCHED = {
    "PLACEHOLDER_SIGNS", "USUAL_UNIT", "DEADLINE", "SPAN_OF_TIME", "STANDARD", "INTERVAL", "RANGE", "AMOUNT", "EITHER_WAY",
    "WITHIN_AFTER", "MORE_OR_LESS", "UNIT_ALONE", "A_CLAUSE", "COUNTED_THING", "PERCENT_AND_MORE", "ROUND_THE_CLOCK", "CHANGE",
}  # fmt: skip
FEW, MANY = 500, 16_000
# Less than this is noise, whatever the ratio.
NOTICED = 0.02
TRIES = 3
MOST_RATIO = 9.0


Look = Callable[[str], object]
_SEARCHED = "search|findall|finditer|subn?|split"


@cache
def patterns() -> list[tuple[str, str, Look]]:
    """Every compiled pattern for texts in our modules, each once, as its module uses it."""
    return list(_patterns())


def _patterns() -> Iterator[tuple[str, str, Look]]:
    seen: set[int] = set()
    for module in pkgutil.walk_packages(kaoji.__path__, "kaoji."):
        if any(
            part in module.name for part in ("migrations", "__main__", ".web", ".api", "wsgi")
        ):
            continue
        try:
            loaded = importlib.import_module(module.name)
        except Exception:  # noqa: S112 - needs Django's settings; it has none of its own
            continue
        for name, value in vars(loaded).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                if id(value) in seen or (module.name, name) in BOUNDED:
                    continue
                seen.add(id(value))
                source = inspect.getsource(loaded)
                searched = re.search(rf"\b{name}\.(?:{_SEARCHED})\(", source)
                searched = searched or (not name.startswith("_") and name not in MATCHED)
                yield module.name, name, value.search if searched else value.match


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def grows_too_fast(work: Callable[[int], object]) -> str:
    """Four times a size against once the size, at the smallest size that is noticed; blank if all right."""
    size = FEW
    while size < MANY and seconds(partial(work, size)) < NOTICED:
        size *= 2
    told = ""
    for _ in range(TRIES):  # what else the machine does is no growth
        many = min(seconds(partial(work, size)) for _ in range(2))
        few = min(seconds(partial(work, size // 4)) for _ in range(3))
        if many < NOTICED or many / few <= MOST_RATIO:
            return ""
        told = f"{few:.4f}s → {many:.4f}s at {size}"
    return told


@pytest.mark.parametrize("unit", UNITS)
def test_every_pattern_grows_with_its_text(unit: str):
    found = [
        (module, name, told)
        for module, name, look in patterns()
        if (told := grows_too_fast(lambda size, look=look: look((unit * size)[:size] + "!")))  # type: ignore[misc]
    ]

    assert not found


FIELDS = ("level3", "target", "goal", "name")


def form_with(field: str, text: str) -> Declaration:
    """A form with *text* in one of its cells."""
    rows = tuple(
        Indicator("产出指标", "数量指标", text if field == "level3" else f"培训{n}人次",
                  Target.parse(text if field == "target" else "≥ 35 公里"), Decimal(10))
        for n in range(2)
    )  # fmt: skip
    return Declaration(
        project_name=text if field == "name" else "农村道路养护",
        year=2023,
        layout="shanghai-2023",
        overall_goal=text if field == "goal" else "养护35公里",
        annual_goal="养护35公里",
        indicators=rows,
    )


@pytest.mark.parametrize("field", FIELDS)
def test_no_cell_of_any_length_holds_the_rules_for_long(field: str):
    """A cell of 12,000 digits held the whole site for 36 seconds."""
    slow = []
    for unit in UNITS:
        form = form_with(field, (unit * 50_000)[:50_000])
        taken = seconds(lambda form=form: check(form, context=Context(siblings=(form,))))  # type: ignore[misc]
        if taken > 1.0:
            slow.append((unit, taken))

    assert not slow


@pytest.mark.parametrize(
    "name_of",
    [lambda n: "培训人次", lambda n: f"第{n}类人员培训人次", lambda n: "".join(sorted(f"甲乙丙丁戊己{n:04}")),
     lambda n: "道路" * (n % 50)],
)  # fmt: skip
def test_the_rules_of_a_form_grow_with_its_rows(name_of: Callable[[int], str]):
    def judged(count: int) -> float:
        rows = tuple(
            Indicator("产出指标", "数量指标", name_of(n), Target.parse(f"≥ {n} 个"))
            for n in range(count)
        )
        form = Declaration(
            project_name="甲", year=2023, layout="shanghai-2023", indicators=rows
        )
        return seconds(lambda: check(form))

    few, many = judged(200), judged(800)

    assert many < NOTICED or many / few < MOST_RATIO


def test_what_patience_no_longer_lasts_for_is_undecided_and_never_passed():
    clock = iter(range(10_000))
    form = form_with("name", "农村道路养护")

    report = check(form, patience=Patience(5, lambda: next(clock)))

    late = [item for item in report.findings if "用时超过上限" in item.message.template]
    assert late
    assert {item.outcome.value for item in late} == {"undecided"}
    assert not {item.rule.id for item in late} & {rule.id for rule in report.passed}


def test_a_rule_that_fails_over_a_form_is_undecided_and_the_others_still_speak():
    def fails(form: Declaration) -> Iterator[object]:
        raise RuntimeError(form.project_name)

    from dataclasses import replace

    broken = replace(CATALOGUE[0], check=fails, needs=())  # type: ignore[arg-type]
    report = check(form_with("name", "甲"), rules=[broken, *CATALOGUE[1:]])

    assert any("检查时出错（RuntimeError）" in str(item.message) for item in report.findings)
    assert len(report.passed) > 10


def test_a_long_cell_is_judged_by_its_beginning_and_that_is_told():
    report = check(form_with("level3", "9" * 12_000))

    [first, *_] = [item for item in report.findings if "只检查了前" in item.message.template]
    assert str(first.message) == "这一格有 12000 字，只检查了前 1000 字"


@pytest.mark.parametrize("unit", UNITS)
def test_reading_a_text_grows_with_it(unit: str):
    def read(size: int) -> object:
        text = f"财政项目支出绩效目标申报表\n项目名称\t{(unit * size)[:size]}\n"
        return read_document(text.encode(), name="x.txt")

    assert not grows_too_fast(read)


def test_prices_are_multiplied_in_a_time_that_grows_with_the_rows():
    rows = ("县道", "乡道", "村道", "桥梁", "边沟", "绿化", "标线", "护栏")

    @cache
    def form(size: int) -> Declaration:
        return notation.parse(
            "项目: 甲\n年度资金: 1 元\n"
            + "".join(
                f"产出指标 / 数量指标 / {rows[n % 8]}{rows[n // 8 % 8]}养护里程{n}: = 3 公里\n"
                f"产出指标 / 成本指标 / {rows[n % 8]}{rows[n // 8 % 8]}养护单价{n}: = 3 元/公里\n"
                for n in range(size // 10)
            )
        )

    def multiply(size: int) -> object:
        return list(products_of(form(size)))

    for size in (FEW // 4, FEW, MANY // 4, MANY):
        multiply(size)  # names are taken apart once

    assert not grows_too_fast(multiply)
