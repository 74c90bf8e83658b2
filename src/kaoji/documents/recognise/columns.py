"""A heading's captions as a tree, whose leaves are the columns of the table below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kaoji.documents.recognise import captions
from kaoji.documents.recognise.atoms import Atom
from kaoji.documents.recognise.captions import caption, column_caption, is_side
from kaoji.documents.recognise.spelling import bare, squeezed
from kaoji.documents.recognise.table import Columns
from kaoji.standards import grammar

_NAMING = frozenset({"level2", "level3"})
# First halves of captions that also are labels at the side: 年度 … 指标值.
_HALVES = frozenset({"年度"})


@dataclass
class _Leaf:
    """A column: its field, its caption, the place of its cell and the line it stood in."""

    field: str
    name: str
    column: int | None
    line: tuple[object, ...] = ()


def columns_of(run: Sequence[Atom]) -> Columns | None:
    """The heading rows as a tree; its leaves are the columns. None where no name or target is."""
    rows = _rows_that_name(run)
    if not rows:
        return None
    exact = all(a.column is not None and a.trust == "exact" for row in rows for a in row)
    leaves = list(_named(_leaves(rows, exact=exact)))
    leaves = _with_halves_joined(leaves)
    _name_choices(leaves)
    _tell_twins_apart(leaves)
    leaves = _without_group_target(leaves)
    _move_names_up(leaves)
    _rename_repeated(leaves)
    if not {"level3", "target", "overall.level3"} & {leaf.field for leaf in leaves}:
        return None
    leaves, turned = _turned(leaves)
    leaves = _with_level2(leaves)
    places = () if turned else _places(leaves)
    glued = any(atom.gap in {"none", "digit"} for atom in run)
    sides = [atom.text for row in rows for atom in row if is_side(atom.text)]
    lines = {leaf.line for leaf in leaves}
    in_cells = any(atom.trust != "free" for atom in run)
    in_rows = not glued and (in_cells or len(lines) == 1)
    return Columns(
        tuple(leaf.field for leaf in leaves),
        tuple(leaf.name for leaf in leaves),
        places,
        in_rows,
        12 if run[-1].gap in {"none", "digit"} else 6,
        of_whole_project=any(map(captions.is_of_whole_project, sides)),
        fragment=run[0].fragment,
    )


def _rows_that_name(run: Sequence[Atom]) -> list[list[Atom]]:
    """The rows of a heading that name columns: a group row, the row of levels, one below."""
    rows: list[list[Atom]] = []
    for atom in run:
        if not rows or (atom.gap == "row" and atom.trust != "free"):
            rows.append([])
        rows[-1].append(atom)
    if len(rows) > 1:
        rows = [row for row in rows if _names_columns(row)]
    level_row = next((n for n, row in enumerate(rows) if _names_levels(row)), 0)
    return rows[max(0, level_row - 1) :]


def _names_levels(row: Sequence[Atom]) -> bool:
    return any(column_caption(atom.text) in _NAMING for atom in row)


def _names_columns(row: Sequence[Atom]) -> bool:
    count = sum(bool(column_caption(atom.text)) for atom in row)
    return count >= 2 or (count == len(row) == 1) or _names_levels(row)


def _leaves(rows: Sequence[Sequence[Atom]], *, exact: bool) -> Iterator[tuple[Atom, str]]:
    """The atoms that head one column each, and the words of the group above."""
    for row in rows[2:] if len(rows) > 2 and not exact else ():
        rows = [rows[0], [*rows[1], *row]]  # a row of captions over several lines
    if len(rows) == 1:
        yield from ((atom, "") for atom in rows[0])
    elif exact:
        yield from _below_spans(rows)
    elif _names_levels(rows[1]):
        yield from _with_group_row(rows[0], rows[1])
    else:
        yield from _with_sub_headings(rows[0], rows[1])


def _below_spans(rows: Sequence[Sequence[Atom]]) -> Iterator[tuple[Atom, str]]:
    """In a real grid every upper cell gives way to the lower cells under its span."""
    upper, lower = rows[0], {atom.column: atom for atom in rows[1]}
    width = max(atom.column or 0 for row in rows for atom in row) + 1
    for number, top in enumerate(upper):
        end = upper[number + 1].column if number + 1 < len(upper) else width
        span = range(top.column or 0, end or width)
        below = [lower[column] for column in span if column in lower]
        yield from ((atom, top.text) for atom in below) if below else [(top, "")]


def _with_group_row(group: Sequence[Atom], row: Sequence[Atom]) -> Iterator[tuple[Atom, str]]:
    """Merged cells dropped: the lower row, then what of the upper row is not in it already."""
    have = {column_caption(atom.text) for atom in row}
    yield from ((atom, "") for atom in row)
    for atom in group:
        kind = column_caption(atom.text)
        if kind == "target" and "target" in have:
            continue
        if not is_side(atom.text) and (kind is None or kind == "extra" or kind not in have):
            yield atom, ""


def _with_sub_headings(
    row: Sequence[Atom], below: Sequence[Atom]
) -> Iterator[tuple[Atom, str]]:
    """Sub-headings below one column (上年实际 | 预期) stand in its place."""
    kinds = [column_caption(atom.text) for atom in below]
    if not {None, "extra", *map(column_caption, (atom.text for atom in row))} & set(kinds):
        yield from ((atom, "") for atom in (*row, *below))  # the same row, over two lines
        return
    of_target = bool({"target", *_OF_OTHER_TIMES} & set(kinds))
    for atom in row:
        kind = column_caption(atom.text)
        choices = _choices_below(kind, below)
        if kind == "target" and of_target:
            yield from ((sub, atom.text) for sub in below)
        elif choices:
            yield from ((sub, atom.text) for sub in choices)
        else:
            yield atom, ""


def _choices_below(kind: str | None, below: Sequence[Atom]) -> list[Atom]:
    """The columns to be ticked below 偏差原因分析 or 完成目标可能性; none below anything else."""
    words = grammar.words("choices")
    likely = [atom for atom in below if bare(atom.text) in words["likely"]]
    causes = [
        atom
        for atom in below
        if (column_caption(atom.text) or "").startswith(("cause.", "reason"))
        or bare(atom.text) in words["cause"]
    ]
    return {"reason": causes, "likelihood": likely}.get(kind or "", [])


def _name_choices(leaves: Sequence[_Leaf]) -> None:
    """Captions that head a choice only beside others: 其他 beside 经费保障, 确定能 beside 有可能."""
    words = grammar.words("choices")
    likely = [leaf for leaf in leaves if bare(leaf.name) in words["likely"]]
    for leaf in likely if len(likely) > 1 else ():
        leaf.field = f"likely.{words['likely'][bare(leaf.name)]}"
    if any(leaf.field.startswith("cause.") for leaf in leaves):
        for leaf in leaves:
            if bare(leaf.name) in words["cause"]:
                leaf.field = f"cause.{words['cause'][bare(leaf.name)]}"


_OF_PROJECT = frozenset(
    {"project_name", "implementing_unit", "department", "project_category", "annual_goal", "overall_goal"}
)  # fmt: skip


def _named(leaves: Iterator[tuple[Atom, str]]) -> Iterator[_Leaf]:
    for atom, group in leaves:
        kind = column_caption(atom.text)
        head = caption(atom.text)
        if kind is None and head in _OF_PROJECT:
            kind = f"project.{head}"
        elif kind is None and head and head.startswith("funds."):
            kind = f"project.money:{head}"
        if kind is None and is_side(atom.text) and bare(atom.text) not in _HALVES:
            continue
        if kind in {None, "extra"}:
            kind = f"extra:{bare(atom.text)}"
        whole = captions.is_of_whole_project(atom.text + group)
        if kind in {"level2", "level3", "target"} and whole:
            kind = f"overall.{kind}"
        yield _Leaf(kind, squeezed(atom.text), atom.column, atom.line)


def _with_halves_joined(leaves: list[_Leaf]) -> list[_Leaf]:
    """绩效 … 目标值: a caption whose second half stands on the next line of the text."""
    lost: set[int] = set()
    for number, leaf in enumerate(leaves):
        for later, half in enumerate(leaves[number + 1 :], start=number + 1):
            whole = column_caption(leaf.name + half.name)
            beside = half.line == leaf.line and later > number + 1
            torn = leaf.field.startswith("extra:") and half.field in _TORN_IN_TWO and not beside
            if torn and whole == half.field and later not in lost:
                leaf.field, leaf.name = half.field, leaf.name + half.name
                lost.add(later)
                break
    halves = {f"extra:{half}" for half in _HALVES}
    return [
        leaf
        for number, leaf in enumerate(leaves)
        if number not in lost and leaf.field not in halves
    ]


# What a row promises for half of the year, and what it reached the year before, stand beside its target.
_OF_OTHER_TIMES = ("partway", "previous")
_TORN_IN_TWO = frozenset({"target", "actual", "weight", "score"})


def _tell_twins_apart(leaves: Sequence[_Leaf]) -> None:
    """The same pair of columns twice, nothing said: left is the whole project, right the year."""
    names = [leaf.field for leaf in leaves]
    if names.count("level3") + names.count("overall.level3") != 2:
        return
    named = {bare(leaf.name) for leaf in leaves if leaf.field == "level3"}
    if len(named) > 1 and names.count("target") == 1:
        return  # 指标名称 | 指标值 | 指标内容: a name and what is said of it
    for kind in ("level2", "level3", "target"):
        twins = [leaf for leaf in leaves if leaf.field == kind]
        if len(twins) == 2:
            twins[0].field = f"overall.{kind}"


def _without_group_target(leaves: list[_Leaf]) -> list[_Leaf]:
    """A value's own heading that stood above its two parts is no third column."""
    names = [leaf.field for leaf in leaves]
    if names.count("target") != 2:
        return leaves
    at = names.index("target")
    above_parts = any(name in names and at < names.index(name) for name in _OF_OTHER_TIMES)
    group_row_first = "level1" in names and at < names.index("level1")
    return [*leaves[:at], *leaves[at + 1 :]] if above_parts or group_row_first else leaves


