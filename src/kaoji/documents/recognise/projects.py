"""A sheet of several projects: the project's own columns stand beside its indicators."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kaoji.core.provenance import UNKNOWN_PLACE, Doubt
from kaoji.core.speech import say
from kaoji.documents.recognise import shapes
from kaoji.documents.recognise.budget import SURE_ENOUGH
from kaoji.documents.recognise.draft import Draft
from kaoji.documents.recognise.rows import RowReader
from kaoji.documents.recognise.table import Columns, Segment, without
from kaoji.documents.recognise.table_doubts import doubt_rows_unlike_the_others

_PREFIX = "project."
_FEWEST_WHOLE = 2
# A unit is merged down over its projects; everything else is a project's own.
_OF_ALL_PROJECTS = ("department", "implementing_unit")


def read_projects(
    shell: Draft, rows: Iterable[Sequence[Segment]], columns: Columns, unit: str | None
) -> list[RowReader]:
    """A reader with its draft for each project; *shell* is what the sheet says of all of them."""
    readers: list[RowReader] = []
    for row in rows:
        own = [segment for segment in row if segment.name.startswith(_PREFIX)]
        fresh = not readers or _names_another(own, readers[-1].draft)
        if fresh:
            above = readers[-1].draft if readers else shell
            readers.append(RowReader(_from_shell(shell, above)))
        for segment in own:
            _take(readers[-1].draft, segment, unit, fresh=fresh)
        readers[-1].read([without(row, _PREFIX) or row], columns)
    for reader in readers:
        _miss_columns(reader.draft, columns)
        doubt_rows_unlike_the_others(reader.draft.rows)
    _doubt_projects_unlike_the_others(readers, columns)
    return readers


def _miss_columns(draft: Draft, columns: Columns) -> None:
    """A project without its name, or whose rows lost their blank cells: what its own columns hold was not read."""
    if not draft.rows or (draft.values.get("project_name") and columns.places):
        return
    reason = (
        say("文字没有栏位，项目自己的这一栏没有读到")
        if draft.values.get("project_name")
        else say("没有读到项目名称，项目自己的各栏都没有把握")
    )
    own = (name for name in columns.fields if name.startswith(_PREFIX))
    paths = (name.removeprefix(_PREFIX).removeprefix("money:") for name in own)
    for path in dict.fromkeys((*paths, *_OF_ALL_PROJECTS)):
        if path not in draft.places:
            draft.doubts.append(Doubt(path, reason, draft.rows[0].origin))


def _doubt_projects_unlike_the_others(readers: Sequence[RowReader], columns: Columns) -> None:
    """A name alone, where the others have money and a goal too: the rest of a cell, copied as text."""
    whole = [
        reader
        for reader in readers
        if reader.draft.funds or "annual_goal" in reader.draft.values
    ]
    if columns.places or len(whole) * 2 < len(readers) or len(whole) < _FEWEST_WHOLE:
        return
    for above, reader in zip([None, *readers], readers, strict=False):
        if reader in whole:
            continue
        told = say(
            "“{name}”没有自己的资金和目标，可能不是项目",
            name=reader.draft.values.get("project_name", ""),
        )
        own = reader.draft
        for row in (*(above.draft.rows[-1:] if above else ()), *own.rows):
            row.doubt("level3", told)
        place = (
            own.rows[0].origin if own.rows else own.places.get("project_name", UNKNOWN_PLACE)
        )
        own.doubts.append(Doubt("form", told, place))


def _names_another(own: Sequence[Segment], draft: Draft) -> bool:
    """Does a row name another project, or another unit, than the one above?"""
    named = "project_name" in draft.values
    for segment in own:
        key = segment.name.removeprefix(_PREFIX)
        tells = key == "project_name" or (named and key in _OF_ALL_PROJECTS)
        if tells and draft.values.get(key) != segment.text:
            return True
    return False


def _from_shell(shell: Draft, above: Draft) -> Draft:
    """What the sheet says of all its projects, and the unit of the one above."""
    draft = Draft(year=shell.year, kind=shell.kind, texts=shell.texts, used=set(shell.used))
    draft.usual_unit = shell.usual_unit
    for source in (shell, above):
        for name in _OF_ALL_PROJECTS:
            if name in source.values:
                draft.values[name] = source.values[name]
                draft.places[name] = source.places[name]
    draft.doubts += [item for item in shell.doubts if item.field in {*draft.values, "year"}]
    if "year" in shell.places:
        draft.places["year"] = shell.places["year"]
    return draft


def _take(draft: Draft, segment: Segment, unit: str | None, *, fresh: bool) -> None:
    """A cell of a project's own column; one that contradicts the first stays unread."""
    key, atom = segment.name.removeprefix(_PREFIX), segment.atoms[0]
    if key.startswith("money:"):
        path = key.removeprefix("money:")
        taken = _take_money(draft, path, segment, unit, fresh=fresh)
    else:
        path, held = key, draft.values.get(key)
        taken = fresh or held in {None, segment.text}
        if taken:
            draft.put(key, segment.text, atom)
            draft.printed.add(key)
    if not taken:
        return
    draft.use(segment.atoms)
    if segment.sure < SURE_ENOUGH:
        draft.doubt(path, say("“{text}”也可能属于别的栏", text=segment.text[:20]), atom)


def _take_money(
    draft: Draft, path: str, segment: Segment, unit: str | None, *, fresh: bool
) -> bool:
    amount = shapes.amount(segment.text, unit or draft.usual_unit)
    name = path.removeprefix("funds.")
    if amount is None:
        return True
    if not fresh and draft.funds.get(name, amount) != amount:
        return False
    draft.funds[name] = amount
    draft.places[path] = segment.atoms[0].origin
    if unit is None and "元" not in segment.text and amount.yuan:
        reason = say("没有写明金额单位，暂按{unit}读取", unit=draft.usual_unit)
        draft.doubt(path, reason, segment.atoms[0])
    return True
