"""A category or nature of the project that the form does not offer.

## Why

Lists, weights and review depend on these two cells; a word of one's own falls out of every
count.

## 为什么

汇总、权重和审核都按类别、性质分；自己造的词，哪一类都统计不到。

```form bad
项目: 农村道路养护
类别: 长期项目
```

```form good
项目: 农村道路养护
类别: 经常性项目
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.core.width import squeeze
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.layouts import layout_named
from kaoji.standards.lexicons import words

# Other regions offer other words; what they are is not on record.
_LISTED = {"shanghai"}


@rule(
    "KJ111",
    "类别或性质不在选项内",
    severity=Severity.WARNING,
    basis=(Citation("checker-practice"),),
    since=date(2015, 5, 21),
)
def unknown_attribute(form: Declaration) -> Iterator[Finding]:
    """Compare category and nature with the words on record, where the region's list is known."""
    if (layout_named(form.layout).validity.region or "").lower() not in _LISTED:
        return
    for name in ("project_category", "project_nature"):
        value = getattr(form, name)
        known = words("attributes", name)
        if value is not None and squeeze(value) not in known:
            message = say("“{value}”不在选项内", value=value)
            yield Finding(name, message, say("可选：{known}", known="、".join(known[:6])))