def _rename_repeated(leaves: Sequence[_Leaf]) -> None:
    seen: set[str] = set()
    for leaf in leaves:
        if leaf.field in seen and not leaf.field.startswith("extra"):
            leaf.field = "op:2" if leaf.field == "op" else f"extra:{leaf.name}"
        seen.add(leaf.field)


def _move_names_up(leaves: Sequence[_Leaf]) -> None:
    """一级指标 | 二级指标 | 指标值, no third level: classes stand in the first, names in the second."""
    names = [leaf.field for leaf in leaves]
    if "level1" not in names or "level2" not in names or "target" not in names:
        return
    if not {"level3", "overall.level3"} & set(names):
        leaves[names.index("level2")].field = "level3"


def _turned(leaves: list[_Leaf]) -> tuple[list[_Leaf], bool]:
    """A copied group row whose late columns came first: they go behind."""
    names = [leaf.field for leaf in leaves]
    at = names.index("level1") if "level1" in names else 0
    if not {"target", "actual", "weight", "score"} & set(names[:at]):
        return leaves, False
    late = [
        leaf
        for leaf in leaves[:at]
        if leaf.field not in names[at:] and not leaf.field.startswith("extra:")
    ]
    return [*leaves[at:], *late], True


def _with_level2(leaves: list[_Leaf]) -> list[_Leaf]:
    """Labels of level 2 often stand below a wide 一级指标."""
    names = [leaf.field for leaf in leaves]
    if "level1" not in names or {"level2", "overall.level2"} & set(names):
        return leaves
    at = names.index("level1")
    return [*leaves[: at + 1], _Leaf("level2", "", leaves[at].column), *leaves[at + 1 :]]


_WIDEST = 40


def _places(leaves: Sequence[_Leaf]) -> tuple[frozenset[int], ...]:
    """The cells that belong to each column: from its own to the next one's."""
    columns = [leaf.column for leaf in leaves]
    known = [column for column in columns if column is not None]
    if not known or len(known) < len(columns):
        return ()
    places: list[frozenset[int]] = []
    for begin, end in zip(known, [*known[1:], known[-1] + _WIDEST], strict=True):
        places.append(frozenset(range(begin, min(end, begin + _WIDEST))))
    places = [
        own or (places[number + 1] if number + 1 < len(places) else own)
        for number, own in enumerate(places)
    ]
    names = [leaf.field for leaf in leaves]
    if "level2" in names and leaves[names.index("level2")].name == "" and "level3" in names:
        at, name_places = names.index("level2"), places[names.index("level3")]
        first = {min(name_places)} if name_places else set()
        places[at] |= places[at - 1] | first
    return tuple(places)
