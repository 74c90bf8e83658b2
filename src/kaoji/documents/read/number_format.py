"""A number as a spreadsheet shows it: `0"个"`, `≥0%`, `#,##0.00`, `yyyy"年"m"月"`.

A format has up to four sections (positive; negative; zero; text). Within one, digits stand for
the number, quoted and escaped signs for themselves, a percent sign multiplies by a hundred, a
comma behind the digits divides by a thousand.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

# Quoted words, escaped and padded signs, brackets, placeholders, anything else sign by sign.
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|!(?P<forced>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<exponent>[Ee][+-])|(?P<other>.)",
    re.DOTALL,
)
_DIGITS = frozenset("0#?")
_CURRENCY = re.compile(r"^\$([^-]*)")
_LONGEST = 255


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str


def shown_number(value: int | float | Decimal, code: str) -> str:
    """The number under a format; a format that we cannot follow leaves the plain number."""
    number = _exact(value)
    if len(code) > _LONGEST:
        return plain_number(number)
    section, number = _choose(_sections(code), number)
    if section is None:
        return ""
    tokens = _tokens(section)
    if not tokens or any(item.kind in {"general", "exponent"} for item in tokens):
        return _with_words(tokens, plain_number(number))
    if not any(item.kind == "digit" for item in tokens):
        return "".join(item.text for item in tokens if item.kind == "word")
    return _filled(tokens, number)


def shown_text(text: str, code: str) -> str:
    """A text under a format: its own section says what stands around it, or hides it."""
    if ("@" not in code and ";" not in code) or len(code) > _LONGEST:
        return text
    sections = _sections(code)
    tokens = _tokens(sections[-1])
    if len(sections) < _ALL_SECTIONS and not any(item.text == "@" for item in tokens):
        return text
    return "".join(
        text if item.text == "@" else item.text
        for item in tokens
        if item.kind == "word" or item.text == "@"
    )


def shown_day(value: date | datetime | time, code: str) -> str:
    """A day or a month as the format shows it; days are written 2023-03-05, months 2023年3月."""
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    code = code[:_LONGEST].partition(";")[0]
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|[年月日号]', "", code).lower().replace("e", "y")
    signs = frozenset(bare) & set("ymdh")
    if signs == {"y", "m"}:
        return f"{value.year}年{value.month}月"
    if signs == {"y"}:
        return f"{value.year}年"
    if "月" in code and signs == {"m"}:
        return f"{value.month}月"
    if "月" in code and signs == {"m", "d"}:
        return f"{value.month}月{value.day}日"
    return f"{value:%Y-%m-%d}"


def shown_span(value: timedelta) -> str:
    """A length of time in hours and minutes, as `[h]:mm` shows it."""
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


def plain_number(number: Decimal) -> str:
    """Without a format: no trailing zeros, no exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _exact(value: int | float | Decimal) -> Decimal:
    """Floats carry fifteen digits that mean something; what lies behind them is noise."""
    return Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)


def _sections(code: str) -> list[str]:
    """The sections of a format, cut at semicolons outside of quotes."""
    sections, quoted, escaped = [""], False, False
    for sign in code:
        if sign == ";" and not quoted and not escaped:
            sections.append("")
            continue
        quoted ^= sign == '"' and not escaped
        escaped = sign in "\\!" and not escaped and not quoted
        sections[-1] += sign
    return sections


def _choose(sections: list[str], number: Decimal) -> tuple[str | None, Decimal]:
    """The section for a number, None where it shows nothing; one for negatives drops their sign."""
    numeric = sections[: _ALL_SECTIONS - 1]
    if any(_CONDITION.match(section) for section in numeric):
        return _meeting(numeric, number), number
    chosen, shown = numeric[0], number
    if number < 0 and len(numeric) > 1:
        signed = "(" in numeric[1] or "-" in numeric[1]
        chosen, shown = (numeric[1] if signed else f"-{numeric[1]}"), -number
        chosen = chosen if numeric[1] else ""
    elif number == 0 and len(numeric) > 2:
        chosen = numeric[2]
    return (chosen if chosen or len(sections) == 1 else None), shown


