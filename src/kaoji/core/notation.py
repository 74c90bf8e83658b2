r"""The notation: a declaration in plain text, for tests, docs, bug reports and the shell.

    # a comment
    项目: 农村道路养护
    年度: 2023
    资金总额: 150,000.00 元
    年度目标: 养护农村道路 35 公里。

    产出指标 / 数量指标 / 养护里程: ≥ 35 公里
    产出指标 / 质量指标 / 验收合格率 (20分): ≥ 95 %

Grammar:

    document  = form { "---" form }
    form      = { line }
    line      = blank | "#" comment | caption ": " value | row | "总目标指标:"
                (a first line `# 考绩记法 1` names the version; a later one than ours is refused;
                 version 2 knows the causes and remedies of a monitoring report)
    row       = text " / " text " / " text [ " (" points "分)" ] ":" [ " " text ]
    caption   = one of CAPTIONS below; each at most once; a form begins with any of them
    text      = bare | JSON string

Rows below the line `总目标指标:` belong to the whole project, rows above it to the year.
A bare text stands for itself. Text that would be misread bare (empty inside, surrounded by
blanks, with a line break, ` / `, `: `, a leading quote or number sign …) is written as a JSON
string: `"第一行\n第二行"`. A blank cell is written as nothing, a blank caption not at all
(except 项目, so that a form is never without a line).
What `write` writes, `parse` reads back to an equal value.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kaoji.core.declaration import INDICATOR_TABLES, Declaration, Funds
from kaoji.core.indicator import Indicator
from kaoji.core.money import Money
from kaoji.core.period import Years, read_date, read_year, read_years
from kaoji.core.speech import Sentence, say
from kaoji.core.target import Target


class UnreadableNotation(ValueError):
    """A line of the notation cannot be understood; says which and why."""

    def __init__(self, line: int, reason: Sentence) -> None:
        self.line = line
        self.sentence = say("第 {line} 行：{reason}", line=line, reason=reason)
        super().__init__(str(self.sentence))


@dataclass(frozen=True)
class _Caption:
    """How one field is captioned, written and read."""

    field: str
    write: Callable[[Any], str]
    read: Callable[[str], Any]


def quote(text: str) -> str:
    """A text as it stands in a line: bare, or as a JSON string where it would be misread."""
    return text if _stands_bare(text) else json.dumps(text, ensure_ascii=False)


_MISREAD_BARE = re.compile(
    r"""^["#]|^/\ |\ /$|\ /\ |:(?:\s|$)      # quotes, comments, separators
    |\ →\ |^→|→$                            # the arrow before an outcome
    |\ \(\S*分\)$|^-{3,}$                   # a weight, the end of a form
    |[\x00-\x1f\x7f-\x9f\u2028\u2029]      # control characters, line breaks
    """,
    re.VERBOSE,
)


def _stands_bare(text: str) -> bool:
    return bool(text) and text == text.strip() and not _MISREAD_BARE.search(text)


def unquote(text: str) -> str:
    """A text out of a line. Raises ValueError for quotes that do not pair."""
    if not text.startswith('"'):
        return text
    value = json.loads(text)
    if not isinstance(value, str) or any("\ud800" <= sign <= "\udfff" for sign in value):
        raise ValueError(text)
    return value


def _read_year_span(text: str) -> Years:
    years = read_years(text)
    if years is None:
        raise ValueError(text)
    return years


_TEXT = (quote, unquote)
_DAY = (date.isoformat, read_date)
_MONEY: tuple[Callable[[Money], str], Callable[[str], Money]] = (
    lambda amount: f"{amount.written()} 元",
    Money.parse,
)

CAPTIONS: dict[str, _Caption] = {
    "项目": _Caption("project_name", *_TEXT),
    "版式": _Caption("layout", *_TEXT),
    "类别": _Caption("project_category", *_TEXT),
    "性质": _Caption("project_nature", *_TEXT),
    "主管部门": _Caption("department", *_TEXT),
    "实施单位": _Caption("implementing_unit", *_TEXT),
    "年度": _Caption("year", str, read_year),
    "开始": _Caption("start_date", *_DAY),
    "完成": _Caption("end_date", *_DAY),
    "资金总额": _Caption("funds.total", *_MONEY),
    "财政资金": _Caption("funds.fiscal", *_MONEY),
    "其他资金": _Caption("funds.other", *_MONEY),
    "年度资金": _Caption("funds.annual_total", *_MONEY),
    "当年财政拨款": _Caption("funds.annual_fiscal", *_MONEY),
    "上年结转资金": _Caption("funds.annual_carryover", *_MONEY),
    "年度其他资金": _Caption("funds.annual_other", *_MONEY),
    "目标期": _Caption("goal_period", str, _read_year_span),
    "总目标": _Caption("overall_goal", *_TEXT),
    "年度目标": _Caption("annual_goal", *_TEXT),
}

# The rows below this line are those of the whole project (中期, 长期).
OVERALL = "总目标指标"

_TEXT_PATTERN = r'(?:"(?:[^"\\]|\\.)*"|[^"\s](?:(?! / )[^\n])*?|)'
_ROW = re.compile(
    rf"(?P<level1>{_TEXT_PATTERN}) / (?P<level2>{_TEXT_PATTERN}) / (?P<level3>{_TEXT_PATTERN})"
    r"(?: \((?P<weight>-?\d{1,12}(?:\.\d{1,8})?)分\))?:(?:\s(?P<target>.*))?$"
)
_SEPARATOR = re.compile(r"-{3,}$")
# What is filed names the version it is written in, so that it can be read for good: the first that
# knows all of its captions. A text without newer ones keeps its bytes, and its hash.
VERSION, _FIRST = 2, 1
_NAMED = "考绩记法"
_VERSION_LINE = re.compile(rf"# {_NAMED} (?P<version>\d{{1,4}})\s*$", re.MULTILINE)


def parse(text: str) -> Declaration:
    """Read exactly one form. Raises UnreadableNotation, naming the line."""
    forms = parse_all(text)
    if len(forms) != 1:
        raise UnreadableNotation(1, say("应为一份表，实为 {count} 份", count=len(forms)))
    return forms[0]


def parse_all(text: str) -> list[Declaration]:
    """Read every form of a document; forms are separated by `---`."""
    return [_parse_form(block) for block in _blocks(list(_meaningful(text)))]


def write(form: Declaration) -> str:
    """Write one form; `parse` reads it back to an equal value."""
    lines = list(_caption_lines(form))
    if form.indicators:
        lines += ["", *map(row_line, form.indicators)]
    if form.overall_indicators:
        lines += ["", f"{OVERALL}:", *map(row_line, form.overall_indicators)]
    return "\n".join(lines) + "\n"


def write_all(forms: Iterable[Declaration]) -> str:
    """Write several forms, separated by `---`."""
    return joined(map(write, forms))


def joined(texts: Iterable[str]) -> str:
    """Several forms in the notation as one text."""
    return "\n---\n\n".join(texts)


def with_version(text: str, *, version: int = _FIRST) -> str:
    """The text as it is filed: its first line names the version of the notation that it needs."""
    return f"# {_NAMED} {version}\n{text}"


def _require_known_version(text: str) -> None:
    named = _VERSION_LINE.match(text)
    if named and int(named["version"]) > VERSION:
        raise UnreadableNotation(
            1,
            say(
                "这是记法第 {version} 版，本版 kaoji 只认得第 {known} 版；请升级",
                version=named["version"],
                known=VERSION,
            ),
        )


def _meaningful(text: str) -> Iterator[tuple[int, str]]:
    _require_known_version(text)
    for number, line in enumerate(text.split("\n"), start=1):
        bare = line.strip()
        if bare and not bare.startswith("#"):
            yield number, bare


def _blocks(lines: list[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    block: list[tuple[int, str]] = []
    for number, line in lines:
        if _SEPARATOR.match(line):
            yield block
            block = []
        else:
            block.append((number, line))
    if block:
        yield block


def _parse_form(lines: list[tuple[int, str]]) -> Declaration:
    values: dict[str, Any] = {}
    tables: dict[str, list[Indicator]] = {name: [] for name in INDICATOR_TABLES}
    rows = tables["indicators"]
    for number, line in lines:
        caption, colon, value = line.partition(":")
        if line == f"{OVERALL}:":
            rows = tables["overall_indicators"]
        elif colon and caption in CAPTIONS:
            _take_caption(values, number, caption, value.strip())
        else:
            rows.append(_parse_row(number, line))
    funds = {
        name.removeprefix("funds."): values.pop(name)
        for name in list(values)
        if name.startswith("funds.")
    }
    found: dict[str, Any] = {name: tuple(rows) for name, rows in tables.items()}
    return Declaration(**values, funds=Funds(**funds), **found)


def _take_caption(values: dict[str, Any], number: int, caption: str, value: str) -> None:
    known = CAPTIONS[caption]
    if known.field in values:
        raise UnreadableNotation(number, say("“{caption}”重复出现", caption=caption))
    if not value:
        return
    try:
        values[known.field] = known.read(value)
    except ValueError as error:
        reason = say("“{caption}”的内容“{value}”无法读取", caption=caption, value=value)
        raise UnreadableNotation(number, reason) from error


def _parse_row(number: int, line: str) -> Indicator:
    found = _ROW.match(line)
    if not found:
        raise UnreadableNotation(
            number,
            say(
                "“{line}”既不是标题也不是指标；指标写作“产出指标 / 数量指标 / 名称: ≥ 1 个”",
                line=line,
            ),
        )
    try:
        level1, level2, level3, target = (
            unquote((found[name] or "").strip()) or None
            for name in ("level1", "level2", "level3", "target")
        )
    except ValueError as error:
        raise UnreadableNotation(number, say("“{line}”中的引号没有配对", line=line)) from error
    weight = Decimal(found["weight"]) if found["weight"] else None
    return Indicator(level1, level2, level3, Target.parse(target), weight)


def _caption_lines(form: Declaration) -> Iterator[str]:
    for caption, known in CAPTIONS.items():
        group, _, name = known.field.rpartition(".")
        value = getattr(form.funds if group else form, name)
        if value is not None:
            yield f"{caption}: {known.write(value)}"
        elif known.field == "project_name":
            yield f"{caption}:"


def row_line(row: Indicator) -> str:
    """One row of the table."""
    path = " / ".join(
        quote(part) if part else '""' for part in (row.level1, row.level2, row.level3)
    )
    weight = f" ({row.weight:f}分)" if row.weight is not None else ""
    target = f" {quote(row.target.text)}" if row.target.text else ""
    return f"{path}{weight}:{target}"
