"""Take a rule's essay apart: first sentence, sections, examples in the notation.

An example is a form; what a rule may ask beside it follows below lines of its own:

    --- 同单位        other forms of the unit and year (several, separated by `---`)
    --- 上年          the same project a year earlier, perhaps with its outcome
    --- 批复          the version that was approved
    --- 常模          a line for each norm: 名称 (单位, 份数): 低 – 中 – 高
    --- 部门预算      an amount
    --- 来历          新增 or 延续, perhaps with what the ex-ante evaluation concluded

A line `未读出: funds.total` says that a value stands in the document and could not be read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from kaoji.core import notation
from kaoji.core.declaration import Declaration
from kaoji.core.ex_ante import CONCLUSION_NAMES, Beginning
from kaoji.core.money import Money
from kaoji.core.outcome_notation import parse_with_outcome
from kaoji.rules.context import Context, Norm, Past

_EXAMPLE = re.compile(
    r"^```form (?P<verdict>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_SECTION = re.compile(r"^## (?P<title>.+)$", re.MULTILINE)
_BESIDE = re.compile(r"^--- (?P<title>同单位|上年|批复|常模|部门预算|来历)\s*$", re.MULTILINE)
_UNREAD = re.compile(r"^未读出: (\S+)$", re.MULTILINE)
_NORM = re.compile(
    r"(?P<name>.+?) \((?:(?P<unit>[^,]+), )?(?P<count>\d+)份\): "
    r"(?P<low>\S+) – (?P<middle>\S+) – (?P<high>\S+)$"
)


@dataclass(frozen=True)
class Example:
    """A form in the notation and what the rule should say of it: bad or good (fail or pass)."""

    verdict: str
    text: str

    def read(self) -> tuple[Declaration, Context]:
        """The form, and what stands beside it."""
        own, *beside = _BESIDE.split(self.text)
        unread = frozenset(_UNREAD.findall(own))
        form, outcome = parse_with_outcome(_UNREAD.sub("", own))
        context = Context(unread=unread, outcome=outcome)
        for title, text in zip(beside[::2], beside[1::2], strict=True):
            context = _with(context, title, text)
        return form, context


def _with(context: Context, title: str, text: str) -> Context:
    if title == "同单位":
        return replace(context, siblings=tuple(notation.parse_all(text)))
    if title == "上年":
        return replace(context, previous=Past(*parse_with_outcome(text)))
    if title == "批复":
        return replace(context, approved=notation.parse(text))
    if title == "部门预算":
        return replace(context, department_budget=Money.parse(text.strip()))
    if title == "来历":
        return replace(context, beginning=_beginning(text.strip()))
    norms = [_norm(line) for line in text.strip().split("\n")]
    return replace(context, norms={norm.name: norm for norm in norms})


def _beginning(text: str) -> Beginning:
    kind, _, conclusion = text.partition("，事前绩效评估：")
    if kind not in {"新增", "延续"}:
        raise ValueError(text)
    known = {"待审核": "pending", **{word: key for key, word in CONCLUSION_NAMES.items()}}
    return Beginning(kind == "新增", known[conclusion] if conclusion else None)


def _norm(line: str) -> Norm:
    found = _NORM.match(line.strip())
    if not found:
        raise ValueError(line)
    low, middle, high = (Decimal(found[name]) for name in ("low", "middle", "high"))
    return Norm(found["name"], found["unit"], int(found["count"]), low, middle, high)


def summary_of(essay: str) -> str:
    """The first sentence: what is wrong, in a few words."""
    return essay.strip().split("\n\n", 1)[0].replace("\n", " ")


def section_of(essay: str, title: str) -> str:
    """The Markdown below the heading *title*, without its examples; empty when missing."""
    pieces = _SECTION.split(_EXAMPLE.sub("", essay))
    sections = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    return sections.get(title, "").strip()


def examples_in(markdown: str) -> list[Example]:
    """Every ```form block of a text, in order."""
    return [Example(found["verdict"], found["text"]) for found in _EXAMPLE.finditer(markdown)]
