"""Check forms as they were read: the rules are told what is in doubt, and what stands beside.

The neighbours that rules ask for are found here: the other forms of the unit and year among
those read together, and last year's form of the same project.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from kaoji.core.declaration import Declaration, project_key
from kaoji.core.finding import Severity
from kaoji.core.money import Money
from kaoji.core.outcome import Outcome
from kaoji.core.speech import say
from kaoji.core.width import squeeze
from kaoji.documents.reading import FormReading
from kaoji.measuring.policy import policy_of
from kaoji.rules.catalogue import CATALOGUE
from kaoji.rules.context import Context, Past
from kaoji.rules.engine import (
    NO_RULE_IN_FORCE,
    NOTHING_ELSE,
    Report,
    check,
)
from kaoji.rules.overrides import AS_WRITTEN, Overrides
from kaoji.rules.patience import MOST_SECONDS, Patience
from kaoji.rules.rule import Rule
from kaoji.rules.siblings import Neighbours
from kaoji.scoring.score_indicator import score_indicator
from kaoji.scoring.scorecard import most_points
from kaoji.standards.scoring import NoScoringPolicy, ScoringPolicy

NAMES = {
    "declaration": say("申报表"),
    "self_evaluation": say("自评表"),
    "monitoring": say("监控表"),
    "unit_targets": say("部门整体支出绩效目标表"),
}


def check_reading(
    reading: FormReading,
    *,
    vouched: bool = False,
    context: Context = NOTHING_ELSE,
    overrides: Overrides = AS_WRITTEN,
    year: int | None = None,
    region: str | None = None,
) -> Report:
    """The rules of the form's year and region, or of those given, for its kind of form.

    A form that a person has *vouched* for is judged as it stands, its doubts beside.
    """
    context = replace(context, absent=context.absent | reading.absent)
    if reading.outcome is not None:
        scores = expected_scores(reading.form, reading.outcome, year=year, region=region)
        policy = policy_for(reading.form, year=year, region=region)
        most = most_points(reading.outcome, policy) if policy else None
        context = replace(context, outcome=reading.outcome, scores=scores, most_total=most)
    patience = Patience(MOST_SECONDS)

    def by(rules: Iterable[Rule], known: Context) -> Report:
        return check(
            reading.form,
            repairs=reading.repairs,
            doubts=reading.doubts,
            vouched=vouched,
            context=known,
            overrides=overrides,
            year=year,
            region=region,
            rules=rules,
            patience=patience,
        )

    report = by(CATALOGUE, context)
    if reading.kind != "self_evaluation" or reading.outcome is None:
        return report
    return _together(by(_OF_TARGETS, replace(context, outcome=None, scores=None)), report)


# A self-evaluation repeats names, classes and targets: what is wrong with them is said there too.
_OF_TARGETS = tuple(
    rule for rule in CATALOGUE if rule.family in {"KJ3", "KJ4", "KJ6"} and not rule.conditions
)


def _together(of_targets: Report, of_outcome: Report) -> Report:
    """Approved targets stand for the year: what is said of them is a hint for the next."""
    one, other = of_targets, of_outcome
    hints = (
        replace(item, overridden=Severity.HINT)
        for item in one.findings
        if item.rule is not NO_RULE_IN_FORCE
    )
    return Report(
        (*hints, *other.findings),
        (*one.passed, *other.passed),
        (*one.unasked, *other.unasked),
        (*one.off, *other.off),
    )


def check_readings(
    readings: Sequence[FormReading],
    *,
    earlier: Iterable[FormReading] = (),
    approved: Iterable[FormReading] = (),
    department_budget: Money | None = None,
    year: int | None = None,
    region: str | None = None,
) -> Iterator[Report]:
    """Check forms that were read together, each beside the others of its unit and year.

    *earlier* are last year's forms; self-evaluations among them tell what was reached.
    *approved* are the versions that self-evaluations and monitoring reports answer to;
    *department_budget* is what the forms of the department must add up to.
    """
    past, frozen = by_project(earlier), by_project(approved)
    siblings = _siblings_of_all(readings, alone=department_budget is not None)
    for item, beside in zip(readings, siblings, strict=True):
        yield check_reading(
            item,
            context=Context(
                siblings=beside,
                previous=_previous(item.form, past),
                approved=_approved(item.form, frozen),
                department_budget=department_budget,
            ),
            year=year,
            region=region,
        )


Projects = Mapping[str, list[FormReading]]


def by_project(readings: Iterable[FormReading]) -> Projects:
    """Forms by the name of their project, as names are compared."""
    found: dict[str, list[FormReading]] = {}
    for item in readings:
        found.setdefault(project_key(item.form.project_name), []).append(item)
    return found


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
    try:
        return policy_of(form, year=year, region=region)
    except NoScoringPolicy:
        return None


def _siblings_of_all(
    readings: Sequence[FormReading], *, alone: bool
) -> list[Sequence[Declaration] | None]:
    """The other declarations of each form's unit and year, indexed once for all of them.

    None of them is no context, unless it is known that the form stands *alone*.
    """
    groups: dict[tuple[str, int | None], list[int]] = {}
    for place, item in enumerate(readings):
        if item.kind == "declaration":
            groups.setdefault((_unit(item.form), item.form.year), []).append(place)
    found: list[Sequence[Declaration] | None] = [() if alone else None] * len(readings)
    for places in groups.values():
        neighbours = Neighbours([readings[place].form for place in places])
        for at, place in enumerate(places):
            if len(places) > 1 or alone:
                found[place] = neighbours.others_than(at)
    return found


def _approved(form: Declaration, frozen: Projects) -> Declaration | None:
    """The approved version of the same project, of the same year where both name one."""
    for item in frozen.get(project_key(form.project_name), ()):
        if not form.year or not item.form.year or form.year == item.form.year:
            return item.form
    return None


def _previous(form: Declaration, earlier: Projects) -> Past | None:
    """The same project of the same unit a year before; a self-evaluation outranks a form."""
    found = [
        item
        for item in earlier.get(project_key(form.project_name), ())
        if _unit(item.form) in {_unit(form), ""}
        and (not form.year or not item.form.year or item.form.year == form.year - 1)
    ]
    best = max(found, key=lambda item: item.outcome is not None, default=None)
    return Past(best.form, best.outcome) if best else None


def _unit(form: Declaration) -> str:
    return squeeze(form.implementing_unit or form.department or "")