_ALL_SECTIONS = 4
_CONDITION = re.compile(r"\s*(?:\[(?![<>=])[^\]]*\]\s*)*\[(<=|>=|<>|<|>|=)\s*(-?[\d.]+)\]")
_COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "=": operator.eq, "<>": operator.ne,
}  # fmt: skip


def _meeting(sections: list[str], number: Decimal) -> str | None:
    """The first section whose condition the number meets, or one that has no condition."""
    for section in sections:
        found = _CONDITION.match(section)
        try:
            if found is None or _COMPARED[found[1]](number, Decimal(found[2])):
                return section or None
        except InvalidOperation:
            return "General"
    return "General"


def _tokens(section: str) -> list[_Token]:
    tokens: list[_Token] = []
    for found in _TOKEN.finditer(section):
        kind, text = found.lastgroup or "other", found.group(found.lastgroup or 0)
        if kind in {"quoted", "escaped", "forced"}:
            tokens.append(_Token("word", text))
        elif kind == "bracket":
            currency = _CURRENCY.match(text)
            if currency:
                tokens.append(_Token("word", currency[1]))
        elif kind in {"general", "exponent"}:
            tokens.append(_Token(kind, text))
        elif kind == "other":
            tokens.append(_sign(text))
    return tokens


def _sign(text: str) -> _Token:
    if text in _DIGITS:
        return _Token("digit", text)
    if text in ".,":
        return _Token("point" if text == "." else "comma", text)
    if text == "%":
        return _Token("percent", text)
    return _Token("word", text) if text != "@" else _Token("general", text)


def _filled(tokens: list[_Token], number: Decimal) -> str:
    """The number put in the place of the digits, the words around it."""
    first = next(at for at, item in enumerate(tokens) if item.kind == "digit")
    last = max(at for at, item in enumerate(tokens) if item.kind in {"digit", "point"})
    body = tokens[first : last + 1]
    if any(item.kind == "word" and item.text.strip() for item in body):
        # 0"."0000 shows ten thousands by a trick of line breaks; show what is stored instead.
        return plain_number(number)
    scaled = 0
    while last + 1 + scaled < len(tokens) and tokens[last + 1 + scaled].kind == "comma":
        scaled += 1
    percents = sum(item.kind == "percent" for item in tokens)
    number = number * 100**percents / Decimal(1000) ** scaled
    text = _digits(body, number)
    before = "".join(item.text for item in tokens[:first] if item.kind in {"word", "percent"})
    after = tokens[last + 1 :]
    return before + text + "".join(t.text for t in after if t.kind in {"word", "percent"})


def _digits(body: list[_Token], number: Decimal) -> str:
    at = next((i for i, item in enumerate(body) if item.kind == "point"), len(body))
    whole, rest = body[:at], [item for item in body[at + 1 :] if item.kind == "digit"]
    rounded = number.quantize(Decimal(1).scaleb(-len(rest)), ROUND_HALF_UP)
    grouped = any(item.kind == "comma" for item in whole)
    text = f"{rounded:,f}" if grouped else f"{rounded:f}"
    least = sum(item.kind == "digit" and item.text == "0" for item in whole)
    integer, _, decimals = text.partition(".")
    if not least and not rest and not rounded:
        return ""
    optional = [item.text for item in rest]
    while decimals and optional and optional[-1] != "0" and decimals.endswith("0"):
        decimals, optional = decimals[:-1], optional[:-1]
    if not grouped:
        sign, bare = ("-", integer[1:]) if integer.startswith("-") else ("", integer)
        integer = sign + bare.rjust(least, "0")
    return f"{integer}.{decimals}" if decimals else integer


def _with_words(tokens: list[_Token], number: str) -> str:
    """The plain number among the words of a format such as `General"个"`."""
    if not any(item.kind == "general" for item in tokens):
        return number
    return "".join(
        number if item.kind == "general" else item.text
        for item in tokens
        if item.kind in {"general", "word"}
    )
