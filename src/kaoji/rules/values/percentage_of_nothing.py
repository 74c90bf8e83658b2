"""A percentage beside a name that is no share of anything.

## Why

"促进教育事业发展：100%": a hundred per cent of what? Nobody can count it, so the year ends with
"完成". A percentage needs a name that says what is divided by what.

## 为什么

“促进教育事业发展：100%”，是谁的百分之百？没有分子分母，年底只能写“完成”。百分比要配能算的率。

## Not seen yet

Names that end in 情况 or in a verb are taken for no shares, whatever a remark beside them says.

## 尚未覆盖

表外另有说明怎样计算的，看不到。

```form bad
项目: 农村道路养护
效益指标 / 社会效益指标 / 促进乡村发展: = 100 %
```

```form good
项目: 农村道路养护
效益指标 / 社会效益指标 / 村民出行时间缩短比例: ≥ 20 %
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.indicator import Indicator
from kaoji.core.speech import say
from kaoji.rules.naming import own_name
from kaoji.rules.rewrites import as_rate
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in, words


@rule(
    "KJ320",
    "百分比没有所指",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "细化量化"), Citation("checker-practice")),
    since=date(2015, 5, 21),
)
def percentage_of_nothing(form: Declaration) -> Iterator[Finding]:
    """Report percentages under names without any word that tells of a share or a change."""
    for row in form.indicators:
        name = own_name(row.level3)
        if (
            not row.target.is_percentage
            or not name
            or _COUNT.search(name)
            or "成本" in f"{row.level1}{row.level2}"
        ):
            continue
        if not (_tells_of_a_state(row, name) or _tells_no_share(row, name)):
            continue
        message = say(
            "“{name}”不是比率，{text} 指向不明确", name=row.name, text=row.target.text
        )
        usual = say("写成能算的率，例如 ××率 = 甲数 ÷ 乙数，或改写绝对数")
        yield Finding(row, message, as_rate(row) or usual)


# What stands in the name should be the target, and is another rule's: 教学软件2套.
_COUNT = re.compile(r"\d(?:台|套|个|条|座|辆|间|所|处|件|批|部|米|公里|亩|人|户|家)$")
# What ends in these tells of a state; what ends in a change may be a small share of more.
_STATES = ("情况", "正常运转", "投入使用", "完工", "和谐", "稳定")
_WHOLE = Decimal(90)


def _tells_of_a_state(row: Indicator, name: str) -> bool:
    if name.endswith(_STATES):
        return True
    whole = row.target.value is not None and row.target.value >= _WHOLE
    return whole and name.endswith(words("names", "changes"))


def _tells_no_share(row: Indicator, name: str) -> bool:
    """Nothing in the name can be divided by anything: 资料整编 100%, 2020年12月完成 95%, 是否解决 95%."""
    if name.startswith(_QUESTIONS) and "满意" not in name:
        return True
    if first_in(_EFFICIENCY.sub("", name), words("names", "share_words")):
        return False
    classes = f"{row.level1}{row.level2}"
    if "效益" in classes:  # an order or a phrase
        verbs = (*words("names", "resolve_verbs"), *words("names", "activity_verbs"))
        return name.startswith(verbs) or "，" in name or "," in name
    done = name.endswith(words("names", "done_works")) or _DATED.search(name)
    return bool(done) or "满意" in classes


_DATED = re.compile(r"\d年|\d{1,2}月|(?:19|20)\d\d")
# 工作效率 is no share; 监测数据有效率 is one.
_EFFICIENCY = re.compile(r"(?<!有)效率")
_QUESTIONS = ("是否", "有无", "能否")
