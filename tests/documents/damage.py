"""Damage done to the sample as extraction, copying and offices do it: one function a kind.

Each takes the text and a random source and returns damaged text (or bytes).
"""

from __future__ import annotations

import random
from collections.abc import Callable

from kaoji.samples import SONGJIANG_2023

TEXT = SONGJIANG_2023.read_text("utf-8")

Damage = Callable[[str, random.Random], str | bytes]

CAPTIONS = (
    "主管部门",
    "实施单位",
    "计划开始日期",
    "计划完成日期",
    "年度资金申请总额",
    "项目类别",
    "项目总目标",
    "年度总目标",
)
LEVEL1 = ("产出指标", "效益指标", "满意度指标")


def _rows(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.split("\n")]


def _text(rows: list[list[str]]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def _is_indicator(row: list[str]) -> bool:
    return len(row) >= 4 and len([c for c in row if c.strip()]) >= 2 and max(map(len, row)) < 60


def _some(rows: list[list[str]], chance: random.Random, count: int) -> list[int]:
    numbers = [n for n, row in enumerate(rows) if _is_indicator(row)]
    return chance.sample(numbers, count)


def shift_left(text: str, chance: random.Random) -> str:
    """A few rows lose a leading blank cell."""
    rows = _rows(text)
    for n in _some(rows, chance, 12):
        if not rows[n][0].strip():
            rows[n] = rows[n][1:]
    return _text(rows)


def shift_right(text: str, chance: random.Random) -> str:
    """A few rows gain a leading blank cell."""
    rows = _rows(text)
    for n in _some(rows, chance, 12):
        rows[n] = ["", *rows[n]]
    return _text(rows)


def drop_a_caption(text: str, chance: random.Random) -> str:
    """A caption of the head goes blank in some forms."""
    rows = _rows(text)
    caption = chance.choice(CAPTIONS)
    for row in rows:
        if caption in row and chance.random() < 0.4:
            row[row.index(caption)] = ""
    return _text(rows)


def drop_side_labels(text: str, chance: random.Random) -> str:
    """Labels that run down the side go blank."""
    rows = _rows(text)
    for row in rows:
        if row[0].replace(" ", "") in {"绩效指标", "项目绩效目标"} and chance.random() < 0.7:
            row[0] = ""
    return _text(rows)


def drop_titles(text: str, chance: random.Random) -> str:
    """Some titles are lost."""
    lines = text.split("\n")
    return "\n".join(
        "" if "绩效目标申报表" in line and chance.random() < 0.4 else line for line in lines
    )


def drop_level1_labels(text: str, chance: random.Random) -> str:
    """A level-1 label goes blank where its row still has a level-2 label."""
    rows = _rows(text)
    for row in rows:
        for n, cell in enumerate(row[:-1]):
            if cell in LEVEL1 and row[n + 1].endswith("指标") and chance.random() < 0.4:
                row[n] = ""
    return _text(rows)


def drop_level2_beside_level1(text: str, chance: random.Random) -> str:
    """A level-2 label goes blank in a row that begins a level-1 class with several."""
    rows = _rows(text)
    for row in rows:
        for n, cell in enumerate(row[:-1]):
            if cell in LEVEL1[:2] and row[n + 1].endswith("指标") and chance.random() < 0.3:
                row[n + 1] = ""
    return _text(rows)


def blank_lines(text: str, chance: random.Random) -> str:
    """Blank lines fall between rows."""
    return "\n".join(
        line + "\n" * (chance.random() < 0.08 and "\t" in line) for line in text.split("\n")
    )


def page_breaks(text: str, chance: random.Random) -> str:
    """Pages end inside tables: a page number, a form feed."""
    lines = []
    for number, line in enumerate(text.split("\n")):
        lines.append(line)
        if "\t" in line and chance.random() < 0.03:
            lines += [f"第 {number} 页", "\f"]
    return "\n".join(lines)


def repeated_headings(text: str, chance: random.Random) -> str:
    """The table's heading is printed again on a new page."""
    heading = "绩效指标\t一级指标\t二级指标\t三级指标\t指标目标值"
    lines = []
    for line in text.split("\n"):
        if line.startswith("\t\t\t") and chance.random() < 0.06:
            lines += ["", heading]
        lines.append(line)
    return "\n".join(lines)


def separator_rows(text: str, chance: random.Random) -> str:
    """Markdown rules appear between rows."""
    return "\n".join(
        line + "\n--\t----\t----" * (chance.random() < 0.04 and "\t" in line)
        for line in text.split("\n")
    )


def labels_split_by_blanks(text: str, chance: random.Random) -> str:
    """Labels and captions carry blanks between their characters."""
    for label in (*LEVEL1, "数量指标", "时效指标", "社会效益指标", "主管部门", "三级指标"):
        if chance.random() < 0.6:
            cut = chance.randrange(1, len(label))
            text = text.replace(f"\t{label}\t", f"\t{label[:cut]} {label[cut:]}\t")
    return text


def names_split_over_rows(text: str, chance: random.Random) -> str:
    """The end of a name falls into a row of its own, together with the target."""
    rows = []
    for row in _rows(text):
        plain = _is_indicator(row) and row[:3] == ["", "", ""] and len(row) >= 5
        if plain and len(row[3]) > 6 and row[4] and chance.random() < 0.25:
            cut = len(row[3]) - chance.randrange(1, 4)
            rows += [["", "", "", row[3][:cut], ""], ["", "", "", row[3][cut:], row[4]]]
        else:
            rows.append(row)
    return _text(rows)


def full_width(text: str, chance: random.Random) -> str:
    """Signs and digits of some targets are typed in full width; the text stays what it is."""
    del chance
    return text.replace("项目资金 (元)", "项目资金（元）").replace("其中：", "其中:")


def trailing_tabs(text: str, chance: random.Random) -> str:
    """Rows end in more or fewer tabs."""
    return "\n".join(
        line.rstrip("\t") + "\t" * chance.randrange(0, 4) if "\t" in line else line
        for line in text.split("\n")
    )


def pipes(text: str, chance: random.Random) -> str:
    """Tabs become Markdown pipes."""
    edge = chance.choice(["| ", ""])
    return "\n".join(
        f"{edge}{line.replace(chr(9), ' | ')}{' |' if edge else ''}" if "\t" in line else line
        for line in text.split("\n")
    )


def gb18030(text: str, chance: random.Random) -> bytes:
    """The file comes from an old office: GB18030, CRLF."""
    return text.replace("\n", chance.choice(["\n", "\r\n"])).encode("gb18030")


def utf16(text: str, chance: random.Random) -> bytes:
    """The file was saved as “Unicode”."""
    return text.encode(chance.choice(["utf-16", "utf-16-le", "utf-16-be"]))


def utf8_mark(text: str, chance: random.Random) -> bytes:
    """The file begins with a byte order mark."""
    return text.replace("\n", chance.choice(["\n", "\r\n", "\r"])).encode("utf-8-sig")


def cut_off(text: str, chance: random.Random) -> str:
    """The file ends in the middle."""
    return text[: chance.randrange(len(text) // 10, len(text))]


def several_at_once(text: str, chance: random.Random) -> str:
    """Damage seldom comes alone."""
    for damage in chance.sample(
        [shift_left, blank_lines, trailing_tabs, drop_side_labels, page_breaks], 3
    ):
        text = str(damage(text, chance))
    return text


KINDS: tuple[Damage, ...] = (
    shift_left, shift_right, drop_a_caption, drop_side_labels, drop_titles, drop_level1_labels,
    drop_level2_beside_level1, blank_lines, page_breaks, repeated_headings, separator_rows,
    labels_split_by_blanks, names_split_over_rows, full_width, trailing_tabs, pipes, gb18030,
    utf16, utf8_mark, cut_off, several_at_once,
)  # fmt: skip


def damaged_copy(kind: Damage, seed: int) -> bytes:
    """One damaged copy; the same kind and seed give the same bytes."""
    damaged = kind(TEXT, random.Random(f"{kind.__name__}-{seed}"))
    return damaged if isinstance(damaged, bytes) else damaged.encode()
