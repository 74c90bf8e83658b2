"""What follows: monitoring, rectification, self-evaluation, re-checks, evaluation, the whole."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.contrib.auth.models import User

from kaoji.core.ex_ante import ASPECT_NAMES, Argument, ExAnte
from kaoji.measuring.places import places_in
from kaoji.standards.agency_work import agency_work
from kaoji.subjects.department_expenditure.actions.decide_whole_plan import decide_whole_plan
from kaoji.subjects.department_expenditure.actions.evaluate_whole import Reached, evaluate_whole
from kaoji.subjects.department_expenditure.actions.file_whole_plan import file_whole_plan
from kaoji.subjects.department_expenditure.models import WholePlan
from kaoji.subjects.department_reports.actions.file_department_report import (
    report_monitoring,
    report_self_evaluations,
)
from kaoji.subjects.evaluation.actions.assess_agency import assess_agency
from kaoji.subjects.evaluation.actions.commission_evaluation import commission_evaluation
from kaoji.subjects.evaluation.actions.reply_to_evaluation import reply_to_evaluation
from kaoji.subjects.evaluation.actions.report_evaluation import report_evaluation
from kaoji.subjects.evaluation.actions.score_evaluation import score_evaluation
from kaoji.subjects.evaluation.actions.send_feedback import send_feedback
from kaoji.subjects.evaluation.models import Evaluation, EvaluationReport
from kaoji.subjects.ex_ante.actions.file_ex_ante import file_ex_ante
from kaoji.subjects.ex_ante.actions.review_ex_ante import review_ex_ante
from kaoji.subjects.ex_ante.models import ExAnteEvaluation
from kaoji.subjects.monitoring.actions.file_monitoring import file_monitoring
from kaoji.subjects.monitoring.actions.issue_monitoring import issue_monitoring
from kaoji.subjects.monitoring.actions.review_monitoring import review_monitoring
from kaoji.subjects.monitoring.models import MonitoringPeriod
from kaoji.subjects.rectification.actions.open_rectification import open_rectification
from kaoji.subjects.rectification.actions.step_rectification import step_rectification
from kaoji.subjects.self_evaluation.actions.draw_rechecks import draw_rechecks
from kaoji.subjects.self_evaluation.actions.file_self_evaluation import file_self_evaluation
from kaoji.subjects.self_evaluation.actions.recheck import EXECUTION, recheck
from kaoji.subjects.self_evaluation.models import SelfEvaluation
from site_wide.acts.world import World, act, doing
from support.evaluating import DUE, FULL, experts, given_to_a_firm
from support.followed import TASKS, WHOLE, demanded, entered, everything, spent
from support.people import NOON
from support.road_form import MET, MID_JULY

LATER = date(2026, 12, 31)
EX_ANTE = ExAnte(
    place="丙", project="新桥", year=2024, amount=Decimal(9_000_000), about="建桥", method="评议",
    arguments={name: Argument("meets", "有依据") for name in ASPECT_NAMES}, conclusion="support",
)  # fmt: skip
LEVELS = {"部门": "department", "财政": "finance"}


def issued(world: World) -> MonitoringPeriod:
    """A monitoring of the department."""
    return issue_monitoring(
        world.head, year=2023, title="1—7 月", until=MID_JULY, due_on=LATER,
        acting_user=world.department, now=NOON,
    )  # fmt: skip


@act("布置监控")
def _(world: World):
    asked = {"year": 2023, "title": "1—7 月", "until": MID_JULY, "due_on": LATER}
    return doing(issue_monitoring, world.head, **asked)


@act("报监控")
def _(world: World):
    said = everything(world.form)
    return doing(file_monitoring, issued(world), world.form, said=said)


@act("审监控")
def _(world: World):
    report = file_monitoring(
        issued(world),
        world.form,
        said=everything(world.form),
        acting_user=world.filer,
        now=NOON,
    )
    judged = {"verdict": "accepted", "advice": "continue", "remark": "同意"}
    return doing(review_monitoring, report, **judged)


@act("要求整改")
def _(world: World):
    asked = {"source": "monitoring", "finding": "滞后", "demand": "补足", "due_on": LATER}
    return doing(open_rectification, world.unit, **asked, declaration=world.form)


@act("答复整改")
def _(world: World):
    held = demanded(world.form, world.department)
    return doing(step_rectification, held, "answer", text="已改")


@act("验收整改")
def _(world: World):
    held = demanded(world.form, world.department)
    step_rectification(held, "answer", text="已改", acting_user=world.filer, now=NOON)
    return doing(step_rectification, held, "accept", text="属实")


@act("整改延期")
def _(world: World):
    held = demanded(world.form, world.department)
    day = date(2027, 3, 1)
    return doing(step_rectification, held, "extend", text="汛期", due_on=day)


def reached(world: World) -> None:
    """Every actual value of the form, and what was spent."""
    for name, value in MET.items():
        entered(world.form, world.filer, name, value)
    spent(world.form, world.filer, 6, "215457.60")


def self_evaluated(world: World) -> SelfEvaluation:
    """The self-evaluation, filed."""
    reached(world)
    return file_self_evaluation(
        world.form, goal_done="已完成", acting_user=world.filer, now=NOON
    )


@act("报自评")
def _(world: World):
    reached(world)
    return doing(file_self_evaluation, world.form, goal_done="已完成")


@act("抽取复核")
def _(world: World):
    self_evaluated(world)
    return doing(draw_rechecks, world.head, year=2023, size=1)


for _name, _level in (("主管部门", "department"), ("财政", "finance")):

    @act(f"{_name}复核")
    def _(world: World, level: str = _level):
        change = {EXECUTION: (Decimal(0), "支出不合规")}
        made = self_evaluated(world)
        return doing(recheck, made, level=level, changes=change, opinion="同意")


def commissioned(world: World, level: str) -> Evaluation:
    """An evaluation with three experts."""
    return commission_evaluation(
        world.form, level=level, frame="project-2020", combination="mean", experts=experts(),
        due_on=DUE, acting_user=getattr(world, level), now=NOON,
    )  # fmt: skip


def reported(world: World, level: str) -> EvaluationReport:
    """The report of an evaluation that everybody scored."""
    made = commissioned(world, level)
    for expert in made.experts.all():
        score_evaluation(made, scores=FULL, opinion="可", acting_user=expert, now=NOON)
    return report_evaluation(
        made, findings="无", advice="无", acting_user=getattr(world, level), now=NOON
    )


for _name, _level in LEVELS.items():

    @act(f"委托{_name}评价")
    def _(world: World, level: str = _level):
        asked = {"frame": "project-2020", "combination": "mean", "due_on": DUE}
        return doing(commission_evaluation, world.form, level=level, experts=experts(), **asked)

    @act(f"出具{_name}评价报告")
    def _(world: World, level: str = _level):
        made = commissioned(world, level)
        for expert in made.experts.all():
            score_evaluation(made, scores=FULL, opinion="可", acting_user=expert, now=NOON)
        return doing(report_evaluation, made, findings="无", advice="无")

    @act(f"发出{_name}评价结果反馈书")
    def _(world: World, level: str = _level):
        asked = {"reference": "松财绩〔2026〕1号", "demand": "补齐台账", "due_on": DUE}
        return doing(send_feedback, reported(world, level), **asked)

    @act(f"答复对{_name}评价的异议")
    def _(world: World, level: str = _level):
        report = reported(world, level)
        said = {"acting_user": world.filer, "now": NOON}
        reply_to_evaluation(report, "object", text="样本偏少", **said)
        return doing(reply_to_evaluation, report, "answer", text="已核")


@act("专家打分")
def _(world: World):
    made = commissioned(world, "finance")

    def score(user: User) -> None:
        made.experts.add(user)
        score_evaluation(made, scores=FULL, opinion="可", acting_user=user, now=NOON)

    return score


@act("考核第三方的评价工作")
def _(world: World):
    made = given_to_a_firm(world.form, world.finance)
    report_evaluation(made, findings="无", advice="无", acting_user=world.finance, now=NOON)
    full = {item.name: (item.points, "") for item in agency_work(on=NOON.date()).criteria}
    return doing(assess_agency, made, scores=full)


@act("对报告提异议")
def _(world: World):
    return doing(reply_to_evaluation, reported(world, "finance"), "object", text="样本偏少")


def planned(world: World) -> WholePlan:
    """The plan of the whole department, filed."""
    return file_whole_plan(world.head, WHOLE, TASKS, acting_user=world.filer, now=NOON)


def argued(world: World) -> ExAnteEvaluation:
    """An ex-ante evaluation, filed."""
    return file_ex_ante(world.unit, EX_ANTE, acting_user=world.filer, now=NOON)


@act("报事前评估")
def _(world: World):
    return doing(file_ex_ante, world.unit, EX_ANTE)


@act("审核事前评估")
def _(world: World):
    return doing(review_ex_ante, argued(world), verdict="accepted", remark="可行")


@act("报监控报告")
def _(world: World):
    period = issued(world)
    said = everything(world.form)
    file_monitoring(period, world.form, said=said, acting_user=world.filer, now=NOON)
    words = {"organised": "已布置", "problems": "无", "measures": "抓进度"}
    return doing(report_monitoring, world.head, period, words=words)


@act("报自评汇总报告")
def _(world: World):
    self_evaluated(world)
    words = {"organised": "已自评", "measures": "早开工", "use": "与预算挂钩"}
    return doing(report_self_evaluations, world.head, 2023, words=words)


@act("报部门整体目标")
def _(world: World):
    return doing(file_whole_plan, world.head, WHOLE, TASKS)


@act("审定部门整体目标")
def _(world: World):
    return doing(decide_whole_plan, planned(world), verdict="accepted", remark="")


@act("报部门整体自评")
def _(world: World):
    plan = planned(world)
    decide_whole_plan(plan, verdict="accepted", remark="", acting_user=world.finance, now=NOON)
    values = [Reached("99%"), Reached("36公里"), Reached("91%")]
    found = dict(zip(places_in(plan.form), values, strict=True))
    spent(world.form, world.filer, 6, "215457.60")
    return doing(evaluate_whole, plan, reached=found, goal_done="已完成")
