r"""Width and white space: one place that makes full-width text narrow and compares captions.

>>> narrow("＞＝９０％")
'>=90%'
>>> squeeze("项目 绩效\u3000目标")
'项目绩效目标'
"""

from __future__ import annotations

import re
import unicodedata

_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_NARROW |= {
    0x3000: 0x20,
    0xFFE5: ord("¥"),
    ord("–"): ord("-"),
    ord("−"): ord("-"),
    0xFE65: ord(">"),
    0xFE64: ord("<"),
}

# Most texts hold none of them, and looking is cheaper than replacing.
_WIDE = re.compile(f"[{''.join(map(chr, _NARROW))}]")
_BLANK = re.compile(r"[\s\u200b\ufeff]+")


def narrow(text: str) -> str:
    """Replace full-width letters, digits, signs and spaces by their ASCII forms."""
    return text.translate(_NARROW) if _WIDE.search(text) else text


# What no database and no XML can hold: control signs, halves of signs, places without a sign.
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def without_unfit(text: str) -> tuple[str, int]:
    """The text without signs that cannot be stored, and how many they were."""
    return _UNFIT.subn("", text)


# Letters and symbols by their category, which are drawn as nothing: fillers of Hangul, an empty Braille cell.
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5")


def is_visible(text: str) -> bool:
    """Does a name consist of signs that are seen, with ordinary blanks between them?

    >>> is_visible("田宝"), is_visible("田\u200b宝"), is_visible("\u3000"), is_visible("\u3164")
    (True, False, False, False)
    """
    return bool(text.strip()) and all(
        sign in {" ", "\u3000"}
        or (unicodedata.category(sign)[0] not in {"C", "Z"} and sign not in _BLANK_LETTERS)
        for sign in text
    )


def squeeze(text: str) -> str:
    """Remove every white space: `项目 绩效 目标` and `项目绩效目标` are the same caption."""
    return _BLANK.sub("", text)
