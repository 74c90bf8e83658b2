"""The demo's whole year: 17 promises approved, measured from invented rows, scored, judged.

Everything goes the way that people would go: the same actions, with the same checks and
events. What is invented says so: in its batch, in the names of its files, in its texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import yaml

from kaoji.cli.demo_rows import MONTHS, YEAR, as_csv, day_of, service_lines
from kaoji.samples import INVENTED_2023

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from kaoji.platform.organisation.models import Organisation
    from kaoji.subjects.declarations.models import Declaration
    from kaoji.subjects.surveys.models import Survey

_END, _MIDDLE = date(YEAR, 12, 31), date(YEAR, 7, 31)
_SURVEY_DAYS = (date(YEAR, 11, 6), date(YEAR, 12, 8))
_ANSWERED_WITHIN = 25
_REVIEWED = "原表按当年要求编制，演示中予以保留"


def invented_year() -> list[dict[str, Any]]:
    """What was invented for each of the 17 projects, in the order of the forms."""
    return list(yaml.safe_load(INVENTED_2023.read_text("utf-8")))


def live_through(
    people: Mapping[str, User], place: Organisation, declarations: list[Declaration]
) -> None:
    """Approve, measure and evaluate; *people* by username."""
    entries = invented_year()
    _approve(people, declarations)
    _spend(people, place, entries, declarations)
    for entry, declaration in zip(entries, declarations, strict=True):
        _measure(people["tianbao"], entry, declaration)
    _monitor(people, place, declarations)
    for entry, declaration in zip(entries, declarations, strict=True):
        _evaluate(people["tianbao"], entry, declaration)
    _judge(people, place, declarations)


def _approve(people: Mapping[str, User], declarations: list[Declaration]) -> None:
    """Let the findings of the real forms stand, and take the forms through to publication."""
    from django.utils import timezone

    from kaoji.subjects.declarations.actions.waive_finding import waive_finding
    from kaoji.subjects.review.actions.move_declaration import move_declaration

    for declaration in declarations:
        revision = declaration.revisions.get(number=declaration.revision_count)
        for row in revision.finding_rows.filter(severity="error", outcome="found"):
            waive_finding(
                declaration, finding=row, reason=_REVIEWED, until=date(2099, 12, 31),
                acting_user=people["shenhe"], now=timezone.now(),
            )  # fmt: skip
        doers = {"submit": "tianbao", "forward": "shenhe", "approve": "caizheng"}
        for verb, who in doers.items():
            now = timezone.now()
            move_declaration(
                declaration, verb, revision=declaration.revision_count,
                public_from=timezone.localdate() if verb == "approve" else None,
                acting_user=people[who], now=now,
            )  # fmt: skip
        declaration.refresh_from_db()


def _spend(
    people: Mapping[str, User],
    place: Organisation,
    entries: list[dict[str, Any]],
    declarations: list[Declaration],
) -> None:
    from django.utils import timezone

    from kaoji.subjects.spending.actions.import_spendings import import_spendings

    lines = [["金额单位：元"], ["项目名称", *(f"{month}月" for month in MONTHS)]]
    for entry, declaration in zip(entries, declarations, strict=True):
        budget = declaration.annual_total or Decimal(0)
        shares = [Decimal(str(share)) for share in entry["execution"]]
        spent = [(budget * share / 100).quantize(Decimal("0.01")) for share in shares]
        lines.append([declaration.project_name, *(f"{item:f}" for item in spent)])
    import_spendings(
        as_csv(lines), name="国库支付（演示用，虚构）.csv", place=place, year=YEAR, is_invented=True,
        acting_user=people["tianbao"], now=timezone.now(),
    )  # fmt: skip


def _measure(filer: User, entry: dict[str, Any], declaration: Declaration) -> None:
    """Enter the records, open the surveys, say how each indicator is measured."""
    from django.utils import timezone

    from kaoji.measuring.places import places_in
    from kaoji.scoring.admissible import takes_number
    from kaoji.subjects.results.actions.record_actual import record_actual
    from kaoji.subjects.results.actions.set_measure import set_measure
    from kaoji.subjects.results.queries.results import known_of
    from kaoji.subjects.service_records.actions.import_services import import_services

    if entry["services"]:
        import_services(
            as_csv(service_lines(entry["services"])), name="服务记录（演示用，虚构）.csv",
            declaration=declaration, is_invented=True, acting_user=filer, now=timezone.now(),
        )  # fmt: skip
    surveys = {told["key"]: _survey(filer, told, declaration) for told in entry["surveys"]}
    form = declaration.revisions.get(number=declaration.approved_revision or 0).form
    places = places_in(form)
    named = {row.level3: at for row, at in zip(form.indicators, places, strict=True)}
    known = known_of(declaration)
    for told, at, row, points in zip(
        entry["indicators"], places, form.indicators, known.points, strict=True
    ):
        set_measure(
            declaration,
            place=at,
            title=told["title"],
            way=told["way"],
            parameters=_parameters(told, surveys, named),
            milestones=[
                (day_of(day), Decimal(str(value))) for day, value in told.get("milestones", [])
            ],
            acting_user=filer,
            now=timezone.now(),
        )
        if told["way"] == "typed":
            record_actual(
                declaration, place=at, as_of=_END, value=str(told["value"]),
                reason=told.get("reason", ""),
                score=None if takes_number(row.target) else points,
                evidence=(told["evidence"], told["evidence_text"].encode()),
                acting_user=filer, now=timezone.now(),
            )  # fmt: skip


def _survey(filer: User, told: dict[str, Any], declaration: Declaration) -> Survey:
    from django.utils import timezone

    from kaoji.subjects.surveys.actions.answer_survey import enter_answers
    from kaoji.subjects.surveys.actions.open_survey import SurveyPlan, open_survey

    opens, closes = _SURVEY_DAYS
    plan = SurveyPlan(
        told["title"], told["audience"], [item["text"] for item in told["questions"]], opens, closes,
        told["minimum"], told["population"], told["sample"], str(told["seed"]),
        is_open_to_all=False,
    )  # fmt: skip
    survey = open_survey(declaration, plan, acting_user=filer, now=timezone.now())
    marks = {
        question: [mark for mark, count in counts.items() for _ in range(count)]
        for question, counts in told["marks"].items()
    }
    given = [
        (
            opens + timedelta(number % _ANSWERED_WITHIN),
            {question: str(found[number]) for question, found in marks.items()},
        )
        for number in range(len(marks["q1"]))
    ]
    enter_answers(survey, given, is_invented=True, acting_user=filer, now=timezone.now())
    return survey


def _parameters(
    told: dict[str, Any], surveys: Mapping[str, Survey], named: Mapping[str | None, str]
) -> dict[str, Any]:
    """The parameters with keys of rows in the place of the names that the file uses."""
    asked: dict[str, Any] = dict(told.get("parameters", {}))
    for name, value in asked.items():
        if name == "survey":
            asked[name] = str(surveys[value].pk)
        elif name in {"numerator", "denominator"}:
            asked[name] = [named[item] for item in value]
        else:
            asked[name] = str(value)
    return asked


def _monitor(
    people: Mapping[str, User], place: Organisation, declarations: list[Declaration]
) -> None:
    """Report on July, review it, demand and close a rectification."""
    from django.utils import timezone

    from kaoji.platform.refusals import UnableToAct
    from kaoji.subjects.monitoring.actions.file_monitoring import Said, file_monitoring
    from kaoji.subjects.monitoring.actions.issue_monitoring import issue_monitoring
    from kaoji.subjects.monitoring.actions.review_monitoring import review_monitoring
    from kaoji.subjects.monitoring.queries import watched_on
    from kaoji.subjects.results.actions.take_actuals import take_actuals

    soon = timezone.localdate() + timedelta(30)
    period = issue_monitoring(
        place, year=YEAR, title="2023 年 1—7 月运行监控", until=_MIDDLE, due_on=soon,
        acting_user=people["shenhe"], now=timezone.now(),
    )  # fmt: skip
    for declaration in declarations:
        try:
            take_actuals(
                declaration, as_of=_MIDDLE, acting_user=people["tianbao"], now=timezone.now()
            )
        except UnableToAct:
            continue  # nothing of it is done by July
        rows = watched_on(declaration, as_of=_MIDDLE).rows
        said = {
            row.place: Said(("其他",), "多数工作按计划排在下半年（演示用）", "有可能")
            if row.asks_why
            else Said(likelihood="确定能")
            for row in rows
        }
        report = file_monitoring(
            period, declaration, said=said, acting_user=people["tianbao"], now=timezone.now()
        )
        red = report.light == "red"
        review_monitoring(
            report,
            verdict="accepted",
            advice="adjust" if red else "continue",
            remark="请核对进度，确需调整目标的随预算调整一并报批" if red else "",
            acting_user=people["shenhe"],
            now=timezone.now(),
        )
    _rectify(people, declarations[0], soon)


def _rectify(people: Mapping[str, User], declaration: Declaration, due_on: date) -> None:
    from django.utils import timezone

    from kaoji.subjects.rectification.actions.open_rectification import open_rectification
    from kaoji.subjects.rectification.actions.step_rectification import step_rectification

    demanded = [
        open_rectification(
            declaration.organisation, source="monitoring", finding=finding, demand=demand,
            due_on=due_on, declaration=declaration, acting_user=people["shenhe"],
            now=timezone.now(),
        )
        for finding, demand in (
            ("租赁点建设补贴 1 笔晚拨（演示用）", "补齐验收材料，说明晚拨原因"),
            ("补贴台账没有附验收单（演示用）", "补附全部验收单"),
        )
    ]  # fmt: skip
    step_rectification(
        demanded[0], "answer", text="材料已补齐，已于约定日期后 2 天拨付",
        acting_user=people["tianbao"], now=timezone.now(),
    )  # fmt: skip
    step_rectification(
        demanded[0], "accept", text="属实", acting_user=people["shenhe"], now=timezone.now()
    )


def _evaluate(filer: User, entry: dict[str, Any], declaration: Declaration) -> None:
    """Take the year's values with their reasons, and file the self-evaluation."""
    from django.utils import timezone

    from kaoji.measuring.places import places_in
    from kaoji.subjects.results.actions.take_actuals import take_actuals
    from kaoji.subjects.self_evaluation.actions.file_self_evaluation import file_self_evaluation

    form = declaration.revisions.get(number=declaration.approved_revision or 0).form
    reasons = {
        at: told["reason"]
        for told, at in zip(entry["indicators"], places_in(form), strict=True)
        if told.get("reason")
    }
    take_actuals(
        declaration, as_of=_END, reasons=reasons, acting_user=filer, now=timezone.now()
    )
    file_self_evaluation(
        declaration, goal_done=entry["goal_done"], acting_user=filer, now=timezone.now()
    )


