"""A spreadsheet of people and places, read into entries: one row, one appointment.

The columns are found by their captions, in any order; a row without an account only enters the
place. What cannot be taken is refused row by row, and nothing of the sheet is taken then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from kaoji.core.speech import Sentence, say
from kaoji.documents.entry_sheet import Refused, day_in, line_number, texts_of, unread_columns
from kaoji.documents.manuscript import Row
from kaoji.workflow.places import PLACE_NAMES, PlaceKind
from kaoji.workflow.roles import ROLE_NAMES, Role

CAPTIONS = (
    "机构", "种类", "上级机构", "单位编码", "账号", "姓名", "邮箱", "角色", "自", "至", "受托机构", "初始密码",
)  # fmt: skip
_NEEDED = ("机构",)
_KINDS = {name: kind for kind, name in PLACE_NAMES.items()}
_ROLES = {name: role for role, name in ROLE_NAMES.items()}


@dataclass(frozen=True)
class RosterEntry:
    """One row: a place, and who has which role there, when the row names an account."""

    line: int
    place: str
    kind: PlaceKind | None = None
    parent: str = ""
    code: str = ""
    username: str = ""
    full_name: str = ""
    email: str = ""
    role: Role | None = None
    since: date | None = None
    until: date | None = None
    agency: str = ""
    password: str = ""


@dataclass(frozen=True)
class Roster:
    """The entries of a sheet, and what of it cannot be taken."""

    entries: tuple[RosterEntry, ...]
    refusals: tuple[Sentence, ...] = field(default=())
    left_out: tuple[Sentence, ...] = field(default=())


def roster_of(rows: Iterable[Row]) -> Roster:
    """Read the rows of a sheet, its captions first."""
    rows = list(rows)
    flaws = {
        line_number(row, at): cell.flaw
        for at, row in enumerate(rows, start=1)
        for cell in row.cells
        if cell.flaw
    }
    lines = [(line_number(row, at), texts_of(row)) for at, row in enumerate(rows, start=1)]
    head = next((at for at, (_, texts) in enumerate(lines) if set(_NEEDED) <= set(texts)), None)
    if head is None:
        return Roster(
            (), (say("没有找到表头；第一行请写：{captions}", captions="、".join(CAPTIONS)),)
        )
    columns = {text: at for at, text in enumerate(lines[head][1]) if text in CAPTIONS}
    entries: list[RosterEntry] = []
    refusals: list[Sentence] = []
    for at, texts in lines[head + 1 :]:
        given = {name: _cell(texts, column) for name, column in columns.items()}
        if not any(given.values()):
            continue
        try:
            entries.append(_entry(at, given, flaws.get(at)))
        except Refused as refusal:
            refusals.append(say("第 {line} 行：{why}", line=at, why=refusal.sentence))
    if not entries and not refusals:
        refusals.append(say("表头下面没有内容"))
    left_out = [item.told for item in unread_columns(lines[head:], set(columns.values()))]
    return Roster(tuple(entries), tuple(refusals), tuple(left_out))


def _cell(texts: Sequence[str], column: int) -> str:
    return texts[column] if column < len(texts) else ""


def _entry(line: int, given: dict[str, str], flaw: Sentence | None) -> RosterEntry:
    if flaw is not None:
        raise Refused(flaw)
    if not given.get("机构"):
        raise Refused(say("没有写机构"))
    username, role = given.get("账号", ""), given.get("角色", "")
    if bool(username) != bool(role):
        raise Refused(say("账号和角色要一起写"))
    if role and role not in _ROLES:
        raise Refused(
            say("没有“{role}”这个角色；可以写 {known}", role=role, known="、".join(_ROLES))
        )
    kind = given.get("种类", "")
    if kind and kind not in _KINDS:
        raise Refused(
            say("没有“{kind}”这种机构；可以写 {known}", kind=kind, known="、".join(_KINDS))
        )
    return RosterEntry(
        line,
        given["机构"],
        _KINDS.get(kind),
        given.get("上级机构", ""),
        given.get("单位编码", ""),
        username,
        given.get("姓名", ""),
        given.get("邮箱", ""),
        _ROLES.get(role),
        _day(given.get("自", "")),
        _day(given.get("至", "")),
        given.get("受托机构", ""),
        given.get("初始密码", ""),
    )


def _day(text: str) -> date | None:
    return day_in(text) if text else None
