"""One cell of a bank's file: a value as text, and text as a value, refused in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache

from kaoji.benefits.fen import UnreadableFen, read_fen
from kaoji.benefits.payments import Outcome
from kaoji.core.period import UnreadableDate, read_date
from kaoji.core.speech import Sentence, say
from kaoji.documents.banks.layout import Column, FileLayout

Cell = str | int | date | Outcome


class UnfitCell(ValueError):
    """A cell cannot be written or read: the sentence says why and what to do."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


def written_line(
    layout: FileLayout, columns: Iterable[Column], values: Mapping[str, Cell]
) -> bytes:
    """A line of a file, without its end. Raises UnfitCell."""
    cells = [_written(layout, column, values) for column in columns]
    if layout.separator is None:
        return b"".join(cells)
    return layout.separator.encode(layout.encoding).join(cells)


def _written(layout: FileLayout, column: Column, values: Mapping[str, Cell]) -> bytes:
    value = column.value if column.value is not None else values.get(column.field, "")
    text = _text(column, value)
    if not text and not column.optional:
        raise UnfitCell(say("{field}为空，请补上", field=column.said))
    if any(sign in text for sign in _breaking(layout)) or not text.isprintable():
        raise UnfitCell(say("{field}含有分隔符或不可见字符，请改正", field=column.said))
    try:
        cell = text.encode(layout.encoding)
    except UnicodeEncodeError as unknown:
        sign = text[unknown.start : unknown.end]
        raise UnfitCell(
            say(
                "{field}里的“{sign}”银行的编码写不出，请改用常用字",
                field=column.said,
                sign=sign,
            )
        ) from unknown
    most = column.width or column.most
    if most is not None and len(cell) > most:
        raise UnfitCell(
            say("{field}长 {length} 字节，银行至多收 {most} 字节，请缩短",
                field=column.said, length=len(cell), most=most)
        )  # fmt: skip
    return cell.ljust(column.width or 0)


def _text(column: Column, value: Cell) -> str:
    if column.form == "amount" and isinstance(value, int):
        if value <= 0:
            raise UnfitCell(say("{field}须大于零", field=column.said))
        return f"{value // 100}.{value % 100:02d}"
    text = str(value)
    if column.form == "digits" and text and not (text.isascii() and text.isdigit()):
        raise UnfitCell(say("{field}应全是数字，请核对", field=column.said))
    return text


def _breaking(layout: FileLayout) -> str:
    return "\r\n" + (layout.separator or "")


def cells_of(layout: FileLayout, columns: tuple[Column, ...], line: bytes) -> list[str]:
    """A line cut into its cells. Raises UnfitCell when it has more or fewer of them.

    Bytes that are none of the encoding stay marked in their cell, where `read_cell` refuses them.
    """
    if layout.separator is None:
        return [cell.decode(layout.encoding, _MARK) for cell in _cut(layout, columns, line)]
    # The second byte of a Chinese sign may look like the separator: signs are split, not bytes.
    cells = line.decode(layout.encoding, _MARK).split(layout.separator)
    if len(cells) != len(columns):
        raise UnfitCell(
            say(
                "有 {found} 栏，“{title}”应有 {wanted} 栏；是否拿错了银行的文件？",
                found=len(cells),
                wanted=len(columns),
                title=layout.title,
            )
        )
    return cells


def _cut(layout: FileLayout, columns: tuple[Column, ...], line: bytes) -> Iterator[bytes]:
    widths = [column.width or 0 for column in columns]
    # Blanks at the end of a line are often lost on the way; the last cell that must be there is not.
    last = max(place for place, column in enumerate(columns) if not column.optional)
    if not sum(widths[:last]) < len(line) <= sum(widths):
        raise UnfitCell(
            say(
                "长 {found} 字节，“{title}”应为 {wanted} 字节；是否拿错了银行的文件？",
                found=len(line),
                wanted=sum(widths),
                title=layout.title,
            )
        )
    start = 0
    for width in widths:
        yield line[start : start + width]
        start += width


def read_cell(layout: FileLayout, column: Column, cell: str) -> Cell:
    """The value of a cell. Raises UnfitCell."""
    text = cell.strip()
    if not text.isascii() and _MARKED.search(text):
        raise UnfitCell(
            say(
                "{field}不是 {encoding} 编码；请向银行要原文件，不要另存",
                field=column.said,
                encoding=layout.encoding,
            )
        )
    if column.value is not None and text != column.value:
        raise UnfitCell(
            say(
                "{field}应为“{wanted}”，写的是“{text}”",
                field=column.said,
                wanted=column.value,
                text=text,
            )
        )
    if not text and column.optional:
        return ""
    try:
        return _value(layout, column, text)
    except (UnreadableFen, UnreadableDate) as unreadable:
        raise UnfitCell(
            say("{field}：{fault}", field=column.said, fault=unreadable.sentence)
        ) from unreadable


def _value(layout: FileLayout, column: Column, text: str) -> Cell:
    if column.form == "amount":
        return read_fen(text)
    if column.form == "day":
        return _day(text)
    if column.form == "outcome":
        if text not in layout.outcomes:
            known = "、".join(layout.outcomes)
            raise UnfitCell(
                say("{field}代码“{text}”不认识；这家银行用：{known}",
                    field=column.said, text=text, known=known)
            )  # fmt: skip
        return layout.outcomes[text]
    if column.form == "digits" and not (text.isascii() and text.isdigit()):
        raise UnfitCell(say("{field}应全是数字，请核对", field=column.said))
    if not text:
        raise UnfitCell(say("{field}为空，请补上", field=column.said))
    return text


@lru_cache(maxsize=256)
def _day(text: str) -> date:
    """A file names few days, each many times."""
    compact = len(text) == 8 and text.isdigit()
    return read_date(f"{text[:4]}-{text[4:6]}-{text[6:]}" if compact else text)


_MARK = "surrogateescape"
_MARKED = re.compile("[\udc80-\udcff]")
