"""Everything that was computed, computed again from what the export holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kaoji.core.outcome_notation import parse_with_outcome
from kaoji.core.speech import Sentence, say
from kaoji.core.target import Target
from kaoji.measuring.answer import Question, Row, Unanswerable
from kaoji.measuring.catalogue import WAYS
from kaoji.measuring.policy import policy_of
from kaoji.measuring.rows import TABLES, row_of
from kaoji.measuring.sampling import draw
from kaoji.scoring.experts import combined_sheets
from kaoji.scoring.lights import grade_of
from kaoji.scoring.scorecard import cap_of, score_form
from kaoji.standards.evaluations import evaluation_frames

Rows = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Recomputed:
    """How many results were computed again, and what differs."""

    scores: int
    actuals: int
    differences: tuple[Sentence, ...]


def recompute(rows: Rows) -> Recomputed:
    """Compute every result again."""
    found = [item for check in _CHECKS for item in check(rows)]
    scored = ("self_evaluations", "whole_evaluations", "rechecks", "evaluation_reports")
    return Recomputed(
        sum(len(rows.get(table, [])) for table in scored),
        sum(row.get("measure") is not None for row in rows.get("actuals", [])),
        tuple(found),
    )


def _scores(rows: Rows) -> Iterator[Sentence]:
    """Every score of a self-evaluation, from what was filed."""
    for row in [*rows.get("self_evaluations", []), *rows.get("whole_evaluations", [])]:
        form, outcome = parse_with_outcome(row["content"])
        if outcome is None:
            yield say(
                "“{project}”的自评没有完成情况", project=form.project_name or form.department
            )
            continue
        card = score_form(form, outcome, policy_of(form))
        stated = Decimal(str(row["total"]))
        line = outcome.budget.get("total")
        spent = card.execution.earned if card.execution else None
        agree = spent == (line.score if line else None) and card.stated_total == stated
        if card.total != stated or card.grade != row["grade"] or not agree:
            yield say(
                "“{project}”自评 {stated} 分，重算为 {total} 分",
                project=form.project_name or form.department,
                stated=f"{stated:f}",
                total="—" if card.total is None else f"{card.total:f}",
            )
        for scored in card.rows:
            if scored.earned != scored.stated:
                yield say(
                    "“{project}”的“{name}”自评 {stated} 分，重算为 {total} 分",
                    project=form.project_name or form.department,
                    name=scored.indicator.name,
                    stated=str(scored.stated),
                    total=str(scored.earned),
                )


def _rechecks(rows: Rows) -> Iterator[Sentence]:
    """What each re-check adds up to."""
    filed = {item["sha256"]: item for item in rows.get("self_evaluations", [])}
    by_key = {item.get("id"): item for item in filed.values()}
    for row in rows.get("rechecks", []):
        changed = sum(
            (
                Decimal(item["after"]) - Decimal(item["before"])
                for item in row["changes"].values()
            ),
            Decimal(0),
        )
        total = Decimal(row["total_before"]) + changed
        evaluation = by_key.get(row["evaluation"])
        grade = row["grade"]
        if evaluation is not None:
            form, outcome = parse_with_outcome(evaluation["content"])
            policy = policy_of(form)
            cap = cap_of(total, outcome.budget.get("total"), policy) if outcome else None
            total = cap.most if cap else total
            grade = grade_of(total, policy)
        if total != Decimal(row["total"]) or grade != row["grade"]:
            yield say(
                "复核 {id} 改后 {stated} 分，重算为 {total} 分",
                id=row["id"],
                stated=row["total"],
                total=f"{total:.2f}",
            )


def _evaluations(rows: Rows) -> Iterator[Sentence]:
    """What the experts' sheets combine to."""
    evaluations = {row["id"]: row for row in rows.get("evaluations", [])}
    sheets = {row["id"]: row for row in rows.get("expert_sheets", [])}
    for row in rows.get("evaluation_reports", []):
        evaluation = evaluations[row["evaluation"]]
        used = [
            {name: Decimal(told["score"]) for name, told in sheets[key]["scores"].items()}
            for key in row["sheets"]
        ]
        scores = combined_sheets(used, evaluation["combination"])
        total = sum(scores.values(), Decimal(0))
        grade = evaluation_frames()[evaluation["frame"]].grade_of(total)
        stated = {name: Decimal(score) for name, score in row["scores"].items()}
        if (scores, total, grade) != (stated, Decimal(row["total"]), row["grade"]):
            yield say(
                "评价报告 {id} 为 {stated} 分，重算为 {total} 分",
                id=row["id"],
                stated=row["total"],
                total=f"{total:.2f}",
            )


def _samples(rows: Rows) -> Iterator[Sentence]:
    """Every sample drawn again by its seed."""
    for row in rows.get("recheck_samples", []):
        if draw(row["seed"], row["pool"], len(row["chosen"])) != row["chosen"]:
            yield say("复核抽样 {id} 与种子不符", id=row["id"])
    for survey in rows.get("surveys", []):
        if not survey["sample_size"]:
            continue
        numbers = sorted(
            row["number"] for row in rows["survey_codes"] if row["survey"] == survey["id"]
        )
        pool = range(1, survey["population"] + 1)
        if draw(survey["seed"], pool, survey["sample_size"]) != numbers:
            yield say("问卷 {id} 的抽样与种子不符", id=survey["id"])


def _actuals(rows: Rows) -> Iterator[Sentence]:
    """Every actual value that was taken from evidence, from the rows that were known then."""
    measures = {row["id"]: row for row in rows.get("measures", [])}
    evidence = _evidence(rows)
    for row in rows.get("actuals", []):
        if row.get("measure") is None:
            continue
        measure, basis = measures[row["measure"]], row["basis"]
        known = [
            held
            for held in evidence.get(row["declaration"], [])
            if held.says["made_at"] <= row["made_at"]
            and held.table in WAYS[measure["way"]].tables
        ]
        question = Question(
            Target.parse(basis["target"]),
            date.fromisoformat(row["as_of"]),
            measure["parameters"],
            None if basis["budget"] is None else Decimal(basis["budget"]),
        )
        try:
            answer = WAYS[measure["way"]].answer(question, known)
            same = (answer.value, answer.digest) == (row["value"], basis["digest"])
            value = answer.value
        except Unanswerable as refusal:
            same, value = False, str(refusal)
        if not same or measure["place"] != row["place"]:
            yield say(
                "完成值 {id}“{place}”为 {stated}，由证据重算为 {value}",
                id=row["id"],
                place=row["place"],
                stated=row["value"],
                value=value,
            )


def _evidence(rows: Rows) -> dict[int, list[Row]]:
    """By declaration the rows of evidence; a row that names none has it of its survey or its run.

    A run whose money belongs to no declared project is evidence for nothing.
    """
    through = {
        name: {row["id"]: row["declaration"] for row in rows.get(table, [])}
        for name, table in _THROUGH.items()
    }
    found: dict[int, list[Row]] = {}
    for table in TABLES:
        for told in rows.get(table, []):
            named = [told.get("declaration")]
            named += [held.get(told.get(name)) for name, held in through.items()]
            for declaration in filter(None, named):
                found.setdefault(int(declaration), []).append(row_of(table, told))
    return found


# By which row some tables of evidence belong to a declaration.
_THROUGH = {"survey": "surveys", "run": "benefit_runs"}


_CHECKS: tuple[Callable[[Rows], Iterator[Sentence]], ...] = (
    _scores,
    _rechecks,
    _evaluations,
    _samples,
    _actuals,
)
