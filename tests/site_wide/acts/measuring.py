"""What came of it: actual values, spending, services, surveys."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from django.contrib.auth.models import User

from kaoji.platform.accounts.models import AccessKey
from kaoji.subjects.results.actions.record_actual import record_actual
from kaoji.subjects.results.actions.set_measure import set_measure
from kaoji.subjects.results.actions.take_actuals import take_actuals
from kaoji.subjects.service_records.actions.import_services import import_services
from kaoji.subjects.service_records.actions.record_service import (
    Service,
    correct_service,
    record_service,
    withdraw_service,
)
from kaoji.subjects.service_records.models import ServiceRecord
from kaoji.subjects.spending.actions.import_spendings import import_spendings
from kaoji.subjects.spending.actions.record_spending import record_spending
from kaoji.subjects.spending.actions.report_spendings import Entry, report_spendings
from kaoji.subjects.surveys.actions.answer_survey import answer_survey, enter_paper_answer
from kaoji.subjects.surveys.actions.import_answers import import_answers
from kaoji.subjects.surveys.actions.look_at_answers import look_at_answers
from kaoji.subjects.surveys.actions.open_survey import open_survey
from kaoji.subjects.surveys.models import Survey
from site_wide.acts.world import World, act, doing
from support.followed import PLAN, measured, named
from support.people import NOON
from support.road_form import END

VISIT = Service("visit", date(2023, 5, 5), "走访")
SPENDINGS = "项目名称,单位名称,支付日期,支付金额（元）\n甲,丙,2023-03-05,5.00\n"
SERVICES = "项目名称,种类,日期,事项\n甲,走访,2023-05-05,走访\n"
ANSWERS = "日期,q1,q2\n2023-06-01,5,4\n"


@act("填实际值")
def _(world: World):
    at = named(world.form, "养护里程")
    return doing(record_actual, world.form, place=at, as_of=END, value="36公里")


@act("按证据取实际值")
def _(world: World):
    record_service(world.form, VISIT, acting_user=world.filer, now=NOON)
    measured(
        world.form, world.filer, "养护里程", "service_records", kind="visit", statistic="count"
    )
    return doing(take_actuals, world.form, as_of=END)


@act("定取值办法")
def _(world: World):
    way = {"way": "service_records", "parameters": {"kind": "visit", "statistic": "count"}}
    at = named(world.form, "养护里程")
    return doing(set_measure, world.form, place=at, title="台账", **way)


@act("记支出")
def _(world: World):
    month = date(2023, 7, 1)
    return doing(record_spending, world.form, month=month, amount=Decimal(5))


@act("导入支出")
def _(world: World):
    return doing(
        import_spendings, SPENDINGS.encode(), name="x.csv", place=world.unit, year=2023
    )


@act("接口报支出")
def _(world: World):
    entry = Entry("甲", world.unit.name, "2023-04", "5.00", "")

    def report(user: User) -> None:
        key = AccessKey.objects.create(
            person=user, name="国库", digest="0", may_write=True, made_at=NOON,
            expires_on=date(2026, 12, 31),
        )  # fmt: skip
        report_spendings([entry], place="丙", year=2023, key=key, now=NOON)

    return report


def visited(world: World) -> ServiceRecord:
    """A service on record."""
    return record_service(world.form, VISIT, acting_user=world.filer, now=NOON)


@act("记服务")
def _(world: World):
    return doing(record_service, world.form, VISIT)


@act("更正服务")
def _(world: World):
    other = Service("visit", date(2023, 5, 6), "走访")
    return doing(correct_service, visited(world), other)


@act("作废服务")
def _(world: World):
    return doing(withdraw_service, visited(world), reason="记错")


@act("导入服务")
def _(world: World):
    return doing(import_services, SERVICES.encode(), name="x.csv", declaration=world.form)


def asked(world: World) -> Survey:
    """A survey that is open."""
    return open_survey(world.form, PLAN, acting_user=world.filer, now=NOON)


@act("开问卷")
def _(world: World):
    return doing(open_survey, world.form, PLAN)


@act("录纸质答卷")
def _(world: World):
    survey = asked(world)
    code = survey.codes.first()
    return doing(enter_paper_answer, survey, {"q1": "5", "q2": "4"},
        code=code.code if code else "", on=date(2023, 6, 1),
    )  # fmt: skip


@act("导入答卷")
def _(world: World):
    return doing(import_answers, ANSWERS.encode(), name="x.csv", survey=asked(world))


@act("看过公开答卷")
def _(world: World):
    plan = replace(PLAN, is_open_to_all=True)
    survey = open_survey(world.form, plan, acting_user=world.filer, now=NOON)
    summer = datetime(2023, 6, 1, 4, tzinfo=UTC)
    answer_survey(survey, {"q1": "5", "q2": "4"}, now=summer)
    return doing(look_at_answers, survey)
