"""Check forms as they were read: the rules are told what is in doubt, and what stands beside.

The neighbours that rules ask for are found here: the other forms of the unit and year among
those read together, and last year's form of the same project.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import undecided
from kaoji.core.money import Money
from kaoji.core.outcome import Outcome
from kaoji.core.paths import WHOLE_FORM
from kaoji.core.speech import say
from kaoji.core.width import squeeze
from kaoji.documents.reading import FormReading
from kaoji.rules.context import Context, Past
from kaoji.rules.engine import (
    NO_RULE_IN_FORCE,
    NOTHING_ELSE,
    Report,
    RuleFinding,
    check,
    region_of,
)
from kaoji.rules.overrides import AS_WRITTEN, Overrides
from kaoji.rules.patience import MOST_SECONDS, Patience
from kaoji.scoring.scorecard import score_indicator
from kaoji.standards.scoring import NoScoringPolicy, ScoringPolicy, scoring_policy

NAMES = {
    "declaration": say("申报表"),
    "self_evaluation": say("自评表"),
    "monitoring": say("监控表"),
    "unit_targets": say("部门整体支出绩效目标表"),
}


def check_reading(
    reading: FormReading,
    *,
    context: Context = NOTHING_ELSE,
    overrides: Overrides = AS_WRITTEN,
    year: int | None = None,
    region: str | None = None,
) -> Report:
    """The rules of the form's year and region, or of those given, for its kind of form."""
    if reading.kind not in {"declaration", "self_evaluation", "monitoring"}:
        remark = undecided(
            WHOLE_FORM,
            say("还没有检查{kind}的规则，未作检查", kind=NAMES[reading.kind]),
        )
        return Report((RuleFinding(NO_RULE_IN_FORCE, remark),), ())
    if reading.outcome is not None:
        scores = expected_scores(reading.form, reading.outcome, year=year, region=region)
        context = replace(context, outcome=reading.outcome, scores=scores)
    return check(
        reading.form,
        repairs=reading.repairs,
        doubts=reading.doubts,
        context=context,
        overrides=overrides,
        year=year,
        region=region,
        patience=Patience(MOST_SECONDS),
    )


def check_readings(
    readings: Sequence[FormReading],
    *,
    earlier: Iterable[FormReading] = (),
    approved: Iterable[FormReading] = (),
    department_budget: Money | None = None,
    year: int | None = None,
    region: str | None = None,
) -> list[Report]:
    """Check forms that were read together, each beside the others of its unit and year.

    *earlier* are last year's forms; self-evaluations among them tell what was reached.
    *approved* are the versions that self-evaluations and monitoring reports answer to;
    *department_budget* is what the forms of the department must add up to.
    """
    past, frozen = list(earlier), list(approved)
    return [
        check_reading(
            item,
            context=Context(
                siblings=_siblings_or_none(item, readings, alone=department_budget is not None),
                previous=_previous(item.form, past),
                approved=_approved(item.form, frozen),
                department_budget=department_budget,
            ),
            year=year,
            region=region,
        )
        for item in readings
    ]


def expected_scores(
    form: Declaration, outcome: Outcome, *, year: int | None = None, region: str | None = None
) -> tuple[Decimal | None, ...] | None:
    """What the formulas in force give each indicator; None where it is left to judgement.

    None altogether for a year without a policy, and for reports that are not scored.
    """
    policy = policy_for(form, year=year, region=region)
    if policy is None or outcome.kind != "self_evaluation":
        return None
    scores = [
        score_indicator(row, said, policy)
        for row, said in zip(form.indicators, outcome.indicators, strict=False)
    ]
    return tuple(
        None if score is None or score.low is not None else score.earned for score in scores
    )


def policy_for(
    form: Declaration, *, year: int | None = None, region: str | None = None
) -> ScoringPolicy | None:
    """How the form's year and region score; None when that is not on record."""
    year = year or form.year
    day = date(year, 12, 31) if year else date.max
    try:
        return scoring_policy(on=day, region=region or region_of(form))
    except NoScoringPolicy:
        return None


def _siblings_or_none(
    item: FormReading, readings: Sequence[FormReading], *, alone: bool
) -> tuple[Declaration, ...] | None:
    """The siblings; none of them is no context, unless it is known that the form stands *alone*."""
    found = tuple(_siblings(item, readings))
    return found if found or alone else None


def _approved(form: Declaration, frozen: Iterable[FormReading]) -> Declaration | None:
    """The approved version of the same project, of the same year where both name one."""
    for item in frozen:
        same = squeeze(item.form.project_name or "") == squeeze(form.project_name or "")
        if same and (not form.year or not item.form.year or form.year == item.form.year):
            return item.form
    return None


def _siblings(item: FormReading, readings: Iterable[FormReading]) -> Iterator[Declaration]:
    """The other declarations of the same unit and year."""
    for other in readings:
        same = _unit(other.form) == _unit(item.form) and other.form.year == item.form.year
        if other is not item and same and other.kind == item.kind == "declaration":
            yield other.form


def _previous(form: Declaration, earlier: Iterable[FormReading]) -> Past | None:
    """The same project of the same unit a year before; a self-evaluation outranks a form."""
    found = [
        item
        for item in earlier
        if squeeze(item.form.project_name or "") == squeeze(form.project_name or "")
        and _unit(item.form) in {_unit(form), ""}
        and (not form.year or not item.form.year or item.form.year == form.year - 1)
    ]
    best = max(found, key=lambda item: item.outcome is not None, default=None)
    return Past(best.form, best.outcome) if best else None


def _unit(form: Declaration) -> str:
    return squeeze(form.implementing_unit or form.department or "")
