"""Two indicators of one class measure the same.

## Why

One measure with two rows counts twice in the score, and often with two targets that contradict
each other.

## 为什么

同一件事列了两行，得分算两遍；两行的目标值还常常互相矛盾。

## Not seen yet

The same measure in other words (困难群众满意度, 救助对象满意度), or with one word exchanged for another:
苹果种植面积 and 桃树种植面积 are two things, and so are, for the program, 道路养护 and 公路养护.

## 尚未覆盖

用词不同而意思相同的（困难群众满意度、救助对象满意度）看不出来；只换了一个实词的，按两件事看待。

```form bad
项目: 农村道路养护
产出指标 / 质量指标 / 参加人员出勤率: ≥ 90 %
产出指标 / 质量指标 / 参训人员出勤率: ≥ 70 %
```

```form good
项目: 农村道路养护
产出指标 / 质量指标 / 参训人员出勤率: ≥ 90 %
产出指标 / 质量指标 / 考核通过率: ≥ 70 %
```
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity, undecided
from kaoji.core.indicator import Indicator
from kaoji.core.speech import say
from kaoji.rules.naming import bare_name, content_of, contrast, in_usual_words, own_name
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in

_ALIKE = 0.8
_LONGEST_ACTION = 2
_SHORTEST = 2
_TELLING = 4
# Longer names than these are compared by their beginning.
_LONGEST_COMPARED = 120
# Comparing letter by letter is dear: so many pairs of letters, then the rest is not decided.
_MOST_WORK = 2_000_000
# So many rows back a twin is looked for: the cost grows with the rows, not with their square.
_LOOKED_BACK = 30


@rule(
    "KJ403",
    "两项指标几乎相同",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2021-101", "重点突出"),),
    since=date(2015, 5, 21),
)
def similar_names(form: Declaration) -> Iterator[Finding]:
    """Compare each name with those before it in its class that begin or end as it does."""
    alike: defaultdict[tuple[str | None, str], deque[Indicator]] = defaultdict(
        lambda: deque(maxlen=_LOOKED_BACK)
    )
    elsewhere: dict[str, Indicator] = {}
    work = 0
    for row in form.indicators:
        name = _compared_name(row)
        buckets = [(row.level2, sign) for sign in _signs(name)]
        # A row stands in several buckets and is looked at once.
        earlier = {other.position: other for bucket in buckets for other in alike[bucket]}
        likely = [o for o in earlier.values() if _may_be_same(_compared_name(o), name)]
        work += sum(len(_compared_name(other)) for other in likely) * len(name)
        if work > _MOST_WORK:
            reason = say("相近的名称过多，第 {row} 行起没有比较", row=row.position + 1)
            yield undecided(row, reason, column="level3")
            return
        twin = next(
            (
                o
                for o in likely
                if _same_measure(_compared_name(o), name) and not _apart(o, row)
            ),
            None,
        )
        if twin is not None:
            message = say("与“{other}”几乎相同，只留一项", other=twin.name)
            yield Finding(row, message, column="level3")
        else:
            other = elsewhere.get(name)
            if other is not None and other.level2 != row.level2:
                message = say(
                    "“{other}”已列在{level2}，同一内容不列两类",
                    other=other.name,
                    level2=other.level2 or "—",
                )
                yield Finding(row, message, column="level3")
        if len(name) >= _TELLING and content_of(name) and "满意" not in name:
            elsewhere.setdefault(name, row)
        for bucket in buckets:
            alike[bucket].append(row)


def _signs(name: str) -> Iterator[str]:
    """By what a near twin is found: how it begins, how it ends, or what kind of thing it is."""
    yield f"{name[:2]}…"
    yield f"…{name[-3:]}"
    if _kind_of(name):
        yield _kind_of(name)


def _compared_name(row: Indicator) -> str:
    return in_usual_words(bare_name(own_name(row.level3)))[:_LONGEST_COMPARED]


def _may_be_same(left: str, right: str) -> bool:
    """The quick look: letters in common, in any order, or one kind of thing."""
    if min(len(left), len(right)) < _SHORTEST:
        return False
    kind = _kind_of(right)
    if kind and kind == _kind_of(left):
        return True
    if abs(len(left) - len(right)) > _LONGEST_ACTION:
        return False
    common = sum((Counter(left) & Counter(right)).values())
    return 2 * common >= _ALIKE * (len(left) + len(right))


def _same_measure(left: str, right: str) -> bool:
    """The same letters nearly all, or the same word once all that fits everywhere is gone."""
    if left == right:
        return True
    if abs(len(left) - len(right)) <= _LONGEST_ACTION:
        matcher = SequenceMatcher(None, left, right, autojunk=False)
        if matcher.ratio() >= _ALIKE:
            return not contrast(left, right)
    return bool(_kind_of(left)) and _kind_of(left) == _kind_of(right)


def _apart(one: Indicator, other: Indicator) -> bool:
    """驻村工作队 ＝ 40支 and 驻村工作队员 ＝ 120人: names that differ, counted in other units."""
    units = {one.target.unit, other.target.unit} - {None}
    return len(units) > 1 and "%" not in units and _compared_name(one) != _compared_name(other)


def _kind_of(name: str) -> str:
    """What a name measures when it names nothing else: 项目及时性 and 工作完成及时度 are 及时."""
    if content_of(name):
        return ""
    return first_in(name, ("及时", "按时", "合格", "满意", "准确", "规范")) or ""
