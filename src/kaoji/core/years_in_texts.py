"""The year that a form's texts name, moved with the form into another year.

Only the form's own year moves, and the year before it where something is compared with it. What names an
older time stays: a document (《…2023年…》, 〔2023〕5号), a beginning (自2023年起), a span of several years
(2021—2023年). Everything that was moved is told, so that a person sees it.

>>> moved("2023年底前完成，较2022年增长5%；自2021年起实施", year=2023, by=1)
'2024年底前完成，较2023年增长5%；自2021年起实施'
>>> moved("按《2023年工作要点》（沪府〔2023〕5号），2021-2023年三年行动", year=2023, by=1)
'按《2023年工作要点》（沪府〔2023〕5号），2021-2023年三年行动'
>>> moved("较2023年增长；较2022年增长", year=2023, by=-1)  # each is moved once
'较2022年增长；较2021年增长'
>>> moved("投入2023.5万元，2023/24学年，2023.12.31前，2023-6月", year=2023, by=1)
'投入2023.5万元，2023/24学年，2024.12.31前，2024-6月'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kaoji.core.declaration import INDICATOR_TABLES, Declaration
from kaoji.core.indicator import Indicator
from kaoji.core.provenance import Repair
from kaoji.core.speech import say
from kaoji.core.target import Target

_TITLES = re.compile(r"《[^《》]{0,100}》|[〔\[【（(]\s*\d{4}\s*[〕\]】）)]\s*第?\s*\d*\s*号?")
_SPAN = r"[-—–－~～至到]"
# 2023年, 2023.12.31, 2023-12月; but 2023.5 is a number and 2023/24 a school year
_DATED = r"\s*年|[./-]\d{1,2}(?:[./-]\d{1,2}(?!\d)|\s*月)"
_LATER = r"(?!\s*年?度?\s*(?:\d{1,2}\s*月\s*(?:\d{1,2}\s*日)?)?\s*(?:起|以来|开始|以前已))"
_COMPARED = r"(?:较|比|对比|相比|同比|高于|低于|多于|少于|超过|不低于|不高于)"


def moved(text: str, *, year: int, by: int) -> str:
    """*text* with *year* and what it is compared with moved *by* years; as it is where nothing moves."""
    if not by:
        return text
    parts, end = [], 0
    for title in _TITLES.finditer(text):
        parts += [_moved(text[end : title.start()], year, by), title.group()]
        end = title.end()
    return "".join([*parts, _moved(text[end:], year, by)])


def _moved(text: str, year: int, by: int) -> str:
    named = re.compile(
        rf"(?<![\d.])(?<!自)(?<!从)(?<!\d{_SPAN})(?<!年{_SPAN}){year}"
        rf"(?={_DATED}){_LATER}(?!\s*年?\s*{_SPAN}\s*\d{{4}})"
        rf"|(?P<compared>{_COMPARED}\s*){year - 1}(?=\s*年)"
    )

    def at(found: re.Match[str]) -> str:
        compared = found["compared"]
        return str(year + by) if compared is None else f"{compared}{year - 1 + by}"

    return named.sub(at, text)


def with_years_moved(form: Declaration, *, by: int) -> tuple[Declaration, tuple[Repair, ...]]:
    """The form with the years in its goals, names and targets moved, and a repair for each text that changed."""
    if form.year is None or not by:
        return form, ()
    goals, of_goals = moved_texts(form.goals, year=form.year, by=by)
    told: list[Repair | None] = [*of_goals]
    tables: dict[str, tuple[Indicator, ...]] = {}
    for table in INDICATOR_TABLES:
        rows = [_row(row, form.year, by) for row in getattr(form, table)]
        tables[table] = tuple(rows)
        for old, new in zip(getattr(form, table), rows, strict=True):
            told += _told_of_row(table, old, new)
    repairs = tuple(item for item in told if item is not None)
    return replace(form, **goals, **tables), repairs  # type: ignore[arg-type]


def moved_texts(
    texts: Mapping[str, str], *, year: int, by: int, under: str = ""
) -> tuple[dict[str, str], tuple[Repair, ...]]:
    """Texts by name with their years moved, and a repair for each that changed; *under* begins its path."""
    now = {name: moved(text, year=year, by=by) for name, text in texts.items()}
    told = (_told(f"{under}{name}", text, now[name]) for name, text in texts.items())
    return now, tuple(item for item in told if item is not None)


def _row(row: Indicator, year: int, by: int) -> Indicator:
    name = moved(row.level3, year=year, by=by) if row.level3 else row.level3
    target = moved(row.target.text, year=year, by=by)
    return replace(
        row,
        level3=name,
        target=row.target if target == row.target.text else Target.parse(target),
    )


def _told_of_row(table: str, old: Indicator, new: Indicator) -> Iterator[Repair | None]:
    at = f"{table}[{old.position}]"
    yield _told(f"{at}.level3", old.level3 or "", new.level3 or "")
    yield _told(f"{at}.target_raw", old.target.text, new.target.text)


def _told(field: str, before: str, after: str) -> Repair | None:
    """What was moved, with a few signs on either side: `2023年12月底前 → 2024年12月底前`."""
    if before == after:
        return None
    first = next(at for at, (a, b) in enumerate(zip(before, after, strict=True)) if a != b)
    shown = slice(max(first - 3, 0), first + 12)
    return Repair(
        field, say("年度已改：{before} → {after}", before=before[shown], after=after[shown])
    )
