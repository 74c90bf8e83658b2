"""The target only repeats a word of the name: 可持续影响: 可持续.

## Why

Such a cell is filled in and says nothing: whatever happens, the name has already said it.

## 为什么

值与名称说的是同一个词，等于没有写：做成什么样都算“可持续”。

## Not seen yet

Synonyms, such as 时效性: 及时.

## 尚未覆盖

同义的说法（时效性：及时）看不出来。

```form bad
项目: 农村道路养护
产出指标 / 质量指标 / 养护规范性: 规范
```

```form good
项目: 农村道路养护
产出指标 / 质量指标 / 养护规范率: ≥ 95 %
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.core.target import Kind
from kaoji.core.width import squeeze
from kaoji.rules.examples import example_for
from kaoji.rules.naming import own_name
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import words

_WORD = 2


@rule(
    "KJ313",
    "指标值重复名称",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "细化量化"),),
    since=date(2015, 5, 21),
    yields_to=("KJ303", "KJ304", "KJ307"),
)
def value_repeats_name(form: Declaration) -> Iterator[Finding]:
    """Report every word among the targets that stands in the indicator's name."""
    for row in form.indicators:
        said = _core(row.target.text)
        in_words = row.target.kind is Kind.QUALITATIVE
        copied = squeeze(row.target.text) == own_name(row.level3) != ""
        if copied or (in_words and len(said) > 1 and said in row.name):
            message = say("“{text}”仅重复指标名称，未细化量化", text=row.target.text)
            yield Finding(row, message, example_for(row, form.year))


def _core(text: str) -> str:
    """The word without what only strengthens it: 有效提升 is 提升, 融合度好 is 融合度."""
    core = squeeze(text)
    core = core.rstrip("好高") if len(core) > _WORD else core
    for word in words("names", "intensifiers"):
        core = core.removeprefix(word) or core
    return core
