"""Signs of the symbol fonts – Symbol, Wingdings, Webdings – as the signs that everybody has.

>>> symbol("Symbol", 0xF0B3), symbol("Wingdings", 0xFE), symbol("Wingdings 2", 0x52)
('≥', '☑', '☑')
"""

from __future__ import annotations

_PRIVATE = 0xF000


def _run(first: int, signs: str) -> dict[int, str]:
    return {first + place: sign for place, sign in enumerate(signs) if sign != "\0"}


_SYMBOL = {
    **_run(0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
    **_run(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}~"),
    **_run(0xA1, "ϒ′≤/∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"),
    **_run(0xBF, "↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"),
    0xF1: "〉",
}
_WINGDINGS = {
    0x20: " ", 0x4A: "☺", 0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□",
    0x73: "◆", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9E: "·", 0x9F: "•",
    0xA0: "▪", 0xA1: "○", 0xA2: "○", 0xA3: "○", 0xA4: "◉", 0xA5: "◉", 0xA6: "○", 0xA7: "▪",
    0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔",
    0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **_run(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
}  # fmt: skip
_WINGDINGS_2 = {
    0x20: " ", 0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x55: "⊗",
    0x96: "•", 0x97: "●", 0x98: "●", 0x99: "○", 0x9A: "○", 0x9B: "◉", 0xA0: "■", 0xA2: "■", 0xA3: "□",
    **_run(0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
}  # fmt: skip
_WEBDINGS = {0x20: " ", 0x61: "✓", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✗", 0x3D: "●"}
_FONTS = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings2": _WINGDINGS_2,
    "webdings": _WEBDINGS,
}
UNKNOWN = "\ufffd"


def is_symbol_font(font: str | None) -> bool:
    """Does the font show other signs than the codes say?"""
    return (font or "").strip().lower() in _FONTS


def symbol(font: str | None, code: int) -> str:
    """The sign that a font shows for a code; UNKNOWN where we do not know it."""
    signs = _FONTS.get((font or "").strip().lower())
    if _PRIVATE <= code <= _PRIVATE + 0xFF:
        return (signs or {}).get(code - _PRIVATE, UNKNOWN)
    if signs is not None and code <= 0xFF:
        return signs.get(code, UNKNOWN)
    # Halves of signs, and those that mean something in a font of their own only.
    nothing = 0xD800 <= code <= 0xF8FF or not 0x20 <= code < 0xF0000
    return UNKNOWN if nothing else chr(code)


def in_font(text: str, font: str | None) -> str:
    """A text as a font shows it; signs that the font has not are shown as they are."""
    if not is_symbol_font(font):
        return text
    return "".join(symbol(font, ord(sign)) if _is_coded(sign) else sign for sign in text)


def _is_coded(sign: str) -> bool:
    return " " < sign <= "\xff" or _PRIVATE <= ord(sign) <= _PRIVATE + 0xFF
