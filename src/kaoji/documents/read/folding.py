r"""Signs that look like others and are not: radicals, compatibility forms, signs of the private area.

Programs that write PDF files often say 项⽬ (with the radical U+2F6C) where 项目 is meant; whoever copies
from them copies that.

>>> folded("项\u2f6c支出⻚\ufe6a")
'项目支出页%'
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from kaoji.core.speech import say
from kaoji.documents.manuscript import Cell, Manuscript, Omission, Row

# Radicals, compatibility ideographs, ligatures, upright and small forms, letters of equations.
_OTHER = re.compile(
    "[\u2e80-\u2ef3\u2f00-\u2fd5\uf900-\ufad9\U0002f800-\U0002fa1d"
    "\ufb00-\ufb06\ufe10-\ufe19\ufe30-\ufe4f\ufe50-\ufe6b\U0001d400-\U0001d7ff⩾⩽]"
)
_IDEOGRAPH = re.compile("[\u2e80-\u2fd5\uf900-\ufad9\U0002f800-\U0002fa1d]")
# The supplement of radicals is not known to Unicode as other forms of signs.
_SUPPLEMENT = dict(
    zip(
        "⺁⺄⺅⺆⺈⺉⺊⺌⺎⺒⺓⺕⺖⺗⺘⺙⺛⺜⺝⺟⺠⺡⺢⺣⺤⺧⺨⺩⺪⺬⺭⺮⺰⺳⺶⺹⺺⺻⺼⺽⺾⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙亻冂刀刂卜小兀巳幺彐忄心扌攵旡日月母民氵氺灬爫牛犭王疋示礻竹纟网羊耂肀聿肉臼艹虎衤西西见角角讠贝足车辶辶辶阝钅長长门阝雨青韦页风飞食飠饣首马骨鬼鱼鸟卤麦黄黾齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
_SIGNS = {"⩾": "≥", "⩽": "≤"}
# What other programs put before the lines of a list, in a font of symbols.
_BULLET = re.compile("^[\uf0b7\uf0d8\uf0a7\uf076\uf06c\uf06e]\\s*", re.MULTILINE)
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")


def folded(text: str) -> str:
    """The text in ordinary signs."""
    return _OTHER.sub(_ordinary, text)


def _ordinary(found: re.Match[str]) -> str:
    sign = found[0]
    return _SUPPLEMENT.get(sign) or _SIGNS.get(sign) or unicodedata.normalize("NFKC", sign)


def fold(manuscript: Manuscript) -> Manuscript:
    """The manuscript in ordinary signs; that ideographs were replaced is told once.

    A cell with signs that mean something in one font only has a flaw.
    """
    told: list[Omission] = []
    rows = tuple(_row(row, told) for row in manuscript.rows)
    if all(new is old for new, old in zip(rows, manuscript.rows, strict=True)):
        return manuscript
    return replace(manuscript, rows=rows, omissions=(*manuscript.omissions, *told))


def _row(row: Row, told: list[Omission]) -> Row:
    if not any(_OTHER.search(cell.text) or _PRIVATE.search(cell.text) for cell in row.cells):
        return row
    return replace(row, cells=tuple(_cell(cell, told) for cell in row.cells))


def _cell(cell: Cell, told: list[Omission]) -> Cell:
    text = folded(_BULLET.sub("", cell.text)).strip()
    ideograph = _IDEOGRAPH.search(cell.text)
    if ideograph and not told:
        sentence = say(
            "部首或兼容字形按普通汉字读取，例如“{old}”（U+{code}）读作“{new}”",
            old=ideograph[0],
            code=f"{ord(ideograph[0]):04X}",
            new=folded(ideograph[0]),
        )
        told.append(Omission(sentence, cell.origin))
    flaw = cell.flaw
    if flaw is None and _PRIVATE.search(text):
        flaw = say("有的符号读不出来（符号字体里的字），请对照原文件")
    return replace(cell, text=text, flaw=flaw)
