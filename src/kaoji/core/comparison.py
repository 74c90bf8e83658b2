"""Two versions of a form, field by field: what changed, what came, what went, what moved.

Indicators are matched by class and name, then by name alone (moved to another class), then by
likeness (renamed), so that a row inserted above does not make every row below look changed.

>>> from dataclasses import replace
>>> before = Declaration(project_name="甲", annual_goal="修路。")
>>> [change] = compare(before, replace(before, annual_goal="修路 3 公里。"))
>>> change.kind, change.field, change.before, change.after
(<Kind.CHANGED: 'changed'>, 'annual_goal', '修路。', '修路 3 公里。')
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from enum import StrEnum

from kaoji.core.declaration import INDICATOR_TABLES, Declaration, Funds
from kaoji.core.indicator import Indicator
from kaoji.core.money import Money
from kaoji.core.width import narrow, squeeze

_ALIKE = 0.6
# Names are compared letter by letter with so many others, by so much of their length.
_MOST_COMPARED, _LONGEST = 12, 100
_RARE_SIGNS, _MOST_LOOKED_AT = 8, 2_000
_COLUMNS = ("level1", "level2", "level3", "target_raw", "weight")
_HEAD = tuple(
    item.name for item in fields(Declaration) if item.name not in {"funds", *INDICATOR_TABLES}
)


class Kind(StrEnum):
    """What happened to a field or a row."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENAMED = "renamed"


@dataclass(frozen=True)
class Change:
    """One difference. *field* is its path in the later version, in the earlier one for what went.

    *row* names the indicator that it is about, None for the head of the form.
    """

    kind: Kind
    field: str
    before: str
    after: str
    row: str | None = None


def compare(before: Declaration, after: Declaration) -> tuple[Change, ...]:
    """Every difference from *before* to *after*, in the order of the form."""
    return (
        *_head(before, after),
        *(change for name in INDICATOR_TABLES for change in _rows(before, after, name)),
    )


def _head(before: Declaration, after: Declaration) -> Iterator[Change]:
    places = [(name, getattr(before, name), getattr(after, name)) for name in _HEAD]
    for item in fields(Funds):
        old, new = getattr(before.funds, item.name), getattr(after.funds, item.name)
        places.append((f"funds.{item.name}", old, new))
    for path, old, new in places:
        if old != new:
            yield Change(Kind.CHANGED, path, _written(old), _written(new))


def _rows(before: Declaration, after: Declaration, table: str) -> Iterator[Change]:
    old_rows, new_rows = getattr(before, table), getattr(after, table)
    matched = _matched(old_rows, new_rows)
    stayed = _in_order([old.position for old in matched.values()])
    for row in new_rows:
        old = matched.get(row.position)
        if old is None:
            path = f"{table}[{row.position}].level3"
            yield Change(Kind.ADDED, path, "", _line(row), row.name)
            continue
        if old.position not in stayed:
            path = f"{table}[{row.position}].level3"
            yield Change(
                Kind.MOVED, path, str(old.position + 1), str(row.position + 1), row.name
            )
        yield from _cells(old, row, table)
    kept = {old.position for old in matched.values()}
    for old in old_rows:
        if old.position not in kept:
            path = f"{table}[{old.position}].level3"
            yield Change(Kind.REMOVED, path, _line(old), "", old.name)


def _cells(old: Indicator, row: Indicator, table: str) -> Iterator[Change]:
    for column in _COLUMNS:
        left, right = _cell(old, column), _cell(row, column)
        if left != right:
            kind = Kind.RENAMED if column == "level3" else Kind.CHANGED
            yield Change(kind, f"{table}[{row.position}].{column}", left, right, row.name)


def _matched(old: Sequence[Indicator], new: Sequence[Indicator]) -> dict[int, Indicator]:
    """The earlier row of each later one, by the later one's position."""
    matched: dict[int, Indicator] = {}
    keys: tuple[Callable[[Indicator], Hashable], ...] = (
        lambda row: (row.level2, _bare(row.level3), row.target.text),
        lambda row: (row.level2, _bare(row.level3)),
        lambda row: _bare(row.level3),
    )
    for key in keys:
        _pair_up(old, new, matched, key)
    left = {row.position: row for row in _left(old, matched)}
    near = _Near(left.values())
    for row in new:
        if row.position in matched or not left:
            continue
        likeness = {at: _likeness(left[at], row) for at in near.candidates(row, left)}
        best = max(likeness, key=lambda at: (likeness[at], -at), default=None)
        if best is not None and likeness[best] >= _ALIKE:
            matched[row.position] = left.pop(best)
    return dict(sorted(matched.items()))


class _Near:
    """Finds the rows that may be alike by the rare signs that they share: a few, however many there are."""

    def __init__(self, rows: Iterable[Indicator]) -> None:
        self._by_sign: dict[tuple[str | None, str], list[int]] = defaultdict(list)
        self._count = 0
        for row in rows:
            self._count += 1
            for sign in sorted({*_bare(row.level3), ""}):
                self._by_sign[row.level2, sign].append(row.position)

    def candidates(self, row: Indicator, left: Container[int]) -> list[int]:
        """The places of rows of its class that share most with it; all of them where there are few."""
        if self._count <= _MOST_COMPARED:
            return [at for at in self._by_sign.get((row.level2, ""), ()) if at in left]
        places = {
            sign: self._by_sign.get((row.level2, sign), []) for sign in set(_bare(row.level3))
        }
        rare = sorted(places, key=lambda sign: (len(places[sign]), sign))[:_RARE_SIGNS]
        shared: Counter[int] = Counter()
        for sign in rare:
            shared.update(at for at in places[sign][:_MOST_LOOKED_AT] if at in left)
        return [at for at, _ in shared.most_common(_MOST_COMPARED)]


def _pair_up(
    old: Sequence[Indicator],
    new: Sequence[Indicator],
    matched: dict[int, Indicator],
    key: Callable[[Indicator], Hashable],
) -> None:
    """Match what has the same key, in the order of the rows."""
    waiting: dict[Hashable, deque[Indicator]] = {}
    for row in _left(old, matched):
        waiting.setdefault(key(row), deque()).append(row)
    for row in new:
        candidates = waiting.get(key(row))
        if row.position not in matched and candidates:
            matched[row.position] = candidates.popleft()


def _left(old: Sequence[Indicator], matched: dict[int, Indicator]) -> list[Indicator]:
    taken = {row.position for row in matched.values()}
    return [row for row in old if row.position not in taken]


def _likeness(left: Indicator, right: Indicator) -> float:
    """How alike two names of one class are; other classes are not alike at all."""
    if left.level2 != right.level2:
        return 0.0
    return SequenceMatcher(
        None, _bare(left.level3)[:_LONGEST], _bare(right.level3)[:_LONGEST], autojunk=False
    ).ratio()


def _in_order(positions: Sequence[int]) -> set[int]:
    """A longest run of rows that kept their order (patience sorting): the others moved."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for position in positions:
        place = bisect_left(ends, position)
        before[position] = ends[place - 1] if place else None
        ends[place : place + 1] = [position]
    kept: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept


def _bare(text: str | None) -> str:
    return narrow(squeeze(text or ""))


def _cell(row: Indicator, column: str) -> str:
    if column == "target_raw":
        return row.target.text
    value = getattr(row, column)
    return "" if value is None else str(value)


def _line(row: Indicator) -> str:
    return f"{row.level2 or '—'} / {row.name}: {row.target.text or '—'}"


def _written(value: object) -> str:
    if value is None:
        return ""
    return value.written() if isinstance(value, Money) else str(value)
