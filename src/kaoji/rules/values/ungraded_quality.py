"""Targets in words, and nothing says how they will be graded.

## Why

Where a target cannot be a number the law asks for graded levels. Without them 良好 is scored by
whoever speaks last.

## 为什么

确实不能量化的，规定要写成分级分档；没有分级，“良好”最后由谁说了算就是谁。

## Not seen yet

Grades that are described in another document.

## 尚未覆盖

写在别的文件里的分级看不到。

```form bad
项目: 农村道路养护
产出指标 / 质量指标 / 路面状况: 良好
```

```form good
项目: 农村道路养护
年度目标: 路面状况按评分标准分为优、良、中、差四级。
产出指标 / 质量指标 / 路面状况: 良好
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.core.target import Kind, Target
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in, words


@rule(
    "KJ318",
    "定性指标没有分级标准",
    severity=Severity.HINT,
    basis=(
        Citation("caiyu-2015-88", "不能以量化形式表述的，采用分级分档的形式"),
        Citation("checker-practice"),
    ),
    since=date(2015, 5, 21),
)
def ungraded_quality(form: Declaration) -> Iterator[Finding]:
    """Report a form with targets in words and no word about grades."""
    in_words = [row for row in form.indicators if _is_in_words(row.target)]
    said = "".join([*form.goals.values(), *(row.target.text for row in form.indicators)])
    if in_words and not first_in(said, words("goals", "grades")):
        message = say(
            "{count} 项定性指标没有分级评判标准：{names}",
            count=len(in_words),
            names="、".join(row.name for row in in_words[:_MOST_NAMED]),
        )
        yield Finding("indicators", message)


def _is_in_words(target: Target) -> bool:
    sentence = target.kind is Kind.SENTENCE and not re.search(r"\d", target.text)
    return sentence or (target.kind is Kind.QUALITATIVE and not target.graded)


_MOST_NAMED = 4
