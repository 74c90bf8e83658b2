"""Columns and rows derived from a revision, written in the transaction that makes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from kaoji.core.declaration import Declaration as Form
from kaoji.core.declaration_json import target_as_data
from kaoji.core.finding import Severity
from kaoji.core.money import Money
from kaoji.core.speech import kept
from kaoji.rules.engine import Report, RuleFinding
from kaoji.subjects.declarations.models import Declaration, FindingRow, IndicatorRow, Revision
from kaoji.subjects.declarations.queries.waivers import place_of, said_in

_COLUMN_LIMIT = Decimal(10) ** 17


def follow(
    declaration: Declaration, form: Form, *, report: Report, doubts: int, at: datetime
) -> None:
    """Set the declaration's columns to what its latest form and its check say."""
    for name, value in form_columns(form).items():
        setattr(declaration, name, value)
    declaration.doubts = doubts
    follow_report(declaration, report)
    declaration.changed_at = at


def form_columns(form: Form) -> dict[str, object]:
    """The columns that say again what stands in a form, for lists and searches."""
    texts = ("project_name", "project_category", "department", "implementing_unit")
    return {
        "year": form.year,
        **{name: column_text(name, getattr(form, name)) for name in texts},
        "total": _yuan(form.funds.total),
        "annual_total": _yuan(form.funds.annual_total),
        "indicators": len(form.indicators),
        "measurable": sum(row.target.measurable for row in form.indicators),
        "search_text": search_text(form),
    }


def derive_again(declaration: Declaration) -> None:
    """Columns and rows as the parser of today makes them of the latest revision."""
    revision = declaration.revisions.latest("number")
    form = revision.form
    Declaration.objects.filter(pk=declaration.pk).update(**form_columns(form))
    revision.indicator_rows.all().delete()
    IndicatorRow.objects.bulk_create(indicator_rows(revision, form))


REPORT_COLUMNS = ("errors", "warnings", "hints", "undecided")


def follow_report(declaration: Declaration, report: Report) -> None:
    """Set the columns that count what the rules say."""
    declaration.errors = report.count(Severity.ERROR)
    declaration.warnings = report.count(Severity.WARNING)
    declaration.hints = report.count(Severity.HINT)
    declaration.undecided = report.undecided


def search_text(form: Form) -> str:
    """All that a search looks into, without capitals, in one column: a search reads one row for each form."""
    names = (row.level3 for row in form.indicators)
    texts = (form.project_name, form.implementing_unit, form.department, *names)
    return "\n".join(filter(None, texts)).lower()


def indicator_rows(revision: Revision, form: Form) -> list[IndicatorRow]:
    """One row for each indicator."""
    return [
        IndicatorRow(
            revision=revision,
            position=row.position,
            level1=(row.level1 or "")[:100],
            level2=(row.level2 or "")[:100],
            level3=row.level3 or "",
            target_raw=row.target.text,
            op=row.target.op.value if row.target.op else "",
            value=_fitting(row.target.value),
            value_high=_fitting(row.target.value_high),
            unit=(row.target.unit or "")[:40],
            kind=target_as_data(row.target)["kind"] or "",
        )
        for row in form.indicators
    ]


def finding_rows(revision: Revision, form: Form, report: Report) -> list[FindingRow]:
    """One row for each finding."""
    rows = {row.position: row for row in indicator_rows(revision, form)}
    return [_finding_row(revision, item, rows) for item in report.findings]


def _finding_row(
    revision: Revision, item: RuleFinding, rows: Mapping[int, IndicatorRow]
) -> FindingRow:
    return FindingRow(
        revision=revision,
        rule=item.rule.id,
        severity=item.severity.value,
        outcome=item.outcome.value,
        field=item.field,
        place=place_of(item.field, rows),
        said=said_in(kept(item.message)),
        message=kept(item.message),
        suggestion=kept(item.suggestion) if item.suggestion else None,
    )


def column_text(name: str, text: str | None) -> str:
    """A text as it stands in a column: cut to the column's width; the revision has all of it."""
    width = getattr(Declaration._meta.get_field(name), "max_length", None)
    return (text or "")[:width]


def _fitting(number: Decimal | None) -> Decimal | None:
    """The number, unless it is too large for a column; the revision has it in any case."""
    return number if number is not None and abs(number) < _COLUMN_LIMIT else None


def _yuan(amount: Money | None) -> Decimal | None:
    return amount.yuan.quantize(Decimal("0.01")) if amount else None
