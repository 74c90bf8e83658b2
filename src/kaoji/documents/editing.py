"""What a person typed into the cells of a form, made into a form again.

The form that was shown is the base. A cell left as it was shown keeps its value to the letter;
a value that cannot be read leaves the base's and is refused with a sentence, so that nothing
else that was typed is lost. Rows say which row of the base they come from, and what is known
about that row (its doubts, its further columns, its place in the source) goes where it goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kaoji.core.declaration import INDICATOR_TABLES, Declaration
from kaoji.core.indicator import Indicator
from kaoji.core.money import Money, UnreadableAmount
from kaoji.core.paths import FieldPath
from kaoji.core.provenance import Repair
from kaoji.core.speech import Sentence, say
from kaoji.core.target import Target
from kaoji.documents.reading import FormReading
from kaoji.documents.shown_unit import shown_unit

# What tells a declaration from others is not changed in passing.
FIXED = frozenset({"year", "department", "implementing_unit", "layout"})
_UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ROW = re.compile(r"((?:overall_)?indicators)\[(\d+)\](.*)")


@dataclass(frozen=True)
class TypedRow:
    """One row of an indicator table as typed; *origin* is its row in the base, None for a new one."""

    level1: str = ""
    level2: str = ""
    level3: str = ""
    target_raw: str = ""
    weight: str = ""
    origin: int | None = None

    @property
    def is_blank(self) -> bool:
        """Does it say nothing at all? Such rows are only room to write in."""
        return not "".join(
            (self.level1, self.level2, self.level3, self.target_raw, self.weight)
        ).strip()


@dataclass(frozen=True)
class Typed:
    """Everything that was typed: cells of the head by their path, rows by their table."""

    cells: Mapping[str, str]
    rows: Mapping[str, Sequence[TypedRow]]


@dataclass(frozen=True)
class Refusal:
    """A value that was not taken: the path of its cell (rows as typed), and why."""

    field: str
    sentence: Sentence


@dataclass(frozen=True)
class Edited:
    """The form as typed, and what of it could not be taken."""

    reading: FormReading
    refusals: tuple[Refusal, ...] = field(default=())


def is_editable(path: str | None, form: Declaration) -> bool:
    """May a person write in the cell with this path?"""
    if not path or path in FIXED:
        return False
    if path.startswith("extra."):
        return True
    try:
        parsed = FieldPath.parse(path)
        parsed.get(form)
    except ValueError:
        return False
    return parsed.row is None and parsed.name not in INDICATOR_TABLES


def written(reading: FormReading, path: str) -> str:
    """A cell of the head as the form shows it, money in the unit of its layout."""
    if path.startswith("extra."):
        return reading.extra.get(path.removeprefix("extra."), "")
    parsed = FieldPath.parse(path)
    value = parsed.get(reading.form)
    if isinstance(value, Money):
        return value.written(shown_unit(reading.form, reading.outcome))
    return parsed.text_in(reading.form)


def typed_of(reading: FormReading, paths: Sequence[str]) -> Typed:
    """What a person finds in the cells before typing."""
    return Typed(
        {path: written(reading, path) for path in paths},
        {
            table: [_as_typed(row) for row in getattr(reading.form, table)]
            for table in INDICATOR_TABLES
        },
    )


def edit(base: FormReading, typed: Typed, *, person: str, when: str) -> Edited:
    """The base with what was typed; doubts of rewritten cells are settled in that person's name."""
    refusals: list[Refusal] = []
    form, extra = base.form, dict(base.extra)
    unit = shown_unit(base.form, base.outcome)
    for path, text in typed.cells.items():
        text = _plain(text)
        if not is_editable(path, form) or text == _plain(written(base, path)):
            continue
        if path.startswith("extra."):
            extra[path.removeprefix("extra.")] = text.strip()
            continue
        form = _put(form, FieldPath.parse(path), text.strip(), unit, refusals)
    origins: dict[str, list[int | None]] = {}
    for table, rows in typed.rows.items():
        kept = [
            (at, row)
            for at, row in enumerate(rows)
            if not row.is_blank or _as_it_was(base.form, table, row)
        ]
        made = tuple(_row(base.form, table, at, row, refusals) for at, row in kept)
        form = replace(form, **{table: made})  # type: ignore[arg-type]
        origins[table] = [row.origin for _, row in kept]
    carried = _carried(replace(base, form=form, extra=extra), base, origins)
    return Edited(_settled(carried, base, origins, person, when), tuple(refusals))


def _as_typed(row: Indicator) -> TypedRow:
    weight = "" if row.weight is None else f"{row.weight:f}"
    labels = (row.level1 or "", row.level2 or "", row.level3 or "")
    return TypedRow(*labels, row.target.text, weight, row.position)


