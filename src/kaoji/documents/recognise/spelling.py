"""One normaliser for everything that is compared: what varies in print without meaning anything goes.

>>> squeezed("項目 績效　目標")
'项目绩效目标'
>>> bare("*3.年度资金总额（万元）：")
'年度资金总额'
"""

from __future__ import annotations

import re

from kaoji.core.remembering import kept_for_names
from kaoji.core.width import narrow
from kaoji.standards import grammar

_ALIKE = {"﹥": ">", "﹤": "<", "＝": "=", "═": "=", "﹦": "=", "≧": "≥", "⩾": "≥", "≦": "≤", "⩽": "≤", "∶": ":", "“": '"', "”": '"'}  # fmt: skip
_FOLD = str.maketrans(_ALIKE | grammar.words("folded"))
# A mirror of a site that prints how signs are read: 绩(jì)效(xiào).
_READING = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}\)")
_BLANK = re.compile(r"\s+")
# Most texts hold none of these, and looking is cheaper than replacing.
_FOLDED = re.compile(f"[{re.escape(''.join(map(chr, _FOLD)))}]")
# What stands before a caption: stars, numbers.
_BEFORE = re.compile(
    r"^(?:[*★☆◆●]|\d{1,2}[.、]|[一二三四五六七八九十]、|\([\d一二三四五六七八九十]\))+"
)
# Brackets that hold a unit, points, a formula, a letter of a column or a hint to who fills it in.
_HINT = re.compile(
    r"\((?:[^()]*(?:万元|元\)|单位|年初|分\)|\d分|%|必填|选填|盖章|文字|公章|签章|年度\)|包含|[×*]|取值|硬性|确定能|概述)[^()]*\)?"
    r"|[A-Z](?:/[A-Z])?|元|分|个|\d[\d\-]*|[ABC][^()]{0,8})\)?"
    r"|(?<=[\u4e00-\u9fff])[A-Z](?:/[A-Z])?\)$|^\d{1,3}分\)?$"
)
_MAY_HINT = re.compile(r"[()]|^\d+分")
# Longer than any caption, label or cell that is compared.
_LONGEST = 600


@kept_for_names
def squeezed(text: str) -> str:
    """Narrow, alike signs folded, without any blank."""
    plain = _BLANK.sub("", narrow(text))
    if "(" in plain:
        plain = _READING.sub("", plain)
    return unaccented(plain)


@kept_for_names
def bare(text: str) -> str:
    """A caption without what varies: blanks, stars, numbers before it, hints and units in brackets."""
    rest = _BEFORE.sub("", squeezed(text[:_LONGEST])).strip("【】")
    previous = None if _MAY_HINT.search(rest) else rest
    while previous != rest:
        previous, rest = rest, _HINT.sub("", rest)
    return rest.rstrip(":;,。、").replace("其它", "其他")


def unaccented(text: str) -> str:
    """Alike signs folded, the width kept: for looking into a cell whose text is kept."""
    return text.translate(_FOLD) if _FOLDED.search(text) else text


def simplified(text: str) -> tuple[str, list[int]]:
    """Alike signs folded, readings left out; and where each sign that is left stood, the end last."""
    if "(" not in text or not _READING.search(text):
        return unaccented(text), list(range(len(text) + 1))
    left_out = {n for found in _READING.finditer(text) for n in range(*found.span())}
    places = [n for n in range(len(text)) if n not in left_out]
    return unaccented("".join(text[n] for n in places)), [*places, len(text)]
