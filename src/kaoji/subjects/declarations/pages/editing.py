"""The editor: the official form with its cells open for writing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, cast

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from kaoji.core.declaration import INDICATOR_TABLES
from kaoji.core.speech import say
from kaoji.documents.editing import Typed, TypedRow, is_editable, typed_of
from kaoji.documents.reading import FormReading
from kaoji.documents.render.cells import SheetCell
from kaoji.documents.render.sheet import Sheet, lay_out
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying
from kaoji.platform.ui.numbers import number_in
from kaoji.standards.layouts import layout_named
from kaoji.standards.taxonomies import taxonomy_for
from kaoji.subjects.declarations.actions.be_present import be_present
from kaoji.subjects.declarations.actions.edit_declaration import (
    StaleEdit,
    UnableToEdit,
    edit_declaration,
)
from kaoji.subjects.declarations.actions.stored_reading import reading_of
from kaoji.subjects.declarations.models import Declaration, Revision
from kaoji.subjects.declarations.pages.access import declaration_for
from kaoji.subjects.declarations.pages.narrow_captions import narrow_captions
from kaoji.subjects.declarations.pages.remarks import BETWEEN, Fix, Said, mended, remarks_on
from kaoji.subjects.declarations.queries.beside import (
    Beside,
    PastResults,
    earlier_declaration,
    last_year,
    promises_beside,
    results_beside,
)
from kaoji.workflow.moves import State, why_closed
from kaoji.workflow.roles import MAY_FILE

_SPARE_ROWS = 2
# Which parts of the money add up to which total, in words of core.declaration.Funds.
_SUMS = {
    "total": "fiscal other",
    "annual_total": "annual_fiscal annual_carryover annual_other",
}
_TABLE_NAMES = {
    "indicators": gettext_noop("年度指标"),
    "overall_indicators": gettext_noop("总体指标"),
}


@dataclass(frozen=True)
class Opened:
    """A declaration open in the editor: what was typed, on which revision, seen up to which."""

    declaration: Declaration
    base: Revision
    seen: int
    reading: FormReading
    sheet: Sheet
    typed: Typed


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_FILE, raise_exception=True)
def edit_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the editor; save what was typed, or say cell by cell why not, keeping all of it."""
    opened = _opened(request, pk)
    if request.method != "POST":
        against = why_closed(opened.declaration.project_name, State(opened.declaration.state))
        if against is None:
            return _shown(request, opened)
        saying.tell(request, against)
        return redirect("declaration", pk)
    step = request.POST.get("step")
    if step == "safe":
        whole = mended(
            opened.declaration, opened.base, opened.typed, cast("User", request.user)
        )
        return _shown(request, replace(opened, typed=whole))
    if step is not None:
        return _shown(request, replace(opened, typed=_stepped(opened.typed, step)))
    return _saved(request, opened)


@require_POST
@permission_required(MAY_FILE, raise_exception=True)
def check_typed(request: HttpRequest, pk: int) -> HttpResponse:
    """What the rules say of the form as typed: a list that the page puts beside the cells."""
    opened = _opened(request, pk)
    context = {"said": _said(request, opened), "others": _others(request, opened.declaration)}
    return render(request, "declarations/pages/_said.html", context)


def _said(request: HttpRequest, opened: Opened) -> list[Said]:
    """What is said of the form as it stands in the page."""
    person = cast("User", request.user)
    return remarks_on(opened.declaration, opened.base, opened.typed, person)


def _others(request: HttpRequest, declaration: Declaration) -> list[str]:
    """Who else has the form open now."""
    return be_present(declaration, acting_user=cast("User", request.user), now=timezone.now())


def _saved(request: HttpRequest, opened: Opened) -> HttpResponse:
    try:
        saved = edit_declaration(
            opened.declaration,
            opened.typed,
            base=opened.base,
            seen=opened.seen,
            acting_user=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )
    except StaleEdit as stale:
        saying.tell(request, stale.sentence)
        return _shown(request, _caught_up(opened, stale.revision), status=409, theirs=stale)
    except UnableToEdit as refusal:
        saying.tell(
            request, say("有 {count} 处读不懂，整份表都还没有保存", count=len(refusal.refusals))
        )
        return _shown(request, opened, status=422)
    except UnableToAct as refusal:
        saying.tell(request, refusal.sentence)
        return _shown(request, opened, status=422)
    if saved.revision_count == opened.seen:
        saying.confirm(request, say("没有改动，未另存新版"))
    else:
        saying.confirm(request, say("已保存第 {version} 版", version=saved.revision_count))
    return redirect("edit" if "stay" in request.POST else "declaration", saved.pk)