def _judge(
    people: Mapping[str, User], place: Organisation, declarations: list[Declaration]
) -> None:
    """A sample is re-checked, one promise is evaluated by experts, the whole is promised and scored."""
    from django.utils import timezone

    from kaoji.standards.evaluations import evaluation_frames
    from kaoji.subjects.evaluation.actions.commission_evaluation import commission_evaluation
    from kaoji.subjects.evaluation.actions.report_evaluation import report_evaluation
    from kaoji.subjects.evaluation.actions.score_evaluation import score_evaluation
    from kaoji.subjects.evaluation.actions.send_feedback import send_feedback
    from kaoji.subjects.self_evaluation.actions.draw_rechecks import draw_rechecks
    from kaoji.subjects.self_evaluation.actions.recheck import recheck, standing_scores

    sample = draw_rechecks(
        place, year=YEAR, size=3, seed="松江-2023", acting_user=people["caizheng"],
        now=timezone.now(),
    )  # fmt: skip
    drawn = [item for item in declarations if item.pk in sample.chosen]
    for declaration in drawn[:2]:
        filed = declaration.self_evaluations.get(number=1)
        line = next(iter(standing_scores(filed).values()))
        lower = max(Decimal(0), line.score - 1)
        recheck(
            filed, level="finance", opinion="台账与申报一致（演示用）",
            changes={line.place: (lower, "附件不全，扣 1 分（演示用）")},
            acting_user=people["caizheng"], now=timezone.now(),
        )  # fmt: skip
    experts = [people["zhuanjia1"], people["zhuanjia2"]]
    evaluation = commission_evaluation(
        declarations[14], level="finance", frame="project-2020", combination="mean",
        experts=experts, due_on=timezone.localdate() + timedelta(60),
        acting_user=people["caizheng"], now=timezone.now(),
    )  # fmt: skip
    points = evaluation_frames()["project-2020"].points
    for number, expert in enumerate(experts):
        scores = {item.name: (item.weight, "") for item in points}
        scores["预算编制科学性"] = (Decimal(2), "测算依据不全（演示用）")
        scores["实施效益"] = (Decimal(17 - number), "效果指标多为文字，难以核对（演示用）")
        score_evaluation(
            evaluation, scores=scores, opinion="总体完成较好（演示用）", acting_user=expert,
            now=timezone.now(),
        )  # fmt: skip
    report = report_evaluation(
        evaluation,
        findings="效益指标多为文字，不能核对；部分预算没有测算依据。（演示用）",
        advice="把效益指标写成数；按人数和标准测算预算。（演示用）",
        acting_user=people["caizheng"], now=timezone.now(),
    )  # fmt: skip
    send_feedback(
        report, reference=f"演示财绩〔{YEAR + 1}〕1号", demand="下年申报时把效益指标写成数（演示用）",
        due_on=timezone.localdate() + timedelta(30),
        acting_user=people["caizheng"], now=timezone.now(),
    )  # fmt: skip
    _whole(people, place)


