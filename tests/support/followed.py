"""What happens to a form once it is approved: actual values, spending, measures, demands."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import User

from kaoji.core import notation
from kaoji.measuring.places import places_in
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.department_expenditure.actions.file_whole_plan import Task
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.monitoring.actions.file_monitoring import Said
from kaoji.subjects.monitoring.queries import watched_on
from kaoji.subjects.rectification.actions.open_rectification import open_rectification
from kaoji.subjects.rectification.models import Rectification
from kaoji.subjects.results.actions.record_actual import record_actual
from kaoji.subjects.results.actions.set_measure import set_measure
from kaoji.subjects.results.models import Actual
from kaoji.subjects.results.queries.evidence import answers_of, measures_of
from kaoji.subjects.results.queries.results import results_of
from kaoji.subjects.spending.actions.import_spendings import import_spendings
from kaoji.subjects.spending.actions.record_spending import record_spending
from kaoji.subjects.spending.models import Spending
from kaoji.subjects.surveys.actions.open_survey import SurveyPlan
from support.people import NOON
from support.road_form import END, MID_JULY

PLAN = SurveyPlan(
    "满意度问卷", "沿线居民", ["总的来说，您对路况满意吗？", "修补及时吗？"],
    date(2023, 1, 1), date(2023, 12, 31), minimum=10,
)  # fmt: skip


WHOLE = notation.parse(
    """年度: 2023
年度资金: 250000 元
年度目标: 公路养护到位。
运行成本 / 运行成本指标 / 公用经费控制率 (20分): ≤ 100%
履职效能 / 履职效能指标 / 养护里程 (40分): ≥ 35公里
服务对象满意度 / 服务对象满意度指标 / 群众满意度 (30分): ≥ 90%
"""
)
TASKS = [Task("公路养护", "养护 35 公里", Decimal(250000), Decimal(250000), Decimal(0))]
TREASURY = """项目名称,单位名称,支付日期,支付金额（元）,凭证号
甲,松江区财政局,2023-03-05,"120,000.00",A1
甲,松江区财政局,2023-03-20,"30,000.00",A2
甲,松江区财政局,2023-06-01,65457.60,A3
合计,,,215457.60,
"""


def put_in_force(filer: User, text: str) -> Declaration:
    """A form in force, whatever its findings; the review is told elsewhere."""
    intake = import_document(text.encode(), name="x.txt", acting_user=filer, now=NOON)
    [made] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    Declaration.objects.filter(pk=made.pk).update(state="approved", approved_revision=1)
    return Declaration.objects.get(pk=made.pk)


def named(declaration: Declaration, name: str) -> str:
    form = declaration.revisions.get(number=1).form
    placed = zip(places_in(form), form.indicators, strict=True)
    return next(place for place, row in placed if row.level3 == name)


def entered(
    declaration: Declaration, user: User, name: str, value: str, **more: object
) -> Actual:
    return record_actual(
        declaration, place=named(declaration, name), value=value,
        **{"as_of": END, "acting_user": user, "now": NOON, **more},
    )  # fmt: skip


def spent(declaration: Declaration, user: User, month: int, amount: str) -> Spending:
    return record_spending(
        declaration, month=date(2023, month, 1), amount=Decimal(amount), acting_user=user,
        now=NOON,
    )  # fmt: skip


def measured(made: Declaration, user, name: str, way: str, **parameters):
    return set_measure(
        made, place=named(made, name), title=f"{name}台账", way=way, parameters=parameters,
        acting_user=user, now=NOON,
    )  # fmt: skip


def told(made: Declaration, name: str, as_of: date, known_at: datetime | None = None):
    at = named(made, name)
    row = next(item for item in results_of(made, as_of=as_of).rows if item.place == at)
    measure = measures_of(made)[at]
    asked = [(row.indicator, measure)]
    budget = Decimal(250000)
    return answers_of(made, asked, as_of=as_of, budget=budget, known_at=known_at)[at]


def everything(approved, **more: Said) -> dict[str, Said]:
    said = {
        row.place: Said(likelihood="确定能")
        for row in watched_on(approved, as_of=MID_JULY).rows
    }
    for name, told in more.items():
        said[next(key for key in said if key.endswith(name))] = told
    return said


def demanded(approved, department) -> Rectification:
    return open_rectification(
        approved.organisation, source="monitoring", finding="进度滞后", demand="补足 20 公里",
        due_on=NOON.date(), declaration=approved, acting_user=department, now=NOON,
    )  # fmt: skip


def imported(approved, filer, text: str = TREASURY, **more):
    text = text.replace("松江区财政局", approved.organisation.name)
    return import_spendings(
        text.encode(), name="国库.csv", place=approved.organisation, year=2023,
        acting_user=filer, now=NOON, **more,
    )  # fmt: skip