def _opened(request: HttpRequest, pk: int) -> Opened:
    declaration = declaration_for(request, pk, right=MAY_FILE)
    posted = request.POST if request.method == "POST" else QueryDict()
    latest = declaration.revision_count
    number, seen = (number_in(posted.get(name)) for name in ("base", "seen"))
    if posted and (number is None or seen is None):
        raise BadRequest("base and seen name the revisions that the page shows")
    base = get_object_or_404(declaration.revisions, number=number or latest)
    reading = reading_of(base)
    sheet = lay_out(reading)
    shown = [cell.field for row in sheet.rows for cell in row if cell.field]
    paths = [path for path in shown if is_editable(path, reading.form)]
    typed = typed_of(reading, paths)
    if posted:
        typed = _typed(posted, typed)
    return Opened(declaration, base, seen or latest, reading, sheet, typed)


def _caught_up(opened: Opened, latest: Revision) -> Opened:
    """What was left as it was shown takes the latest text; what was typed stays."""
    newer = reading_of(latest)
    before = typed_of(opened.reading, list(opened.typed.cells))
    after = typed_of(newer, list(opened.typed.cells))
    cells = {
        path: after.cells[path] if _same(text, before.cells[path]) else text
        for path, text in opened.typed.cells.items()
    }
    mine = {table: _filled(rows) for table, rows in opened.typed.rows.items()}
    if mine == {table: _filled(rows) for table, rows in before.rows.items()}:
        typed = Typed(cells, after.rows)
        return replace(opened, base=latest, seen=latest.number, reading=newer, typed=typed)
    return replace(opened, seen=latest.number, typed=replace(opened.typed, cells=cells))


def _same(left: str, right: str) -> bool:
    return left.replace("\r\n", "\n") == right.replace("\r\n", "\n")


def _filled(rows: Sequence[TypedRow]) -> list[TypedRow]:
    return [row for row in rows if not row.is_blank]


def _typed(posted: QueryDict, before: Typed) -> Typed:
    """What the page sent; a cell that it did not send keeps its text."""
    cells = {path: posted.get(f"cell.{path}", text) for path, text in before.cells.items()}
    sent = {table: _rows(posted, table) for table in INDICATOR_TABLES}
    return Typed(cells, {table: sent[table] or before.rows[table] for table in sent})


def _rows(posted: QueryDict, table: str) -> list[TypedRow]:
    """The rows in the order of the page: every row sends each of its cells just once."""
    columns = [
        posted.getlist(f"{table}.{name}")
        for name in ("class", "level3", "target_raw", "weight", "origin")
    ]
    if len({len(column) for column in columns}) > 1:
        raise BadRequest(f"{table}: columns of different length")
    return [
        TypedRow(*_labels(labels), level3, target, weight, number_in(origin))
        for labels, level3, target, weight, origin in zip(*columns, strict=True)
    ]


def _labels(text: str) -> tuple[str, str]:
    level1, _, level2 = text.partition(BETWEEN)
    return level1, level2


def _stepped(typed: Typed, step: str) -> Typed:
    """A row moved, copied, removed or added (`up:indicators:3`), or a cell mended; without scripts, buttons say so."""
    fix = Fix.named(step)
    if fix is not None:
        return fix.made_in(typed)
    verb, _, rest = step.partition(":")
    table, _, place = rest.partition(":")
    if table not in typed.rows:
        return typed
    rows = list(typed.rows[table])
    at = number_in(place)
    if verb == "add":
        rows.append(TypedRow())
    elif at is not None and at < len(rows):
        row = rows.pop(at)
        put_back = {
            "up": [(max(at - 1, 0), row)],
            "down": [(at + 1, row)],
            "copy": [(at, row), (at + 1, replace(row, origin=None))],
            "drop": [],
        }
        for place_now, kept in put_back.get(verb, [(at, row)]):
            rows.insert(place_now, kept)
    return replace(typed, rows={**typed.rows, table: rows})


