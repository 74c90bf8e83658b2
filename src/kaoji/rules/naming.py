"""What names and goals are made of: their content, their figures, their sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from kaoji.core.remembering import kept_for_names
from kaoji.core.target_words import USUAL_UNIT
from kaoji.core.width import narrow, squeeze
from kaoji.standards.lexicons import synonyms, words

_PUNCTUATION = re.compile(r"[\s、，。；：,;:.!！?？“”\"'‘’()（）《》<>/·\-—]+")
_CLOSED_BY = {"《": "》", "“": "”"}
_NUMBERED = re.compile(r"〔\d++〕")
_DATES = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?:年|(?=\s*[-—~至]\s*(?:19|20)\d\d))"
    r"(?:\s*[-—~至]\s*(?:19|20)\d\d年)?(?:\d{1,2}月(?:\d{1,2}[日号])?)?"
    r"|\d{1,2}月(?:\d{1,2}[日号])?|\d{1,2}[日号]"
)
_LIST_NUMBER = re.compile(
    r"(?:^|(?<=[。；;：:\s]))[(（]?\d{1,2}[.、)）](?!\d)|(?m:^)\d{1,2}\.(?=\d{1,3}[个家名所])"
)
# A number without a unit is swallowed whole, so that its digits are looked at once.
_FIGURE = re.compile(
    r"(?P<before>每|第|满|至少|不少于|不低于|超过|达到)?"
    r"(?:(?P<number>\d[\d,]*+(?:\.\d++)?+)\s*+(?P<unit>%|％|[\u4e00-\u9fff]{1,3})|\d[\d,]*+)"
)
_SENTENCE_END = re.compile(r"[。；;！!\n]")


@dataclass(frozen=True)
class Figure:
    """A number with its unit that a text promises; *at_least* when it is a floor."""

    number: Decimal
    unit: str
    at_least: bool

    def __str__(self) -> str:
        return f"{self.number:f}{self.unit}"


@kept_for_names
def bare_name(text: str | None) -> str:
    """A name as it is compared: narrow, without blanks and punctuation."""
    return _PUNCTUATION.sub("", narrow(squeeze(text or "")))


_NUMBER_BEFORE = re.compile(r"^(?:指标)?\d{1,2}[.、:：．)）](?!\d)\s*|^[★☆*•·▲■]+|^其中[:：]?")
_LONGEST_HINT = 12
# 结余率(计算方法为:结余数/预算数): however long, it is no part of the name.
_EXPLAINS = ("计算", "公式", "即", "指", "等于")


@kept_for_names
def own_name(text: str | None) -> str:
    """A name without its number in a list and the hints behind it: 指标1：受益人数(人) is 受益人数."""
    plain = rest = _NUMBER_BEFORE.sub("", squeeze(text or "")).rstrip("。；;，,")
    while rest.endswith((")", "）")):
        opening = max(rest.rfind("("), rest.rfind("（"))
        hint = rest[opening + 1 : -1]
        if opening < 0 or (len(hint) > _LONGEST_HINT and not hint.startswith(_EXPLAINS)):
            break
        plain, rest = rest, rest[:opening]
    return rest or plain


@kept_for_names
def in_usual_words(name: str) -> str:
    """A name with each synonym in its usual spelling: 满意率 is 满意度."""
    for word, usual in synonyms():
        name = name.replace(word, usual)
    return name


@kept_for_names
def content_of(name: str) -> str:
    """What is left of a name without the words that fit every project."""
    rest = bare_name(name)
    for word in sorted(words("names", "generic"), key=len, reverse=True):
        rest = rest.replace(word, " ")
    return " ".join(part for part in rest.split() if part)


@kept_for_names
def pairs_of(text: str) -> frozenset[str]:
    """Every two neighbouring characters of the words of a text."""
    return frozenset(
        part[place : place + 2] for part in text.split() for place in range(len(part) - 1)
    )


def without_titles_and_dates(text: str) -> str:
    """A goal without quoted titles, years, dates and list numbers."""
    plain = without_enclosed(_NUMBERED.sub("", text), _CLOSED_BY)
    return _LIST_NUMBER.sub("", _DATES.sub("", plain))


def without_enclosed(text: str, closed_by: Mapping[str, str]) -> str:
    """The text without what stands between an opening sign and the next sign that closes it.

    >>> without_enclosed("按《预算法》养护“示范路”", {"《": "》", "“": "”"})
    '按养护'
    """
    last = {opening: text.rfind(closing) for opening, closing in closed_by.items()}
    kept, place = [], 0
    for found in re.finditer(f"[{''.join(closed_by)}]", text):
        if found.start() < place or last[found[0]] < found.start():
            continue
        kept.append(text[place : found.start()])
        place = text.find(closed_by[found[0]], found.end()) + 1
    return "".join([*kept, text[place:]])


def figures_in(text: str) -> Iterator[Figure]:
    """The promised numbers of a goal: those with a usual unit, dates and titles aside.

    每72小时 and 满65周岁 say how often and who, they promise no amount.
    """
    plain = without_titles_and_dates(text)
    for found in _FIGURE.finditer(plain):
        if found["unit"] is None:
            continue
        unit = _usual_unit(found["unit"])
        points = "百分" in found["unit"]  # 提高3.8个百分点 tells of a change
        if unit and not points and found["before"] not in {"每", "第", "满"}:
            number = Decimal(found["number"].replace(",", ""))
            yield Figure(number, unit, found["before"] is not None)


def _usual_unit(text: str) -> str | None:
    """The longest beginning of the text that is a usual unit."""
    text = text.replace("％", "%")
    for length in range(len(text), 0, -1):
        if USUAL_UNIT.match(text[:length]) and text[:length] not in {"周", "分", "年", "季"}:
            return text[:length]
    return None


def sentences_of(text: str) -> list[str]:
    """The sentences of a goal."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


# Two names that differ only in these speak of two things: 县道 and 乡道, 男性 and 女性.
_CONTRASTS = (
    "0123456789一二三四五六七八九十甲乙丙丁", "上下前后左右内外", "男女老幼", "省市区县乡镇村街", "东西南北",
    "大中小", "已未不非无有", "新旧老", "早晚春夏秋冬", "高低", "城乡", "进出", "增减",
)  # fmt: skip


def contrast(left: str, right: str) -> bool:
    """Do two names differ by opposed characters, so that they are two measures?"""
    steps = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    parted = [(left[a:b], right[c:d]) for kind, a, b, c, d in steps if kind != "equal"]
    return any(_opposed(one, other) or _two_things(one, other) for one, other in parted)


# One sign for another in the same place is rather a slip or a synonym than another thing.
_MISTAKEN = frozenset("监检格恪路道巡察查训加与受")


def _two_things(one: str, other: str) -> bool:
    """羊 beside 猪, 苹果 beside 桃: words of content in the same place name two things."""
    alike = set(one) & set(other)
    of_content = all(part and content_of(part) == part for part in (one, other))
    slip = len(one) == len(other) == 1 and {one, other} <= _MISTAKEN
    return of_content and not alike and not slip


def _opposed(one: str, other: str) -> bool:
    if not one or not other:
        return (one or other)[-1:] in set("未不非无天次日均") or (one or other).isdigit()
    return any(
        any(sign in group for sign in one) and any(sign in group for sign in other)
        for group in _CONTRASTS
    )
