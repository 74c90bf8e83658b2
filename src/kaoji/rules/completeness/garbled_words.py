"""Words that nobody meant to write: 开展开展, 津帖.

## Why

A doubled word or a phrase without sense shows that nobody read the form before it was sent. It
costs nothing to mend and much when it is published.

## 为什么

叠字、误字、读不通的短语，说明报送前没有人通读过。改起来不费事，公开出去却难看。

## Not seen yet

Only doubled words and known slips of the pen are seen; phrases that are merely badly built are
left to the reader.

## 尚未覆盖

只看得出叠词和词表里的误字；搭配不当、语句残缺要靠人读。

```form bad
项目: 农村道路养护
年度目标: 开展开展公益宣讲 16 场。
```

```form good
项目: 农村道路养护
年度目标: 开展公益宣讲 16 场。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Correction, Finding, Severity
from kaoji.core.speech import say
from kaoji.core.target import Kind
from kaoji.rules.goal_names import GOAL_NAMES
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in, words

# 培训培训师 is a verb and its object, not a word written twice.
_DOUBLED = re.compile(
    r"(?P<word>(?!每|[\u4e00-\u9fff]{1,3}每)[\u4e00-\u9fff]{2,4})(?P=word)(?![化师生员者对机中站点所院资金款费会人课班队器材]|工作者)"
)


@rule(
    "KJ110",
    "文字表述有误",
    severity=Severity.HINT,
    basis=(Citation("checker-practice"),),
    since=date(2015, 5, 21),
)
def garbled_words(form: Declaration) -> Iterator[Finding]:
    """Report doubled words and known slips in goals and names."""
    for name, text in form.goals.items():
        slip = _slip_in(text)
        if slip:
            message = say("{goal}中“{slip}”表述有误", goal=GOAL_NAMES[name], slip=slip)
            yield Finding(name, message, corrections=tuple(_mended(name, text)))
    for row in form.indicators:
        slip = _slip_in(row.level3 or "") or _stray_digit(row.level3 or "")
        if slip:
            message = say("指标名称中“{slip}”表述有误", slip=slip)
            mended = tuple(_mended(row.at("level3"), row.level3 or ""))
            yield Finding(row, message, column="level3", corrections=mended)
        elif row.target.kind is Kind.SENTENCE and (slip := _slip_in(row.target.text)):
            yield Finding(row, say("指标值中“{slip}”表述有误", slip=slip))


def _mended(field: str, text: str) -> Iterator[Correction]:
    """A doubled word once; what else is garbled only its writer can mend."""
    once = _DOUBLED.sub(lambda found: found["word"], text)
    if once != text:
        yield Correction(field, once)


# 伙食得满意度: 得 for 的; 获得, 取得, 值得 are words.
_WRONG_PARTICLE = re.compile(
    r"(?<![获取值所赢博求难觉记显使])得(?:满意度|满意率|质量|数量|比例|效果|水平)"
)


# Two marks one after the other, of which one was left over.
_TWO_MARKS = re.compile(r"[一-鿿]{0,4}[，。；、,;]\s*[，。；、,;]")


def _stray_digit(name: str) -> str | None:
    """台式电脑4、笔记本电脑: a digit without its unit was left over; 重.要设备: a dot fell into a word."""
    strays = [found for found in _STRAY.finditer(name) if not _is_numbered(found, name)]
    found = strays[0] if strays else _DOT_IN_WORD.search(name)
    return found[0] if found else None


def _is_numbered(stray: re.Match[str], name: str) -> bool:
    """食堂1、食堂2 are two of a kind."""
    return len(re.findall(rf"{re.escape(stray['word'])}\d", name)) > 1


_STRAY = re.compile(r"(?P<word>[一-鿿]{2})(?<![第年月日时至])\d{1,2}(?=[、，])")


_DOT_IN_WORD = re.compile(r"(?<![\d一二三四五六七八九十])[一-鿿]\.[一-鿿]{2}")


# 卫生Z口机关: a letter that was read into a word; 地块B, 套餐A, 维生素A are so called.
_STRAY_LETTER = re.compile(
    r"[一-鿿][一-鿿](?<![型块素餐苗段案组类级座栋区号层版片楼库馆厅])[A-Z](?=[一-鿿])(?![级类型座区楼段超光射盘形网恤歌证栋照字线期项版标轮组厅馆卡柱管井片股库坝桥])[一-鿿]"
)


def _slip_in(text: str) -> str | None:
    signs = (_DOUBLED, _WRONG_PARTICLE, _TWO_MARKS, _STRAY_LETTER)
    found = next(filter(None, (sign.search(text) for sign in signs)), None)
    return found[0] if found else first_in(text, words("funding", "broken"))