def _shown(
    request: HttpRequest, opened: Opened, *, status: int = 200, theirs: StaleEdit | None = None
) -> HttpResponse:
    printed = layout_named(opened.reading.form.layout).indicator_tables
    tables = [
        table for table in INDICATOR_TABLES if table in printed or opened.typed.rows[table]
    ]
    results = results_beside(earlier_declaration(opened.declaration), on=timezone.localdate())
    beside = _beside(opened, results)
    context = {
        "declaration": opened.declaration,
        "opened": opened,
        "sums": [
            (total, parts)
            for total, parts in _SUMS.items()
            if f"funds.{total}" in opened.typed.cells
        ],
        "head": _head_rows(opened),
        "tables": [_table(opened, table, beside) for table in tables],
        "said": _said(request, opened),
        "others": _others(request, opened.declaration),
        "dirty": request.method == "POST",
        "theirs": theirs.theirs if theirs else (),
        "opinions": opened.declaration.opinions.filter(closed_at__isnull=True),
        "last_year": results,
    }
    return render(request, "declarations/pages/edit.html", context, status=status)


def _head_rows(opened: Opened) -> list[tuple[bool, list[tuple[SheetCell, str | None, str]]]]:
    """The rows above the indicators, and whether they hold captions alone.

    Each cell has what is typed in it, None for a printed one, and what its caption is called on a phone.
    """
    rows = []
    narrow = narrow_captions(opened.sheet)
    for y, row in enumerate(opened.sheet.rows):
        if any(cell.is_side_of_indicators for cell in row):
            break
        cells = [
            (
                *_head_cell(cell, opened.typed.cells.get(cell.field or "")),
                narrow.get((y, x), ""),
            )
            for x, cell in enumerate(row)
        ]
        rows.append((all(cell.is_heading for cell in row), cells))
    return rows


def _head_cell(cell: SheetCell, typed: str | None) -> tuple[SheetCell, str | None]:
    """A caption that prints a value below itself (目标年限) has it in the open cell instead."""
    if cell.is_heading and typed is not None:
        return replace(cell, text=cell.text.partition("\n")[0]), typed
    return cell, typed


def _beside(opened: Opened, results: PastResults | None) -> dict[str, Beside]:
    """By the name of a row what it promised last year, what it came to, and what others promise."""
    past = last_year(opened.declaration)
    rows = promises_beside(
        opened.reading.form, past.form if past else None, results.reached if results else None
    )
    return {row.name: row for row in rows if row.now and (row.before or row.norm)}


def _table(opened: Opened, table: str, beside: Mapping[str, Beside]) -> dict[str, Any]:
    typed = list(opened.typed.rows.get(table, ()))
    spare = [] if typed and typed[-1].is_blank else [TypedRow()] * _SPARE_ROWS
    taxonomy = taxonomy_for(opened.reading.form.year, layout_named(opened.reading.form.layout))
    official = [(item.level1, item.name) for item in taxonomy.level2]
    used = [(row.level1, row.level2) for row in typed if row.level1 or row.level2]
    labels = list(dict.fromkeys([*official, *used]))
    order = list(dict.fromkeys(level1 for level1, _ in labels))
    labels.sort(key=lambda pair: order.index(pair[0]))
    return {
        "name": table,
        "title": _TABLE_NAMES[table],
        "rows": [
            (
                at,
                row,
                f"{row.level1}{BETWEEN}{row.level2}" if not _unclassed(row) else "",
                beside.get(row.level3) if table == "indicators" else None,
            )
            for at, row in enumerate([*typed, *spare])
        ],
        "groups": [
            (level1 or "—", [(f"{one}{BETWEEN}{two}", two or "—") for one, two in pairs])
            for level1, pairs in groupby(labels, key=lambda pair: pair[0])
        ],
    }


def _unclassed(row: TypedRow) -> bool:
    return not (row.level1 or row.level2)