def _whole(people: Mapping[str, User], place: Organisation) -> None:
    from django.utils import timezone

    from kaoji.core import notation
    from kaoji.measuring.places import places_in
    from kaoji.subjects.department_expenditure.actions.decide_whole_plan import (
        decide_whole_plan,
    )
    from kaoji.subjects.department_expenditure.actions.evaluate_whole import (
        Reached,
        evaluate_whole,
    )
    from kaoji.subjects.department_expenditure.actions.file_whole_plan import (
        Task,
        file_whole_plan,
    )
    from kaoji.subjects.department_expenditure.queries import money_below, tasks_below

    money = money_below(place, YEAR)
    form = notation.parse(
        f"""年度: {YEAR}
年度资金: {money.budget} 元
年度目标: 保障困难群众基本生活，发展养老服务，加强基层治理和社会组织管理。（演示用）
运行成本 / 运行成本指标 / 公用经费控制率 (10分): ≤ 100%
管理效率 / 管理效率指标 / 整改按期完成率 (20分): ≥ 90%
履职效能 / 履职效能指标 / 所属项目指标达成率 (40分): ≥ 85%
服务对象满意度 / 服务对象满意度指标 / 服务对象满意度 (20分): ≥ 90%
"""
    )
    tasks = [
        Task(item.name, item.content, item.fiscal + item.other, item.fiscal, item.other)
        for item in tasks_below(place, YEAR)
    ]
    plan = file_whole_plan(
        place, form, tasks, acting_user=people["tianbao"], now=timezone.now()
    )
    decide_whole_plan(
        plan, verdict="accepted", remark="", acting_user=people["caizheng"], now=timezone.now()
    )
    met = f"{100 * money.met / money.indicators:.2f}%"
    values = ("98%", "100%", met, "93%")
    reached = {
        at: Reached(value) for at, value in zip(places_in(plan.form), values, strict=True)
    }
    evaluate_whole(
        plan, reached=reached, goal_done="年度任务基本完成。（演示用）",
        acting_user=people["tianbao"], now=timezone.now(),
    )  # fmt: skip
