"""How this very indicator might be written, in the words in which reviewers return forms: 建议调整为：….

Only what follows from the indicator itself is proposed; its number stays what its unit wrote.
"""

from __future__ import annotations

import re
from functools import cache

from kaoji.core.declaration import Declaration
from kaoji.core.indicator import Indicator
from kaoji.core.speech import Sentence, say
from kaoji.rules.naming import own_name
from kaoji.standards.lexicons import words

# When the work is done is the target's to say: 12月31日前资料整编 speaks of 资料整编.
_BEFORE = re.compile(
    r"^(?:是否|有无|能否)?(?:(?:19|20)\d\d年度?|[上下]半年|\d{1,2}月(?:份|[底末]前?|前|\d{1,2}[日号](?:之?前)?)?"
    r"|年[底末]前?)*"
)
_LONGEST_STEM, _SHORTEST_OBJECT = 14, 2
# The rate that a class asks for, and the works that have it.
_RATE_OF = {"时效指标": ("及时率", "timely_works"), "质量指标": ("合格率", "sound_works")}


def _stem(row: Indicator) -> str | None:
    """What the name speaks of, short enough to be put into another name; None for clauses and lists."""
    stem = _BEFORE.sub("", own_name(row.level3))
    if not 2 < len(stem) <= _LONGEST_STEM or re.search(r"[，,；;、。的]", stem):
        return None
    return stem


def as_rate(row: Indicator) -> Sentence | None:
    """资料整编：100% among the qualities is 资料整编合格率 100%, in time 资料整编及时率 100%."""
    stem, (rate, works) = _stem(row), _RATE_OF.get(row.level2 or "", ("", ""))
    if stem is None or not rate or not _names_a_work(stem, words("names", works)):
        return None
    return say("建议调整为：{name} {target}", name=f"{stem}{rate}", target=row.target.text)


def _names_a_work(stem: str, works: tuple[str, ...]) -> bool:
    """文保单位抢险维修 does; 按期维修 says how, 保障正常运转 is an order, and 完成 names no work."""
    work = next((word for word in works if stem.endswith(word)), None)
    if work is None or stem.startswith(_leading_words()):
        return False
    thing = stem.removesuffix(work)
    ordered = stem.startswith(words("names", "activity_verbs")) and (
        thing not in words("names", "activity_verbs")  # 补贴发放: what is paid, no order
    )
    return len(thing) >= _SHORTEST_OBJECT and not ordered


@cache
def _leading_words() -> tuple[str, ...]:
    groups = ("resolve_verbs", "manner_words", "adverbs")
    return tuple(word for group in groups for word in words("names", group))


def as_accepted_work(row: Indicator) -> Sentence | None:
    """管道改造任务完成率 of a work tells of quality as 管道改造验收合格率."""
    stem = _stem(row)
    measure = next(
        (word for word in words("classes", "completion") if (stem or "").endswith(word)), None
    )
    if stem is None or measure is None:
        return None
    work = stem.removesuffix(measure).removesuffix("任务").removesuffix("年度")
    if not work.endswith(("工程", "改造", "项目")):
        return None
    return say("建议调整为：{name} {target}", name=f"{work}验收合格率", target=row.target.text)


def as_unit_cost(form: Declaration) -> Sentence | None:
    """The cost of each of what the form counts, where it counts one thing: ≤ ×× 元/公里."""
    units = [row.target.unit for row in form.under("数量指标") if row.target.unit]
    counted = [unit for unit in units if unit in words("classes", "count_units")]
    if len(counted) != 1 or counted[0] in words("classes", "vague_units"):
        return None
    return say("建议调整为：每{unit}成本 ≤ ×× 元/{unit}", unit=counted[0])
