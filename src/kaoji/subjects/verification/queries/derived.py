"""Is what lists, searches, dashboards and public pages read what the records say?

Columns, rows and sums are derived, so that no event vouches for them: they are made again and compared.
After an upgrade they may differ without anybody's doing; `kaoji manage refresh_figures` makes them anew.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from django.db.models import F

from kaoji.core.finding import Outcome, Severity
from kaoji.core.speech import Sentence, say
from kaoji.subjects.benefits.queries.digests import digest_differences
from kaoji.subjects.dashboards.models import PlaceYear
from kaoji.subjects.dashboards.queries import sums_of
from kaoji.subjects.declarations.models import Declaration, FindingRow, IndicatorRow, Revision
from kaoji.subjects.declarations.queries.derive import form_columns, indicator_rows
from kaoji.subjects.self_evaluation.models import Settled, Standing
from kaoji.subjects.self_evaluation.queries import settled_now, standing_now

_COUNTED = {"errors": Severity.ERROR, "warnings": Severity.WARNING, "hints": Severity.HINT}


def derived_differences() -> Iterator[Sentence]:
    """Every difference between what is derived and what it is derived from."""
    yield from _columns_and_rows()
    yield from _counts_of_findings()
    yield from _standings()
    yield from _figures()
    yield from digest_differences()


def _columns_and_rows() -> Iterator[Sentence]:
    """What lists and searches read is what the latest revisions say."""
    latest: dict[int, Revision] = {}
    for revision in Revision.objects.order_by("number").iterator(chunk_size=500):
        latest[revision.declaration_id] = revision
    rows: dict[int, list[IndicatorRow]] = {}
    for row in IndicatorRow.objects.order_by("revision", "position").iterator(chunk_size=2_000):
        rows.setdefault(row.revision_id, []).append(row)
    for declaration in Declaration.objects.order_by("pk").iterator(chunk_size=500):
        newest = latest.get(declaration.pk)
        if newest is not None:
            yield from _follows(declaration, newest, rows.get(newest.pk, []))


def _follows(
    declaration: Declaration, revision: Revision, rows: list[IndicatorRow]
) -> Iterator[Sentence]:
    """Do the columns and rows say what stands in the latest revision?"""
    try:
        form = revision.form
    except (ValueError, LookupError, TypeError):
        yield say("revisions 第 {id} 行的内容不是申报表", id=revision.pk)
        return
    for name, value in form_columns(form).items():
        if getattr(declaration, name) != value:
            yield say(
                "declarations 第 {id} 行的 {column} 为“{kept}”，与最新版本的“{said}”不符",
                id=declaration.pk,
                column=name,
                kept=str(getattr(declaration, name)),
                said=str(value),
            )
    if [_row(row) for row in indicator_rows(revision, form)] != [_row(row) for row in rows]:
        yield say("第 {id} 份申报表的指标行与最新版本不符", id=declaration.pk)


def _row(row: IndicatorRow) -> tuple[object, ...]:
    columns = (field for field in IndicatorRow._meta.concrete_fields if not field.primary_key)
    return tuple(getattr(row, field.attname) for field in columns)


def _counts_of_findings() -> Iterator[Sentence]:
    """A form's counts are those of the findings that stand beside its latest revision."""
    found: dict[int, Counter[tuple[str, str]]] = defaultdict(Counter)
    rows = FindingRow.objects.filter(
        revision__number=F("revision__declaration__revision_count")
    )
    for row in rows.values_list("revision__declaration", "outcome", "severity").iterator():
        found[row[0]][row[1:]] += 1
    for declaration in Declaration.objects.order_by("pk").iterator(chunk_size=500):
        counts = found[declaration.pk]
        said = {
            column: counts[Outcome.FOUND.value, severity.value]
            for column, severity in _COUNTED.items()
        }
        said["undecided"] = sum(
            count
            for (outcome, _), count in counts.items()
            if outcome == Outcome.UNDECIDED.value
        )
        for column, count in said.items():
            yield from _compared("declarations", declaration.pk, column, declaration, count)


def _standings() -> Iterator[Sentence]:
    """How a promise stands, and what the public is told of it, is what the records come to."""
    yield from _one_a_promise(Standing, say("概况"), standing_now)
    yield from _one_a_promise(Settled, say("公开的结果"), settled_now)


def _one_a_promise(
    table: type[Standing] | type[Settled],
    title: Sentence,
    now: Callable[[Declaration], dict[str, object] | None],
) -> Iterator[Sentence]:
    kept = {row.pk: row for row in table.objects.all()}
    for declaration in Declaration.objects.order_by("pk").iterator(chunk_size=500):
        row = kept.pop(declaration.pk, None)
        try:
            wanted = now(declaration)
        except Exception as broken:  # a forged record can fail anywhere on the way
            yield say(
                "第 {id} 份申报表的{row}算不出来（{why}），记录已被改动",
                id=declaration.pk,
                row=title,
                why=type(broken).__name__,
            )
            continue
        if wanted is None and row is not None:
            yield say("第 {id} 份申报表不该有{row}，却有一行", id=declaration.pk, row=title)
        elif wanted is not None and row is None:
            yield say("第 {id} 份申报表的{row}不见了", id=declaration.pk, row=title)
        elif wanted is not None:
            for column, value in wanted.items():
                yield from _compared(
                    f"{table.__name__.lower()}s", declaration.pk, column, row, value
                )


def _figures() -> Iterator[Sentence]:
    """What was added up for a place and a year is what its promises come to."""
    for row in PlaceYear.objects.filter(computed=F("version")).select_related("organisation"):
        if row.figures != sums_of(row):
            yield say(
                "“{place}”{year} 年的合计与各项目相加不符",
                place=row.organisation.name,
                year=row.year,
            )


def _compared(
    table: str, key: int, column: str, row: object, said: object
) -> Iterator[Sentence]:
    kept = getattr(row, column)
    if kept != said:
        yield say(
            "{table} 第 {id} 行的 {column} 为“{kept}”，按记录应为“{said}”",
            table=table,
            id=key,
            column=column,
            kept=str(kept),
            said=str(said),
        )