def _plain(text: str) -> str:
    """Browsers send line ends in pairs; signs that print nothing are no text."""
    return _UNPRINTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _put(
    form: Declaration, path: FieldPath, text: str, unit: str, refusals: list[Refusal]
) -> Declaration:
    """The form with the text in its place; a bare amount is counted in the *unit* that is shown."""
    bare = path.group == "funds" and text and not text.endswith("元")
    try:
        return path.put(form, path.read(text + unit if bare else text, form))
    except UnreadableAmount:
        sentence = UnreadableAmount(text).sentence
    except ValueError as error:
        sentence = _reason(error, text, str(path))
    refusals.append(Refusal(str(path), sentence))
    return form


def _reason(error: ValueError, text: str, path: str) -> Sentence:
    sentence = getattr(error, "sentence", None)
    return sentence or say("“{value}”不适合 {field}", value=text, field=path)


def _row(
    base: Declaration, table: str, at: int, row: TypedRow, refusals: list[Refusal]
) -> Indicator:
    unchanged = _as_it_was(base, table, row)
    if unchanged is not None:
        return unchanged
    labels = (_plain(text).strip() or None for text in (row.level1, row.level2, row.level3))
    level1, level2, level3 = labels
    made = Indicator(level1, level2, level3, Target.parse(_plain(row.target_raw)))
    weight = _plain(row.weight).strip()
    if not weight:
        return made
    path = FieldPath("weight", row=0, table=table)
    holder = Declaration(**{table: (made,)})  # type: ignore[arg-type]
    try:
        return replace(made, weight=path.read(weight, holder))
    except ValueError as error:
        where = f"{table}[{at}].weight"
        refusals.append(Refusal(where, _reason(error, row.weight, where)))
        known = getattr(base, table)
        has_origin = row.origin is not None and 0 <= row.origin < len(known)
        return replace(made, weight=known[row.origin].weight) if has_origin else made


def _as_it_was(base: Declaration, table: str, row: TypedRow) -> Indicator | None:
    """The base's row, to the letter, when it stands in the page as it was shown."""
    known = getattr(base, table)
    if row.origin is None or row.origin >= len(known):
        return None
    shown = _as_typed(known[row.origin])
    same = all(
        _plain(getattr(row, name)) == _plain(getattr(shown, name))
        for name in ("level1", "level2", "level3", "target_raw", "weight")
    )
    indicator: Indicator = known[row.origin]
    return indicator if same else None


_Origins = Mapping[str, Sequence[int | None]]


def _follower(origins: _Origins) -> Callable[[str], str | None]:
    """Where a path of the base stands now; None for one whose row is gone."""
    now = {
        (table, old): new
        for table, rows in origins.items()
        for new, old in reversed(list(enumerate(rows)))
        if old is not None
    }

    def follow(path: str) -> str | None:
        found = _ROW.match(path)
        if not found or found[1] not in origins:
            return path
        new = now.get((found[1], int(found[2])))
        return None if new is None else f"{found[1]}[{new}]{found[3]}"

    return follow


def _carried(made: FormReading, base: FormReading, origins: _Origins) -> FormReading:
    """Repairs, further columns and places, moved along with their rows.

    What was mended in a text that is now written anew stays with the revision that had it.
    """
    follow = _follower(origins)
    repairs = [(item, follow(item.field)) for item in base.repairs]
    return replace(
        made,
        repairs=tuple(
            replace(item, field=path)
            for item, path in repairs
            if path and _said(item.field, base.form) == _said(path, made.form)
        ),
        extra={new: text for old, text in made.extra.items() if (new := follow(old))},
        places={new: place for old, place in base.places.items() if (new := follow(old))},
    )


def _settled(
    made: FormReading, base: FormReading, origins: _Origins, person: str, when: str
) -> FormReading:
    """Without the doubts about cells that now say something else; who rewrote them is noted."""
    follow = _follower(origins)
    doubts, repairs = [], list(made.repairs)
    for doubt in base.doubts:
        path = follow(doubt.field)
        if path is None:
            what = say(
                "{person} 于 {when} 删去了这一行（原存疑：{reason}）",
                person=person,
                when=when,
                reason=doubt.reason,
            )
            repairs.append(Repair("indicators", what, doubt.origin))
            continue
        before, value = _said(doubt.field, base.form), _said(path, made.form)
        if before == value:
            doubts.append(replace(doubt, field=path))
            continue
        what = say(
            "{person} 于 {when} 由“{before}”改写为“{value}”（原存疑：{reason}）",
            person=person,
            when=when,
            before=before,
            value=value,
            reason=doubt.reason,
        )
        repairs.append(Repair(path, what, doubt.origin))
    return replace(made, doubts=tuple(doubts), repairs=tuple(repairs))


def _said(path: str, form: Declaration) -> str:
    try:
        return FieldPath.parse(path).text_in(form)
    except ValueError:
        return ""
