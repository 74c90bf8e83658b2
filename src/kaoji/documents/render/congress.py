"""What goes to the people's congress with a draft budget or final accounts: papers in one ZIP, a list of them first."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kaoji.documents.render.paper import Paper, Section, Table, render_paper
from kaoji.standards.citations import Citation

_BASIS = Citation("zhongfa-2018-34")
_UNSAFE = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_"))


@dataclass(frozen=True)
class Enclosure:
    """One paper: its name without a number, what it is, its bytes."""

    name: str
    what: str
    content: bytes


def render_congress_package(
    place: str, occasion: str, enclosures: Sequence[Enclosure], *, day: date
) -> bytes:
    """The papers numbered in their order, behind a list that names each. *occasion*: 2024年部门预算草案 or the like."""
    numbered = [
        (f"{number:02}-{item.name.translate(_UNSAFE)}", item)
        for number, item in enumerate(enclosures, start=1)
    ]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("00-目录.docx", _contents(place, occasion, numbered, day))
        for name, item in numbered:
            archive.writestr(name, item.content)
    return buffer.getvalue()


def _contents(
    place: str, occasion: str, numbered: Sequence[tuple[str, Enclosure]], day: date
) -> bytes:
    rows = tuple(
        (str(number), item.what, name) for number, (name, item) in enumerate(numbered, 1)
    )
    return render_paper(
        Paper(
            title=(f"{place}随{occasion}报送的绩效材料", "目录"),
            sections=[
                Section(
                    "",
                    (
                        f"根据{_BASIS}关于绩效目标、绩效评价结果与预决算草案同步报送同级人大的要求，"
                        f"随{occasion}报送绩效材料 {len(rows)} 份。",
                    ),
                    (Table("", ("序号", "材料", "文件"), (1, 5, 6), rows),),
                )
            ],
            signed=(place, f"{day.year}年{day.month}月{day.day}日"),
        )
    )
